from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motions.enums import Role, WrittenSection
from motions.models import Document, User
from protocols.actions.appendices import AppendixLine, set_appendices
from protocols.actions.proposals import add_proposal
from protocols.actions.reservations import announce_reservation
from protocols.actions.texts import set_recipients
from protocols.enums import Following, ProposalKind, SectionKind
from protocols.models import Meeting, Paragraph
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
    verify,
)
from tests.protocols.attaching import attach
from tests.protocols.extracts.summons_samples import foreign, locked

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

PROCEDURE = (
    "<p>Ordföranden ställer det liggande förslaget mot Asta Björks förslag och finner att"
    " regionstyrelsen bifaller det liggande förslaget.</p>"
)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    return make_meeting(region, region.board)


@pytest.fixture
def paragraph(region: Region, meeting: Meeting) -> Paragraph:
    """Decided against Asta's proposal, with her reservation."""
    paragraph = open_with(region, meeting, make_prepared_motion(region))
    asta = [region.people["Asta"]]
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=asta)
    paragraph = decide(region, paragraph)
    announce_reservation(paragraph, by=region.secretary, persons=asta)
    return paragraph


@pytest.fixture
def lisa(region: Region) -> User:
    return make_user("Lisa Lund", Role.SECRETARY)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(paragraph: Paragraph, name: str = "texts", *more: str) -> str:
    return reverse(f"protocols:{name}", args=[paragraph.pk, *more])


def post(user: User, address: str, data: dict[str, str]) -> Response:
    """As autosave and htmx do."""
    return signed_in(user).post(address, data, headers={"HX-Request": "true"})


def shown(response: Response) -> str:
    return unescape(response.content.decode())


def value(response: Response, name: str) -> str:
    """What a field of the page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found is not None, name
    return unescape(found[1])


def rows(name: str, read: str, *lines: dict[str, str], **more: str) -> dict[str, str]:
    """A formset of rows as the browser sends it."""
    data = {f"{name}-TOTAL_FORMS": str(len(lines)), f"{name}-INITIAL_FORMS": "0", f"{name}-seen-read": read}
    for index, line in enumerate(lines):
        data |= {f"{name}-{index}-{field}": text for field, text in line.items()}
    return data | more


# --- Who ---------------------------------------------------------------------------------------------------


def test_texts_shows_every_section_in_the_organisations_order(region: Region, paragraph: Paragraph) -> None:
    response = signed_in(region.secretary).get(url(paragraph))

    assert response.status_code == 200
    headings = re.findall(r"<h2[^>]*>(?:<label[^>]*>)?([^<]+)", shown(response).split('<div class="desk"')[0])
    assert [heading.strip() for heading in headings[:-1]] == [
        "Rubrik och diarienummer",
        "Regionstyrelsens beslut",
        "Reservation",
        "Yttrande till beslutsförslaget",
        "Sammanfattning",
        "Ärendets behandling under sammanträdet",
        "Beslutsgång",
        "Ärendet",
        "Beslutsförslagets påverkan avseende jämställdhet",
        "Bilagor:",
    ]
    assert headings[-1].strip() == "Protokollsutdrag skickas till:"


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("texts", ()),
        ("texts_title", ()),
        ("texts_section", ("summary",)),
        ("texts_rows", ("recipients",)),
        ("texts_wording", ("procedure",)),
    ],
)
def test_texts_are_the_secretarys_alone(
    region: Region, paragraph: Paragraph, name: str, more: tuple[str, ...]
) -> None:
    address = url(paragraph, name, *more)

    for user in (region.registrar, region.officer, region.politician, region.verifier, region.administrator):
        assert signed_in(user).post(address).status_code == 403
    response = Client().post(address)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("login"))
    assert signed_in(region.secretary).put(address).status_code == 405


def test_texts_asks_the_database_as_often_for_many_rows(region: Region, paragraph: Paragraph) -> None:
    def queries() -> int:
        client = signed_in(region.secretary)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(paragraph)).status_code == 200
        return len(captured)

    before = queries()
    set_recipients(paragraph, by=region.secretary, recipients=[("Ett", ""), ("Två", ""), ("Tre", "")])
    for name in ("Elsa", "Farid"):
        announce_reservation(paragraph, by=region.secretary, persons=[region.people[name]])

    assert queries() == before


def test_texts_finds_only_what_is_there(region: Region, paragraph: Paragraph) -> None:
    client = signed_in(region.secretary)
    addresses = [
        reverse("protocols:texts", args=[paragraph.pk + 1]),
        url(paragraph, "texts_section", "decision"),
        url(paragraph, "texts_section", "x"),
        url(paragraph, "texts_rows", "x"),
        url(paragraph, "texts_wording", "summary"),
        url(paragraph, "texts_wording", "recipients"),
        url(paragraph, "texts_wording", "x"),
        url(paragraph, "texts_wording", "notes"),  # no note was made
    ]

    assert [client.post(address, {}).status_code for address in addresses] == [404] * len(addresses)


def test_texts_of_a_verified_paragraph_are_frozen(
    region: Region, meeting: Meeting, paragraph: Paragraph
) -> None:
    close(region, meeting)
    verify(region, meeting)
    client = signed_in(region.secretary)

    page = client.get(url(paragraph))
    save = client.post(
        url(paragraph, "texts_section", "summary"), {"summary-html": "x", "summary-version": "0"}
    )

    assert (page.status_code, save.status_code) == (409, 409)
    assert "KL 5 kap. 69 §" in shown(page)
    assert "är justerad och kan inte ändras" in shown(page)


# --- Heading and rows --------------------------------------------------------------------------------------


def test_texts_title_is_saved_and_refused_when_blank(region: Region, paragraph: Paragraph) -> None:
    read = value(signed_in(region.secretary).get(url(paragraph)), "heading-read")
    data = {"heading-title": " Cykelvägar ", "heading-registry_number": "9-2026", "heading-read": read}

    saved = post(region.secretary, url(paragraph, "texts_title"), data)
    blank = post(region.secretary, url(paragraph, "texts_title"), data | {"heading-title": "  "})

    paragraph.refresh_from_db()
    assert (saved.status_code, blank.status_code) == (200, 422)
    assert (paragraph.title, paragraph.registry_number) == ("Cykelvägar", "9-2026")


def test_texts_title_never_overwrites_anothers_unseen(
    region: Region, paragraph: Paragraph, lisa: User
) -> None:
    read = value(signed_in(region.secretary).get(url(paragraph)), "heading-read")
    data = {"heading-title": "Lisas rubrik", "heading-registry_number": "", "heading-read": read}
    post(lisa, url(paragraph, "texts_title"), data)

    mine = data | {"heading-title": "Min rubrik"}
    response = post(region.secretary, url(paragraph, "texts_title"), mine)
    paragraph.refresh_from_db()

    assert (response.status_code, paragraph.title) == (409, "Lisas rubrik")
    assert "har ändrat rubriken till ”Lisas rubrik”" in shown(response)
    again = mine | {"heading-read": value(response, "heading-read")}
    assert post(region.secretary, url(paragraph, "texts_title"), again).status_code == 200


def test_texts_rows_are_saved_in_their_order_without_blank_and_removed_ones(
    region: Region, paragraph: Paragraph
) -> None:
    lines = (
        {"name": "Regiondirektören", "remark": "för verkställighet", "ORDER": "2"},
        {"name": "", "remark": "", "ORDER": "3"},
        {"name": "Trafiknämnden", "remark": "", "ORDER": "1"},
        {"name": "Ingen", "remark": "", "ORDER": "4", "DELETE": "on"},
    )

    response = post(
        region.secretary, url(paragraph, "texts_rows", "recipients"), rows("recipients", "[]", *lines)
    )

    assert response.status_code == 200
    assert list(paragraph.recipients.values_list("name", "remark")) == [
        ("Trafiknämnden", ""),
        ("Regiondirektören", "för verkställighet"),
    ]
    assert value(response, "recipients-seen-read") == (
        '[["Trafiknämnden", ""], ["Regiondirektören", "för verkställighet"]]'
    )


@pytest.fixture
def document(region: Region, paragraph: Paragraph) -> Document:
    assert paragraph.motion
    return attach(region, paragraph.motion, "ett")


def test_texts_rows_say_which_document_follows_and_how(
    region: Region, paragraph: Paragraph, document: Document
) -> None:
    data = rows(
        "appendices",
        value(signed_in(region.secretary).get(url(paragraph)), "appendices-seen-read"),
        {"title": "", "document": str(document.pk), "following": "pages", "ORDER": "1"},
        {"title": paragraph.title, "document": "", "following": "named", "ORDER": "2"},
    )

    answer = post(region.secretary, url(paragraph, "texts_rows", "appendices"), data)

    assert answer.status_code == 200
    assert list(paragraph.appendices.values_list("title", "document", "following")) == [
        ("Handling ett", document.pk, "pages"),
        (paragraph.title, None, "named"),
    ]
    page = signed_in(region.secretary).get(url(paragraph)).content.decode()
    assert f'<option value="{document.pk}" selected>Handling ett</option>' in page
    assert '<option value="pages" selected>Följer som sidor</option>' in page


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"title": "Karta", "following": "file"}, "Välj vilken handling som ska följa med."),
        ({"title": "Karta", "document": "999999"}, "Välj ett giltigt alternativ."),
        ({"title": "Karta", "following": "brevduva"}, "brevduva finns inte bland tillgängliga alternativ"),
        ({"title": "x" * 301}, "som mest 300 tecken"),
    ],
)
def test_texts_rows_say_what_is_wrong_with_an_appendix(
    region: Region, paragraph: Paragraph, line: dict[str, str], message: str
) -> None:
    data = rows("appendices", "[]", line)
    answer = post(region.secretary, url(paragraph, "texts_rows", "appendices"), data)
    page = signed_in(region.secretary).post(url(paragraph), data | _heading(region, paragraph))
    assert (answer.status_code, page.status_code) == (422, 422)
    assert message in shown(answer)
    assert message in shown(page)
    assert line["title"] in shown(page)
    assert [row.title for row in paragraph.appendices.all()] == [paragraph.title]


def test_texts_rows_refuse_a_locked_document_by_its_name(region: Region, paragraph: Paragraph) -> None:
    assert paragraph.motion
    document = attach(region, paragraph.motion, "låst", content=locked(foreign("x")))
    read = value(signed_in(region.secretary).get(url(paragraph)), "appendices-seen-read")
    data = rows("appendices", read, {"title": "R", "document": str(document.pk), "following": "file"})

    answer = post(region.secretary, url(paragraph, "texts_rows", "appendices"), data)

    assert answer.status_code == 422
    assert "”R” är låst med lösenord" in shown(answer)


def test_a_secret_document_is_not_offered(region: Region, paragraph: Paragraph) -> None:
    assert paragraph.motion
    attach(region, paragraph.motion, "hemlig", is_secret=True)
    assert "Handling hemlig" not in signed_in(region.secretary).get(url(paragraph)).content.decode()


def test_the_paragraphs_page_tells_what_follows(
    region: Region, paragraph: Paragraph, document: Document
) -> None:
    line = AppendixLine("Motionen", document, Following.FILE)
    set_appendices(paragraph, by=region.secretary, lines=[line])
    page = signed_in(region.secretary).get(reverse("protocols:paragraph", args=[paragraph.pk]))
    assert 'Bilaga 1. Motionen <span class="quiet">(som fil)</span>' in shown(page)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"remark": "för kännedom"}, "Skriv vem protokollsutdraget ska skickas till."),
        ({"name": "x" * 201}, "som mest 200 tecken"),
        ({"name": "Anna 811218-9876"}, "dataskyddslagen 3 kap. 10 §"),
    ],
)
def test_texts_rows_say_what_is_wrong(
    region: Region, paragraph: Paragraph, line: dict[str, str], message: str
) -> None:
    data = rows("recipients", "[]", line)

    answer = post(region.secretary, url(paragraph, "texts_rows", "recipients"), data)
    page = signed_in(region.secretary).post(url(paragraph), data | _heading(region, paragraph))

    assert (answer.status_code, page.status_code) == (422, 422)
    assert message in shown(answer)
    assert message in shown(page)
    assert all(text in shown(page) for text in line.values())
    assert not paragraph.recipients.exists()


def test_texts_rows_never_overwrite_anothers_unseen(region: Region, paragraph: Paragraph, lisa: User) -> None:
    address = url(paragraph, "texts_rows", "recipients")
    post(lisa, address, rows("recipients", "[]", {"name": "Trafiknämnden"}))

    response = post(region.secretary, address, rows("recipients", "[]", {"name": "Regiondirektören"}))

    assert response.status_code == 409
    assert "har ändrat raderna till: Trafiknämnden" in shown(response)
    again = rows("recipients", value(response, "recipients-seen-read"), {"name": "Regiondirektören"})
    assert post(region.secretary, address, again).status_code == 200
    assert [row.name for row in paragraph.recipients.all()] == ["Regiondirektören"]


# --- Written sections --------------------------------------------------------------------------------------


def test_texts_section_is_saved_and_shown_on_the_sheet(region: Region, paragraph: Paragraph) -> None:
    data = {"summary-html": "<p>Kort sagt <em>nej</em>.</p>", "summary-version": "0", "summary-read": ""}

    answer = post(region.secretary, url(paragraph, "texts_section", "summary"), data)
    sheet = signed_in(region.secretary).get(url(paragraph, "texts_sheet"))

    assert answer.status_code == 200
    assert 'name="summary-version" value="1"' in answer.content.decode()
    assert "<p>Kort sagt <em>nej</em>.</p>" in shown(sheet)
    assert "UTKAST" in shown(sheet)


def test_texts_section_shows_both_texts_where_somebody_else_was_faster(
    region: Region, paragraph: Paragraph, lisa: User
) -> None:
    address = url(paragraph, "texts_section", "summary")
    post(lisa, address, {"summary-html": "<p>Lisas text.</p>", "summary-version": "0"})

    response = post(region.secretary, address, {"summary-html": "<p>Min text.</p>", "summary-version": "0"})

    assert response.status_code == 409
    assert "<p><mark>Min</mark> text.</p>" in shown(response)
    assert "<p><mark>Lisas</mark> text.</p>" in shown(response)
    assert paragraph.sections.get(kind=WrittenSection.SUMMARY).html == "<p>Lisas text.</p>"


# --- Rewording ---------------------------------------------------------------------------------------------


def _open(user: User, paragraph: Paragraph, kind: str = "procedure") -> Response:
    return signed_in(user).get(
        url(paragraph, "texts_wording", kind) + "?oppna", headers={"HX-Request": "true"}
    )


def _reword(user: User, paragraph: Paragraph, html: str, opened: Response) -> Response:
    data = {
        "procedure-html": html,
        "procedure-version": value(opened, "procedure-version"),
        "procedure-read": value(opened, "procedure-read"),
    }
    return post(user, url(paragraph, "texts_wording", "procedure"), data)


def test_texts_wording_opens_with_the_made_text(region: Region, paragraph: Paragraph) -> None:
    opened = _open(region.secretary, paragraph)

    assert opened.status_code == 200
    assert f"\n{PROCEDURE}</textarea>" in shown(opened)
    assert "<html" not in shown(opened)


def test_texts_wording_looked_at_rewords_nothing(region: Region, paragraph: Paragraph) -> None:
    for kind in ("procedure", "decision"):
        opened = _open(region.secretary, paragraph, kind)
        made = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", opened.content.decode(), re.DOTALL)
        assert made is not None
        data = {f"{kind}-{name}": value(opened, f"{kind}-{name}") for name in ("version", "read")}
        data[f"{kind}-html"] = unescape(made[1])
        assert post(region.secretary, url(paragraph, "texts_wording", kind), data).status_code == 200

    assert not paragraph.rewordings.exists()


def test_texts_wording_is_saved_shown_and_restored(region: Region, paragraph: Paragraph) -> None:
    own = PROCEDURE.replace("finner att", "finner efter acklamation att")

    answer = _reword(region.secretary, paragraph, own, _open(region.secretary, paragraph))
    page = shown(signed_in(region.secretary).get(url(paragraph)))

    assert answer.status_code == 200
    assert [(row.kind, row.html, row.made_html) for row in paragraph.rewordings.all()] == [
        ("procedure", own, PROCEDURE)
    ]
    assert "Omformulerad" in page
    assert "finner <mark>efter acklamation</mark> att" in page
    assert PROCEDURE in page
    assert "Omformulerad av sekreteraren" in page

    restored = post(
        region.secretary, url(paragraph, "texts_wording", "procedure"), {"act": "restore:procedure"}
    )
    assert restored.status_code == 200
    assert "klubbslag:saved" in restored["HX-Trigger-After-Swap"]
    assert not paragraph.rewordings.exists()


def test_texts_wording_warns_when_the_facts_changed_since(region: Region, meeting: Meeting) -> None:
    paragraph = open_with(region, meeting, make_prepared_motion(region))
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=[region.people["Asta"]])
    opened = _open(region.secretary, paragraph, "deliberation")
    data = {
        "deliberation-html": "<p>Asta Björk talar för motionen.</p>",
        "deliberation-version": value(opened, "deliberation-version"),
    }
    post(region.secretary, url(paragraph, "texts_wording", "deliberation"), data)
    assert "Uppgifterna har ändrats" not in shown(signed_in(region.secretary).get(url(paragraph)))

    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.REJECT, movers=[region.people["Cilla"]])
    page = shown(signed_in(region.secretary).get(url(paragraph)))
    assert "Uppgifterna har ändrats sedan avsnittet formulerades om." in page
    assert re.search(r"<mark>Cilla Dahl\s\(M\) föreslår", page)

    kept = post(
        region.secretary, url(paragraph, "texts_wording", "deliberation"), {"act": "keep:deliberation"}
    )
    assert kept.status_code == 200
    assert "Uppgifterna har ändrats" not in shown(kept)
    assert paragraph.rewordings.get().html == "<p>Asta Björk talar för motionen.</p>"


def test_texts_wording_never_overwrites_anothers_unseen(
    region: Region, paragraph: Paragraph, lisa: User
) -> None:
    opened = _open(region.secretary, paragraph)
    _reword(lisa, paragraph, "<p>Lisas lydelse.</p>", opened)

    response = _reword(region.secretary, paragraph, "<p>Min lydelse.</p>", opened)

    assert response.status_code == 409
    assert "Lisa Lund har sparat en nyare text" in shown(response)
    assert paragraph.rewordings.get().html == "<p>Lisas lydelse.</p>"


def test_texts_wording_tells_when_the_facts_changed_while_it_was_written(
    region: Region, meeting: Meeting
) -> None:
    paragraph = open_with(region, meeting, make_prepared_motion(region))
    asta = [region.people["Asta"]]
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.GRANT, movers=asta)
    opened = _open(region.secretary, paragraph, "deliberation")
    add_proposal(paragraph, by=region.secretary, kind=ProposalKind.REJECT, movers=[region.people["Cilla"]])

    data = {
        "deliberation-html": "<p>Min lydelse.</p>",
        "deliberation-version": value(opened, "deliberation-version"),
    }
    response = post(region.secretary, url(paragraph, "texts_wording", "deliberation"), data)

    assert response.status_code == 409
    assert "Uppgifterna om ärendet har ändrats medan du skrev" in shown(response)
    assert not paragraph.rewordings.exists()


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<p> </p>", "Texten är tom"),
        ("<p>811218-9876</p>", "dataskyddslagen 3 kap. 10 §"),
        ("<p>" + "x" * 50_000 + "</p>", "Texten är för lång"),
    ],
)
def test_texts_wording_says_what_is_wrong(
    region: Region, paragraph: Paragraph, html: str, message: str
) -> None:
    response = _reword(region.secretary, paragraph, html, _open(region.secretary, paragraph))

    assert response.status_code == 422
    assert message in shown(response)
    assert not paragraph.rewordings.exists()


# --- Without JavaScript ------------------------------------------------------------------------------------


def _heading(region: Region, paragraph: Paragraph) -> dict[str, str]:
    page = signed_in(region.secretary).get(url(paragraph))
    return {
        "heading-title": paragraph.title,
        "heading-registry_number": paragraph.registry_number,
        "heading-read": value(page, "heading-read"),
    }


def _fields(response: Response) -> dict[str, str]:
    """Every field of the page's form, as a browser without scripts sends it back."""
    form = response.content.decode().split('<form id="texts"')[1].split("</form>")[0]
    form = re.sub(r"<template.*?</template>", "", form, flags=re.DOTALL)
    boxes = re.findall(r'<textarea name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    inputs = [
        (name[1], content[1] if (content := re.search(r'value="([^"]*)"', tag)) else "")
        for tag in re.findall(r"<input[^>]*>", form)
        if (name := re.search(r'name="([^"]+)"', tag)) and 'type="checkbox"' not in tag
    ]
    return {name: unescape(text) for name, text in [*boxes, *inputs]}


def test_texts_page_saves_everything_in_one_post(region: Region, paragraph: Paragraph) -> None:
    client = signed_in(region.secretary)
    fields = _fields(client.get(url(paragraph)))
    unchanged = client.post(url(paragraph), fields)
    assert (unchanged.status_code, paragraph.sections.count()) == (302, 0)

    response = client.post(
        url(paragraph),
        fields
        | {
            "heading-title": "Cykelvägar",
            "matter-html": "<p>Om cyklar.</p>",
            "recipients-0-name": "Trafiknämnden",
        },
    )

    paragraph.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, url(paragraph))
    assert paragraph.title == "Cykelvägar"
    assert [(row.kind, row.html) for row in paragraph.sections.all()] == [("matter", "<p>Om cyklar.</p>")]
    assert [row.name for row in paragraph.recipients.all()] == ["Trafiknämnden"]


def test_texts_page_rewords_without_javascript(region: Region, paragraph: Paragraph) -> None:
    client = signed_in(region.secretary)
    fields = _fields(client.get(url(paragraph)))

    opening = client.post(
        url(paragraph), fields | {"act": "open:procedure", "summary-html": "<p>Sparas med.</p>"}
    )
    assert opening["Location"] == f"{url(paragraph)}?omformulera=procedure#procedure"
    assert paragraph.sections.get().html == "<p>Sparas med.</p>"
    fields = _fields(client.get(opening["Location"]))
    assert fields["procedure-html"] == PROCEDURE
    client.post(url(paragraph), fields | {"procedure-html": "<p>Egna ord.</p>"})
    assert paragraph.rewordings.get().html == "<p>Egna ord.</p>"

    client.post(url(paragraph), _fields(client.get(url(paragraph))) | {"act": "restore:procedure"})
    assert not paragraph.rewordings.exists()


def test_texts_page_keeps_all_that_was_typed_when_one_part_is_wrong(
    region: Region, paragraph: Paragraph
) -> None:
    client = signed_in(region.secretary)
    fields = _fields(client.get(url(paragraph))) | {
        "summary-html": "<p>Går bra 😀.</p>",
        "matter-html": "<p>811218-9876</p>",
        "heading-title": "",
    }

    response = client.post(url(paragraph), fields)

    assert response.status_code == 422
    assert "<p>811218-9876</p></textarea>" in shown(response)
    assert 'href="#matter">Ärendet' in shown(response)
    assert 'href="#heading">' in shown(response)
    assert [row.html for row in paragraph.sections.all()] == ["<p>Går bra 😀.</p>"]


def test_texts_wording_of_an_appendix_line_is_not_offered(region: Region, paragraph: Paragraph) -> None:
    page = shown(signed_in(region.secretary).get(url(paragraph)))
    offered = re.findall(r'value="open:(\w+)"', page)

    assert offered == [
        SectionKind.DECISION,
        SectionKind.RESERVATION,
        SectionKind.DELIBERATION,
        SectionKind.PROCEDURE,
    ]


# --- The draft's sheet -------------------------------------------------------------------------------------


def test_draft_sheet_reads_as_the_boards_paragraph_would(region: Region) -> None:
    motion = make_prepared_motion(region)
    address = reverse("protocols:draft_sheet", args=[motion.pk])

    sheet = signed_in(region.officer).get(address)

    assert sheet.status_code == 200
    assert "Regionstyrelsen föreslår regionfullmäktige besluta att motionen avslås." in shown(sheet)
    assert signed_in(region.politician).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert signed_in(region.officer).post(address).status_code == 405
    assert (
        signed_in(region.officer).get(reverse("protocols:draft_sheet", args=[motion.pk + 1])).status_code
        == 404
    )
