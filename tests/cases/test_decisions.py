"""Decisions: reservations with texts, split clauses, a proposal taken back, a recusal, postponements."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import time_machine

from motions.enums import EventKind, Outcome, Stage
from motions.models import Motion
from protocols.enums import NonParticipationKind
from protocols.models import NonParticipation, Paragraph, Proposal, Reservation
from protocols.queries.service import serving_in
from tests.cases.county import names_of
from tests.cases.reading import is_told
from tests.cases.walk import Sitting
from tests.cases.ways import ASSEMBLY_DAY, BOARD_DAY, on_the_desk, ready, through_the_board
from tests.factories import Region


def test_three_parties_reserve_with_texts(county: Region, clock: time_machine.Traveller) -> None:
    mover, second = names_of(county, "M")[:2]
    christian, liberal = names_of(county, "KD")[0], names_of(county, "L")[0]
    sitting = Sitting.call(county, clock, county.board, BOARD_DAY)
    item = on_the_desk(sitting, ready(county, "Kvällsöppna vårdcentraler", mover, christian))
    item.propose(mover, christian, kind="grant")
    item.propose(liberal, kind="amend", text="en vårdcentral i varje länsdel har kvällsöppet från 2027")
    item.propose(county.chair.name, kind="tabled")
    item.find("Acklamation: liggande förslag")
    item.reserve(mover, second, text="Kvällsöppet avlastar akuten.\nDet borde styrelsen ha räknat på.")
    item.reserve(christian, text="Den som arbetar dagtid ska också kunna träffa en läkare.")
    item.reserve(liberal, text="En prövning i varje länsdel hade varit ett första steg.")
    item.note(names_of(county, "C")[0], "Centern återkommer i budgeten.")
    sitting.close()
    sitting.verify()
    assert Reservation.objects.filter(paragraph=item.paragraph).exclude(html="").count() == 3
    is_told("04-reservations", sitting, item)


def test_clauses_meet_different_fates(county: Region, clock: time_machine.Traveller) -> None:
    mover, social = names_of(county, "L")[0], names_of(county, "S")[0]
    fates = (Outcome.GRANTED, Outcome.REJECTED, Outcome.DEEMED_ANSWERED, Outcome.REJECTED)
    motion = ready(
        county,
        "Tryggare lekterapi",
        mover,
        clauses=(
            "att lekterapin finns kvar",
            "att den byggs ut",
            "att den redovisas",
            "att den är avgiftsfri",
        ),
        outcomes=fates,
    )
    through_the_board(county, clock, motion)
    sitting = Sitting.call(county, clock, county.assembly, ASSEMBLY_DAY)
    item = on_the_desk(sitting, motion)
    item.propose(mover, kind="grant")
    item.propose(social, kind="tabled")
    item.find("Acklamation: regionstyrelsens förslag")
    numbered = {f"outcome_{number}": outcome.value for number, outcome in enumerate(fates, start=1)}
    item.decide(numbered | {"own_words": "regionstyrelsen får i uppdrag att redovisa lekterapins bemanning"})
    sitting.close()
    sitting.verify()
    motion = Motion.objects.get(pk=motion.pk)
    assert tuple(Outcome(clause.outcome) for clause in motion.clauses.all()) == fates
    assert motion.stage == Stage.DECIDED
    is_told("05-split-clauses", sitting, item)


def test_proposal_is_taken_back_and_an_addition_carried(
    county: Region, clock: time_machine.Traveller
) -> None:
    left, green = names_of(county, "V")[0], names_of(county, "MP")[0]
    sitting = Sitting.call(county, clock, county.board, BOARD_DAY)
    motion = ready(county, "Solskydd vid förskolor", left, outcomes=(Outcome.DEEMED_ANSWERED,))
    item = on_the_desk(sitting, motion)
    item.propose(left, kind="grant")
    item.take_back(left)
    item.propose(green, left, kind="add", text="solskydd tas med i riktlinjen för utemiljöer")
    item.find("Acklamation: liggande förslag")
    item.find("Acklamation: bifall")
    sitting.close()
    sitting.verify()
    assert Proposal.objects.get(paragraph=item.paragraph, kind="grant").withdrawn_at
    is_told("06-taken-back", sitting, item)


def test_substitute_serves_for_one_paragraph(county: Region, clock: time_machine.Traveller) -> None:
    left, social = names_of(county, "V")[:2], names_of(county, "S")[1]
    sitting = Sitting.call(county, clock, county.board, BOARD_DAY)
    sitting.put_matter("Driftbidrag till Föreningen Norrsken", proposal="föreningen beviljas 200 000 kronor")
    sitting.put_matter("Månadsrapport", proposal="rapporten godkänns")
    sitting.open()
    item = sitting.take_up()
    item.stay_out(left[0], "recusal", substitute=left[1])
    item.propose(left[1], kind="tabled")
    item.stay_out(social, "not_participating")
    item.find("Acklamation: liggande förslag")
    after = sitting.take_up()
    after.find("Acklamation: liggande förslag")
    sitting.close()
    sitting.verify()
    noted = NonParticipation.objects.get(kind=NonParticipationKind.RECUSAL)
    assert (noted.person.name, noted.substitute and noted.substitute.name) == (left[0], left[1])
    for paragraph, serves, stays_out in ((item.paragraph, 1, 0), (after.paragraph, 0, 1)):
        serving = {one.person.name for one in serving_in(Paragraph.objects.get(pk=paragraph.pk))}
        assert left[serves] in serving
        assert left[stays_out] not in serving
    is_told("07-recusal", sitting, item)


def test_item_is_postponed_seven_times_and_decided(county: Region, clock: time_machine.Traveller) -> None:
    mover, christian = names_of(county, "KD")[:2]
    motion = ready(county, "Blodbussar i glesbygd", mover)
    through_the_board(county, clock, motion)
    days = [ASSEMBLY_DAY + timedelta(days=28 * times) for times in range(8)]
    for day, until in pairwise(days):
        sitting = Sitting.call(county, clock, county.assembly, day)
        item = on_the_desk(sitting, motion)
        item.propose(christian, kind="postpone", text="till nästa sammanträde")
        item.find("Ja, ärendet bordläggs")
        item.decide({"until": until.isoformat()})
        sitting.close()
        sitting.verify()
    sitting = Sitting.call(county, clock, county.assembly, days[-1])
    item = on_the_desk(sitting, motion)
    item.propose(mover, christian, kind="grant")
    item.propose(county.chair.name, kind="tabled")
    item.find("Acklamation: regionstyrelsens förslag")
    item.reserve(mover, christian)
    sitting.close()
    sitting.verify()
    kinds = [event.kind for event in motion.events.all()]
    assert kinds.count(EventKind.POSTPONED) == 7
    assert kinds[-1] == EventKind.DECIDED
    assert Motion.objects.get(pk=motion.pk).decided_on == days[-1] == date(2026, 12, 29)
    is_told("08-postponed", sitting, item)
