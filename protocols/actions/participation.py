"""Who did not take part: jäv, staying out, abstaining (KL 4:25, 5:47, 6:30), and who served instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motions.errors import Conflict, DomainError
from motions.models import Person, User
from protocols.actions.attendance import set_present
from protocols.actions.locking import edit_paragraph
from protocols.enums import NonParticipationKind
from protocols.models import Attendance, Ballot, NonParticipation, Paragraph
from protocols.queries.clauses import clause_count, clause_put_in
from protocols.queries.service import acting_in, recusal_law, serving_in


@transaction.atomic
def note_non_participation(
    paragraph: Paragraph,
    *,
    by: User,
    person: Person,
    kind: NonParticipationKind,
    substitute: Person | None = None,
    clauses: Sequence[int] = (),
    at: datetime | None = None,
) -> NonParticipation:
    """Note that somebody who serves does not take part in this decision, and who serves in the § instead.

    `clauses` are the numbers of the decision's clauses that it is about: then the person takes part in the
    others, and the substitute serves in these alone. Empty: the whole paragraph.
    Raises DomainError for a substitute of one who is not recused: only he who is hindered has one (KL 5:17).
    """
    paragraph = edit_paragraph(paragraph, by=by)
    numbers = _apart(paragraph, clauses)
    before = paragraph.non_participations.filter(person=person).first()
    serving = {one.person.pk: one for one in serving_in(paragraph)}
    if before is None and person.pk not in serving:
        raise DomainError(
            _("%(name)s tjänstgör inte och deltar redan inte i beslutet") % {"name": person.name},
            field="person",
        )
    if not numbers and paragraph.reservations.filter(persons=person).exists():
        raise Conflict(
            _("%(name)s har reserverat sig, och den som reserverar sig har deltagit i beslutet")
            % {"name": person.name},
            law="KL 4 kap. 27 §",
        )
    party = before.party if before else serving[person.pk].party
    if before and before.substitute_id:
        _require_not_acted(before)
    if _has_voted(paragraph, person, numbers):
        raise Conflict(
            _("%(name)s har röstat i ärendet och har därmed deltagit") % {"name": person.name},
            law="KL 4 kap. 25 §",
            instead=_("Ångra först omröstningen."),
        )
    noted, _created = NonParticipation.objects.update_or_create(
        paragraph=paragraph,
        person=person,
        defaults={
            "kind": kind,
            "party": party,
            "clauses": numbers,
            "substitute": None,
            "substitute_party": None,
            "noted_by": by,
            "noted_at": at or timezone.now(),
        },
    )
    return _appoint(paragraph, noted, substitute, by=by) if substitute else noted


@transaction.atomic
def appoint_substitute(noted: NonParticipation, *, by: User, substitute: Person) -> NonParticipation:
    """Let a substitute serve in a recused person's place in this paragraph alone."""
    paragraph = edit_paragraph(noted.paragraph, by=by)
    noted = NonParticipation.objects.select_related("person").get(pk=noted.pk)
    if noted.substitute_id:
        _require_not_acted(noted)
    return _appoint(paragraph, noted, substitute, by=by)


@transaction.atomic
def remove_non_participation(noted: NonParticipation, *, by: User) -> None:
    """Remove what was noted by mistake, and with it the substitute's service."""
    edit_paragraph(noted.paragraph, by=by)
    _require_not_acted(noted)
    noted.delete()


def _apart(paragraph: Paragraph, clauses: Sequence[int]) -> list[int]:
    """The numbers, each once; none where they are all there is: then it is the whole paragraph."""
    numbers = sorted(set(clauses))
    if not numbers:
        return []
    count = clause_count(paragraph)
    if numbers[-1] > count or numbers[0] < 1:
        raise DomainError(
            ngettext("Beslutet har bara %(count)s beslutssats", "Beslutet har %(count)s beslutssatser", count)
            % {"count": count},
            instead=_("Ange nummer från 1, eller lämna fältet tomt för hela paragrafen."),
            field="clauses",
        )
    return [] if len(numbers) == count else numbers


def _has_voted(paragraph: Paragraph, person: Person, clauses: Sequence[int]) -> bool:
    """Whether the person voted on what is decided there; a vote on the matter itself is about all of it."""
    cast = Ballot.objects.filter(vote__question__paragraph=paragraph, person=person)
    questions = [ballot.vote.question for ballot in cast.select_related("vote__question")]
    put = [clause_put_in(paragraph, question) for question in questions]
    return any(not clauses or not number or number in clauses for number in put)


def _appoint(
    paragraph: Paragraph, noted: NonParticipation, substitute: Person, *, by: User
) -> NonParticipation:
    if noted.kind != NonParticipationKind.RECUSAL:
        raise DomainError(
            _("En ersättare träder in för den som är jävig eller har förhinder, inte för den som avstår"),
            law="KL 5 kap. 17 §",
            instead=_("Lämna ersättaren tom. Rätten att avstå följer av KL 4 kap. 25 §."),
            field="substitute",
        )
    row = _free(paragraph, substitute)
    if not row.is_present:
        set_present(paragraph.meeting, by=by, person=substitute, is_present=True)
    noted.substitute, noted.substitute_party_id = substitute, row.party_id
    noted.save(update_fields=["substitute", "substitute_party"])
    return noted


def _free(paragraph: Paragraph, substitute: Person) -> Attendance:
    """The substitute's row. Raises DomainError for one who cannot step in."""
    row = paragraph.meeting.attendance.filter(person=substitute).first()
    if row is None or row.is_seated:
        raise DomainError(_("%(name)s är inte ersättare") % {"name": substitute.name}, field="substitute")
    if any(one.person.pk == substitute.pk for one in acting_in(paragraph)):
        raise DomainError(
            _("%(name)s tjänstgör redan i paragrafen") % {"name": substitute.name},
            law="KL 5 kap. 17 §",
            instead=_("Välj en ersättare som inte tjänstgör."),
            field="substitute",
        )
    if paragraph.non_participations.filter(person=substitute).exists():
        raise DomainError(
            _("%(name)s deltar inte heller i ärendet") % {"name": substitute.name},
            law=recusal_law(paragraph),
            instead=_("Välj en annan ersättare."),
            field="substitute",
        )
    return row


def _require_not_acted(noted: NonParticipation) -> None:
    """Raise Conflict where the substitute of the § has acted in it, or is recused too."""
    who, paragraph = noted.substitute, noted.paragraph
    if who is None:
        return
    if (
        paragraph.proposals.filter(movers=who).exists()
        or paragraph.reservations.filter(persons=who).exists()
        or Ballot.objects.filter(vote__question__paragraph=paragraph, person=who).exists()
        or paragraph.non_participations.filter(person=who).exists()
    ):
        raise Conflict(
            _("%(name)s tjänstgör i paragrafen och har yrkat, röstat, reserverat sig eller antecknats där")
            % {"name": who.name},
            law="KL 4 kap. 27 §",
            instead=_("Ta först bort det ur paragrafen."),
        )
