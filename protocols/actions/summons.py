"""Issuing a summons: numbered, stored by its content, never changed afterwards (KL 5 kap. 15 §)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import User
from protocols.actions.locking import lock_meeting
from protocols.extracts.summons import summons_pdf
from protocols.models import Meeting, Summons
from protocols.queries.summons import agenda_digest, latest_summons, summons_document


@transaction.atomic
def issue_summons(meeting: Meeting, *, by: User, at: datetime | None = None) -> Summons:
    """Issue the summons to a planned meeting, or an additional one where the agenda has changed since.

    Raises Conflict for a meeting that has begun, and where the last summons still tells all there is;
    DomainError for an empty agenda.
    """
    meeting = lock_meeting(meeting, by=by)
    if not meeting.is_planned:
        raise Conflict(
            _("Sammanträdet har redan öppnats, och kallelsen kan inte ändras"),
            instead=_("Ett ärende som tillkommer tas upp på dagordningen under sammanträdet."),
        )
    items = list(meeting.paragraphs.order_by("position", "pk").values_list("pk", flat=True))
    if not items:
        raise DomainError(
            _("Dagordningen är tom, och kallelsen ska ange de ärenden som ska behandlas"),
            law="KL 5 kap. 15 §",
            instead=_("Lägg först ärendena på dagordningen."),
        )
    latest, digest = latest_summons(meeting), agenda_digest(meeting)
    if latest and latest.agenda_sha256 == digest:
        raise Conflict(
            _("%(summons)s gäller fortfarande: inget har ändrats sedan den utfärdades")
            % {"summons": latest.label}
        )
    moment = at or timezone.now()
    document = summons_document(
        meeting,
        issued_on=timezone.localdate(moment),
        number=latest.number + 1 if latest else 1,
        known=latest.items if latest else None,
    )
    made = summons_pdf(document)
    summons = Summons(
        meeting=meeting,
        number=document.number,
        pages=made.pages,
        agenda_sha256=digest,
        items=items,
        left_out=made.left_out,
        issued_at=moment,
        issued_by=by,
        sha256=hashlib.sha256(made.content).hexdigest(),
        size=len(made.content),
    )
    summons.file.save(f"{summons.sha256}.pdf", ContentFile(made.content), save=False)
    summons.save()
    return summons
