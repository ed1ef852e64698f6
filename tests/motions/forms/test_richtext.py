from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.exceptions import ValidationError

from motions.forms.richtext import MODULE, rich_text_field


class Letter(forms.Form):
    text = rich_text_field(label="Brödtext", required=True, max_length=200)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("<p>Hej</p>", "<p>Hej</p>"),
        ("<p>Hej</p><script>alert(1)</script>", "<p>Hej</p>"),
        ('<p style="color:red" onclick="x()">Hej 😀</p>', "<p>Hej 😀</p>"),
        ('<a href="javascript:alert(1)">länk</a>', "<p>länk</p>"),
        ("utan\n\ntaggar", "<p>utan</p><p>taggar</p>"),
        ("a\0b", "<p>ab</p>"),
    ],
)
def test_rich_text_field_cleans_what_was_typed(typed: str, stored: str) -> None:
    assert rich_text_field(label="Text").clean(typed) == stored


@pytest.mark.parametrize("typed", ["", "<p></p>", "<p>&nbsp;</p>", "<p><br></p>", "   ", None])
def test_rich_text_field_takes_what_has_no_words_for_empty(typed: str | None) -> None:
    assert rich_text_field(label="Text").clean(typed) == ""
    with pytest.raises(ValidationError, match="Skriv en text"):
        rich_text_field(label="Text", required=True).clean(typed)


def test_rich_text_field_says_how_much_too_long_a_text_is() -> None:
    with pytest.raises(ValidationError) as caught:
        rich_text_field(label="Text", max_length=2_000).clean("<p>" + "x" * 1_000_000 + "</p>")

    assert [message.replace("\N{NO-BREAK SPACE}", " ") for message in caught.value.messages] == [
        "Texten är för lång: 998 007 tecken för mycket (högst 2 000 tecken med formatering)."
    ]


def test_rich_text_form_keeps_what_was_typed_beside_its_error() -> None:
    typed = "<p>" + "lång " * 200 + "</p>"
    form = Letter({"text": typed})

    assert not form.is_valid()
    box = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", str(form), re.DOTALL)
    assert box is not None
    assert box[1] == typed.replace("<", "&lt;").replace(">", "&gt;")
    assert 'aria-invalid="true"' in str(form)
    assert "maxlength" not in str(form)


def test_rich_text_widget_needs_no_inline_script_or_style() -> None:
    html = str(Letter()) + str(Letter().media)

    assert not re.search(r"<style|\sstyle=|\son\w+=|importmap|nonce", html)
    assert f'data-rich-text="/static/{MODULE}"' in html
    assert re.findall(r"<script[^>]*>(.*?)</script>", html) == ["", ""]


def test_rich_text_toolbar_names_every_button() -> None:
    class Buttons(HTMLParser):
        nameless: list[str]
        open: dict[str, str | None] | None = None

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "button":
                self.open = dict(attrs)
                if self.open.get("aria-label"):
                    self.open = None

        def handle_data(self, data: str) -> None:
            if data.strip():
                self.open = None

        def handle_endtag(self, tag: str) -> None:
            assert tag != "button" or self.open is None

    Buttons().feed(str(Letter()))
