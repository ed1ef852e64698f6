"""Changing what the organisation's papers look like."""

from __future__ import annotations

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import DomainError
from motions.models import Organisation, User
from motions.permissions import Permission, require
from protocols.extracts.letterhead import contrast_on_white
from protocols.extracts.logo import LogoError, read_logo
from protocols.models import PaperLook

#: What text needs on its ground (WCAG 2.1, 1.4.3): links are set in the colour.
LEAST_CONTRAST = 4.5


@transaction.atomic
def set_paper_look(
    *, by: User, colour: str, logo: bytes | None = None, removes_logo: bool = False
) -> PaperLook:
    """Let papers issued from now on have this colour and logo (None: the one there is stays).

    Raises DomainError for a colour that is hard to read on paper, and for a file that cannot be a logo.
    """
    require(by, Permission.ADMINISTER)
    organisation = Organisation.objects.select_for_update().get()
    row = PaperLook.objects.filter(organisation=organisation).first() or PaperLook(organisation=organisation)
    row.colour, row.changed_by, row.changed_at = colour.strip().lower(), by, timezone.now()
    if removes_logo:
        row.logo, row.media_type, row.ratio = b"", "", 1
    if logo is not None:
        try:
            found = read_logo(logo)
        except LogoError as error:
            raise DomainError(str(error), field="logo") from error
        row.logo, row.media_type, row.ratio = found.content, found.media_type, found.ratio
    row.full_clean(exclude=["organisation", "changed_by"], validate_constraints=False)
    if contrast_on_white(row.colour) < LEAST_CONTRAST:
        raise DomainError(
            _("Färgen är för ljus för att läsas på vitt papper"),
            law="DOS-lagen, WCAG 2.1 punkt 1.4.3",
            instead=_("Välj en mörkare ton av den."),
            field="colour",
        )
    row.save()
    LogEntry.objects.log_actions(
        by.pk, [organisation], CHANGE, [{"changed": {"fields": ["paper_look"]}}], single_object=True
    )
    return row
