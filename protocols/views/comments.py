"""Comments on a § before it is verified: verifiers write them, the secretary answers."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.forms import add_refusal, focus_first_error
from config.http import UserRequest, needs
from motions.errors import DomainError, Forbidden
from motions.models import Organisation
from motions.permissions import Permission, has_permission
from protocols.actions.comments import answer_comment, comment
from protocols.forms.comments import AnswerForm, CommentForm
from protocols.models import Comment, Paragraph
from protocols.queries.comments import comments_on, passages
from protocols.queries.documents import document_of
from protocols.queries.facts import with_facts
from protocols.queries.verification import verifiers_of

PAGE = "protocols/comments.html"


@needs(Permission.VERIFY_MINUTES, Permission.MANAGE_MEETING)
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: UserRequest, pk: int) -> HttpResponse:
    """The text with its comments; one who verifies it adds another."""
    paragraph = _paragraph(request, pk)
    if request.method != "POST":
        return _show(request, paragraph)
    document = document_of(paragraph, Organisation.objects.get())
    form = CommentForm(passages(document), request.POST)
    if not form.is_valid():
        return _show(request, paragraph, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        comment(paragraph, by=request.user, text=form.cleaned_data["text"], passage=form.passage)
    except DomainError as error:
        refusal = add_refusal(form, error)
        return _show(request, paragraph, form=form, refusal=refusal, status=error.status)
    messages.success(request, _("Kommentaren är lämnad till sekreteraren."))
    return redirect("protocols:comments", pk=pk)


@needs(Permission.MANAGE_MEETING)
@require_POST
def comment_answer(request: UserRequest, pk: int) -> HttpResponse:
    """The secretary has dealt with a comment."""
    row = get_object_or_404(Comment.objects.select_related("paragraph"), pk=pk)
    paragraph = _paragraph(request, row.paragraph_id)
    form = AnswerForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        return _show(request, paragraph, answer=(pk, form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        answer_comment(row, by=request.user, answer=form.cleaned_data["answer"])
    except DomainError as error:
        refusal = add_refusal(form, error)
        return _show(request, paragraph, answer=(pk, form), refusal=refusal, status=error.status)
    messages.success(request, _("Kommentaren är åtgärdad."))
    return redirect("protocols:comments", pk=paragraph.pk)


def _paragraph(request: UserRequest, pk: int) -> Paragraph:
    """The §, for those who verify its meeting's minutes and for the secretary."""
    paragraph = get_object_or_404(with_facts(Paragraph.objects.visible_to(request.user)), pk=pk)
    if not has_permission(request.user, Permission.MANAGE_MEETING) and not _verifies(request, paragraph):
        raise Forbidden(
            _("Bara de som ska justera protokollet och sekreteraren ser kommentarerna"),
            law="KL 5 kap. 69 §",
            instead=_("Lämna en protokollsanteckning, eller hör av dig till sekreteraren om något är fel."),
        )
    return paragraph


def _verifies(request: UserRequest, paragraph: Paragraph) -> bool:
    return has_permission(request.user, Permission.VERIFY_MINUTES) and any(
        person.pk == request.user.person_id
        for person in verifiers_of(paragraph, list(paragraph.meeting.verifiers.all()))
    )


def _show(
    request: UserRequest,
    paragraph: Paragraph,
    *,
    form: CommentForm | None = None,
    answer: tuple[int, AnswerForm] | None = None,
    refusal: DomainError | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    document = document_of(paragraph, Organisation.objects.get())
    sent, sent_form = answer or (0, None)
    if form is not None:
        focus_first_error(form)
    may_manage = has_permission(request.user, Permission.MANAGE_MEETING)
    context = {
        "paragraph": paragraph,
        "meeting": paragraph.meeting,
        "document": document,
        "form": form or CommentForm(passages(document)),
        "rows": [
            (row, (sent_form if row.pk == sent else AnswerForm(prefix=str(row.pk))) if may_manage else None)
            for row in comments_on(paragraph)
        ],
        "may_comment": _verifies(request, paragraph) and paragraph.is_decided and not paragraph.is_verified,
        "refusal": refusal,
    }
    return render(request, PAGE, context, status=status)
