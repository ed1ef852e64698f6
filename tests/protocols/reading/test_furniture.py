"""Running heads, learnt from where they stand."""

from __future__ import annotations

from protocols.reading import furniture, profiles
from protocols.reading.lines import split

GENERAL = profiles.load(profiles.GENERAL)


def left(text: str) -> list[str]:
    """The lines of a text that are its own."""
    return [line.text for line in furniture.without(furniture.marked(split(text), GENERAL))]


def test_head_and_foot_of_most_pages_are_furniture_and_the_last_recipient_is_not() -> None:
    page = "Ekbacka nr {0}\n\n§ {0}\nVal {1}\n\nBeslutet skickas till\nAkten\n\nProtokoll sidan {0}\n"
    text = "\f".join(page.format(number, "abc"[number % 3]) for number in range(1, 5))
    assert left(text)[:5] == ["§ 1", "Val b", "Beslutet skickas till", "Akten", "§ 2"]


def test_lines_around_page_numbers_are_furniture_without_page_breaks() -> None:
    text = "\n\n".join(
        f"Ekbacka kommun Sida {number} (3)\nBänknämnden\n\nMening {'abc'[number - 1]}."
        for number in (1, 2, 3)
    )
    assert left(text) == ["Mening a.", "Mening b.", "Mening c."]


def test_sentence_that_a_page_break_cut_goes_on() -> None:
    lines = furniture.without(
        furniture.marked(split("Bänken är\n\n3 (9)\n\n\fgrön. Så är det.\n\n4 (9)\n\nBeslut"), GENERAL)
    )
    assert [(line.text, line.gap) for line in lines] == [
        ("Bänken är", True),
        ("grön. Så är det.", False),
        ("Beslut", True),
    ]


def test_body_alone_is_a_recipient() -> None:
    assert left("Skickas till\n\nKommunstyrelsen\n\nParknämnden") == [
        "Skickas till",
        "Kommunstyrelsen",
        "Parknämnden",
    ]
    assert left("Beslut.\n\nKommunstyrelsen\n\nYrkanden\n\nProtokoll nr 7\n\nText.") == [
        "Beslut.",
        "Yrkanden",
        "Text.",
    ]


def test_sign_that_a_page_repeats_is_furniture() -> None:
    assert left("§ 29 0128/31\nVal\n\n\f§ 29 0128/31\nMer text") == ["§ 29 0128/31", "Val", "Mer text"]
