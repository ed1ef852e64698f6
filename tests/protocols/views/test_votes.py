"""The page of a vote: every way of entry, what is not in order, and what it leads to."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from protocols.actions.proposals import add_proposal
from protocols.enums import BallotChoice, ProposalKind, QuestionKind
from protocols.models import Paragraph
from protocols.queries.completeness import completeness_of
from protocols.queries.facts import with_facts
from tests.factories import (
    Region,
    make_meeting,
    make_prepared_motion,
    make_region,
    open_with,
    vote_on,
)
from tests.protocols.views.desk import is_the_secretarys, part, read, signed_in

NAMES = ("Asta", "Bo", "Cilla", "Didrik", "Elsa", "Farid", "Greta")


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """The board rejects in its draft, and Asta wants the motion granted."""
    found = open_with(region, make_meeting(region, region.board), make_prepared_motion(region))
    add_proposal(found, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Asta"]])
    return found


def address(paragraph: Paragraph, way: str = "") -> str:
    question = paragraph.questions.filter(found_at__isnull=True).first() or paragraph.questions.get()
    return reverse("protocols:vote", args=[paragraph.pk, question.pk]) + (f"?satt={way}" if way else "")


def post(region: Region, paragraph: Paragraph, way: str, **data: object) -> HttpResponse:
    sent = {"vote-meaning": "0"} | {f"vote-{key}": value for key, value in data.items()}
    return signed_in(region.secretary).post(address(paragraph, way), sent)


def live(region: Region, paragraph: Paragraph) -> HttpResponse:
    return signed_in(region.secretary).get(reverse("protocols:live", args=[paragraph.pk]))


def as_list(letters: str) -> str:
    words = {"j": "Ja", "n": "Nej", "a": "Avstår", "f": "Frånvarande"}
    people = ("Asta Björk", "Bo Cederlund", "Cilla Dahl", "Didrik Åkesson", "Elsa Öhman", "Farid Ängeby",
              "Greta Zetter")  # fmt: skip
    return "\n".join(f"{name};{words[letter]}" for name, letter in zip(people, letters, strict=True))


def test_page_is_the_secretarys(region: Region, paragraph: Paragraph) -> None:
    is_the_secretarys(region, address(paragraph), wrong="put")


def test_live_view_leads_there_by_key(region: Region, paragraph: Paragraph) -> None:
    html = live(region, paragraph).content.decode()
    assert f'href="{address(paragraph)}" data-key="o"' in html
    text = read(signed_in(region.secretary).get(address(paragraph)))
    assert "Ja för bifall till det liggande förslaget, nej för bifall till Asta Björks förslag" in text
    assert "Ja för bifall till Asta Björks förslag, nej för bifall till det liggande förslaget" in text


def test_votes_by_name_decide_at_once(region: Region, paragraph: Paragraph) -> None:
    votes = {f"voter_{region.people[name].pk}": "yes" if name in NAMES[:4] else "no" for name in NAMES}
    answer = post(region, paragraph, "namn", **votes)
    assert answer.status_code == 302
    text = read(live(region, paragraph))
    assert "Det liggande förslaget bifalls 4 ja, 3 nej" in text
    assert "Ja röstar Asta Björk (V), Bo Cederlund (S), Cilla Dahl (M) och Didrik Åkesson (S)." in text
    assert "Nej röstar Elsa Öhman (C), Farid Ängeby (KD) och Greta Zetter (M)." in text
    assert "Omröstningen ger 4 ja-röster och 3 nej-röster. Därmed bifaller regionstyrelsen" in text


def test_missing_vote_is_told_beside_the_name(region: Region, paragraph: Paragraph) -> None:
    answer = post(region, paragraph, "namn", **{f"voter_{region.people['Asta'].pk}": "no"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert html.count("Ange ja, nej, avstår eller frånvarande.") >= 6
    assert f'name="vote-voter_{region.people["Asta"].pk}" value="no"' in html


def test_tie_asks_for_the_casting_vote_beside_its_field(region: Region, paragraph: Paragraph) -> None:
    counts = {"yes_count": 3, "no_count": 3, "abstain_count": 1}
    answer = post(region, paragraph, "antal", **counts)
    assert answer.status_code == 422
    assert "lika röstetal, 3 mot 3, och ordföranden har utslagsröst (KL 5 kap. 56 §)" in read(answer)
    assert 'value="3"' in answer.content.decode()
    assert post(region, paragraph, "antal", **counts, casting_vote="yes").status_code == 302
    assert "3 ja, 3 nej, 1 avstår, ordförandens utslagsröst" in read(live(region, paragraph))


def test_by_party_with_exceptions(region: Region, paragraph: Paragraph) -> None:
    parties = {row.party_id: row.party for row in paragraph.meeting.attendance.select_related("party")}
    votes = {f"party_{pk}": "yes" if found and found.code in "VS" else "no" for pk, found in parties.items()}
    greta = region.people["Greta"].pk
    both = post(region, paragraph, "parti", **votes, except_yes=[greta], except_abstain=[greta])
    assert both.status_code == 422
    assert "Greta Zetter står redan under ”Röstar ja i stället”." in read(both)
    assert post(region, paragraph, "parti", **votes, except_yes=[greta]).status_code == 302
    vote = paragraph.questions.get().vote
    assert (vote.yes_count, vote.no_count, vote.entry) == (4, 3, "by_party")
    assert vote.ballots.get(person=greta).choice == BallotChoice.YES


def test_list_names_the_lines_that_match_nobody_and_keeps_them(region: Region, paragraph: Paragraph) -> None:
    text = (
        as_list("jjjjnnn").replace("Elsa Öhman", "Elsa Ohman").replace("Greta Zetter;Nej", "Greta Zetter;?")
    )
    answer = post(region, paragraph, "lista", ballots=text)
    assert answer.status_code == 422
    said = read(answer)
    assert "Rad 5, ”Elsa Ohman; Nej”: ingen som deltar i beslutet heter så." in said
    assert "Rad 7, ”Greta Zetter; ?”: ingen röst (ja, nej, avstår eller frånvarande)." in said
    assert "Farid Ängeby;Nej" in answer.content.decode()
    assert not hasattr(paragraph.questions.get(), "vote")


def test_file_from_a_voting_system_is_read(region: Region, paragraph: Paragraph) -> None:
    client = Client()
    client.force_login(region.secretary)
    lines = [
        "Röst;Parti;Namn", 'JA;(V);"Björk, Asta"', 'JA;(S);"Cederlund, Bo"', 'JA;(M);"Dahl, Cilla"',
        'JA;(S);"Åkesson, Didrik"', 'NEJ;(C);"Öhman, Elsa"', 'NEJ;(KD);"Ängeby, Farid"',
        'AVSTÅR;(M);"Zetter, Greta"',
    ]  # fmt: skip
    content = "\r\n".join(lines).encode("latin-1")
    data = {"vote-meaning": "1", "vote-file": SimpleUploadedFile("rost.csv", content), "vote-ballots": ""}
    answer = client.post(address(paragraph, "lista"), data)
    assert answer.status_code == 302
    vote = paragraph.questions.get().vote
    assert (vote.yes_count, vote.no_count, vote.abstain_count) == (4, 2, 1)
    assert vote.yes == paragraph.proposals.get(kind=ProposalKind.GRANT)


def test_counts_alone_lack_the_names_until_they_are_added(region: Region, paragraph: Paragraph) -> None:
    assert post(region, paragraph, "antal", yes_count=4, no_count=3).status_code == 302
    loaded = with_facts(Paragraph.objects.filter(pk=paragraph.pk)).get()
    lacking = [point for point in completeness_of(loaded) if point.is_missing]
    assert [(point.number, point.anchor) for point in lacking] == [(5, "procedure")]
    assert "ange hur var och en röstade" in part(live(region, paragraph), "procedure")
    wrong = signed_in(region.secretary).post(
        address(paragraph, "lista"), {"vote-ballots": as_list("jjjjjnn")}
    )
    assert wrong.status_code == 422
    assert "Namnen ger 5 ”Ja”, men omröstningen räknade 4" in read(wrong)
    right = signed_in(region.secretary).post(
        address(paragraph, "lista"), {"vote-ballots": as_list("jjjjnnn")}
    )
    assert right.status_code == 302
    assert "ange hur" not in part(live(region, paragraph), "procedure")


def test_stale_vote_is_a_conflict_and_keeps_what_was_typed(region: Region, paragraph: Paragraph) -> None:
    url = address(paragraph, "antal")
    vote_on(region, paragraph, "jjjjnnn")
    data = {"vote-meaning": "0", "vote-yes_count": "4", "vote-no_count": "3"}
    answer = signed_in(region.secretary).post(url, data)
    assert answer.status_code == 409
    assert "behandlas inte just nu" in read(answer)
    assert signed_in(region.secretary).get(url).status_code == 302


def test_several_proposals_are_put_in_order_first(region: Region, paragraph: Paragraph) -> None:
    for kind, name in ((ProposalKind.DEEM_ANSWERED, "Elsa"), (ProposalKind.AMEND, "Greta")):
        add_proposal(
            paragraph, by=region.secretary, kind=kind, movers=[region.people[name]],
            text="frågan utreds" if kind == ProposalKind.AMEND else "",
        )  # fmt: skip
    page = signed_in(region.secretary).get(address(paragraph))
    assert "Huvudförslag och motförslag" in read(page)
    pks = list(paragraph.questions.get().options.values_list("proposal", flat=True))
    order = reverse("protocols:vote_order", args=[paragraph.pk, paragraph.questions.get().pk])
    wrong = signed_in(region.secretary).post(order, {"order-main": "0"})
    assert wrong.status_code == 422
    data = {"order-main": pks[0], f"order-place_{pks[1]}": 3, f"order-place_{pks[2]}": 1}
    assert signed_in(region.secretary).post(order, data).status_code == 302
    kinds = list(paragraph.questions.values_list("kind", flat=True))
    assert kinds == [QuestionKind.COUNTER, QuestionKind.COUNTER, QuestionKind.MAIN]
    text = part(live(region, paragraph), "procedure")
    assert "segraren i frågan om motförslag" in text
    back = reverse("protocols:vote_order_back", args=[paragraph.pk])
    assert signed_in(region.secretary).post(back).status_code == 302
    assert paragraph.questions.get().options.count() == 4
