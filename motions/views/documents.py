"""The documents of a case, handed out to those who may read them."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.downloads import pdf_response
from config.http import HtmxRequest, public
from motions.models import Document


@public
@require_safe
def document(request: HtmxRequest, pk: int) -> HttpResponse | FileResponse:
    """The PDF itself; 404 for one marked as secret where the reader is no official."""
    found = get_object_or_404(Document.objects.visible_to(request.user).select_related("motion"), pk=pk)
    number = found.motion.number or found.motion.pk
    name = f"{slugify(_('motion %(number)s') % {'number': number})}-{slugify(found.title)[:80]}.pdf"
    return pdf_response(request, found.file.open("rb"), name=name, sha256=found.sha256)
