"""The chair's questions of one § as the live view shows them: asked, to be answered, found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from protocols.enums import ProposalKind, QuestionKind
from protocols.facts import ParagraphFacts
from protocols.models import Paragraph, Question, Vote
from protocols.queries.facts import question_fact
from protocols.queries.votes import can_vote_on
from protocols.wording import hands, references
from protocols.wording.formal import minority_needed
from protocols.wording.motion import decision_clauses
from protocols.wording.text import capitalise


@dataclass(frozen=True)
class Option:
    """One answer to the chair's question. `proposal` is None for no; `key` the single key that gives it."""

    proposal: int | None
    label: str
    key: str


@dataclass(frozen=True)
class Minority:
    """A minority's right to defer the item (KL 5 kap. 50 §): how many it takes, or why it is used up."""

    needed: int
    present: int
    is_used: bool


@dataclass(frozen=True)
class QuestionRow:
    """A question of the procedure: `names` put against each other, or `asked` for yes or no."""

    question: Question
    names: Sequence[str]
    asked: str
    finding: str
    options: Sequence[Option] = ()
    can_vote: bool = False
    tally: str = ""
    lacks_names: bool = False
    minority: Minority | None = None
    is_needed: bool = True
    can_part: bool = False
    part: str = ""

    @property
    def is_found(self) -> bool:
        return self.question.found_at is not None

    @property
    def is_next(self) -> bool:
        """Whether this is the question to answer now."""
        return bool(self.options)


def question_rows(paragraph: Paragraph, facts: ParagraphFacts, *, serving: int) -> list[QuestionRow]:
    """The chair's questions in order; the first without a finding can be answered now.

    `paragraph` comes loaded `with_facts`; `serving`: how many take part in it.
    """
    labels = references.references(facts)
    rows: list[QuestionRow] = []
    is_open = paragraph.is_taken_up
    for question in paragraph.questions.all():
        is_needed = question.found_at is not None or hands.is_needed(question_fact(question), facts)
        is_next = is_open and question.found_at is None and is_needed
        is_open = is_open and not is_next
        row = _question_row(question, labels, paragraph, facts, serving=serving if is_next else None)
        rows.append(replace(row, is_needed=is_needed))
    return rows


def _question_row(
    question: Question,
    labels: dict[int, str],
    paragraph: Paragraph,
    facts: ParagraphFacts,
    *,
    serving: int | None,
) -> QuestionRow:
    """`serving` is told for the question that is to be answered now, and for no other."""
    is_next, is_main = serving is not None, question.kind == QuestionKind.MAIN
    put = [option.proposal_id for option in question.options.all()]
    kinds = {fact.id: fact.kind for fact in facts.proposals}
    known = [labels[pk] for pk in put if pk in labels]
    kind = QuestionKind(question.kind)
    if _waits_for_counter(question, paragraph):
        known.append(_("segraren i frågan om motförslag"))
    if _waits_for_first_hand(question, paragraph):
        known.insert(0, _("det som bifalls i första hand"))
    vote: Vote | None = getattr(question, "vote", None)
    return QuestionRow(
        question,
        names=[capitalise(known[0]), *known[1:]] if known else [],
        asked=_asked(kind, kinds.get(put[0]) if put else None, known),
        finding=_finding(question, kinds, labels),
        options=_options(kind, put, kinds, labels) if is_next else (),
        can_vote=is_next and (can_vote_on(question, put) or (is_main and len(put) > 2)),
        tally=_tally(vote) if vote else "",
        lacks_names=vote is not None and not vote.ballots.all(),
        minority=_minority(paragraph, serving)
        if serving is not None and kind == QuestionKind.FORMAL
        else None,
        can_part=is_next
        and kind == QuestionKind.MAIN
        and not question.clause
        and _can_part(paragraph, facts),
        part=capitalise(decision_clauses([question.clause])) if question.clause else "",
    )


def _can_part(paragraph: Paragraph, facts: ParagraphFacts) -> bool:
    """Whether there are several clauses before the meeting, and no second hand that waits for the first."""
    tabled = [fact for fact in facts.proposals if fact.kind == ProposalKind.TABLED]
    mains = [q for q in paragraph.questions.all() if q.kind == QuestionKind.MAIN]
    return len(mains) == 1 and sum(len(fact.clauses) for fact in tabled) > 1


def _waits_for_counter(question: Question, paragraph: Paragraph) -> bool:
    """Whether an earlier question is still to decide what this proposal meets."""
    earlier = [q for q in paragraph.questions.all() if q.position < question.position]
    is_met = question.kind in {QuestionKind.COUNTER, QuestionKind.MAIN}
    same = [q for q in earlier if q.clause == question.clause]
    return is_met and any(q.kind == QuestionKind.COUNTER and q.found_at is None for q in same)


def _waits_for_first_hand(question: Question, paragraph: Paragraph) -> bool:
    """Whether an earlier round on the matter is still to decide what these proposals meet."""
    earlier = (q for q in paragraph.questions.all() if q.position < question.position)
    return (
        question.kind == QuestionKind.MAIN
        and question.clause is None
        and any(q.kind == QuestionKind.MAIN and q.found_at is None for q in earlier)
    )


def _tally(vote: Vote) -> str:
    """The numbers in a few signs: "40 ja, 38 nej, 3 avstår"."""
    parts = [_("%(yes)s ja, %(no)s nej") % {"yes": vote.yes_count, "no": vote.no_count}]
    if vote.abstain_count:
        parts.append(_("%(count)s avstår") % {"count": vote.abstain_count})
    if vote.absent_count:
        parts.append(_("%(count)s frånvarande") % {"count": vote.absent_count})
    if vote.casting_vote:
        parts.append(_("ordförandens utslagsröst"))
    return ", ".join(parts)


def _asked(kind: QuestionKind, proposal: ProposalKind | None, known: Sequence[str]) -> str:
    if kind == QuestionKind.FORMAL:
        if proposal == ProposalKind.POSTPONE:
            return _("Ska ärendet avgöras i dag eller bordläggas?")
        return _("Ska ärendet avgöras i dag eller återremitteras?")
    if len(known) == 1:
        return _("Kan %(proposal)s bifallas?") % {"proposal": known[0]}
    return ""


def _finding(question: Question, kinds: dict[int, ProposalKind], labels: dict[int, str]) -> str:
    if question.found_at is None:
        return ""
    winner = question.winner_id
    if question.kind == QuestionKind.FORMAL:
        if winner is None:
            return _("avgörs i dag")
        done = _("bordläggs") if kinds.get(winner) == ProposalKind.POSTPONE else _("återremitteras")
        if question.supporters is None:
            return done
        demand = {"done": done, "supporters": question.supporters, "present": question.present}
        return _("%(done)s, begärt av %(supporters)s av %(present)s") % demand
    if winner is None:
        return _("avslås")
    is_counter = question.kind == QuestionKind.COUNTER
    words = _("%(proposal)s blir motförslag") if is_counter else _("%(proposal)s bifalls")
    return capitalise(words % {"proposal": labels.get(winner, "")})


def _options(
    kind: QuestionKind, put: Sequence[int], kinds: dict[int, ProposalKind], labels: dict[int, str]
) -> list[Option]:
    if kind == QuestionKind.FORMAL:
        is_postponed = kinds.get(put[0]) == ProposalKind.POSTPONE
        done = _("Ja, ärendet bordläggs") if is_postponed else _("Ja, ärendet återremitteras")
        found = [Option(None, _("Nej, ärendet avgörs i dag"), "n"), Option(put[0], done, "a")]
        return found if len(put) == 1 else found[::-1]  # Enter in a number's field presses the first button
    if kind == QuestionKind.ADDITION:
        return [Option(put[0], _("Acklamation: bifall"), "a"), Option(None, _("Avslag"), "n")]
    keys = ["a", "m"] if len(put) < 3 else ["a", *map(str, range(2, len(put) + 1))]
    return [
        Option(pk, _label(labels[pk], is_first=place == 0, is_only_rival=len(put) == 2), keys[place])
        for place, pk in enumerate(put)
    ]


def _label(name: str, *, is_first: bool, is_only_rival: bool) -> str:
    short = _("liggande förslag") if name == "det liggande förslaget" else name
    if is_first:
        return _("Acklamation: %(proposal)s") % {"proposal": short}
    if is_only_rival:
        return _("Motförslaget: %(proposal)s") % {"proposal": short}
    return capitalise(short)


def _minority(paragraph: Paragraph, present: int | None) -> Minority | None:
    if present is None or not paragraph.body.is_assembly:
        return None
    motion = paragraph.motion
    is_used = motion is not None and motion.minority_deferral_used
    return Minority(minority_needed(present), present, is_used)
