"""Tables that came out of a PDF as a run of cells."""

from __future__ import annotations

import pytest

from protocols.reading import appendices
from protocols.reading.facts import Choice
from protocols.reading.lines import split
from tests.protocols.reading.minutes import ATTENDANCE

LIST = """Bilaga B

Antal Ja: 1

Antal Nej: 1

Namn

Parti

Resultat

Alva Ek

Bo von
Sydvik

S

M

Ja

Nej
"""


def test_attendance_has_members_and_substitutes_with_their_times() -> None:
    rows, unread = appendices.attendance(split(ATTENDANCE))
    assert [
        (one.person.name, one.person.party, one.role, one.instead_of, one.came, one.left) for one in rows
    ] == [
        ("Alva Ek", "S", "ledamot", "", "8:43", "21:08"),
        ("Cia Sol", "M", "ersättare", "Bo von Sydvik", "8:44", "12:00"),
    ]
    assert all(one.sure for one in rows)
    assert unread == []


def test_rows_of_a_torn_page_are_not_sure() -> None:
    rows, unread = appendices.attendance(split(ATTENDANCE + "\n3\n\nÖst, Dag\n\fC\n\n9:00\n"))
    assert [one.sure for one in rows] == [False, False]
    assert [line.text for line in unread] == ["3", "Öst, Dag", "C", "9:00"]


@pytest.mark.parametrize(
    ("cells", "person", "member"),
    [
        ("Ek\nLund, Alva", "Alva Ek Lund", ""),
        ("Ek,\nAlva", "Alva Ek", ""),
        ("Ek Lund, Alva\nSol, Cia", "Cia Sol", "Alva Ek Lund"),
        ("Ek Lund, Alva Sol , Cia", "Cia Sol", "Alva Ek Lund"),
    ],
)
def test_names_of_a_row_are_wrapped_or_share_a_line(cells: str, person: str, member: str) -> None:
    rows, unread = appendices.attendance(split(f"Bilaga 1\n\n7\n\n{cells}\n\nS\n\n8:43\n\n21:08\n"))
    assert [(one.person.name, one.instead_of) for one in rows] == [(person, member)]
    assert unread == []


def test_two_names_that_cannot_be_parted_are_left_unread() -> None:
    text = "Bilaga 1\n\n7\n\nEk, Alva Sol Berg, Cia\n\nS\n\n8:43\n\n21:08\n"
    rows, unread = appendices.attendance(split(text))
    assert rows == []
    assert [line.text for line in unread] == ["7", "Ek, Alva Sol Berg, Cia", "S", "8:43", "21:08"]


def test_a_name_below_a_row_is_no_substitute_of_it() -> None:
    rows, unread = appendices.attendance(split(ATTENDANCE + "\nÖst, Dag\n"))
    assert [(one.person.name, one.sure) for one in rows] == [("Alva Ek", False), ("Cia Sol", False)]
    assert [line.text for line in unread] == ["Öst, Dag"]


def test_voting_list_is_read_column_by_column() -> None:
    read = appendices.voting_list(split(LIST))
    assert (read.appendix, read.yes, read.no) == ("B", 1, 1)
    assert [(one.person.name, one.person.party, one.choice) for one in read.ballots] == [
        ("Alva Ek", "S", Choice.YES),
        ("Bo von Sydvik", "M", Choice.NO),
    ]


def test_voting_list_with_columns_of_unequal_length_has_no_ballots() -> None:
    assert appendices.voting_list(split(LIST + "\nNej\n")).ballots == ()
