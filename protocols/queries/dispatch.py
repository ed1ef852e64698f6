"""What has gone out of a meeting's extracts, to whom, and what has not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from motions.models import Motion
from protocols.enums import DeliveryState
from protocols.models import (
    Addressee,
    Correction,
    Delivery,
    Dispatch,
    Enclosure,
    Extract,
    Meeting,
    NoRecipients,
    PaperDispatch,
    Paragraph,
    Recipient,
    Withdrawal,
)


@dataclass(frozen=True)
class RecipientRow:
    """A recipient of a §, its address (or ''), and the last letter with the extract that is in force.

    `paper` tells of the one who got it on paper instead; one that `is_withdrawn` goes out to nobody. One
    that `is_linked` has an extract too large for a letter, which leads to it instead. One that `is_left_out`
    was withdrawn before the letter went, which does not carry it.
    """

    recipient: Recipient
    address: str
    delivery: Delivery | None
    had_earlier: bool
    is_linked: bool = False
    paper: PaperDispatch | None = None
    paper_taken_back: bool = False
    is_withdrawn: bool = False
    is_left_out: bool = False

    @property
    def is_sent(self) -> bool:
        """Whether the extract has gone out, by mail or on paper."""
        return self.is_mailed or self.paper is not None

    @property
    def is_mailed(self) -> bool:
        is_gone = self.delivery is not None and self.delivery.state == DeliveryState.SENT
        return is_gone and not self.is_left_out

    @property
    def is_stopped(self) -> bool:
        """Whether its letter needs somebody who looks at it."""
        return not self.is_sent and self.delivery is not None and self.delivery.is_stopped

    @property
    def can_go_on_paper(self) -> bool:
        """Whether it has not gone out and no letter is on its way."""
        if self.is_withdrawn:
            return False
        return not self.is_sent and (self.delivery is None or self.delivery.is_stopped)

    @property
    def is_ready(self) -> bool:
        """Whether a letter can be queued: none was, or the one that was stopped went to another address."""
        return bool(self.address) and self._needs_letter

    @property
    def lacks_address(self) -> bool:
        """Whether nothing can be sent before somebody gives an address."""
        return not self.address and self._needs_letter

    @property
    def _needs_letter(self) -> bool:
        if self.paper or self.is_withdrawn:
            return False
        if self.delivery is None:
            return True
        return self.delivery.is_stopped and self.delivery.address.lower() != self.address.lower()


@dataclass(frozen=True)
class DispatchRow:
    """A § with its recipients; `confirmed` is the secretary's word that it has none."""

    paragraph: Paragraph
    recipients: Sequence[RecipientRow]
    confirmed: NoRecipients | None

    @property
    def is_done(self) -> bool:
        """Whether the extract has gone out to all who are to have it."""
        if not self.recipients:
            return not self.needs_word
        return all(row.is_sent for row in self.recipients)

    @property
    def has_failed(self) -> bool:
        """Whether it was sent to somebody whom it did not reach."""
        return bool(self.missed)

    @property
    def missed(self) -> list[str]:
        """The names of those whom it did not reach."""
        return [
            row.recipient.name
            for row in self.recipients
            if row.is_stopped or (row.paper_taken_back and not row.is_sent)
        ]

    @property
    def needs_word(self) -> bool:
        """Whether the secretary must confirm that it goes to nobody: a motion waits for it."""
        return not self.recipients and self.confirmed is None and self.paragraph.motion_id is not None

    @property
    def has_ready(self) -> bool:
        """Whether a letter can be queued now."""
        return self.paragraph.is_verified and any(row.is_ready for row in self.recipients)


@dataclass(frozen=True)
class DispatchPage:
    """A meeting's dispatch: its numbered paragraphs in order."""

    meeting: Meeting
    rows: Sequence[DispatchRow]

    @cached_property
    def verified(self) -> list[DispatchRow]:
        """Those that can go out."""
        return [row for row in self.rows if row.paragraph.is_verified]

    @property
    def unverified(self) -> list[DispatchRow]:
        """Those that must wait for verification."""
        return [row for row in self.rows if not row.paragraph.is_verified]

    @property
    def done(self) -> int:
        """How many paragraphs are dispatched."""
        return sum(row.is_done for row in self.verified)

    @cached_property
    def _recipients(self) -> list[RecipientRow]:
        return [recipient for row in self.verified for recipient in row.recipients]

    @property
    def sent(self) -> int:
        """How many extracts have gone out, a recipient at a time."""
        return sum(row.is_sent for row in self._recipients)

    @property
    def to_send(self) -> int:
        """How many have gone out or shall."""
        return len(self._recipients)

    @property
    def ready(self) -> int:
        """How many recipients a press would send to."""
        return len({row.address.lower() for row in self._recipients if row.is_ready})

    @property
    def stopped(self) -> list[RecipientRow]:
        """Those whose letter somebody must look at."""
        return [row for row in self._recipients if row.is_stopped]

    @property
    def missing(self) -> list[str]:
        """The names that lack an address."""
        return list(dict.fromkeys(row.recipient.name for row in self._recipients if row.lacks_address))

    @property
    def is_going(self) -> bool:
        """Whether something of it goes on by itself."""
        return any(row.delivery and row.delivery.is_going for row in self._recipients)

    @property
    def names(self) -> dict[str, str]:
        """Every recipient of the meeting by name, with the address or ''."""
        return {r.recipient.name: r.address for row in self.rows for r in row.recipients}


def read_dispatch(meeting: Meeting) -> DispatchPage:
    """The page of a meeting, in a fixed number of queries."""
    paragraphs = meeting.paragraphs.numbered().order_by("number").select_related("body", "meeting")
    return DispatchPage(meeting, dispatch_rows(paragraphs))


def dispatch_rows(paragraphs: QuerySet[Paragraph]) -> list[DispatchRow]:
    """The paragraphs with what has become of their extracts."""
    found = list(
        paragraphs.select_related("motion", "extract", "no_recipients").prefetch_related(
            "corrections", "recipients", "withdrawals"
        )
    )
    addresses = addresses_of(recipient.name for row in found for recipient in row.recipients.all())
    letters: dict[int, list[Dispatch]] = defaultdict(list)
    linked = Enclosure.objects.filter(delivery=OuterRef("delivery"), code=OuterRef("code"), is_linked=True)
    sent = Dispatch.objects.filter(recipient__paragraph__in=found).annotate(is_linked=Exists(linked))
    for dispatch in sent.select_related("delivery"):
        letters[dispatch.recipient_id].append(dispatch)
    papers = {
        (row.recipient_id, row.code): row if row.is_sent else None
        for row in PaperDispatch.objects.filter(recipient__paragraph__in=found).select_related("by")
    }
    return [_row(paragraph, addresses, letters, papers) for paragraph in found]


def undelivered_of(motion: Motion) -> list[DispatchRow]:
    """The verified §§ of a motion whose extract went to somebody whom it did not reach."""
    return [
        row
        for row in dispatch_rows(motion.paragraphs.verified().select_related("body", "meeting"))
        if row.has_failed
    ]


def addresses_of(names: Iterable[str]) -> dict[str, str]:
    """The addresses known for the names, by the name in small letters."""
    keys = {name.lower() for name in names}
    return dict(Addressee.objects.filter(key__in=keys).values_list("key", "address"))


def paper_in_force(paragraph: Paragraph) -> Extract | Correction | None:
    """The extract with the last correction, or as verified; None where none is issued yet."""
    corrections = list(paragraph.corrections.all())
    return corrections[-1] if corrections else getattr(paragraph, "extract", None)


def is_dispatched(paragraph: Paragraph) -> bool:
    """Whether the extract of a verified § has gone out to all who are to have it."""
    return all(row.is_done for row in dispatch_rows(Paragraph.objects.verified().filter(pk=paragraph.pk)))


def stopped_letters(meeting: Meeting) -> int:
    """How many letters about the meeting wait for somebody to look at them."""
    stopped = Delivery.objects.filter(mailing__meeting=meeting, state__in=DeliveryState.stopped)
    papers = PaperDispatch.objects.filter(recipient=OuterRef("recipient"), code=OuterRef("code"))
    carried = Dispatch.objects.filter(delivery=OuterRef("pk"))
    last_word = Subquery(papers.order_by("-pk").values("is_sent")[:1])
    not_on_paper = carried.alias(on_paper=Coalesce(last_word, False)).filter(on_paper=False)
    not_on_paper = not_on_paper.exclude(code__in=Withdrawal.objects.values("code"))
    return stopped.filter(Exists(not_on_paper) | ~Exists(carried)).count()


def _row(
    paragraph: Paragraph,
    addresses: Mapping[str, str],
    letters: Mapping[int, Sequence[Dispatch]],
    papers: Mapping[tuple[int, str], PaperDispatch | None],
) -> DispatchRow:
    paper = paper_in_force(paragraph)
    code = paper.code if paper else ""
    is_withdrawn = any(row.code == code for row in paragraph.withdrawals.all())
    recipients = [
        replace(
            _recipient(row, addresses.get(row.name.lower(), ""), letters.get(row.pk, ()), code),
            paper=papers.get((row.pk, code)),
            paper_taken_back=papers.get((row.pk, code), ...) is None,
            is_withdrawn=is_withdrawn,
        )
        for row in paragraph.recipients.all()
    ]
    return DispatchRow(paragraph, recipients, getattr(paragraph, "no_recipients", None))


def _recipient(recipient: Recipient, address: str, letters: Sequence[Dispatch], code: str) -> RecipientRow:
    current = next((row for row in reversed(letters) if row.code == code), None)
    earlier = [row for row in letters if row.code != code and row.code not in row.delivery.left_out]
    had_earlier = any(row.delivery.state == DeliveryState.SENT for row in earlier)
    return RecipientRow(
        recipient,
        address,
        current.delivery if current else None,
        had_earlier,
        is_linked=getattr(current, "is_linked", False),
        is_left_out=current is not None and code in current.delivery.left_out,
    )
