from __future__ import annotations

import time

import pytest

from protocols.extracts.typography import address_lines, held, section_html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eva Lind (S) och Bo Ek (SJVP)", "Eva Lind~(S) och Bo Ek~(SJVP)"),
        ("(se nedan) och (KL)", "(se nedan) och~(KL)"),
        ("§ 237 och §§ 12–14", "§~237 och §§~12–14"),
        ("KL 4 kap. 27 §", "KL 4~kap.~27~§"),
        ("kl. 13.00, nr 7, Dnr 118-2026", "kl.~13.00, nr~7, Dnr~118-2026"),
        ("40 % av 1 200 000 kr", "40~% av 1~200~000~kr"),
        ("år 2025 kom 14 förslag", "år 2025 kom 14 förslag"),
    ],
)
def test_held(text: str, expected: str) -> None:
    assert held(text) == expected.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Bo Ek (V)</p>", "<p>Bo Ek\u00a0(V)</p>"),
        ('<a href="https://a.example/§ 5">§ 5</a>', '<a href="https://a.example/§ 5">§\u00a05</a>'),
        ('<p><a href="#">a</a> <a href="#b">b</a></p>', '<p><a href="#top">a</a> <a href="#top">b</a></p>'),
        ("<h4>a</h4><h3>b</h3><h4>c</h4>", "<h3>a</h3><h3>b</h3><h3>c</h3>"),
        ("<h3>a</h3><h4>b</h4>", "<h3>a</h3><h4>b</h4>"),
        ('<ol start="7"><li>a</li></ol>', '<ol style="counter-reset: list-item 6"><li>a</li></ol>'),
        (
            "<p>Se https://a.example/x, ring ej.</p>",
            '<p>Se <span class="whole">https://a.example/x,</span> ring ej.</p>',
        ),
        ("<p>eva.lind@prov.example</p>", '<p><span class="whole">eva.lind@prov.example</span></p>'),
        (
            "<table><tbody><tr><th>År</th><th>Antal</th></tr><tr><th>2025</th><td>1</td></tr></tbody></table>",
            (
                '<table><thead><tr><th scope="col">År</th><th scope="col">Antal</th></tr></thead>'
                '<tbody><tr><th scope="row">2025</th><td>1</td></tr></tbody></table>'
            ),
        ),
        (
            '<table><thead><tr><th scope="colgroup" colspan="2">a</th></tr></thead><tbody></tbody></table>',
            '<table><thead><tr><th scope="colgroup" colspan="2">a</th></tr></thead><tbody></tbody></table>',
        ),
        (
            "<table><tbody><tr><th>a</th></tr></tbody></table>",
            '<table><tbody><tr><th scope="row">a</th></tr></tbody></table>',
        ),
        (f"<p>{'x' * 60}</p>", f'<p><span class="whole">{"x" * 60}</span></p>'),
        (f"<p>{'x' * 59}</p>", f"<p>{'x' * 59}</p>"),
    ],
)
def test_section_html(html: str, expected: str) -> None:
    assert section_html(html) == expected


@pytest.mark.parametrize(
    ("words", "marked"), [(8, "<table>"), (11, '<table class="narrow">'), (30, '<table class="tiny">')]
)
def test_a_table_is_set_smaller_where_its_words_do_not_fit(words: int, marked: str) -> None:
    cells = "".join(f"<td>kommun{index:02}</td>" for index in range(words))
    assert section_html(f"<table><tbody><tr>{cells}</tr></tbody></table>").startswith(marked)


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("", ""),
        ("prov.example/verifiera/7KQ4-M2XD", "prov.example/verifiera/7KQ4-M2XD"),
        ("https://prov.example/verifiera/7KQ4-M2XD", "prov.example/verifiera/7KQ4-M2XD"),
        ("http://127.0.0.1:8000/verifiera/7KQ4-M2XD", "http://127.0.0.1:8000/verifiera/\n7KQ4-M2XD"),
        (
            "https://protokoll.region-nordanby.example/verifiera/7KQ4-M2XD",
            "protokoll.region-nordanby.example/\nverifiera/7KQ4-M2XD",
        ),
    ],
)
def test_address_lines(address: str, lines: str) -> None:
    assert address_lines(address) == lines


@pytest.mark.parametrize(
    "html",
    ["<table>" * 20_000, "<tr><td>" * 20_000, "a" * 500_000, "a@" * 100_000, "1 " * 200_000, "(" * 200_000],
)
def test_long_texts_are_set_in_a_moment(html: str) -> None:
    start = time.process_time()
    section_html(html)
    assert time.process_time() - start < 3
