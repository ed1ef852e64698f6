"""Other business: verified at once, withdrawn, reported as unanswered, remitted in a block."""

from __future__ import annotations

from datetime import date

import time_machine
from django.urls import reverse

from motions.actions.registration import register_motion
from motions.enums import Stage
from motions.models import Motion
from motions.queries.clock import year_clock
from protocols.enums import ParagraphState
from protocols.models import BlockMotion, Paragraph
from tests.cases.county import names_of
from tests.cases.reading import is_told
from tests.cases.walk import Desk, Sitting
from tests.cases.ways import ASSEMBLY_DAY, BOARD_DAY, ready, through_the_board
from tests.factories import Region, make_motion


def test_paragraph_is_verified_while_the_meeting_goes_on(
    county: Region, clock: time_machine.Traveller
) -> None:
    sitting = Sitting.call(county, clock, county.board, BOARD_DAY)
    proxy, reserve = names_of(county, "S")[2], names_of(county, "M")[1]
    sitting.put_matter(
        "Val av ombud till Länsbolagets stämma",
        registry_number="87-2026",
        proposal=f"{proxy} (S) väljs till ombud\n{reserve} (M) väljs till ersättare",
    )
    sitting.put_matter("Månadsrapport", proposal="rapporten godkänns")
    sitting.open()
    item = sitting.take_up()
    item.find("Acklamation: liggande förslag")
    item.declare_immediate()
    sitting.verify(days_after=0)
    paragraph = Paragraph.objects.get(pk=item.paragraph.pk)
    assert (paragraph.state, paragraph.verified_on) == (ParagraphState.VERIFIED, BOARD_DAY)
    sitting.take_up().find("Acklamation: liggande förslag")
    sitting.close()
    sitting.verify()
    is_told("09-immediate", sitting, item)


def test_withdrawn_motion_is_reported(county: Region, clock: time_machine.Traveller) -> None:
    motion = make_motion(county, title="Parkeringsplatser vid simhallen", movers=(names_of(county, "C")[0],))
    withdraw = reverse("motions:withdraw", args=[motion.pk])
    sitting = Sitting.call(county, clock, county.assembly, ASSEMBLY_DAY)
    Desk(county.registrar).send(withdraw, withdraw, {"is_sure": "on"})
    assert Motion.objects.get(pk=motion.pk).stage == Stage.WITHDRAWN
    sitting.put_matter(
        f"Återtagen motion {motion.number} om parkeringsplatser vid simhallen",
        registry_number=motion.registry_number or "",
        proposal="anmälan om att motionen har återtagits läggs till handlingarna",
    )
    sitting.open()
    item = sitting.take_up()
    item.find("Acklamation: liggande förslag")
    sitting.close()
    sitting.verify()
    is_told("10-withdrawn", sitting, item)


def test_unanswered_motions_are_reported(county: Region, clock: time_machine.Traveller) -> None:
    left, green, liberal = (names_of(county, code)[0] for code in ("V", "MP", "L"))
    old = ready(county, "Rökfria entréer", left, green)
    through_the_board(county, clock, old)
    other = ready(county, "Bokbuss", liberal)
    fresh = make_motion(
        county, title="Fågelholkar", movers=(green,), handed_in_on=date(2026, 9, 1), is_registered=False
    )
    sitting = Sitting.call(county, clock, county.assembly, date(2026, 10, 13))
    agenda = sitting.meeting.get_absolute_url()
    assert "Ska redovisas den här månaden" in Desk(county.secretary).page(agenda)
    sitting.put_block("redovisning", [old, other, fresh])
    assert "Ska redovisas den här månaden" not in Desk(county.secretary).page(
        sitting.meeting.get_absolute_url()
    )
    sitting.open()
    item = sitting.take_up()
    register_motion(fresh, by=county.registrar, on=date(2026, 10, 13))
    item.find("Acklamation: liggande förslag")
    sitting.close()
    sitting.verify()
    stages = list(BlockMotion.objects.values_list("stage", flat=True))
    assert stages == [Stage.AT_ASSEMBLY, Stage.AT_BOARD, Stage.HANDED_IN]
    told = [year_clock(Motion.objects.get(pk=m.pk), date(2027, 3, 1)).note for m in (old, other)]
    assert told == ["anmäld 13 oktober 2026"] * 2
    is_told("11-unanswered", sitting, item)
    html = Desk(county.secretary).page(reverse("protocols:paragraph", args=[item.paragraph.pk]))
    assert html.count('<th scope="col">') == 5
    assert html.count('<th scope="row">') == 3


def test_motions_are_remitted_in_a_block(county: Region, clock: time_machine.Traveller) -> None:
    given = (("Lånecyklar", "MP"), ("Färre blanketter", "M"), ("Sjukhuskyrkan", "KD"))
    motions = [make_motion(county, title=title, movers=(names_of(county, code)[0],)) for title, code in given]
    sitting = Sitting.call(county, clock, county.assembly, ASSEMBLY_DAY)
    sitting.put_block("remittering")
    sitting.open()
    item = sitting.take_up()
    item.find("Acklamation: liggande förslag")
    sitting.close()
    sitting.verify()
    for motion in motions:
        assert Motion.objects.get(pk=motion.pk).stage == Stage.REMITTED
    is_told("12-remittal", sitting, item)
