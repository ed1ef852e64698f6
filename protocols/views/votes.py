"""A vote (omröstning): entering it by party, by name, from a list or by its counts, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from config.forms import add_refusal
from config.http import UserRequest, needs
from motions.errors import DomainError
from motions.permissions import Permission
from protocols.actions.second_hand import needed
from protocols.actions.votes import name_voters, record_vote
from protocols.actions.voting_order import arrange_main_vote, put_all_against_each_other
from protocols.enums import QuestionKind, SectionKind
from protocols.facts import ParagraphFacts
from protocols.forms.votes import WAYS, OrderForm, VoteForm
from protocols.models import Paragraph, Proposal, Question, Vote
from protocols.queries.facts import facts_of, question_fact, with_facts
from protocols.queries.motivations import motivations_put
from protocols.queries.votes import answers_to, can_vote_on, voters_of
from protocols.views.live import act, visible
from protocols.wording import references
from protocols.wording.text import capitalise
from protocols.wording.votes import proposition

PAGE = "protocols/vote.html"
_LABELS = {way: form.entry.label for way, form in WAYS.items()}


@needs(Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: UserRequest, pk: int, question: int) -> HttpResponse:
    """Enter the vote on a question, or who voted how where only the counts are known (`?satt=` the way)."""
    paragraph = visible(request, pk)
    asked = get_object_or_404(paragraph.questions.prefetch_related("options__proposal"), pk=question)
    known: Vote | None = getattr(asked, "vote", None)
    is_naming = known is not None and not known.ballots.exists()
    way = _way(request, paragraph, is_naming=is_naming)
    options = [option.proposal for option in asked.options.all()]
    if request.method != "POST":
        if paragraph.is_verified or not (is_naming or _can_be_answered(paragraph, asked)):
            return redirect(_live(paragraph))
        if len(options) > 2 and asked.kind == QuestionKind.MAIN:
            return _show_order(request, paragraph, asked)
        return _show(request, paragraph, asked, way, _form(paragraph, asked, way, is_naming=is_naming))
    form = _form(paragraph, asked, way, is_naming=is_naming, request=request)
    if not form.is_valid():
        return _show(request, paragraph, asked, way, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if known is not None and is_naming:
            name_voters(known, by=request.user, entry=form.entry, ballots=form.votes["ballots"])
        else:
            yes, no = _meanings(asked, options)[int(form.cleaned_data["meaning"])]
            record_vote(asked, by=request.user, yes=yes, no=no, **form.said)
    except DomainError as error:
        left = add_refusal(form, error)
        return _show(request, paragraph, asked, way, form, refusal=left, status=error.status)
    return redirect(_live(paragraph))


@needs(Permission.MANAGE_MEETING)
@require_POST
def vote_order(request: UserRequest, pk: int, question: int) -> HttpResponse:
    """Set the main proposal, and in which order the others meet."""
    paragraph = visible(request, pk)
    asked = get_object_or_404(paragraph.questions, pk=question)
    form = OrderForm(_names(asked, _facts(paragraph)), request.POST)
    if not form.is_valid():
        return _show_order(request, paragraph, asked, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    proposals = paragraph.proposals.in_bulk()
    main, others = form.cleaned_data["main"], form.others
    try:
        arrange_main_vote(
            asked, by=request.user, main=proposals[main], others=[proposals[other] for other in others]
        )
    except DomainError as error:
        left = add_refusal(form, error)
        return _show_order(request, paragraph, asked, form, refusal=left, status=error.status)
    return redirect(_live(paragraph))


@needs(Permission.MANAGE_MEETING)
@require_POST
def vote_order_back(request: UserRequest, pk: int) -> HttpResponse:
    """Put all proposals against each other again."""
    paragraph = visible(request, pk)
    return act(
        request,
        paragraph,
        "procedure",
        lambda: put_all_against_each_other(paragraph, by=request.user),
        fresh=SectionKind.PROCEDURE,
    )


def _live(paragraph: Paragraph) -> str:
    return f"{reverse('protocols:live', args=[paragraph.pk])}#procedure"


def _way(request: UserRequest, paragraph: Paragraph, *, is_naming: bool) -> str:
    """By party in fullmäktige and by name in a board, unless another way was chosen."""
    chosen = request.GET.get("satt", "")
    if chosen in WAYS and not (is_naming and chosen == "antal"):
        return chosen
    if is_naming:
        return "lista"
    return "parti" if paragraph.body.is_assembly else "namn"


def _can_be_answered(paragraph: Paragraph, asked: Question) -> bool:
    """Whether it is this question's turn, and there is something to vote between."""
    left = needed(paragraph, list(paragraph.questions.all()))
    first = next((question for question in left if question.found_at is None), None)
    options = [option.proposal_id for option in asked.options.all()]
    several = len(options) > 2 and asked.kind == QuestionKind.MAIN
    return paragraph.is_taken_up and first == asked and (several or can_vote_on(asked, options))


def _meanings(asked: Question, options: Sequence[Proposal]) -> list[tuple[Proposal | None, Proposal | None]]:
    """What Ja and Nej can mean: the first answer or the second."""
    first, second = answers_to(asked, options)
    return [(first, second), (second, first)]


def _facts(paragraph: Paragraph) -> ParagraphFacts:
    return facts_of(with_facts(Paragraph.objects.filter(pk=paragraph.pk)).get())


def _names(asked: Question, facts: ParagraphFacts) -> dict[int, str]:
    labels = references.references(facts)
    return {option.proposal_id: capitalise(labels[option.proposal_id]) for option in asked.options.all()}


def _form(
    paragraph: Paragraph,
    asked: Question,
    way: str,
    *,
    is_naming: bool,
    request: UserRequest | None = None,
) -> VoteForm:
    facts = _facts(paragraph)
    pairs = _meanings(asked, [option.proposal for option in asked.options.all()])
    words = [
        proposition(question_fact(asked), yes.pk if yes else None, no.pk if no else None, facts)
        for yes, no in pairs
    ]
    has_right = (
        asked.kind == QuestionKind.FORMAL
        and paragraph.body.is_assembly
        and not (paragraph.motion and paragraph.motion.minority_deferral_used)
    )
    return WAYS[way](
        voters_of(paragraph, asked),
        meanings=[] if is_naming else [capitalise(sentence) for sentence in words],
        has_minority_right=has_right,
        motivations={} if is_naming else motivations_put(asked, facts),
        data=request.POST if request else None,
        files=request.FILES if request else None,
    )


def _show(
    request: UserRequest,
    paragraph: Paragraph,
    asked: Question,
    way: str,
    form: VoteForm,
    *,
    refusal: DomainError | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    is_naming = "meaning" not in form.fields
    context = {
        "paragraph": paragraph,
        "question": asked,
        "form": form,
        "way": way,
        "ways": [(key, label) for key, label in _LABELS.items() if not (is_naming and key == "antal")],
        "voters": len(form.voters),
        "known": getattr(asked, "vote", None) if is_naming else None,
        "refusal": refusal,
    }
    return render(request, PAGE, context, status=status)


def _show_order(
    request: UserRequest,
    paragraph: Paragraph,
    asked: Question,
    form: OrderForm | None = None,
    *,
    refusal: DomainError | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    form = form or OrderForm(_names(asked, _facts(paragraph)))
    context = {"paragraph": paragraph, "question": asked, "order": form, "refusal": refusal}
    return render(request, PAGE, context, status=status)
