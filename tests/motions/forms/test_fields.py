from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from motions.forms.fields import MOST_MOVERS, DayField, PeopleField, ids, line_field, whole_pdf
from motions.queries.people import Candidate
from tests.factories import Region, make_region

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 12, 0, tzinfo=UTC), tick=False):
        yield


def error(field: forms.Field, value: object) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("typed", ["2026-11-22", "20261122", " 2026-11-22 "])
def test_day_until_today(typed: str) -> None:
    assert DayField().clean(typed) == TODAY


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Ange en dag."),
        ("2026-11-23", "Dagen ligger i framtiden."),
        ("2100-01-01", "Dagen ligger i framtiden."),
        ("1800-01-01", "Dagen är före 1 januari 1990."),
        ("1989-12-31", "Dagen är före 1 januari 1990."),
        ("31 februari", "Skriv en dag som finns, i formen ÅÅÅÅ-MM-DD."),
        ("2026-02-31", "Skriv en dag som finns, i formen ÅÅÅÅ-MM-DD."),
        ("2026-02-01\0", "Skriv en dag som finns, i formen ÅÅÅÅ-MM-DD."),
        ("😀" * 1000, "Skriv en dag som finns, i formen ÅÅÅÅ-MM-DD."),
    ],
)
def test_wrong_day_is_told(typed: str, message: str) -> None:
    assert error(DayField(), typed) == message


def test_day_tells_the_browser_its_bounds() -> None:
    class OneDay(forms.Form):
        on = DayField(earliest=date(2026, 2, 2))

    html = str(OneDay()["on"])
    assert 'min="2026-02-02"' in html
    assert 'max="2026-11-22"' in html


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Detta fält måste fyllas i."),
        ("x" * 41, "Högst 40 tecken; du har skrivit 41."),
        ("a\0b", "Null-tecken är inte tillåtna."),
        ("dnr 811218-9876", "dataskyddslagen 3 kap. 10 §"),
    ],
)
def test_wrong_line_is_told(typed: str, message: str) -> None:
    assert message in error(line_field(label="Nummer", max_length=40), typed)


@pytest.mark.django_db
def test_people_come_in_the_order_chosen() -> None:
    region: Region = make_region()
    asta, bo = region.people["Asta"], region.people["Bo"]
    assert PeopleField().clean([str(bo.pk), str(asta.pk), str(bo.pk)]) == [bo, asta]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [["0"], ["99999999999999999999"], ["x"], ["-1"], ["1\0"], ["٣"], [""]])
def test_an_id_of_nobody_is_told(typed: list[str]) -> None:
    assert error(PeopleField(), typed) == "Välj personer ur listan."


@pytest.mark.django_db
def test_too_many_people_are_told() -> None:
    assert error(PeopleField(), [str(number) for number in range(MOST_MOVERS + 1)]) == "Högst 100 personer."


def test_chosen_people_are_shown_first_in_their_order() -> None:
    class Movers(forms.Form):
        movers = PeopleField()

    form = Movers(initial={"movers": ["3", "1"]})
    field = form.fields["movers"]
    assert isinstance(field, PeopleField)
    field.offer([], [Candidate(pk, f"Namn {pk}", "S", "") for pk in (1, 2, 3)])
    html = str(form["movers"])
    values = [part.split('"')[0] for part in html.split('<option value="')[1:]]
    assert values == ["3", "1", "2"]
    assert html.count("selected") == 2


def test_ids_are_those_a_browser_can_have_been_given() -> None:
    assert ids(["7", 8, "x", "", "-9", "1" * 19, "²"]) == [7, 8]


def test_a_whole_pdf_is_given_back_from_its_start() -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 %%EOF")
    assert whole_pdf(file).read() == b"%PDF-1.7 %%EOF"


@pytest.mark.parametrize("content", [b"", b"MZ", b"%PDF-1.7 cut off"])
def test_no_whole_pdf_is_told(content: bytes) -> None:
    with pytest.raises(ValidationError, match="Filen är ingen hel PDF"):
        whole_pdf(SimpleUploadedFile("a.pdf", content))
