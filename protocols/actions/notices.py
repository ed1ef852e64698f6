"""Announcing verified minutes on the notice board, and certifying that the notice has been taken down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict
from motions.models import Organisation, User
from motions.permissions import Permission, require
from motions.wording.days import long_day
from protocols.deadlines import last_appeal_day, take_down_day
from protocols.enums import DecisionKind
from protocols.models import Meeting, Notice, NoticeParagraph, Paragraph

#: What a body other than fullmäktige decides itself, where the rest only prepares (KL 13 kap. 2 §).
_SETTLING = frozenset({DecisionKind.DECIDES, DecisionKind.NOTES})


@transaction.atomic
def post_notice(meeting: Meeting, paragraphs: Sequence[Paragraph], *, by: User, at: datetime) -> Notice:
    """Announce the paragraphs, verified at this moment: the lawful day is at once (KL 8 kap. 12 §).

    What is verified later the same day goes on the same notice. Belongs to the act of verification, which has
    locked the meeting and asked for the permission.
    """
    day = timezone.localdate(at)
    notice, _created = Notice.objects.get_or_create(
        meeting=meeting,
        posted_on=day,
        defaults={
            "appeal_until": last_appeal_day(day),
            "down_on": take_down_day(day),
            "kept_at": Organisation.objects.get().minutes_kept_at,
            "posted_by": by,
        },
    )
    NoticeParagraph.objects.bulk_create(
        NoticeParagraph(notice=notice, paragraph=paragraph, is_appealable=is_appealable(paragraph))
        for paragraph in paragraphs
    )
    return notice


def is_appealable(paragraph: Paragraph) -> bool:
    """Whether members can have the decision's lawfulness tried (KL 13 kap. 2 §).

    All that fullmäktige decides; of other bodies what is not purely preparatory, and what they do with a
    motion always is: fullmäktige decides it (KL 5 kap. 23 §).
    """
    kind = DecisionKind(paragraph.decision.kind)
    if kind == DecisionKind.PROPOSES:
        return False
    if paragraph.body.is_assembly:
        return True
    return paragraph.motion_id is None and kind in _SETTLING


@transaction.atomic
def certify_taken_down(notice: Notice, *, by: User, today: date | None = None) -> Notice:
    """Certify that the notice hung its lawful time and came down on its day.

    Raises Conflict before that day (KL 8 kap. 12 §), and where it is certified already.
    """
    require(by, Permission.MANAGE_MEETING)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.taken_down_on:
        raise Conflict(
            _("Det är redan intygat att anslaget togs ned den %(day)s")
            % {"day": long_day(notice.taken_down_on)}
        )
    if (today or timezone.localdate()) < notice.down_on:
        raise Conflict(
            _("Anslaget får inte tas ned förrän överklagandetiden har gått ut den %(day)s")
            % {"day": long_day(notice.final_from)},
            law="KL 8 kap. 12 § och 13 kap. 5 §",
            instead=_("Det lämnar anslagstavlan av sig självt den %(day)s; intyga det då.")
            % {"day": long_day(notice.down_on)},
        )
    notice.taken_down_on, notice.certified_by = notice.down_on, by
    notice.full_clean()
    notice.save(update_fields=["taken_down_on", "certified_by"])
    return notice
