"""Parts of a page that look the same for many readers: made once when the page is made for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()


class OnceNode(template.Node):
    """Kept in the context's dictionary `made`; without one, made each time."""

    def __init__(self, key: Sequence[FilterExpression], nodelist: NodeList) -> None:
        self.key = key
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Called by Django."""
        made = context.get("made")
        if made is None:
            return self.nodelist.render(context)
        key = tuple(part.resolve(context) for part in self.key)
        if key not in made:
            made[key] = self.nodelist.render(context)
        found: SafeString = made[key]
        return found


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """`{% once "earlier" item.paragraph.pk %}…{% endonce %}`: the key names all that the part depends on."""
    key = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(key, nodelist)
