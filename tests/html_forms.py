"""Reads the forms of a page as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Control:
    """One control: its name, kind (an input's type, "select" or "textarea") and the value it would send."""

    name: str
    kind: str
    value: str = ""
    is_sent: bool = True


@dataclass
class Form:
    """A form with its address, method and controls; `buttons` are the named submit buttons."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list)
    buttons: list[Control] = field(default_factory=list)

    def data(self) -> dict[str, list[str]]:
        """What would be sent without pressing a named button."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            if control.is_sent:
                sent.setdefault(control.name, []).append(control.value)
        return sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.form: Form | None = None
        self.area: Control | None = None
        self.select: Control | None = None
        self.several: Form | None = None
        self.templates = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "template":
            self.templates += 1
        if self.templates:
            return
        if tag == "form":
            self.form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.form)
            self.by_id[given.get("id", "")] = self.form
        elif tag == "option":
            self._option(given)
        elif given.get("name") and "disabled" not in given:
            form = self.by_id.get(given["form"]) if "form" in given else self.form
            if form is not None:
                self._control(form, tag, given)

    def _option(self, given: dict[str, str]) -> None:
        if self.several is not None and self.select is not None:
            if "selected" in given:
                self.several.controls.append(Control(self.select.name, "select", given.get("value", "")))
        elif self.select is not None and ("selected" in given or not self.select.is_sent):
            self.select.value, self.select.is_sent = given.get("value", ""), True

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given["name"]
        if tag == "input":
            self._input(form, given)
        elif tag == "button" and given.get("type", "submit") == "submit":
            form.buttons.append(Control(name, "submit", given.get("value", "")))
        elif tag == "textarea":
            self.area = Control(name, "textarea")
            form.controls.append(self.area)
        elif tag == "select":
            self.select = Control(name, "select", is_sent=False)
            form.controls.append(self.select)
            self.several = form if "multiple" in given else None

    @staticmethod
    def _input(form: Form, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower()
        control = Control(given["name"], kind, given.get("value", "on" if kind == "checkbox" else ""))
        control.is_sent = kind not in {"checkbox", "radio", "file"} or "checked" in given
        (form.buttons if kind == "submit" else form.controls).append(control)

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        elif tag == "form":
            self.form = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = self.several = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data


def read_forms(html: str) -> list[Form]:
    """The forms of the page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
