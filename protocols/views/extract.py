"""The extract as PDF: issued once and the same for ever, or a draft for those who may read drafts."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.http import HtmxRequest, public
from motions.models import Organisation
from protocols.actions.extracts import extract_name, issue_extract
from protocols.extracts.checking import check_address
from protocols.extracts.render import extract_pdf
from protocols.models import Extract, Paragraph
from protocols.queries.documents import document_of
from protocols.queries.facts import with_facts
from protocols.queries.letterhead import letterhead
from protocols.views.papers import draft_response, failed_response, issued_response, issuer

_log = logging.getLogger(__name__)


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
        failed=lambda: _failed(request, paragraph),
    )


def _draft(request: HtmxRequest, paragraph: Paragraph) -> HttpResponseBase:
    try:
        content = extract_pdf(document_of(paragraph, Organisation.objects.get()), letterhead=letterhead())
    except Exception:  # noqa: BLE001 -- whatever the press says, the reader gets a page
        return _failed(request, paragraph)
    return draft_response(content, extract_name(paragraph))


def _failed(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    _log.exception("The extract of paragraph %s could not be made", paragraph.pk)
    return failed_response(
        request,
        title=_("Utdraget kunde inte visas"),
        message=_("Protokollsutdraget för %(label)s kunde inte göras eller hämtas just nu")
        % {"label": paragraph.label},
        instead=_("Försök igen om en stund. Texten finns på paragrafens sida och är oförändrad."),
    )
