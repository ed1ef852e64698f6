"""Tables that came out of a PDF as a run of cells."""

from __future__ import annotations

from protocols.reading import appendices
from protocols.reading.facts import Choice
from protocols.reading.lines import split

ATTENDANCE = """Bilaga 1

Plats

Ledamot

Ersättare

Parti

Ankom

Utgick

1

Ek, Alva

S

8:43

21:08

2

von Sydvik,
Bo

Sol, Cia

M

8:44

12:00
"""
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


def test_voting_list_is_read_column_by_column() -> None:
    read = appendices.voting_list(split(LIST))
    assert (read.appendix, read.yes, read.no) == ("B", 1, 1)
    assert [(one.person.name, one.person.party, one.choice) for one in read.ballots] == [
        ("Alva Ek", "S", Choice.YES),
        ("Bo von Sydvik", "M", Choice.NO),
    ]


def test_voting_list_with_columns_of_unequal_length_has_no_ballots() -> None:
    assert appendices.voting_list(split(LIST + "\nNej\n")).ballots == ()
