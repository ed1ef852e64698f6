from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motions.texts import ALLOWED_TAGS, clean, is_empty, plain

WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal {margin:0cm}</style></head><body>
<!--StartFragment--><h1 style='margin-top:12.0pt'><span lang=SV>Bakgrund<o:p></o:p></span></h1>
<p class=MsoNormal style='margin:0cm'><span lang=SV style='font-family:"Calibri"'>Regionen har <b>tre</b>
<i>egna</i> verkstäder, se <a href="https://exempel.example/r"><span style='color:blue'>rapporten</span></a>.
<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<!--[if !supportLists]--><span>·<span>&nbsp;&nbsp; </span></span><!--[endif]-->Första</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<!--[if !supportLists]--><span>·<span>&nbsp;&nbsp; </span></span><!--[endif]-->Andra</p>
<table class=MsoTableGrid border=1><tr><td width=200><p class=MsoNormal>År</p></td><td>Antal</td></tr></table>
<!--EndFragment--></body></html>
"""


def test_text_pasted_from_word_keeps_its_structure_and_loses_the_rest() -> None:
    assert clean(WORD) == (
        "<h3>Bakgrund</h3> <p>Regionen har <strong>tre</strong> <em>egna</em> verkstäder, se "
        '<a href="https://exempel.example/r">rapporten</a>. </p> '
        "<ul><li> Första</li><li> Andra</li></ul>"
        "<table><tbody><tr><td><p>År</p></td><td>Antal</td></tr></tbody></table>"
    )


def test_numbered_list_from_word_stays_numbered() -> None:
    html = (
        "<p class=MsoListParagraph style='mso-list:l1'><!--[if !supportLists]-->1.<!--[endif]-->Ett</p>"
        "<p class=MsoListParagraph style='mso-list:l1'><!--[if !supportLists]-->2.<!--[endif]-->Två</p>"
    )
    assert clean(html) == "<ol><li>Ett</li><li>Två</li></ol>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("<p></p>", ""),
        ("<p>&nbsp;</p><p><br></p>", ""),
        ("Bara text", "<p>Bara text</p>"),
        ("Ett.\r\n\r\nTvå\nrader & mer.", "<p>Ett.</p><p>Två<br>rader &amp; mer.</p>"),
        ("<b>fet</b>", "<p><strong>fet</strong></p>"),
        ("<h2>Rubrik</h2>", "<h3>Rubrik</h3>"),
        ("<div>Ett</div><div>Två</div>", "<p>Ett</p><p>Två</p>"),
        ("<p onclick='x()' class='y' style='color:red'>Text</p>", "<p>Text</p>"),
        ("<p>Hej<script>alert(1)</script></p>", "<p>Hej</p>"),
        ("<p><a href='javascript:alert(1)'>länk</a></p>", "<p><a>länk</a></p>"),
        ("<p><a href='#'>länk</a></p>", '<p><a href="#">länk</a></p>'),
        (
            '<p><a href="https://a.example" target="_blank">a</a></p>',
            '<p><a href="https://a.example">a</a></p>',
        ),
        ("<p><img src=x onerror=alert(1)>Bild</p>", "<p>Bild</p>"),
        ("<p>§\u00a0237</p>", "<p>§\u00a0237</p>"),
        ("<p>dubbla  \n blanka\u00a0 </p>", "<p>dubbla blanka </p>"),
        ('<ol start="3"><li>tre</li></ol>', '<ol start="3"><li>tre</li></ol>'),
        (
            '<table><tr><th scope="col" class="x">År</th></tr></table>',
            '<table><tbody><tr><th scope="col">År</th></tr></tbody></table>',
        ),
    ],
)
def test_clean(html: str, expected: str) -> None:
    assert clean(html) == expected


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<ul><li>",
        "</li></ul>",
        "<table><tr><td>",
        "</td></tr></table>",
        "<div>",
        "</div>",
        "<script>",
        "</script>",
        "<style>",
        "<a href='javascript:x'>",
        '<a href="http://a">',
        "</a>",
        "<h1>",
        "</h1>",
        "&nbsp;",
        "&lt;script&gt;",
        "<!-- x -->",
        "<svg onload=x>",
        "<p style='mso-list:l0'>",
        "text",
        " ",
        "\n",
        "\n\n",
        "å",
        "&",
        "<",
        ">",
        "<br>",
        "<img src=x onerror=y>",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_cleaning_twice_changes_nothing(html: str) -> None:
    assert clean(clean(html)) == clean(html)


@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=200)))
def test_nothing_but_the_allowed_comes_through(html: str) -> None:
    cleaned = clean(html)
    tags = re.findall(r"</?([a-z0-9]+)([^>]*)>", cleaned)
    assert {name for name, _attributes in tags} <= ALLOWED_TAGS
    assert not any("on" in attributes or "javascript" in attributes for _name, attributes in tags)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"], exclude_characters="<&"), max_size=80))
def test_no_word_of_plain_text_is_lost(text: str) -> None:
    assert plain(clean(text)) == text


def test_plain_gives_a_line_a_block() -> None:
    html = "<p>Ett <em>två</em>.</p><ul><li>tre</li></ul><table><tr><td>a</td><td>b</td></tr></table>"
    assert plain(html) == "Ett två.\ntre\na b"


@pytest.mark.parametrize(
    "html", ["", "<p></p>", "<p>&nbsp;</p>", "<ul><li></li></ul>", " \n", "<script>x</script>"]
)
def test_is_empty(html: str) -> None:
    assert is_empty(html)


def test_is_not_empty_with_a_word() -> None:
    assert not is_empty("<p>ord</p>")
