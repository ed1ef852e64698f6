"""The extract as PDF: issued once and the same for ever, or a draft for those who may read drafts."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from config.http import HtmxRequest, public
from motions.models import Organisation
from protocols.actions.extracts import extract_name, issue_extract
from protocols.extracts.checking import check_address
from protocols.extracts.render import extract_pdf
from protocols.models import Extract, Paragraph
from protocols.queries.appendices import appended
from protocols.queries.documents import document_of
from protocols.queries.facts import with_facts
from protocols.queries.letterhead import letterhead
from protocols.views.papers import draft_response, extract_failed, issued_response, issuer


@public
@require_safe
def extract(request: HtmxRequest, pk: int) -> HttpResponseBase:
    """A verified § is asked for without looking who asks, so that caches may keep the answer."""
    paragraph = Paragraph.objects.verified().select_related("meeting", "body").filter(pk=pk).first()
    if paragraph:
        return _issued(request, paragraph)
    visible = Paragraph.objects.visible_to(request.user)
    return _draft(request, get_object_or_404(with_facts(visible), pk=pk))


def _issued(request: HtmxRequest, paragraph: Paragraph) -> HttpResponseBase:
    return issued_response(
        request,
        lambda: (
            Extract.objects.filter(paragraph=paragraph).first()  # then nobody is looked at
            or issue_extract(paragraph, by=issuer(request), check_address=check_address())
        ),
        name=extract_name(paragraph),
        failed=lambda: extract_failed(request, paragraph),
    )


def _draft(request: HtmxRequest, paragraph: Paragraph) -> HttpResponseBase:
    try:
        document = document_of(paragraph, Organisation.objects.get())
        content = extract_pdf(document, letterhead=letterhead(), appendices=appended(document))
    except Exception:  # noqa: BLE001 -- whatever the press says, the reader gets a page
        return extract_failed(request, paragraph)
    return draft_response(content, extract_name(paragraph))
