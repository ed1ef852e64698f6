"""What the views of papers share: issued ones as they are, drafts that nobody keeps, a failure as a page."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from config.downloads import FOR_EVER, Kept, keep, pdf_response
from config.http import error_page
from motions.errors import DomainError
from motions.models import User
from protocols.extracts.pool import PressTimeoutError
from protocols.models import IssuedPaper, Paragraph

_log = logging.getLogger(__name__)


def issued_response(
    request: HttpRequest, issue: Callable[[], IssuedPaper], *, name: str, failed: Callable[[], HttpResponse]
) -> HttpResponseBase:
    """The bytes of a paper that `issue` finds or makes now; `failed` is the page where it cannot."""
    try:
        paper = issue()
        response = pdf_response(
            request, paper.file.open("rb"), name=name, sha256=paper.sha256, cache=FOR_EVER
        )
    except DomainError:
        raise
    except Exception:  # noqa: BLE001 -- whatever the press or the disk says, the reader gets a page
        return failed()
    keep(request.path_info, Kept(Path(paper.file.path), name, paper.sha256))
    return response


def extract_failed(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    """The page in place of an extract of the §, where the exception is handled."""
    _log.exception("The extract of paragraph %s could not be made", paragraph.pk)
    return failed_response(
        request,
        title=_("Utdraget kunde inte visas"),
        message=_("Protokollsutdraget för %(label)s kunde inte göras eller hämtas just nu")
        % {"label": paragraph.label},
        instead=_("Försök igen om en stund. Texten finns på paragrafens sida och är oförändrad."),
    )


def issuer(request: HttpRequest) -> User | None:
    """Who has a paper issued by asking for it first; None for the public."""
    return request.user if request.user.is_authenticated else None


def draft_response(content: bytes, name: str) -> FileResponse:
    """A PDF made for this one answer."""
    response = FileResponse(BytesIO(content), content_type="application/pdf", filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def failed_response(request: HttpRequest, *, title: str, message: str, instead: str) -> HttpResponse:
    """The press or the disk has failed: 503, to be tried again; called where the exception is handled."""
    if isinstance(sys.exception(), PressTimeoutError):
        instead = _("Det tog för lång tid, eller så väntar många på sina papper. %(instead)s") % {
            "instead": instead
        }
    response = error_page(
        request, status=HTTPStatus.SERVICE_UNAVAILABLE, title=title, message=message, instead=instead
    )
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = "30"
    return response
