from __future__ import annotations

import pytest

from motions.forms.clauses import MOST_CLAUSES, clause_rows, is_row_button, typed_rows


def rows(*texts: str) -> dict[str, str]:
    """Rows as a browser sends them, in order."""
    data = {"clauses-TOTAL_FORMS": str(len(texts)), "clauses-INITIAL_FORMS": "0"}
    for index, text in enumerate(texts):
        data |= {f"clauses-{index}-text": text, f"clauses-{index}-ORDER": str(index + 1)}
    return data


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ({"add": "clauses"}, ["a", "b", "c", ""]),
        ({"move": "clauses-2:up"}, ["a", "c", "b"]),
        ({"move": "clauses-0:down"}, ["b", "a", "c"]),
        ({"move": "clauses-0:up"}, ["a", "b", "c"]),
        ({"move": "clauses-2:down"}, ["a", "b", "c"]),
        ({"remove": "clauses-1"}, ["a", "c"]),
        ({"remove": "clauses-77"}, ["a", "b", "c"]),
        ({"move": "nonsense"}, ["a", "b", "c"]),
        ({"clauses-1-DELETE": "on"}, ["a", "c"]),
        ({"clauses-0-ORDER": "9"}, ["b", "c", "a"]),
        ({"clauses-0-ORDER": "x"}, ["b", "c", "a"]),
        ({"clauses-TOTAL_FORMS": "2"}, ["a", "b"]),
        ({"clauses-TOTAL_FORMS": "-1"}, []),
        ({"clauses-TOTAL_FORMS": ""}, []),
    ],
)
def test_rows_as_typed_after_a_button(pressed: dict[str, str], expected: list[str]) -> None:
    assert typed_rows(rows("a", "b", "c") | pressed) == expected


def test_a_huge_number_of_rows_is_cut() -> None:
    assert len(typed_rows({"clauses-TOTAL_FORMS": "99999999"})) == MOST_CLAUSES


def test_row_buttons_save_nothing() -> None:
    assert is_row_button({"add": "clauses"})
    assert not is_row_button({"act": "register"})


def test_rows_are_read_in_their_order_without_the_empty_and_removed() -> None:
    changes = {"clauses-0-ORDER": "8", "clauses-1-DELETE": "on", "clauses-2-ORDER": "1"}
    found = clause_rows(rows("sist", "bort", " först ", "") | changes)
    assert found.is_valid()
    assert found.texts == ["först", "sist"]
    assert [form["text"].value() for form in found.in_order] == [" först ", "", "sist"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (rows(""), "Skriv minst en att-sats; fullmäktige beslutar om varje för sig (KL 5 kap. 23 §)."),
        (rows("a") | {"clauses-0-DELETE": "on"}, "Skriv minst en att-sats"),
        ({}, "Skriv minst en att-sats"),
        (rows(*["a"] * (MOST_CLAUSES + 1)), "100"),
    ],
)
def test_wrong_rows_are_told(data: dict[str, str], message: str) -> None:
    found = clause_rows(data)
    assert not found.is_valid()
    assert message in str(found.non_form_errors())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("å" * 2001, "Högst 2000 tecken; du har skrivit 2001."),
        ("a" * 1_000_000, "Högst 2000 tecken; du har skrivit 1000000."),
        ("nollan \0 här", "Null-tecken är inte tillåtna."),
        ("att 811218-9876 får en buss", "dataskyddslagen 3 kap. 10 §"),
    ],
)
def test_wrong_text_in_a_row_is_told_beside_it_and_kept(text: str, message: str) -> None:
    found = clause_rows(rows("rätt", text))
    assert not found.is_valid()
    assert message in str(found.forms[1].errors["text"])
    assert found.forms[1]["text"].value() == text


def test_unsent_rows_have_one_to_write_in() -> None:
    assert [form["text"].value() for form in clause_rows().in_order] == [""]
    assert [form["text"].value() for form in clause_rows(texts=["a", "b"]).in_order] == ["a", "b"]
