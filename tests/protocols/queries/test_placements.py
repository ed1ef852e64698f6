from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motions.models import Motion, User
from motions.permissions import HasRoles
from motions.queries.rows import for_rows, rows_of
from protocols.actions.agenda import add_block, place_motion
from protocols.enums import ParagraphKind
from protocols.queries.placements import Line, lines, placements
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    open_with,
    verify,
)

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def region() -> Region:
    return make_region()


def line(user: HasRoles, today: date = date(2026, 6, 1)) -> Line:
    """The only motion's line."""
    (found,) = lines(rows_of(list(for_rows(Motion.objects.all())), user=user, today=today), user)
    return found


def told(user: HasRoles, today: date = date(2026, 6, 1)) -> tuple[str, str, str]:
    found = line(user, today)
    return found["detail"], found["step"], found["step_url"]


def test_motion_on_its_way_through_a_meeting(region: Region) -> None:
    motion = make_prepared_motion(region)
    meeting = make_meeting(region, region.board)
    address = f"/sammantraden/{meeting.pk}/"
    assert told(region.secretary) == ("", "Sätt upp på en dagordning", "/sammantraden/")
    assert told(region.registrar) == ("", "Väntar på styrelsens dagordning", "")
    place_motion(meeting, by=region.secretary, motion=motion)
    assert told(region.secretary) == ("RS 20 maj", "Står på dagordningen", address)
    assert told(region.registrar) == ("RS 20 maj", "Står på dagordningen", "")
    meeting.paragraphs.all().delete()
    paragraph = open_with(region, meeting, motion)
    assert told(region.secretary) == (f"RS §{NBSP}1, 20 maj", "Behandlas nu", address)
    decide(region, paragraph)
    close(region, meeting)
    assert told(region.secretary) == (f"RS §{NBSP}1, 20 maj", "Väntar på justering", address)
    assert line(region.secretary)["awaits_meeting"]
    verify(region, meeting)
    assert told(region.registrar) == (f"RS §{NBSP}1, 20 maj", "Väntar på fullmäktiges dagordning", "")
    assert not line(region.secretary)["awaits_meeting"]


def test_public_and_administrator_see_no_agendas(region: Region) -> None:
    motion = make_prepared_motion(region)
    place_motion(make_meeting(region, region.board), by=region.secretary, motion=motion)
    with CaptureQueriesContext(connection) as queries:
        assert placements([motion.pk], AnonymousUser()) == {}
        assert placements([motion.pk], region.administrator) == {}
    assert len(queries) == 0


def test_representatives_see_the_agendas_of_their_bodies(region: Region) -> None:
    motion = make_prepared_motion(region)
    place_motion(make_meeting(region, region.board), by=region.secretary, motion=motion)
    asta = region.people["Asta"]
    assert [place.detail for place in placements([motion.pk], region.politician)[motion.pk]] == ["RS 20 maj"]
    asta.memberships.filter(body=region.board).delete()
    seen = User.objects.get(pk=region.politician.pk)
    assert placements([motion.pk], seen)[motion.pk] == []


def test_motion_in_a_block_awaits_the_meeting(region: Region) -> None:
    motion = make_motion(region)
    meeting = make_meeting(region, region.assembly)
    add_block(meeting, by=region.secretary, kind=ParagraphKind.REMITTAL, motions=[motion])
    assert told(region.registrar) == ("RF 20 maj", "Står på dagordningen", "")
    assert line(region.registrar)["awaits_meeting"]


def test_late_motion_is_to_be_reported_and_waits_for_its_own_matter_besides(region: Region) -> None:
    late = date(2027, 2, 10)
    motion = make_prepared_motion(region)
    assert told(region.secretary, late)[1:] == ("Lägg i redovisningen", "/sammantraden/")
    assert told(region.registrar, late)[1] == "Väntar på styrelsens dagordning"
    with time_machine.travel(datetime(2027, 2, 1, tzinfo=UTC)):
        meeting = make_meeting(region, region.assembly, held_on=date(2027, 2, 20))
    address = f"/sammantraden/{meeting.pk}/"
    assert told(region.secretary, late)[1:] == ("Lägg i redovisningen", address)
    add_block(meeting, by=region.secretary, kind=ParagraphKind.OUTSTANDING_REPORT, motions=[motion])
    assert told(region.secretary, late) == ("", "Står i redovisningen", address)
    assert not line(region.secretary, late)["awaits_meeting"]
