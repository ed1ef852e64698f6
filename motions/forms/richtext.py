"""Text with headings, emphasis, links, lists and tables: the one field that everybody writes such text in.

The editor (static/js/editor.js on django-prose-editor) makes only what `motions.texts.clean` lets through;
what comes in is cleaned all the same. Without JavaScript the field is a text box with HTML in it.
A page with such a field puts `{{ form.media }}` into its block head.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from motions.texts import clean, is_empty

#: The editor itself, a module of the package. The markup names it: its address carries its content's hash.
MODULE = "django_prose_editor/editor.js"


class RichTextWidget(forms.Textarea):
    """A text box that the script turns into the editor; its toolbar comes from the template."""

    template_name = "components/rich_text.html"

    class Media:
        css = {"all": ["css/editor.css"]}
        js = [forms.Script(MODULE, type="module"), forms.Script("js/editor.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """What the template needs: the control, and the address of the editor's module."""
        context = super().get_context(name, value, dict(attrs or {}))
        context["widget"]["module"] = static(MODULE)
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the browser cannot point at a hidden text box, so the server says what is missing."""
        return False


class RichTextField(forms.CharField):
    """Cleans what was written; '' where nothing is left to read. `max_length` counts the HTML, too."""

    widget = RichTextWidget

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: the browser would cut a pasted text off without a word."""
        return {"rows": 8}

    def to_python(self, value: Any) -> str:
        """The sanitised HTML. Zero bytes, which the database cannot store, go too."""
        html = clean(str(value or "").replace("\0", ""))
        return "" if is_empty(html) else html

    def run_validators(self, value: Any) -> None:
        """Say how much too long a text is."""
        if self.max_length is not None and len(value) > self.max_length:
            raise ValidationError(_too_long(len(value), self.max_length), code="max_length")


def rich_text_field(
    *, label: Any, required: bool = False, max_length: int = 50_000, help_text: Any = "", rows: int = 8
) -> RichTextField:
    """A field for rich text. `rows` is the height of the box where there is no script."""
    return RichTextField(
        label=label,
        required=required,
        max_length=max_length,
        help_text=help_text,
        widget=RichTextWidget(attrs={"rows": rows}),
        error_messages={"required": _("Skriv en text.")},
    )


def _too_long(length: int, most: int) -> str:
    over = length - most
    return _t("Texten är för lång: %(over)s för mycket (högst %(most)s tecken med formatering).") % {
        "over": ngettext("%(count)s tecken", "%(count)s tecken", over)
        % {"count": number_format(over, force_grouping=True)},
        "most": number_format(most, force_grouping=True),
    }
