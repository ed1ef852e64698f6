"""Dispatch (expediering): extracts go out to those the § names, and a case is done when its extract has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.identity_numbers import refuse_identity_numbers
from motions.models import Organisation, User
from motions.permissions import Permission, require
from motions.wording.days import long_day
from protocols.actions.effects import close_dispatched
from protocols.actions.extracts import extract_name, issue_extract
from protocols.actions.locking import lock_meeting, lock_paragraph
from protocols.actions.outbox import MOST_MAIL_BYTES, Attachment, Letter, queue_letters
from protocols.actions.withdrawals import refuse_withdrawn
from protocols.enums import DeliveryState, MailingKind
from protocols.models import (
    Addressee,
    Correction,
    Delivery,
    Dispatch,
    Enclosure,
    Extract,
    Meeting,
    NoRecipients,
    Paragraph,
)
from protocols.queries.assignments import open_assignments_of
from protocols.queries.dispatch import (
    DispatchRow,
    RecipientRow,
    dispatch_rows,
    is_dispatched,
    paper_in_force,
    read_dispatch,
)

LAW = "KL 5 kap. 69 §"
_NAMED_IN_SUBJECT = 4  # more paragraphs than this are counted there

Ready = tuple[DispatchRow, RecipientRow]


def dispatch_extracts(
    meeting: Meeting, *, by: User, check_address: str, only: Paragraph | None = None
) -> int:
    """Queue the extracts that have not gone out: of one §, or of all verified ones. Returns how many letters.

    Each address gets one letter with all that is new for it. Recipients without an address are left out.
    Raises Conflict where the § is not verified (of the whole meeting: none is), and DomainError where the
    only recipients left lack an address.
    """
    require(by, Permission.MANAGE_MEETING)
    rows = _verified_rows(meeting, only)
    for row in rows:  # each issued in a transaction of its own: the press takes its time
        if row.has_ready and paper_in_force(row.paragraph) is None:
            issue_extract(row.paragraph, by=by, check_address=check_address)
    with transaction.atomic():
        meeting = lock_meeting(meeting, by=by)
        rows = _verified_rows(meeting, only)
        ready = [(row, recipient) for row in rows for recipient in row.recipients if recipient.is_ready]
        if not ready:
            _refuse_without_address(rows)
        letters = _letters(meeting, ready, by=by, check_address=check_address)
        mailing = queue_letters(meeting, kind=MailingKind.EXTRACTS, letters=letters, by=by)
        _note_letters(ready)
        settle((row.paragraph.pk for row in rows), by=by)
        return mailing.deliveries.count() if mailing else 0


@transaction.atomic
def set_addresses(addresses: Mapping[str, str], *, by: User, at: datetime | None = None) -> None:
    """Write addresses into the organisation's book by recipients' names; an empty one takes the entry out."""
    require(by, Permission.MANAGE_MEETING)
    for name, address in addresses.items():
        refuse_identity_numbers(f"{name} {address}")
        known = Addressee.objects.select_for_update().filter(key=name.lower())
        row = known.first() or Addressee(name=name, key=name.lower())
        if not address:
            known.delete()
            continue
        row.address, row.updated_by, row.updated_at = address, by, at or timezone.now()
        row.full_clean(exclude=["updated_by"])
        row.save()


@transaction.atomic
def confirm_no_recipients(paragraph: Paragraph, *, by: User, at: datetime | None = None) -> NoRecipients:
    """Confirm that a verified § is to be sent to nobody; its case is then done.

    Raises Conflict where it is not verified, has recipients, or is confirmed already.
    """
    require(by, Permission.MANAGE_MEETING)
    paragraph = lock_paragraph(paragraph)
    refuse_unverified(paragraph)
    if paragraph.recipients.exists():
        raise Conflict(
            _("%(label)s har mottagare") % {"label": paragraph.label}, instead=_("Expediera den till dem.")
        )
    if NoRecipients.objects.filter(paragraph=paragraph).exists():
        raise Conflict(_("Att %(label)s saknar mottagare är redan bekräftat") % {"label": paragraph.label})
    row = NoRecipients.objects.create(paragraph=paragraph, by=by, at=at or timezone.now())
    settle([paragraph.pk], by=by)
    return row


def settle_delivery(delivery: Delivery) -> None:
    """Close the cases that were waiting for this letter; belongs to the transaction that noted it as sent."""
    if delivery.state == DeliveryState.SENT:
        rows = Dispatch.objects.filter(delivery=delivery)
        paragraphs = set(rows.values_list("recipient__paragraph", flat=True))
        settle(paragraphs, by=delivery.mailing.by)


def settle(paragraphs: Iterable[int], *, by: User) -> None:
    """Close the motions decided in those of the paragraphs that are dispatched to the last recipient.

    A motion with an assignment that is not reported back waits for the report. Each § is locked, so that of
    two senders with the last two letters the second one sees both.
    """
    for pk in sorted(paragraphs):
        paragraph = Paragraph.objects.select_for_update(of=("self",)).select_related("motion").get(pk=pk)
        if not paragraph.motion or open_assignments_of(paragraph.motion).exists():
            continue
        if is_dispatched(paragraph):
            close_dispatched(paragraph, by=by)


def _verified_rows(meeting: Meeting, only: Paragraph | None) -> list[DispatchRow]:
    if only:
        refuse_unverified(only)
        refuse_withdrawn(only)
        return dispatch_rows(
            meeting.paragraphs.verified().filter(pk=only.pk).select_related("body", "meeting")
        )
    page = read_dispatch(meeting)
    if not page.verified:
        raise Conflict(
            _("Ingen paragraf är justerad, och det som inte är justerat får inte expedieras"),
            law=LAW,
            instead=_("Expediera när ordföranden och justerarna har justerat."),
        )
    return page.verified


def refuse_unverified(paragraph: Paragraph) -> None:
    """Raise Conflict where the § may not leave the house yet."""
    if not paragraph.is_verified:
        raise Conflict(
            _("%(label)s är inte justerad och får inte expedieras") % {"label": paragraph.label},
            law=LAW,
            instead=_("Expediera den när ordföranden och justerarna har justerat."),
        )


def _refuse_without_address(rows: Sequence[DispatchRow]) -> None:
    missing = [r.recipient.name for row in rows for r in row.recipients if r.lacks_address]
    if missing:
        raise DomainError(
            _("Dessa mottagare saknar e-postadress: %(names)s")
            % {"names": ", ".join(dict.fromkeys(missing))},
            instead=_("Skriv adresserna under ”Mottagarnas adresser” och expediera sedan."),
        )


def _letters(meeting: Meeting, ready: Sequence[Ready], *, by: User, check_address: str) -> list[Letter]:
    by_address: dict[str, list[Ready]] = defaultdict(list)
    for row, recipient in ready:
        by_address[recipient.address.lower()].append((row, recipient))
    return [_letter(meeting, pairs, by=by, check_address=check_address) for pairs in by_address.values()]


def _letter(meeting: Meeting, pairs: Sequence[Ready], *, by: User, check_address: str) -> Letter:
    paragraphs = list({row.paragraph.pk: row.paragraph for row, _recipient in pairs}.values())
    names = ", ".join(dict.fromkeys(recipient.recipient.name for _row, recipient in pairs))
    papers = {paragraph.pk: _paper(paragraph) for paragraph in paragraphs}
    linked = _too_large(papers)
    labels = ", ".join(paragraph.label for paragraph in paragraphs)
    if len(paragraphs) > _NAMED_IN_SUBJECT:
        labels = _("%(count)s paragrafer") % {"count": len(paragraphs)}
    where = {"body": meeting.body.name, "day": long_day(meeting.held_on), "labels": labels}
    lines = [
        _("Här kommer protokollsutdrag från %(body)s, sammanträdet den %(day)s:") % where,
        "\n".join(_line(row, recipient) for row, recipient in pairs),
        *_links([paragraph for paragraph in paragraphs if paragraph.pk in linked], papers),
        _("Utdragen är justerade. Om de är äkta kan kontrolleras på %(address)s med koden på utdraget.")
        % {"address": check_address},
        f"{by.name}\n{Organisation.objects.get().name}",
    ]
    return Letter(
        name=names[:200],
        address=pairs[0][1].address,
        subject=_("Protokollsutdrag: %(body)s den %(day)s, %(labels)s") % where,
        text="\n\n".join(lines),
        attachments=[Attachment(extract_name(p), papers[p.pk], is_linked=p.pk in linked) for p in paragraphs],
    )


def _too_large(papers: Mapping[int, Extract | Correction]) -> set[int]:
    """The paragraphs whose papers do not fit in one letter: the largest ones."""
    carried, linked = 0, set()
    for pk, paper in sorted(papers.items(), key=lambda item: item[1].size):
        if carried + paper.size > MOST_MAIL_BYTES:
            linked.add(pk)
        else:
            carried += paper.size
    return linked


def _links(paragraphs: Sequence[Paragraph], papers: Mapping[int, Extract | Correction]) -> list[str]:
    if not paragraphs:
        return []
    links = (f"{p.label}: {settings.SITE_ADDRESS}{papers[p.pk].get_absolute_url()}" for p in paragraphs)
    return ["\n".join([_("För stora för ett brev; hämta dem här:"), *links])]


def _line(row: DispatchRow, recipient: RecipientRow) -> str:
    paragraph = row.paragraph
    number = _("dnr %(number)s") % {"number": paragraph.registry_number} if paragraph.registry_number else ""
    notes = ", ".join(filter(None, [number, recipient.recipient.remark]))
    return f"{paragraph.label} {paragraph.title}" + (f" ({notes})" if notes else "")


def _paper(paragraph: Paragraph) -> Extract | Correction:
    paper = paper_in_force(paragraph)
    assert paper is not None  # issued before
    return paper


def _note_letters(ready: Sequence[Ready]) -> None:
    """Tell by which letter each recipient gets the extract; one may have been sent it under another name."""
    papers = {row.paragraph.pk: _paper(row.paragraph) for row, _recipient in ready}
    known = {
        (row.address, row.sha256): row.delivery_id
        for row in Enclosure.objects.filter(
            is_once=True, sha256__in={paper.sha256 for paper in papers.values()}
        )
    }
    Dispatch.objects.bulk_create(
        (
            Dispatch(
                recipient=recipient.recipient,
                delivery_id=known[recipient.address.lower(), papers[row.paragraph.pk].sha256],
                code=papers[row.paragraph.pk].code,
            )
            for row, recipient in ready
        ),
        ignore_conflicts=True,
    )
