"""The organisation's headings: their order, their words, and which are hidden."""

from __future__ import annotations

import hashlib
import json

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import Organisation, User
from motions.permissions import Permission, require
from protocols.enums import SectionKind
from protocols.wording.headings import MOST_VARIANTS, Profile, unknown_places

LONGEST = 120


@transaction.atomic
def set_headings(*, by: User, profile: Profile, seen: str) -> Organisation:
    """Let all §§ that are not verified yet, and all to come, follow this profile of every kind of section.

    `seen` is the `headings_version` of what the page showed. What is verified keeps its headings. Raises
    DomainError for a heading that cannot be set (its field: "heading_<kind>"), Conflict where somebody else
    has changed the headings meanwhile.
    """
    require(by, Permission.ADMINISTER)
    organisation = Organisation.objects.select_for_update().get()
    if headings_version(organisation) != seen:
        raise Conflict(
            _("Någon annan har ändrat rubrikerna sedan sidan öppnades"),
            instead=_("Jämför med rubrikerna som gäller nu och spara sedan om dina ska gälla i stället."),
        )
    if sorted(entry.kind for entry in profile) != sorted(SectionKind):
        raise ValueError("a profile names every kind of section once")
    for kind, pattern in profile:
        if problem := heading_problem(pattern):
            raise DomainError(problem, field=f"heading_{kind}")
    organisation.heading_profile = [[kind.value, pattern.strip()] for kind, pattern in profile]
    organisation.full_clean()
    organisation.save(update_fields=["heading_profile"])
    LogEntry.objects.log_actions(
        by.pk, [organisation], CHANGE, [{"changed": {"fields": ["heading_profile"]}}], single_object=True
    )
    return organisation


def headings_version(organisation: Organisation) -> str:
    """What changes with any change of the headings."""
    stored = json.dumps(organisation.heading_profile, ensure_ascii=False)
    return hashlib.sha256(stored.encode()).hexdigest()[:12]


def heading_problem(pattern: str) -> str:
    """Why this cannot be a heading; '' where it can. An empty one hides the heading."""
    if len(pattern) > LONGEST:
        return _("Rubriken får ha högst %(count)d tecken.") % {"count": LONGEST}
    if places := unknown_places(pattern):
        return _("%(place)s känns inte igen. Skriv {body} eller {body_genitive} för organets namn.") % {
            "place": places[0]
        }
    variants = pattern.split("|")
    if len(variants) > MOST_VARIANTS:
        return _("En rubrik har högst tre lydelser, skilda av |.")
    if len(variants) > 1 and not all(variant.strip() for variant in variants):
        return _("Skriv något på båda sidor om |.")
    return ""
