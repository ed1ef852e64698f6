"""A verified paragraph for other programs, beside its extract: JSON and Akoma Ntoso. Open data, no login."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import etag, require_safe

from config.http import HtmxRequest, public
from protocols.document import ParagraphDocument
from protocols.interchange import akoma_ntoso, paragraph_json
from protocols.models import Paragraph
from protocols.queries.corrections import verified_document

_HOUR = 3600


def _mark(request: HtmxRequest, pk: int) -> str | None:
    hashes = Paragraph.objects.verified().filter(pk=pk).values_list("frozen_sha256", flat=True)
    return f'"{hashes[0]}"' if hashes else None


@public
@require_safe
@cache_control(public=True, max_age=_HOUR)
@etag(_mark)
def extract_json(request: HtmxRequest, pk: int) -> HttpResponse:
    """The § as the JSON that its extract carries."""
    return _answer(pk, paragraph_json.paragraph_json, paragraph_json.MEDIA_TYPE)


@public
@require_safe
@cache_control(public=True, max_age=_HOUR)
@etag(_mark)
def extract_xml(request: HtmxRequest, pk: int) -> HttpResponse:
    """The § as the Akoma Ntoso that its extract carries."""
    return _answer(pk, akoma_ntoso.paragraph_xml, akoma_ntoso.MEDIA_TYPE)


def _answer(pk: int, write: Callable[[ParagraphDocument], bytes], media_type: str) -> HttpResponse:
    paragraph = get_object_or_404(Paragraph.objects.verified().only("frozen_document"), pk=pk)
    return HttpResponse(write(verified_document(paragraph)), content_type=media_type)
