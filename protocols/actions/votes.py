"""Votes: what Ja and Nej mean, who voted how, and which answer that gives (KL 5 kap. 53–56 §§)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motions.errors import Conflict, DomainError
from motions.models import Person, User
from protocols.actions.locking import edit_paragraph, require_taken_up
from protocols.actions.motivations import Backing
from protocols.actions.procedure import record_finding
from protocols.actions.voting_duty import require_chair_to_vote, require_one_roll
from protocols.enums import BallotChoice, QuestionKind, VoteEntry
from protocols.models import Attendance, Ballot, Paragraph, Proposal, Question, Vote
from protocols.queries.clauses import clause_put_in
from protocols.queries.service import WHOLE, serving_in
from protocols.queries.votes import answers_to, can_vote_on, voters_of
from protocols.wording.formal import minority_needed

Ballots = Mapping[int, BallotChoice]  # by the person's id
Counts = Mapping[BallotChoice, int]


@transaction.atomic
def record_vote(
    question: Question,
    *,
    by: User,
    yes: Proposal | None,
    no: Proposal | None,
    entry: VoteEntry,
    ballots: Ballots | None = None,
    counts: Counts | None = None,
    casting_vote: BallotChoice | None = None,
    requested_by: Person | None = None,
    third_is_enough: bool = True,
    backing: Backing | None = None,
    at: datetime | None = None,
) -> Paragraph:
    """Record a vote; its result answers the question, and the gavel falls where it was the last one.

    `yes` and `no` are what Ja and Nej mean; None is turning a single proposal down. `ballots` tell how each
    one voted, `counts` only how many (the names can follow through `name_voters`). `third_is_enough`: a
    referral back or postponement in fullmäktige that loses, but has a third of those present behind it, is
    carried as a minority's demand (KL 5 kap. 50 §). `backing`: how many back each motivation of it.
    Raises DomainError where the votes do not fit those who serve, or are equal without a casting vote.
    """
    paragraph = edit_paragraph(question.paragraph, by=by)
    require_taken_up(paragraph)
    _check_meaning(question, yes, no)
    require_one_roll(paragraph, question)
    voters = voters_of(paragraph, question)
    tally = _tally(voters, ballots, counts)
    require_chair_to_vote(paragraph, tally, ballots, clause=clause_put_in(paragraph, question))
    result = _result(tally, casting_vote)
    winner, loser = (yes, no) if result == BallotChoice.YES else (no, yes)
    supporters = None
    if third_is_enough and winner is None and loser is not None:
        supporters = _demand(paragraph, question, tally[BallotChoice.NO if loser == no else BallotChoice.YES])
    at = at or timezone.now()
    requesting = _requesting(voters, requested_by)
    decided = record_finding(
        question,
        by=by,
        winner=loser if supporters is not None else winner,
        supporters=supporters,
        backing=backing,
        at=at,
    )
    vote = Vote.objects.create(
        question=question,
        yes=yes,
        no=no,
        entry=entry,
        **{f"{choice}_count": tally[choice] for choice in BallotChoice},
        casting_vote=casting_vote or "",
        requested_by=requested_by,
        requested_by_party=requesting.party if requesting else None,
        taken_at=at,
    )
    _write_ballots(vote, voters, ballots or {})
    return decided


@transaction.atomic
def name_voters(vote: Vote, *, by: User, ballots: Ballots, entry: VoteEntry) -> Vote:
    """Add how each one voted to a vote of which only the counts were known (KL 5 kap. 67 §).

    Raises DomainError where the names give other numbers than the ones that decided.
    """
    paragraph = edit_paragraph(vote.question.paragraph, by=by)
    vote = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    if vote.ballots.exists():
        raise Conflict(
            _("Hur var och en röstade är redan antecknat"),
            instead=_("Ångra omröstningen om den ska antecknas på nytt."),
        )
    voters = voters_of(paragraph, vote.question)
    tally = _tally(voters, ballots, None)
    for choice in BallotChoice:
        counted = getattr(vote, f"{choice}_count")
        if tally[choice] != counted:
            raise DomainError(
                _("Namnen ger %(named)s ”%(choice)s”, men omröstningen räknade %(counted)s")
                % {"named": tally[choice], "choice": choice.label, "counted": counted},
                law="KL 5 kap. 67 §",
                instead=_("Rätta namnen, eller ångra omröstningen och anteckna den på nytt."),
                field="ballots",
            )
    _write_ballots(vote, voters, ballots)
    vote.entry = entry
    vote.save(update_fields=["entry"])
    return vote


def _check_meaning(question: Question, yes: Proposal | None, no: Proposal | None) -> None:
    """Ja and Nej must be the two answers to the question."""
    options = list(question.proposals.all())
    if len(options) > 2 and question.kind != QuestionKind.FORMAL:
        raise DomainError(
            _("Omröstningen står mellan två förslag, och här finns %(count)s") % {"count": len(options)},
            law="KL 5 kap. 53 §",
            instead=_("Bestäm först huvudförslag och hur motförslaget ska utses."),
            field="meaning",
        )
    if not can_vote_on(question, options):
        raise DomainError(
            _("Det finns bara ett förslag, och inget att rösta mot"),
            law="KL 5 kap. 53 §",
            instead=_("Anteckna först ett yrkande om avslag eller ett annat förslag."),
            field="meaning",
        )
    wanted = {answer.pk if answer else None for answer in answers_to(question, options)}
    if {yes.pk if yes else None, no.pk if no else None} != wanted:
        raise DomainError(
            _("Ja och nej ska betyda frågans två svar, var sitt"),
            law="KL 5 kap. 53 §",
            instead=_("Välj vad ja och nej betyder i voteringspropositionen."),
            field="meaning",
        )


def _tally(
    voters: Sequence[Attendance], ballots: Ballots | None, counts: Counts | None
) -> Counter[BallotChoice]:
    """How many of each choice, checked against those who serve."""
    if ballots is not None:
        _check_names(voters, ballots)
        return Counter(BallotChoice(choice) for choice in ballots.values())
    tally = Counter({choice: (counts or {}).get(choice, 0) for choice in BallotChoice})
    if tally.total() != len(voters):
        raise DomainError(
            _("Rösterna blir %(total)s, men %(voters)s tjänstgör och deltar i beslutet")
            % {"total": tally.total(), "voters": len(voters)},
            law="KL 5 kap. 67 §",
            instead=_("Räkna även de som avstår och de som är frånvarande, eller rätta närvaron."),
            field="yes_count",
        )
    return tally


def _check_names(voters: Sequence[Attendance], ballots: Ballots) -> None:
    known = {row.person_id for row in voters}
    strangers = Person.objects.filter(pk__in=set(ballots) - known)
    if names := ", ".join(person.name for person in strangers):
        raise DomainError(
            _("%(names)s tjänstgör inte, eller deltar inte i beslutet, och kan inte rösta")
            % {"names": names},
            law="KL 4 kap. 24 §",
            instead=_("Ta bort rösten, eller rätta närvaron."),
            field="ballots",
        )
    left_out = [row for row in voters if row.person_id not in ballots]
    if left_out:
        raise DomainError(
            _("Röst saknas för %(names)s") % {"names": ", ".join(map(str, left_out))},
            law="KL 5 kap. 67 §",
            instead=_("Ange ja, nej, avstår eller frånvarande för var och en."),
            field="ballots",
        )


def _result(tally: Counter[BallotChoice], casting_vote: BallotChoice | None) -> BallotChoice:
    yes, no = tally[BallotChoice.YES], tally[BallotChoice.NO]
    if yes != no and casting_vote:
        raise DomainError(
            _("Ordföranden har utslagsröst bara vid lika röstetal, och det blev %(yes)s mot %(no)s")
            % {"yes": yes, "no": no},
            law="KL 5 kap. 56 §",
            instead=_("Ta bort utslagsrösten."),
            field="casting_vote",
        )
    if yes != no:
        return BallotChoice.YES if yes > no else BallotChoice.NO
    if casting_vote not in {BallotChoice.YES, BallotChoice.NO}:
        raise DomainError(
            _("Det blev lika röstetal, %(yes)s mot %(no)s, och ordföranden har utslagsröst")
            % {"yes": yes, "no": no},
            law="KL 5 kap. 56 §",
            instead=_("Ange om ordförandens utslagsröst är ja eller nej."),
            field="casting_vote",
        )
    return BallotChoice(casting_vote)


def _demand(paragraph: Paragraph, question: Question, votes: int) -> int | None:
    """The votes for a formal proposal that lost, where the law lets them carry it all the same."""
    if question.kind != QuestionKind.FORMAL or not paragraph.body.is_assembly:
        return None
    if paragraph.motion and paragraph.motion.minority_deferral_used:
        return None
    present = len(serving_in(paragraph, clause=WHOLE))
    return votes if votes >= minority_needed(present) else None


def _requesting(voters: Sequence[Attendance], person: Person | None) -> Attendance | None:
    if person is None:
        return None
    row = next((row for row in voters if row.person_id == person.pk), None)
    if row is None:
        raise DomainError(
            _("%(name)s deltar inte i beslutet och kan inte begära omröstning") % {"name": person.name},
            law="KL 5 kap. 54 §",
            instead=_("Välj någon som tjänstgör, eller lämna fältet tomt."),
            field="requested_by",
        )
    return row


def _write_ballots(vote: Vote, voters: Sequence[Attendance], ballots: Ballots) -> None:
    Ballot.objects.bulk_create(
        Ballot(
            vote=vote,
            person_id=row.person_id,
            party_id=row.party_id,
            choice=ballots[row.person_id],
            position=position,
        )
        for position, row in enumerate(voters, start=1)
        if row.person_id in ballots
    )
