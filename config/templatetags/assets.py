"""Scripts and styles in a page under the content security policy."""

from __future__ import annotations

from django import forms, template
from django.template import RequestContext
from django.utils.safestring import SafeString
from js_asset import Media

register = template.Library()


@register.simple_tag(takes_context=True)
def media_with_nonce(context: RequestContext, media: forms.Media) -> SafeString:
    """`{% media_with_nonce form.media %}`: a form's scripts and styles, its import map allowed by a nonce.

    The editor's import map is an inline script; the nonce allows this one and no other.
    """
    nonce = str(context["request"].csp_nonce)
    own = media if isinstance(media, Media) else Media.from_media(media)
    return SafeString(own.with_nonce(nonce).render())
