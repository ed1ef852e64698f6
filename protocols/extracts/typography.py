"""What the setter of a paper does to words: keeps together what belongs together, changes none of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from protocols.wording.text import NBSP

_HOLD = re.compile(
    r" (?=\((?:[A-ZÅÄÖ][\wåäö]{0,7}|-)\))"  # Eva Lind (S)
    r"|(?<=§) (?=\d)"  # § 237, §§ 12–14
    r"|(?<=\d) (?=§|kap\.|%|kr\b|mkr\b|tkr\b|st\b|procent\b)"  # 27 §, 4 kap., 40 %
    r"|(?<=\bkap\.) (?=\d)|(?<=\bkl\.) (?=\d)|(?<=\bnr) (?=\d)|(?<=\b[Dd]nr) (?=\d)|(?<=\bnr\.) (?=\d)"
    r"|(?<=\d) (?=\d{3}\b)"  # 1 200 000
)
#: What is broken where it must be, but never hyphenated: addresses of the web and of mail, where a hyphen
#: would be taken for theirs, and endless words, for which hyphenation takes minutes.
_UNHYPHENATED = re.compile(r"(?:https?://|www\.)[^\s<]+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+|[^\s<]{60,}")
_TABLE = re.compile(r"<table>(?P<rows>(?:(?!<table>).)*?)</table>", re.DOTALL)
_UNSCOPED = re.compile(r"<th(?=[ >])(?![^>]*scope=)")
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"(<[^>]*>)")
_HREF_TO_FRAGMENT = re.compile(r'(<a\b[^>]*\bhref=")#[^"]*(")')
_START = re.compile(r'<ol start="(\d{1,5})">')
_H4 = re.compile(r"<(/?)h4>")

#: Where a link to "#" leads: the top of the paper, as in a browser.
TOP = "#top"

#: Characters of the foot's right half that fit on one line.
_ADDRESS_LINE = 38
#: Characters of a table's row that fit between the margins, in its usual size and in the small one.
_TABLE_LINE, _SMALL_TABLE_LINE = 88, 130


def held(text: str) -> str:
    """`text` with no-break spaces where a line must not end."""
    return _HOLD.sub(NBSP, text)


def section_html(html: str) -> str:
    """Sanitised HTML of a section, ready for the press.

    Holds together what must not be parted, gives tables their heads and fits them between the margins, breaks
    addresses without hyphens, lets links without a target lead to the top, and lifts the smaller subheads
    where a section has no larger one above them: no level of headings is left out (PDF/UA-1, 7.4.2).
    """
    html = _TABLE.sub(_fitted, _TABLE.sub(_headed, html))
    html = _outside_tags(
        lambda text: _UNHYPHENATED.sub(r'<span class="whole">\g<0></span>', held(text)), html
    )
    html = _START.sub(_counted_from, html)
    html = _HREF_TO_FRAGMENT.sub(rf"\1{TOP}\2", html)
    first_h4, first_h3 = html.find("<h4>"), html.find("<h3>")
    if first_h4 != -1 and (first_h3 == -1 or first_h4 < first_h3):
        html = _H4.sub(r"<\1h3>", html)
    return html


def address_lines(address: str) -> str:
    """An address to be typed from paper: without https://, broken after a slash where it is too long."""
    address = address.removeprefix("https://")
    lines: list[str] = []
    for part in re.findall(r"[^/]*/+|[^/]+", address):
        if lines and len(lines[-1]) + len(part) <= _ADDRESS_LINE:
            lines[-1] += part
        else:
            lines.append(part)
    return "\n".join(lines)


def _counted_from(start: re.Match[str]) -> str:
    """A list that goes on with another's numbers; WeasyPrint counts by style sheets alone."""
    return f'<ol style="counter-reset: list-item {int(start[1]) - 1}">'


def _headed(table: re.Match[str]) -> str:
    """The table with its first row of nothing but heads as a head: repeated on each page, named by its cells.

    A head further down that does not say what it heads, heads its row.
    """
    rows = table["rows"]
    first = _ROW.search(rows)
    if first and rows.startswith("<tbody><tr>") and "<th" in first[1] and "<td" not in first[1]:
        rest = rows[first.end() :]
        if rest.startswith("<tr>"):
            rows = f"<thead>{first[0]}</thead><tbody>{rest}"
    head, end, body = rows.rpartition("</thead>")
    head = _UNSCOPED.sub('<th scope="col"', head)
    body = _UNSCOPED.sub('<th scope="row"', body)
    return f"<table>{head}{end}{body}</table>"


def _fitted(table: re.Match[str]) -> str:
    """The table, marked as narrow or tiny where its longest words do not fit beside each other."""
    longest: dict[int, int] = {}
    for row in _ROW.findall(table["rows"]):
        for column, cell in enumerate(_CELL.findall(row)):
            widths = map(len, _TAG.sub(" ", cell).split())
            longest[column] = max(longest.get(column, 0), *widths, 0)
    needed = sum(longest.values()) + 2 * len(longest)
    if needed <= _TABLE_LINE:
        return table[0]
    size = "narrow" if needed <= _SMALL_TABLE_LINE else "tiny"
    return f'<table class="{size}">{table["rows"]}</table>'


def _set(text: str) -> str:
    return _UNHYPHENATED.sub(r'<span class="whole">\g<0></span>', held(text))


def _outside_tags(change: Callable[[str], str], html: str) -> str:
    """`html` with the text between its tags changed."""
    return "".join(part if part.startswith("<") else change(part) for part in _TAG.split(html))
