"""Who may reserve against a decision, and why not (KL 4 kap. 27 §)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError, Forbidden
from motions.models import Party, Person, User
from protocols.enums import NonParticipationKind
from protocols.models import Attendance, Paragraph
from protocols.queries.service import acting_in

LAW = "KL 4 kap. 27 §"


@dataclass(frozen=True)
class Standing:
    """What the rules ask about one person and one paragraph, whose meeting is loaded with it.

    `serves`: in this paragraph, as recorded at the gavel. With a `name` the refusals speak of that person to
    somebody else (the secretary), else to the person.
    """

    paragraph: Paragraph
    attendance: Attendance | None
    serves: bool
    non_participation: NonParticipationKind | None = None
    has_reserved: bool = False
    name: str = ""

    def reservation_refusal(self) -> DomainError | None:
        """Why the person may not announce a reservation now, or None where it is allowed."""
        if not self.paragraph.is_decided:
            return Conflict(
                _("Beslutet är inte fattat ännu"), law=LAW, instead=_("Reservera dig när klubban har fallit.")
            )
        closed_at = self.paragraph.meeting.closed_at
        if closed_at:
            return Conflict(
                _("Sammanträdet avslutades klockan %(time)s, och en reservation ska anmälas innan dess")
                % {"time": timezone.localtime(closed_at).strftime("%H.%M")},
                law=LAW,
                instead=self._note_instead(),
            )
        if self.has_reserved:
            return Conflict(
                self._say(
                    _("Du har redan reserverat dig mot beslutet"),
                    _("%(name)s har redan reserverat sig mot beslutet"),
                ),
                instead=_("Texten kan skrivas fram till justeringen."),
            )
        return self._not_participating() or self._not_serving()

    def note_refusal(self) -> DomainError | None:
        """Why the person may not leave a note to the minutes now, or None (local rules)."""
        if self.paragraph.is_draft:
            return Conflict(_("Ärendet är inte upptaget ännu"))
        if self.paragraph.is_verified:
            return Conflict(
                _("Protokollet är justerat, och ingen anteckning kan läggas till"), law="KL 5 kap. 69 §"
            )
        if self.attendance is None or not (self.attendance.is_present or self.serves):
            return Forbidden(
                _("Bara den som är med vid sammanträdet kan lämna en anteckning"),
                instead=self._correct_attendance(),
            )
        return None

    def _say(self, mine: str, theirs: str) -> str:
        return theirs % {"name": self.name} if self.name else mine

    def _correct_attendance(self) -> str:
        return self._say(
            _("Be sekreteraren rätta närvaron om den är fel."), _("Rätta närvaron om den är fel.")
        )

    def _note_instead(self) -> str:
        """What one who may not reserve can do instead: never something that would be refused, too."""
        if self.note_refusal():
            return ""
        return self._say(
            _("Du kan i stället lämna en anteckning till protokollet."),
            _("En anteckning till protokollet kan lämnas i stället."),
        )

    def _not_serving(self) -> DomainError | None:
        if self.attendance is None:
            return Forbidden(
                self._say(
                    _("Du hör inte till organet och kan inte reservera dig"),
                    _("%(name)s hör inte till organet och kan inte reservera sig"),
                ),
                law=LAW,
            )
        if self.serves:
            return None
        if self.attendance.is_serving:
            return Forbidden(
                self._say(
                    _("Du tjänstgjorde inte i paragrafen och deltog inte i beslutet"),
                    _("%(name)s tjänstgjorde inte i paragrafen och deltog inte i beslutet"),
                ),
                law=LAW,
                instead=self._correct_attendance(),
            )
        if self.attendance.is_seated:
            return Forbidden(
                self._say(
                    _("Du är antecknad som frånvarande och deltog inte i beslutet"),
                    _("%(name)s är antecknad som frånvarande och deltog inte i beslutet"),
                ),
                law=LAW,
                instead=self._correct_attendance(),
            )
        return Forbidden(
            self._say(
                _("Du är ersättare och tjänstgör inte, så du deltog inte i beslutet"),
                _("%(name)s är ersättare och tjänstgör inte, och deltog därför inte i beslutet"),
            ),
            law=LAW,
            instead=self._note_instead(),
        )

    def _not_participating(self) -> DomainError | None:
        if self.non_participation is None:
            return None
        reasons = {
            NonParticipationKind.RECUSAL: (
                _("Du är jävig i ärendet och deltog inte i beslutet"),
                _("%(name)s är jävig i ärendet och deltog inte i beslutet"),
            ),
            NonParticipationKind.NOT_PARTICIPATING: (
                _("Du har valt att inte delta i beslutet"),
                _("%(name)s har valt att inte delta i beslutet"),
            ),
            NonParticipationKind.ABSTAINED: (
                _("Du avstod i beslutet"),
                _("%(name)s avstod i beslutet"),
            ),
        }
        mine, theirs = reasons[self.non_participation]
        return Forbidden(self._say(mine, theirs), law=LAW, instead=self._note_instead())


def standing_of(paragraph: Paragraph, person: Person, *, told: User | None = None) -> Standing:
    """The standing as it is now; `my_meeting` has that of a whole meeting in as few queries.

    `told` is who reads a refusal, where that may be somebody else than the person.
    """
    standing = standings_of(paragraph, [person])[person]
    return replace(standing, name=person.name) if told and told.person_id != person.pk else standing


def standings_of(paragraph: Paragraph, persons: Collection[Person]) -> dict[Person, Standing]:
    """The standing of several as it is now, in as many queries as that of one."""
    acting = {one.person.pk for one in acting_in(paragraph)}
    noted = paragraph.non_participations.filter(person__in=persons, clauses=[])
    stayed_out = dict(noted.values_list("person_id", "kind"))
    rows = {row.person_id: row for row in paragraph.meeting.attendance.filter(person__in=persons)}
    reserved = set(paragraph.reservations.filter(persons__in=persons).values_list("persons", flat=True))
    return {
        person: Standing(
            paragraph,
            attendance=rows.get(person.pk),
            serves=person.pk in acting,
            non_participation=NonParticipationKind(stayed_out[person.pk])
            if person.pk in stayed_out
            else None,
            has_reserved=person.pk in reserved,
        )
        for person in persons
    }


def reservation_refusal(
    paragraph: Paragraph, person: Person, *, told: User | None = None
) -> DomainError | None:
    """Why the person may not announce a reservation now, or None where it is allowed."""
    return standing_of(paragraph, person, told=told).reservation_refusal()


def note_refusal(paragraph: Paragraph, person: Person, *, told: User | None = None) -> DomainError | None:
    """Why the person may not leave a note to the minutes now, or None where it is allowed (local rules)."""
    return standing_of(paragraph, person, told=told).note_refusal()


def members_of(paragraph: Paragraph, groups: Sequence[Party]) -> list[Person]:
    """Those of the parties' groups who took part in the decision and have not reserved against it yet.

    Raises DomainError for a group without any: the right is that of each one who took part.
    """
    if not groups:
        return []
    acting = [one for one in acting_in(paragraph) if one.party in groups]
    standings = standings_of(paragraph, [one.person for one in acting])
    refusals = {person: standing.reservation_refusal() for person, standing in standings.items()}
    found: list[Person] = []
    for party in groups:
        members = [one.person for one in acting if one.party == party]
        free = [person for person in members if refusals[person] is None]
        if not free:
            told = [refusal for person in members if (refusal := refusals[person])]
            raise _nobody_of(party, told, took_part=any(standings[one].has_reserved for one in members))
        found.extend(free)
    return found


def _nobody_of(party: Party, refusals: Sequence[DomainError], *, took_part: bool) -> DomainError:
    """Why nobody of a party's group can reserve: the meeting is over, or none of it took part or is left."""
    if conflict := next((one for one in refusals if isinstance(one, Conflict) and one.law), None):
        return conflict
    if took_part:
        return Conflict(
            _("Alla från %(party)s som deltog har redan reserverat sig mot beslutet") % {"party": party.name},
            instead=_("Texten kan skrivas fram till justeringen."),
            field="persons",
        )
    return DomainError(
        _("Ingen från %(party)s deltog i beslutet") % {"party": party.name},
        law=LAW,
        instead=_("Välj ett parti vars ledamöter deltog, eller den som reserverade sig."),
        field="persons",
    )
