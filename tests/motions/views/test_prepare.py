from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motions.actions.ending import withdraw_motion
from motions.actions.preparation import finish_preparation, save_draft_section, start_preparation
from motions.actions.remittal import remit_motion
from motions.enums import EventKind, Outcome, Role, Stage, WrittenSection
from motions.models import DraftSection, Motion, User
from tests.factories import (
    Region,
    make_meeting,
    make_motion,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
)

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

ON = date(2026, 2, 9)
CLAUSES = ("att regionen bygger fler cykelvägar", "att vägarna plogas")
SUMMARY = "<p>Motionären vill bygga.</p>"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def motion(region: Region) -> Motion:
    """Under preparation by Hans, with a summary written."""
    motion = make_motion(region, clauses=CLAUSES)
    motion = remit_motion(motion, by=region.registrar, to=region.board, on=ON)
    motion = start_preparation(motion, by=region.officer, on=ON)
    save_draft_section(motion, by=region.officer, kind=WrittenSection.SUMMARY, html=SUMMARY, version=0)
    return motion


@pytest.fixture
def lisa(region: Region) -> User:
    return make_user("Lisa Lund", Role.CASE_OFFICER)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_url(motion: Motion) -> str:
    return reverse("motions:prepare", args=[motion.pk])


def section_url(motion: Motion, kind: str = "summary") -> str:
    return reverse("motions:prepare_section", args=[motion.pk, kind])


def text(html: str, *, version: int = 0, kind: str = "summary", **more: str) -> dict[str, str]:
    """The fields of one section as the browser sends them."""
    return {f"{kind}-html": html, f"{kind}-version": str(version), f"{kind}-read": ""} | {
        f"{kind}-{name}": value for name, value in more.items()
    }


def stored(motion: Motion, kind: str = "summary") -> tuple[str, int]:
    row = DraftSection.objects.filter(motion=motion, kind=kind).first()
    return (row.html, row.version) if row else ("", 0)


def autosave(user: User, url: str, data: dict[str, str]) -> Response:
    return signed_in(user).post(url, data, headers={"HX-Request": "true"})


# --- Who ---------------------------------------------------------------------------------------------------


def test_prepare_shows_editors_to_the_case_officer(region: Region, motion: Motion) -> None:
    response = signed_in(region.officer).get(page_url(motion))
    html = response.content.decode()

    assert response.status_code == 200
    assert [kind for kind in WrittenSection.values if f'name="{kind}-html"' in html] == WrittenSection.values
    assert "Motionären vill bygga." in html
    assert html.count('type="radio"') == 2 * 3


def test_prepare_asks_the_database_as_often_for_many_clauses(region: Region) -> None:
    def queries(count: int) -> int:
        clauses = tuple(f"att {number} görs" for number in range(count))
        motion = make_motion(region, title=f"Om {count} saker", clauses=clauses)
        motion = remit_motion(motion, by=region.registrar, to=region.board, on=ON)
        start_preparation(motion, by=region.officer, on=ON)
        client = signed_in(region.officer)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page_url(motion)).status_code == 200
        return len(captured)

    assert queries(1) == queries(3)


@pytest.mark.parametrize("name", ["prepare", "prepare_section", "prepare_outcomes", "prepare_start"])
def test_prepare_is_for_case_officers_only(region: Region, motion: Motion, name: str) -> None:
    arguments: list[object] = [motion.pk, "summary"] if name == "prepare_section" else [motion.pk]
    url = reverse(f"motions:{name}", args=arguments)

    for user in (region.registrar, region.secretary, region.politician, region.administrator):
        assert signed_in(user).post(url).status_code == 403
    response = Client().post(url)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("login"))


@pytest.mark.parametrize("name", ["prepare_outcomes", "prepare_start", "prepare_resume"])
def test_prepare_acts_are_posted(region: Region, motion: Motion, name: str) -> None:
    assert (
        signed_in(region.officer).get(reverse(f"motions:{name}", args=[motion.pk])).status_code,
        signed_in(region.officer).get(section_url(motion)).status_code,
        signed_in(region.officer).put(page_url(motion)).status_code,
    ) == (405, 405, 405)


def test_prepare_does_not_find_what_is_not_there(region: Region, motion: Motion) -> None:
    client = signed_in(region.officer)

    assert client.get(reverse("motions:prepare", args=[motion.pk + 1])).status_code == 404
    assert client.post(section_url(motion, "reservation"), text("<p>x</p>")).status_code == 404


# --- Start, finish, take back ------------------------------------------------------------------------------


def test_prepare_start_makes_the_officer_responsible(region: Region, lisa: User) -> None:
    motion = remit_motion(make_motion(region), by=region.registrar, to=region.board, on=ON)
    client = signed_in(lisa)
    assert "Börja bereda" in client.get(page_url(motion)).content.decode()

    response = client.post(reverse("motions:prepare_start", args=[motion.pk]))

    motion.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, page_url(motion))
    assert (motion.stage, motion.case_officer) == (Stage.IN_PREPARATION, lisa)


def test_prepare_is_refused_before_remittal_and_after_the_end(region: Region) -> None:
    motion = make_motion(region)
    client = signed_in(region.officer)

    early = client.get(page_url(motion))
    withdraw_motion(motion, by=region.registrar, on=ON)

    assert (early.status_code, client.get(page_url(motion)).status_code) == (409, 409)
    assert "kan inte beredas i steget ”Registrerad”" in early.content.decode()


def test_prepare_saves_everything_in_one_post_without_javascript(region: Region, motion: Motion) -> None:
    data = {
        **text("<p>Ny sammanfattning.</p>", version=1),
        **text("<h3>Bakgrund</h3><p>Så här.</p>", kind="matter"),
        "outcome_1": "granted",
        "read_1": "",
        "outcome_2": "",
        "read_2": "",
    }

    response = signed_in(region.officer).post(page_url(motion), data)

    assert (response.status_code, response["Location"]) == (302, page_url(motion))
    assert stored(motion) == ("<p>Ny sammanfattning.</p>", 2)
    assert stored(motion, "matter") == ("<h3>Bakgrund</h3><p>Så här.</p>", 1)
    assert list(motion.clauses.values_list("proposed_outcome", flat=True)) == ["granted", ""]


def test_prepare_finish_saves_first_and_says_which_clauses_lack_a_proposal(
    region: Region, motion: Motion
) -> None:
    data = text("<p>Skrivet i sista stund.</p>", version=1) | {"act": "finish", "outcome_1": "rejected"}

    response = signed_in(region.officer).post(page_url(motion), data)
    html = response.content.decode()

    assert response.status_code == 422
    assert stored(motion) == ("<p>Skrivet i sista stund.</p>", 2)
    assert html.count("Välj bifall, avslag eller besvarad.</li>") == 1
    assert html.index("2. att vägarna plogas") < html.index("Välj bifall, avslag eller besvarad.</li>")
    assert "KL 5 kap. 28 §" in html
    motion.refresh_from_db()
    assert motion.stage == Stage.IN_PREPARATION


def test_prepare_finish_hands_over_to_the_board_and_resume_takes_back(region: Region, motion: Motion) -> None:
    client = signed_in(region.officer)

    chosen = {"act": "finish", "outcome_1": "rejected", "outcome_2": "deemed_answered"}
    handed_over = client.post(page_url(motion), chosen)
    motion.refresh_from_db()
    assert (handed_over.status_code, handed_over["Location"]) == (302, motion.get_absolute_url())
    assert motion.stage == Stage.AT_BOARD
    html = client.get(page_url(motion)).content.decode()
    assert "Ta tillbaka till beredning" in html
    assert "<textarea" not in html

    response = client.post(reverse("motions:prepare_resume", args=[motion.pk]))
    motion.refresh_from_db()
    assert (response.status_code, motion.stage) == (302, Stage.IN_PREPARATION)
    assert motion.events.filter(kind=EventKind.PREPARATION_RESUMED).exists()


def test_prepare_resume_is_neither_offered_nor_done_after_the_meeting_took_it_up(region: Region) -> None:
    motion = make_prepared_motion(region)
    open_with(region, make_meeting(region, region.board), motion)
    client = signed_in(region.officer)

    page = client.get(page_url(motion)).content.decode()
    response = client.post(reverse("motions:prepare_resume", args=[motion.pk]))

    assert "Ta tillbaka till beredning" not in page
    assert response.status_code == 409
    assert "är upptagen på ett sammanträde" in response.content.decode()
    motion.refresh_from_db()
    assert motion.stage == Stage.AT_BOARD


# --- Autosave ----------------------------------------------------------------------------------------------


def test_prepare_section_answers_with_the_new_version_only(region: Region, motion: Motion) -> None:
    response = autosave(region.officer, section_url(motion), text("<p>Nytt.</p>", version=1))
    html = response.content.decode()

    assert response.status_code == 200
    assert 'name="summary-version" value="2"' in html
    assert "Sparat" in html
    assert "<textarea" not in html
    assert stored(motion) == ("<p>Nytt.</p>", 2)


def test_prepare_section_cleans_what_was_pasted(region: Region, motion: Motion) -> None:
    pasted = '<p class="MsoNormal" style="color:red">Hej 😀<script>alert(1)</script></p>'

    autosave(region.officer, section_url(motion), text(pasted, version=1))

    assert stored(motion) == ("<p>Hej 😀</p>", 2)


def test_prepare_section_can_be_emptied(region: Region, motion: Motion) -> None:
    response = autosave(region.officer, section_url(motion), text("", version=1))

    assert (response.status_code, stored(motion)) == (200, ("", 2))


def test_prepare_section_shows_both_texts_where_somebody_else_was_faster(
    region: Region, motion: Motion, lisa: User
) -> None:
    autosave(lisa, section_url(motion), text("<p>Motionären vill bygga vägar.</p>", version=1))

    response = autosave(
        region.officer, section_url(motion), text("<p>Motionären vill bygga broar.</p>", version=1)
    )
    html = response.content.decode()

    assert response.status_code == 409
    assert "Lisa Lund har sparat en nyare text" in html
    assert "<p>Motionären vill bygga <mark>broar.</mark></p>" in html
    assert "<p>Motionären vill bygga <mark>vägar.</mark></p>" in html
    assert 'name="summary-version" value="1"' in html
    assert stored(motion) == ("<p>Motionären vill bygga vägar.</p>", 2)


@pytest.mark.parametrize(
    ("choice", "kept", "shown"),
    [
        ("mine:2", ("<p>Mitt.</p>", 3), "Mitt."),
        ("theirs", ("<p>Deras.</p>", 2), "Deras."),
        ("both:2", ("<p>Deras.</p>", 2), "&lt;p&gt;Mitt.&lt;/p&gt;\n&lt;p&gt;Deras.&lt;/p&gt;"),
    ],
)
def test_prepare_section_keeps_what_is_chosen(
    region: Region, motion: Motion, *, lisa: User, choice: str, kept: tuple[str, int], shown: str
) -> None:
    autosave(lisa, section_url(motion), text("<p>Deras.</p>", version=1))
    mine = text("<p>Mitt.</p>", version=1, choice=choice)

    response = autosave(region.officer, section_url(motion), mine)
    html = response.content.decode()

    assert response.status_code == 200
    assert stored(motion) == kept
    assert shown in html
    assert f'name="summary-version" value="{kept[1]}"' in html
    assert ("data-unsaved" in html) is choice.startswith("both")


def test_prepare_section_does_not_keep_mine_over_a_text_that_was_never_compared(
    region: Region, motion: Motion, lisa: User
) -> None:
    for version, theirs in enumerate(("<p>Deras.</p>", "<p>Deras igen.</p>"), start=1):
        autosave(lisa, section_url(motion), text(theirs, version=version))

    response = autosave(region.officer, section_url(motion), text("<p>Mitt.</p>", version=1, choice="mine:2"))

    assert (response.status_code, stored(motion)) == (409, ("<p>Deras igen.</p>", 3))


def test_prepare_section_takes_the_same_words_for_no_conflict(
    region: Region, motion: Motion, lisa: User
) -> None:
    autosave(lisa, section_url(motion), text("<p>Lika.</p>", version=1))

    response = autosave(region.officer, section_url(motion), text("<p>Lika.</p>", version=1))

    assert (response.status_code, stored(motion)) == (200, ("<p>Lika.</p>", 2))


def test_prepare_section_refuses_identity_numbers_beside_the_text(region: Region, motion: Motion) -> None:
    response = autosave(region.officer, section_url(motion), text("<p>811218-9876 bor här</p>", version=1))
    html = response.content.decode()

    assert response.status_code == 422
    assert "personnummer" in html
    assert "dataskyddslagen 3 kap. 10 §" in html
    assert stored(motion) == (SUMMARY, 1)


def test_prepare_section_refuses_a_megabyte_beside_the_text(region: Region, motion: Motion) -> None:
    data = text("<p>" + "lång text " * 100_000 + "</p>", version=1)

    answer = autosave(region.officer, section_url(motion), data)
    page = signed_in(region.officer).post(page_url(motion), data)

    assert (answer.status_code, page.status_code) == (422, 422)
    assert "Texten är för lång" in answer.content.decode()
    assert page.content.decode().count("lång text ") >= 100_000
    assert 'href="#summary"' in page.content.decode()
    assert stored(motion) == (SUMMARY, 1)


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999"])
def test_prepare_section_refuses_a_version_that_is_none(region: Region, motion: Motion, version: str) -> None:
    data = text("<p>x</p>") | {"summary-version": version}

    response = autosave(region.officer, section_url(motion), data)

    assert (response.status_code, stored(motion)) == (422, (SUMMARY, 1))


def test_prepare_section_says_that_the_draft_was_handed_over(
    region: Region, motion: Motion, lisa: User
) -> None:
    for clause in motion.clauses.all():
        clause.proposed_outcome = Outcome.REJECTED
        clause.save()
    finish_preparation(motion, by=lisa, on=ON)

    answer = autosave(region.officer, section_url(motion), text("<p>För sent.</p>", version=1))
    page = signed_in(region.officer).post(page_url(motion), text("<p>För sent.</p>", version=1))

    assert (answer.status_code, page.status_code) == (409, 409)
    assert "är inte under beredning" in answer.content.decode()
    assert "&lt;p&gt;För sent.&lt;/p&gt;" in page.content.decode()
    assert stored(motion) == (SUMMARY, 1)


# --- Proposals ---------------------------------------------------------------------------------------------


def test_prepare_outcomes_are_saved_one_by_one(region: Region, motion: Motion) -> None:
    url = reverse("motions:prepare_outcomes", args=[motion.pk])

    response = autosave(region.officer, url, {"outcome_2": "rejected", "read_1": "", "read_2": ""})

    assert response.status_code == 200
    assert 'name="read_2" value="rejected"' in response.content.decode()
    assert list(motion.clauses.values_list("proposed_outcome", flat=True)) == ["", "rejected"]


def test_prepare_outcomes_never_overwrite_anothers_choice_unseen(
    region: Region, motion: Motion, lisa: User
) -> None:
    url = reverse("motions:prepare_outcomes", args=[motion.pk])
    autosave(lisa, url, {"outcome_1": "granted"})

    response = autosave(region.officer, url, {"outcome_1": "rejected"})
    html = response.content.decode()

    assert response.status_code == 409
    assert "har ändrat förslaget till att-sats 1 till ”Bifall”" in html
    assert 'name="read_1" value="granted"' in html
    assert list(motion.clauses.values_list("proposed_outcome", flat=True)) == ["granted", ""]
    assert autosave(region.officer, url, {"outcome_1": "rejected", "read_1": "granted"}).status_code == 200


def test_prepare_outcomes_refuses_what_an_officer_cannot_propose(region: Region, motion: Motion) -> None:
    url = reverse("motions:prepare_outcomes", args=[motion.pk])

    assert autosave(region.officer, url, {"outcome_1": "written_off"}).status_code == 422
    assert list(motion.clauses.values_list("proposed_outcome", flat=True)) == ["", ""]


# --- Conflict without JavaScript ---------------------------------------------------------------------------


def test_prepare_page_keeps_all_that_was_typed_in_a_conflict(
    region: Region, motion: Motion, lisa: User
) -> None:
    autosave(lisa, section_url(motion), text("<p>Deras.</p>", version=1))
    data = text("<p>Mitt.</p>", version=1) | text("<p>Yttrande.</p>", kind="statement")

    response = signed_in(region.officer).post(page_url(motion), data)
    html = response.content.decode()

    assert response.status_code == 409
    assert "&lt;p&gt;Mitt.&lt;/p&gt;" in html
    assert "<p><mark>Deras.</mark></p>" in html
    assert (stored(motion), stored(motion, "statement")) == (("<p>Deras.</p>", 2), ("<p>Yttrande.</p>", 1))

    chosen = text("<p>Mitt.</p>", version=1, choice="mine:2")
    assert signed_in(region.officer).post(page_url(motion), chosen).status_code == 302
    assert stored(motion) == ("<p>Mitt.</p>", 3)


def test_prepare_page_leaves_a_text_that_was_only_looked_at(
    region: Region, motion: Motion, lisa: User
) -> None:
    html = signed_in(region.officer).get(page_url(motion)).content.decode()
    read = html.split('name="summary-read" value="')[1].split('"')[0]
    autosave(lisa, section_url(motion), text("<p>Deras.</p>", version=1))

    response = signed_in(region.officer).post(page_url(motion), text(SUMMARY, version=1, read=read))

    assert (response.status_code, stored(motion)) == (302, ("<p>Deras.</p>", 2))
