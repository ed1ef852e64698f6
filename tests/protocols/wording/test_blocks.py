from __future__ import annotations

import pytest

from protocols.wording.blocks import Block, Clauses, Listing, Written, is_blank, listing, plain_text, to_html


@pytest.mark.parametrize(
    ("block", "html"),
    [
        ("Klart.", "<p>Klart.</p>"),
        ("Buss & tåg <nu>", "<p>Buss &amp; tåg &lt;nu&gt;</p>"),
        (Clauses(("att a", "att <b>.")), '<ol class="clauses"><li>att a</li><li>att &lt;b&gt;.</li></ol>'),
        (Listing(("Arkivet", "R&D")), "<ul><li>Arkivet</li><li>R&amp;D</li></ul>"),
        (Written("<p>Eget <em>ord</em></p>"), "<p>Eget <em>ord</em></p>"),
    ],
)
def test_to_html_of_a_block(block: Block, html: str) -> None:
    assert to_html([block]) == html


def test_to_html_puts_each_block_on_its_line() -> None:
    assert to_html(["a", "b"]) == "<p>a</p>\n<p>b</p>"


def test_plain_text_flattens_lists_and_written_html() -> None:
    blocks: list[Block] = ["a", Clauses(("att b", "att c.")), Written("<p>d&nbsp;&amp; e</p>")]
    assert plain_text(blocks) == ("a", "att b", "att c.", "d\u00a0& e")


def test_listing_without_blank_items() -> None:
    assert listing([" Arkivet ", "", " ", "Yttrande, § 4"]) == (Listing(("Arkivet", "Yttrande, §\u00a04")),)


def test_listing_of_nothing() -> None:
    assert listing([" "]) == ()


@pytest.mark.parametrize(
    ("markup", "blank"),
    [("", True), ("<p></p>", True), ("<p>&nbsp;<br></p>", True), ("<p>a</p>", False)],
)
def test_is_blank_as_the_editor_leaves_it(markup: str, *, blank: bool) -> None:
    assert is_blank(markup) is blank
