"""Where a paper is held up to the register."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def check_address() -> str:
    """The address as it is printed on papers: without "https://"."""
    site = urlsplit(settings.SITE_ADDRESS)
    return f"{site.netloc}{site.path}{reverse('protocols:check')}"
