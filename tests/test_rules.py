"""Each rule that the program keeps, broken through its pages: the sentence is read, with its law.

One part a row of "Rules that the program keeps, with the law in the message" (../shared/design.md), in its
order. What the rules mean in every detail is tested where they live, in tests/protocols and tests/motions.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from motions.enums import Role
from motions.models import Motion, User
from protocols.actions.attendance import set_present
from protocols.actions.participation import note_non_participation
from protocols.actions.proposals import add_proposal
from protocols.enums import NonParticipationKind, ProposalKind, VoteEntry
from protocols.models import Meeting, Paragraph, Reservation
from protocols.queries.documents import draft_document
from protocols.queries.facts import with_facts
from tests.factories import (
    Region,
    clock,
    close,
    decide,
    make_meeting,
    make_motion,
    make_person,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
    verify,
    vote_on,
)
from tests.motions.views.pages import typed
from tests.motions.views.test_documents import make_document
from tests.protocols.views.desk import Visitor, read, signed_in

THAT_DAY = "2026-05-20 10:00 +0200"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A motion that the board is dealing with."""
    return open_with(region, make_meeting(region, region.board), make_prepared_motion(region))


@pytest.fixture
def in_assembly(region: Region) -> Paragraph:
    """A motion that fullmäktige is dealing with, seven present."""
    motion = make_prepared_motion(region)
    board = make_meeting(region, region.board, held_on=date(2026, 4, 22))
    decide(region, open_with(region, board, motion))
    verify(region, close(region, board))
    motion.refresh_from_db()
    return open_with(region, make_meeting(region, region.assembly), motion)


def person(region: Region, name: str) -> User:
    """The login of a member."""
    return make_user(f"{name} Prov", Role.REPRESENTATIVE, person=region.people[name])


def address(paragraph: Paragraph, name: str, *more: int) -> str:
    return reverse(f"protocols:{name}", args=[paragraph.pk, *more])


def refused(user: User, to: str, given: Mapping[str, Any] | None = None, *, status: int = 422) -> str:
    """What somebody reads whose act was refused."""
    answer = signed_in(user).post(to, given)
    assert answer.status_code == status, read(answer)
    return read(answer)


def find(region: Region, paragraph: Paragraph, *, winner: int | None, **given: Any) -> str:
    question = paragraph.questions.filter(found_at__isnull=True)[0]
    said = {"question": question.pk, "winner": winner or "", **given}
    return refused(region.secretary, address(paragraph, "live_find"), said)


def refer_back(region: Region, paragraph: Paragraph) -> int:
    movers = [region.people["Elsa"]]
    row = add_proposal(
        paragraph, by=region.secretary, kind=ProposalKind.REFER_BACK, movers=movers, text="Kostnaden belyses."
    )
    return row.pk


# --- A motion's mover is a member of fullmäktige (KL 5:22) -------------------------------------------------


def test_mover_is_a_member_of_the_assembly(region: Region) -> None:
    movers = [str(make_person("Ture", "Utanför").pk)]
    told = refused(region.registrar, "/motioner/ny/", typed(region, movers=movers))
    assert "Ture Utanför var inte ledamot i fullmäktige den 2026-02-02" in told
    assert "(KL 5 kap. 22 §)" in told


# --- Only one who took part in the decision may reserve (KL 4:27) ------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (NonParticipationKind.RECUSAL, "Du är jävig i ärendet"),
        (NonParticipationKind.ABSTAINED, "Du avstod"),
        (NonParticipationKind.NOT_PARTICIPATING, "Du har valt att inte delta i beslutet"),
    ],
)
def test_one_who_did_not_take_part_does_not_reserve(
    region: Region, paragraph: Paragraph, kind: NonParticipationKind, words: str
) -> None:
    note_non_participation(paragraph, by=region.secretary, person=region.people["Asta"], kind=kind)
    decide(region, paragraph)
    told = refused(region.politician, address(paragraph, "reserve"), status=403)
    assert words in told
    assert "KL 4 kap. 27 §" in told
    assert "anteckning till protokollet" in told


def test_substitute_who_did_not_serve_does_not_reserve(region: Region, paragraph: Paragraph) -> None:
    set_present(
        paragraph.meeting,
        by=region.secretary,
        person=region.people["Hugo"],
        is_present=True,
        at=clock(paragraph.meeting, 9, 20),
    )
    decide(region, paragraph)
    told = refused(person(region, "Hugo"), address(paragraph, "reserve"), status=403)
    assert "Du är ersättare och tjänstgör inte, så du deltog inte i beslutet" in told
    assert "KL 4 kap. 27 §" in told
    assert "anteckning till protokollet" in told


# --- A reservation before the meeting ends, its text before verification (KL 4:27; local) ------------------


def test_reservation_after_the_meeting_is_too_late(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    close(region, paragraph.meeting)
    told = refused(region.politician, address(paragraph, "reserve"), status=409)
    assert "Sammanträdet avslutades klockan 11.00, och en reservation ska anmälas innan dess" in told
    assert "KL 4 kap. 27 §" in told


def test_text_of_a_reservation_after_verification_is_too_late(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    with time_machine.travel(THAT_DAY, tick=False):
        signed_in(region.politician).post(address(paragraph, "reserve"))
    row = Reservation.objects.get()
    verify(region, close(region, paragraph.meeting))
    to = reverse("protocols:reservation", args=[row.pk])
    told = refused(region.politician, to, {"html": "<p>Nej.</p>", "version": "0"}, status=409)
    assert "justera" in told
    assert "KL 5 kap. 69 §" in told


# --- Quorum: at opening and at each decision (KL 5:45, 6:27) -----------------------------------------------


def _empty(region: Region, meeting: Meeting) -> None:
    for name in ("Asta", "Didrik", "Elsa", "Farid"):
        set_present(meeting, by=region.secretary, person=region.people[name], is_present=False)


@pytest.mark.parametrize(("body", "law"), [("assembly", "KL 5 kap. 45 §"), ("board", "KL 6 kap. 27 §")])
def test_meeting_is_not_opened_without_a_quorum(region: Region, body: str, law: str) -> None:
    meeting = make_meeting(region, getattr(region, body))
    _empty(region, meeting)
    told = refused(region.secretary, reverse("protocols:meeting_open", args=[meeting.pk]))
    assert "är inte beslutsför: 3 av 7 tjänstgör, minst 4 behövs" in told
    assert law in told


def test_nothing_is_decided_without_a_quorum(region: Region, paragraph: Paragraph) -> None:
    _empty(region, paragraph.meeting)
    tabled = paragraph.proposals.get().pk
    told = find(region, paragraph, winner=tabled)
    assert "Regionstyrelsen är inte beslutsför i § 1: 3 av 7 tjänstgör, minst 4 behövs" in told
    assert "KL 6 kap. 27 §" in told


# --- Minority referral back: a third, once, with a motivation, in fullmäktige only (KL 5:50, 6:33) ---------


def test_less_than_a_third_does_not_refer_back(region: Region, in_assembly: Paragraph) -> None:
    told = find(region, in_assembly, winner=refer_back(region, in_assembly), supporters=2)
    assert "Det krävs minst 3 av 7 närvarande, och 2 begärde det (KL 5 kap. 50 §)." in told


def test_minority_refers_back_once_a_case(region: Region, in_assembly: Paragraph) -> None:
    Motion.objects.update(minority_deferral_used=True)
    told = find(region, in_assembly, winner=refer_back(region, in_assembly), supporters=3)
    assert "Ärendet har redan bordlagts eller återremitterats på begäran av en minoritet" in told
    assert "(KL 5 kap. 50 §)" in told
    assert "Nu krävs enkel majoritet." in told


def test_referral_back_needs_a_motivation(region: Region, in_assembly: Paragraph) -> None:
    given = {
        "proposal-movers": [region.people["Elsa"].pk],
        "proposal-kind": "refer_back",
        "proposal-text": "",
    }
    told = refused(region.secretary, address(in_assembly, "live_propose"), given)
    assert "Skriv motiveringen (KL 5 kap. 50 §)." in told


def test_board_refers_back_by_majority_only(region: Region, paragraph: Paragraph) -> None:
    told = find(region, paragraph, winner=refer_back(region, paragraph), supporters=3)
    assert "I regionstyrelsen krävs enkel majoritet för bordläggning och återremiss (KL 6 kap. 33 §)." in told


# --- Votes are open, and everyone's vote is recorded (KL 5:54, 5:67) ---------------------------------------


def _contested(region: Region, paragraph: Paragraph) -> str:
    movers = [region.people["Asta"]]
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=movers)
    return address(paragraph, "vote", paragraph.questions.get().pk)


def test_no_secret_ballot_is_offered(region: Region, paragraph: Paragraph) -> None:
    page = read(signed_in(region.secretary).get(_contested(region, paragraph)))
    assert "Omröstningen är öppen (KL 5 kap. 54 §)." in page
    assert not [entry for entry in VoteEntry if "sluten" in entry.label.lower()]


def test_vote_without_names_is_not_verified(region: Region, paragraph: Paragraph) -> None:
    _contested(region, paragraph)
    vote_on(region, paragraph, counts={"yes": 4, "no": 3})
    meeting = close(region, paragraph.meeting)
    found = with_facts(meeting.paragraphs.unverified())
    given = {"paragraphs": [p.pk for p in found], "confirmed": "1"} | {
        f"sha256-{p.pk}": draft_document(p, region.organisation).sha256() for p in found
    }
    with time_machine.travel("2026-05-27 10:00 +0200", tick=False):
        told = refused(region.chair, reverse("protocols:verify", args=[meeting.pk]), given)
    assert "hur var och en" in told
    assert "KL 5 kap. 67 §" in told


# --- A tie is settled by the chair (KL 5:56) ---------------------------------------------------------------


def test_tie_asks_for_the_casting_vote(region: Region, paragraph: Paragraph) -> None:
    to = f"{_contested(region, paragraph)}?satt=antal"
    counts = {"vote-yes_count": 3, "vote-no_count": 3, "vote-abstain_count": 1}
    told = refused(region.secretary, to, {"vote-meaning": "0", **counts})
    assert "Det blev lika röstetal, 3 mot 3, och ordföranden har utslagsröst (KL 5 kap. 56 §)." in told


# --- Summons and notice a week before (KL 5:13, 5:15) ------------------------------------------------------


@time_machine.travel("2026-05-15 12:00 +0200", tick=False)
def test_summons_day_that_has_passed_is_told(region: Region) -> None:
    given = {"body": region.assembly.pk, "held_on": "2026-05-20"}
    told = read(signed_in(region.secretary).get("/sammantraden/nytt/kallelse/", given))
    assert "senast onsdag 13 maj 2026, en vecka före sammanträdet (KL 5 kap. 13 och 15 §§)" in told
    assert "Den dagen har passerat" in told


# --- Verified within 14 days (KL 5:69) ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-05-30", "Senast 3 juni: 4 dagar kvar"),
        ("2026-06-03", "I dag är sista dagen"),
        ("2026-06-04", "Skulle ha justerats senast 3 juni 2026"),
    ],
)
def test_days_of_verification_are_counted_down(
    region: Region, paragraph: Paragraph, day: str, words: str
) -> None:
    decide(region, paragraph)
    close(region, paragraph.meeting)
    with time_machine.travel(f"{day} 12:00 +0200", tick=False):
        told = read(signed_in(region.chair).get(reverse("protocols:verify", args=[paragraph.meeting_id])))
    assert words in told
    assert "Ett protokoll justeras inom fjorton dagar (KL 5 kap. 69 §)." in told


# --- Notice of verification, up until the time of appeal is over (KL 8:12, 13:5) ---------------------------


@time_machine.travel("2026-06-01 12:00 +0200", tick=False)
def test_notice_is_not_taken_down_early(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    verify(region, close(region, paragraph.meeting))
    notice = paragraph.meeting.notices.get()
    assert notice.posted_on == date(2026, 5, 27)
    told = refused(region.secretary, reverse("protocols:notice_certify", args=[notice.pk]), status=409)
    assert "Anslaget får inte tas ned förrän överklagandetiden har gått ut" in told
    assert "KL 8 kap. 12 § och 13 kap. 5 §" in told


# --- A board's proposal cannot be appealed (KL 13:2) -------------------------------------------------------


@time_machine.travel("2026-06-01 12:00 +0200", tick=False)
def test_proposal_of_a_board_carries_no_appeal(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    verify(region, close(region, paragraph.meeting))
    told = read(Visitor().get("/anslagstavla/"))
    assert "Besluten är förberedande och kan inte överklagas (KL 13 kap. 2 §)." in told
    assert "Så överklagar du" not in told


# --- Verified text never changes (KL 5:69) -----------------------------------------------------------------


def test_verified_text_is_not_changed(region: Region, paragraph: Paragraph) -> None:
    decide(region, paragraph)
    verify(region, close(region, paragraph.meeting))
    to = address(paragraph, "texts_title")
    given = {"title": "Ny rubrik", "registry_number": "1-2026"}
    told = refused(region.secretary, to, given, status=409)
    assert "§ 1 är justerad" in told
    assert "KL 5 kap. 69 §" in told
    assert "rättelse" in told


# --- Drafts are never public (TF 2, OSL) -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["paragraph", "extract"])
def test_draft_is_not_there_for_the_public(region: Region, paragraph: Paragraph, name: str) -> None:
    decide(region, paragraph)
    assert Visitor().get(address(paragraph, name)).status_code == 404
    verify(region, close(region, paragraph.meeting))
    with closing(Visitor().get(address(paragraph, name))) as answer:
        assert answer.status_code == 200


def test_motion_is_there_for_the_public_from_hand_in(region: Region) -> None:
    motion = make_motion(region, is_registered=False)
    assert Visitor().get(reverse("motions:detail", args=[motion.pk])).status_code == 200


def test_secret_document_is_not_there_for_the_public(region: Region, uploaded_files: Path) -> None:
    document = make_document(region, is_secret=True)
    assert Visitor().get(reverse("motions:document", args=[document.pk])).status_code == 404


# --- No personal identity numbers (dataskyddslagen 3:10) ---------------------------------------------------


def test_identity_number_is_refused(region: Region, paragraph: Paragraph) -> None:
    told = refused(region.registrar, "/motioner/ny/", typed(region, title="Bussar för 811218-9876"))
    assert "personnummer" in told
    assert "dataskyddslagen 3 kap. 10 §" in told
    given = {
        "proposal-movers": [region.people["Asta"].pk],
        "proposal-kind": "add",
        "proposal-text": "att 811218-9876 hörs",
    }
    told = refused(region.secretary, address(paragraph, "live_propose"), given)
    assert "dataskyddslagen 3 kap. 10 §" in told


# --- Party filters over elected persons only (dataskyddslagen 3:3) -----------------------------------------


@pytest.mark.parametrize("text", ["V", "(V)", "Partiet V"])
def test_people_are_not_found_by_their_party(region: Region, text: str) -> None:
    """Whoever is searched for is an elected person, and found by name: there is no filter by party."""
    search = signed_in(region.registrar).get(reverse("motions:people_search"), {"q": text})
    assert read(search).strip() == ""
    people = reverse("admin:motions_person_changelist")
    administrator = signed_in(region.administrator)
    assert administrator.get(people, {"affiliations__party__code": "V"}).status_code == 400
    assert "Asta Björk" not in read(administrator.get(people, {"q": text}))
