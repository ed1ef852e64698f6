from __future__ import annotations

import re
import time

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
<span lang=SV style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span
lang=SV>Första<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span lang=SV style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt Times'>&nbsp;
</span></span></span><![endif]><span lang=SV>Andra<o:p></o:p></span></p>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<table class=MsoTableGrid border=1><tr><td width=200><p class=MsoNormal>År</p></td><td>Antal</td></tr></table>
<!--EndFragment--></body></html>
"""


def test_text_pasted_from_word_keeps_its_structure_and_loses_the_rest() -> None:
    assert clean(WORD) == (
        "<h3>Bakgrund</h3><p>Regionen har <strong>tre</strong> <em>egna</em> verkstäder, se "
        '<a href="https://exempel.example/r">rapporten</a>.</p>'
        "<ul><li>Första</li><li>Andra</li></ul>"
        "<table><tbody><tr><td><p>År</p></td><td>Antal</td></tr></tbody></table>"
    )


def item(mark: str, text: str, level: int = 1) -> str:
    return (
        f"<p class=MsoListParagraph style='mso-list:l1 level{level} lfo2'>"
        f"<span style='mso-list:Ignore'>{mark}<span>&nbsp;&nbsp;</span></span>{text}</p>\n"
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (item("1.", "Ett") + item("2.", "Två"), "<ol><li>Ett</li><li>Två</li></ol>"),
        (item("3)", "Tre"), '<ol start="3"><li>Tre</li></ol>'),
        (item("a)", "A"), "<ol><li>A</li></ol>"),
        (item("\uf0b7", "Punkt") + item("\uf0b7", "Punkt"), "<ul><li>Punkt</li><li>Punkt</li></ul>"),
        (
            item("1.", "Ett") + item("o", "under", 2) + item("2.", "Två"),
            "<ol><li>Ett<ul><li>under</li></ul></li><li>Två</li></ol>",
        ),
        (item("o", "djup", 3) + item("·", "grund"), "<ul><li>djup</li></ul><ul><li>grund</li></ul>"),
        (item("1.", "Ett") + item("·", "Två"), "<ol><li>Ett</li></ol><ul><li>Två</li></ul>"),
        (
            item("1.", "Ett") + "<p>Emellan</p>" + item("2.", "Två"),
            '<ol><li>Ett</li></ol><p>Emellan</p><ol start="2"><li>Två</li></ol>',
        ),
        ("<p class=MsoListParagraph>Bara indraget</p>", "<p>Bara indraget</p>"),
        ("<p class=MsoListParagraph>-&nbsp;Strecksats</p>", "<ul><li>Strecksats</li></ul>"),
        ("<p class=MsoListParagraph><span>1.</span>&nbsp; Ett</p>", "<ol><li>Ett</li></ol>"),
    ],
)
def test_lists_from_word_become_lists(html: str, expected: str) -> None:
    assert clean(html) == expected


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
        ("<p><a href='javascript:alert(1)'>länk</a></p>", "<p>länk</p>"),
        ("<p><a href='JaVa\tScript:x'>länk</a> <a href='data:text/html,x'>b</a></p>", "<p>länk b</p>"),
        ("<p><a href='/etc/passwd'>länk</a> <a href='//a.example'>b</a> <a>c</a></p>", "<p>länk b c</p>"),
        ("<p><a href='mailto:a@b.example'>a</a></p>", '<p><a href="mailto:a@b.example">a</a></p>'),
        (
            "<p><a href='http://a.example/?a=1&amp;b=> x'>a</a></p>",
            '<p><a href="http://a.example/?a=1&amp;b=%3E%20x">a</a></p>',
        ),
        (
            "<table><tr><td colspan=2 rowspan='999999'>a</td></tr></table>",
            '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
        ),
        ("<dl><dt>A</dt><dd>B</dd></dl>", "<p>A</p><p>B</p>"),
        ("<article>A<section>B</section></article>C", "<p>A</p><p>B</p>C"),
        ("<p><br>a<br><br></p>", "<p>a</p>"),
        ("<p>a\u00a0\u00a0\u00a0b\u2003c\u200bd\u00ade\ufefff</p>", "<p>a b cdef</p>"),
        ("<p>\u202eslatrot\u202c a\x00b \ufdd2script\ufdd3</p>", "<p>slatrot ab script</p>"),
        (
            "<p>&lt;script&gt; &amp;lt; & &amp;amp; &copy;</p>",
            "<p>&lt;script&gt; &amp;lt; &amp; &amp;amp; ©</p>",
        ),
        ("<p>👩\u200d⚕</p>", "<p>👩\u200d⚕</p>"),
        ("<p><a href='#'>länk</a></p>", '<p><a href="#">länk</a></p>'),
        (
            '<p><a href="https://a.example" target="_blank">a</a></p>',
            '<p><a href="https://a.example">a</a></p>',
        ),
        ("<p><img src=x onerror=alert(1)>Bild</p>", "<p>Bild</p>"),
        ("<p>§\u00a0237</p>", "<p>§\u00a0237</p>"),
        ("<p>dubbla  \n blanka\u00a0 </p>", "<p>dubbla blanka</p>"),
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
        "<o:p>",
        "<![if !supportLists]>",
        "<!--[if gte mso 9]>",
        "<![endif]-->",
        "<span style='mso-list:Ignore'>1.",
        "</span>",
        "<p class=MsoListParagraph style='mso-list:l1 level2 lfo1'>",
        "<a href=' javascript:x'>",
        "<a href='jav&#x09;ascript:x'>",
        "<td onclick=x colspan='9999'>",
        "<math><mtext><style>",
        "<noscript><p title='</noscript><img src=x onerror=y>'>",
        "\u00a0",
        "\ufdd2",
        "\ufdd3",
        "\x00",
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
    for name, attributes in tags:
        assert re.fullmatch(
            r"""( (href="(https?:|mailto:|#)[^"<>]*"|(start|colspan|rowspan)="\d+"|scope="\w+"))*""",
            attributes,
        ), (name, attributes)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"], exclude_characters="<&"), max_size=80))
def test_no_word_of_plain_text_is_lost(text: str) -> None:
    assert plain(clean(text)) == text


@pytest.mark.parametrize(
    "html",
    [
        "<p" * 100_000,
        "<div" * 100_000,
        "<div>" * 50_000,
        "<b><i>" * 30_000 + "x",
        "<p class=MsoListParagraph " * 20_000,
        "<p class=MsoListParagraph style='mso-list:l0 level1'>" * 10_000,
        "<span style='mso-list:Ignore'>" * 20_000,
        "<p>" + "\u00a0 " * 200_000,
        "<p>" + "\u00a0a" * 200_000,
        "&" * 200_000 + "<p>",
        "<" * 200_000,
        "<!--" * 100_000,
        "<ul><li>" * 20_000,
        "<table><tr><td>" * 20_000,
        "<p><b></b></p>" * 20_000,
        "<p>" + "ord " * 250_000,
    ],
    ids=lambda html: html[:24],
)
def test_a_megabyte_is_cleaned_in_a_moment(html: str) -> None:
    start = time.process_time()
    plain(clean(html))
    assert time.process_time() - start < 8


def test_words_in_too_many_tags_are_kept_as_paragraphs() -> None:
    assert clean("<div>" * 300 + "Ett<b>två</b>" + "</div>" * 300) == "<p>Ett</p><p>två</p>"


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
