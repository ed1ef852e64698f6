from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from motions.differences import MOST_WORDS, blocks, both, mark_differences
from motions.texts import clean


def test_mark_differences_marks_changed_words_on_both_sides() -> None:
    old, new = mark_differences("<p>Vi bygger tre vägar i år.</p>", "<p>Vi bygger fyra breda vägar.</p>")

    assert old == "<p>Vi bygger <mark>tre vägar i år.</mark></p>"
    assert new == "<p>Vi bygger <mark>fyra breda vägar.</mark></p>"


def test_mark_differences_leaves_equal_texts_alone() -> None:
    text = "<h3>Bakgrund</h3><p>Ett <strong>fett</strong> ord.</p>"

    assert mark_differences(text, text) == (text, text)


def test_mark_differences_sees_formatting_alone() -> None:
    old, new = mark_differences("<p>ett ord</p>", "<p>ett <strong>ord</strong></p>")

    assert old == "<p>ett <mark>ord</mark></p>"
    assert new == "<p>ett <strong><mark>ord</mark></strong></p>"


def test_mark_differences_never_crosses_an_element() -> None:
    _old, new = mark_differences("<p>ett</p>", "<p>ett</p><ul><li>två</li><li>tre</li></ul>")

    assert new == "<p>ett</p><ul><li><mark>två</mark></li><li><mark>tre</mark></li></ul>"


def test_mark_differences_reads_a_sign_of_more_inside_an_address() -> None:
    old, new = mark_differences("<p></p>", '<p><a href="https://a.example/?b>c">länk</a></p>')

    assert new == '<p><a href="https://a.example/?b>c"><mark>länk</mark></a></p>'
    assert old == "<p></p>"


def test_mark_differences_gives_up_on_very_long_texts() -> None:
    long = "<p>" + "ord " * MOST_WORDS + "</p>"

    assert mark_differences(long, "<p>annat</p>") == (long, "<p>annat</p>")


def test_both_keeps_equal_paragraphs_once_and_mine_first() -> None:
    mine = "<p>lika</p><p>mitt</p><ul><li>ett</li></ul>"
    theirs = "<p>lika</p><p>deras</p><ul><li>ett</li></ul><p>mer</p>"

    assert both(mine, theirs).splitlines() == [
        "<p>lika</p>",
        "<p>mitt</p>",
        "<p>deras</p>",
        "<ul><li>ett</li></ul>",
        "<p>mer</p>",
    ]


def test_blocks_keep_nested_elements_and_line_breaks_together() -> None:
    text = "<p>a<br>b</p>\n<ul><li>c<ul><li>d</li></ul></li></ul> löst"

    assert blocks(text) == ["<p>a<br>b</p>", "<ul><li>c<ul><li>d</li></ul></li></ul>", "löst"]


pieces = st.lists(
    st.sampled_from(
        ["ett ", "två ", "<p>tre</p>", "<strong>fyra</strong>", "<ul><li>fem</li></ul>", "<br>", "&amp; "]
    )
).map(lambda parts: clean("".join(parts)))


@given(pieces, pieces)
def test_marks_are_all_that_is_added(old: str, new: str) -> None:
    for before, after in zip((old, new), mark_differences(old, new), strict=True):
        assert after.replace("<mark>", "").replace("</mark>", "") == before


@given(pieces, pieces)
def test_both_loses_no_word(mine: str, theirs: str) -> None:
    def words(html: str) -> set[str]:
        return set(re.sub(r"<[^>]*>", " ", html).split())

    assert words(both(mine, theirs)) == words(mine) | words(theirs)
