from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from motions.actions.documents import MAX_DOCUMENT_BYTES
from motions.enums import Role, Stage
from motions.models import Motion, NumberSeries, User
from tests.factories import Region, make_motion, make_person, make_region, make_user
from tests.html_forms import read_forms
from tests.motions.views.pages import PDF, html, main, signed_in, the_motion, typed, words

REGISTER, SIMILAR = "/motioner/ny/", "/motioner/ny/liknande/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def signed_pdf(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("motion.pdf", content, content_type="application/pdf")


def sent_back(page: str) -> dict[str, list[str]]:
    """What the form shown again would send."""
    return next(form.data() for form in read_forms(page) if form.method == "post" and form.action == "")


# --- Who ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", [REGISTER, SIMILAR])
@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.SECRETARY, Role.REPRESENTATIVE])
def test_other_roles_may_not(region: Region, role: Role, url: str) -> None:
    client = signed_in(make_user("Någon Annan", role))
    assert client.get(url).status_code == 403
    assert client.post(REGISTER, typed(region)).status_code == 403
    assert not Motion.objects.exists()


@pytest.mark.parametrize("url", [REGISTER, SIMILAR])
def test_public_is_sent_to_the_login(region: Region, url: str) -> None:
    response = signed_in(None).get(url)
    assert (response.status_code, response["Location"]) == (302, f"/konto/logga-in/?next={url}")


def test_wrong_methods(region: Region) -> None:
    client = signed_in(region.registrar)
    assert client.put(REGISTER).status_code == 405
    assert client.post(SIMILAR).status_code == 405


# --- The form ----------------------------------------------------------------------------------------------


def test_form_proposes_numbers_day_and_members(region: Region) -> None:
    year = timezone.localdate().year
    response = signed_in(region.registrar).get(REGISTER)
    assert f"Får nummer 1-{year} och dnr 1-{year} när du sparar." in words(response)
    assert f'value="{timezone.localdate().isoformat()}"' in html(response)
    assert ">Didrik Åkesson (S)</option>" in html(response)
    assert "Hugo Alm" not in html(response)
    assert not NumberSeries.objects.exists()


def test_registering_gives_numbers_and_opens_the_motion(region: Region, uploaded_files: Path) -> None:
    year = timezone.localdate().year
    client = signed_in(region.registrar)
    movers = [str(region.people[name].pk) for name in ("Bo", "Asta")]
    data = typed(region, movers=movers, clauses=("att ett", "", "att två"), signed_motion=signed_pdf())
    response = client.post(REGISTER, data)
    motion = the_motion()
    assert (response.status_code, response["Location"]) == (302, f"/motioner/{motion.pk}/")
    assert (motion.stage, motion.number, motion.registry_number) == (
        Stage.REGISTERED,
        f"1-{year}",
        f"1-{year}",
    )
    assert [str(row) for row in motion.mover_rows.all()] == ["Bo Cederlund (S)", "Asta Björk (V)"]
    assert [clause.text for clause in motion.clauses.all()] == ["att ett", "att två"]
    assert Path(motion.documents.get().file.path).read_bytes() == PDF
    page = words(client.get(response["Location"]))
    assert f"Motion 1-{year} är registrerad med dnr 1-{year}." in page
    assert "Årsklockan går ut 2 februari 2027." in page
    assert "Remittera till styrelsen" in page


def test_htmx_is_sent_to_the_new_motion(region: Region) -> None:
    response = signed_in(region.registrar).post(REGISTER, typed(region), headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == f"/motioner/{the_motion().pk}/"


def test_saving_as_handed_in_takes_no_numbers(region: Region) -> None:
    client = signed_in(region.registrar)
    response = client.post(REGISTER, typed(region, act="receive"))
    motion = the_motion()
    assert (motion.stage, motion.number, motion.registry_number) == (Stage.HANDED_IN, None, None)
    assert "Motionen är inlämnad och väntar på registrering." in words(client.get(response["Location"]))


def test_an_existing_registry_number_is_kept(region: Region) -> None:
    signed_in(region.registrar).post(REGISTER, typed(region, registry_number="77-2019"))
    assert the_motion().registry_number == "77-2019"


# --- Without JavaScript ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ({"add": "clauses"}, ["ett", "två", ""]),
        ({"move": "clauses-1:up"}, ["två", "ett"]),
        ({"remove": "clauses-0"}, ["två"]),
        ({"refresh": "movers"}, ["ett", "två"]),
    ],
)
def test_row_buttons_change_the_form_and_save_nothing(
    region: Region, button: dict[str, str], expected: list[str]
) -> None:
    movers = [str(region.people[name].pk) for name in ("Greta", "Asta")]
    data = typed(region, clauses=("ett", "två"), movers=movers, title="", handed_in_on="1800-01-01") | button
    response = signed_in(region.registrar).post(REGISTER, data)
    assert response.status_code == 200
    assert not Motion.objects.exists()
    sent = sent_back(html(response))
    assert [sent[f"clauses-{index}-text"][0].strip() for index in range(len(expected))] == expected
    assert sent["clauses-TOTAL_FORMS"] == [str(len(expected))]
    assert sent["handed_in_on"] == ["1800-01-01"]
    assert "error-summary" not in html(response)
    assert html(response).index(">Greta Zetter") < html(response).index(">Asta Björk")


def test_list_of_members_follows_the_day(region: Region) -> None:
    client = signed_in(region.registrar)
    data = typed(region, handed_in_on="2025-12-31", movers=[], refresh="movers")
    assert "Asta Björk" not in main(client.post(REGISTER, data))
    assert "Asta Björk" in main(client.post(REGISTER, data | {"handed_in_on": "2026-01-01"}))


# --- Wrong input -------------------------------------------------------------------------------------------


BIG = "å" * (1024 * 1024)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"movers": []}, "Ange minst en motionär"),
        ({"movers": ["999999999"]}, "Välj personer ur listan."),
        ({"movers": ["9" * 40]}, "Välj personer ur listan."),
        ({"movers": ["<script>"]}, "Välj personer ur listan."),
        ({"handed_in_on": ""}, "Ange en dag."),
        ({"handed_in_on": "1800-01-01"}, "Dagen är före 1 januari 1990."),
        ({"handed_in_on": "2100-01-01"}, "Dagen ligger i framtiden."),
        ({"handed_in_on": "x"}, "Skriv en dag som finns"),
        ({"title": ""}, "Detta fält måste fyllas i."),
        ({"title": "   "}, "Detta fält måste fyllas i."),
        ({"title": "x" * 251}, "Högst 250 tecken; du har skrivit 251."),
        ({"title": BIG}, "Högst 250 tecken"),
        ({"title": "a\0b"}, "Null-tecken är inte tillåtna."),
        ({"title": "Bussar för 811218-9876"}, "dataskyddslagen 3 kap. 10 §"),
        ({"text": BIG}, "Texten är för lång"),
        ({"text": "<p>Ring 811218-9876</p>"}, "dataskyddslagen 3 kap. 10 §"),
        ({"clauses": ("",)}, "Skriv minst en att-sats"),
        ({"clauses": ()}, "Skriv minst en att-sats"),
        ({"clauses": ("rätt", BIG)}, "Högst 2000 tecken"),
        ({"clauses": ("rätt", "till 811218-9876")}, "dataskyddslagen 3 kap. 10 §"),
        ({"registry_number": "x" * 41}, "Högst 40 tecken"),
        ({"registry_number": "1\0"}, "Null-tecken är inte tillåtna."),
        ({"signed_motion": SimpleUploadedFile("a.pdf", b"MZ")}, "Filen är ingen hel PDF"),
        ({"signed_motion": SimpleUploadedFile("a.pdf", b"")}, "Filen är ingen hel PDF"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, str | dict) else "",
)
def test_wrong_input_is_told_beside_the_field_and_kept(
    region: Region, changes: dict[str, Any], message: str
) -> None:
    data = typed(region, **changes)
    response = signed_in(region.registrar).post(REGISTER, data)
    page = html(response)
    assert response.status_code == 422
    assert message in words(response)
    assert not Motion.objects.exists()
    sent = sent_back(page)
    for name in ("title", "handed_in_on", "registry_number", "text", "clauses-1-text"):
        if data.get(name) and "\0" not in data[name]:
            assert sent[name][0].strip() == data[name].strip()


def test_everything_wrong_is_told_at_once(region: Region) -> None:
    response = signed_in(region.registrar).post(REGISTER, {"act": "register"})
    assert response.status_code == 422
    summary = html(response).partition('class="error-summary"')[2].partition("</div>")[0]
    for field in ("handed_in_on", "movers", "title"):
        assert f'href="#id_{field}"' in summary
    assert "Skriv minst en att-sats" in summary


def test_emoji_and_script_are_text_like_any_other(region: Region) -> None:
    client = signed_in(region.registrar)
    title = "Bussar 🚌 <script>alert(1)</script>"
    text = "<p>Hej 😀<script>alert(2)</script></p>"
    response = client.post(REGISTER, typed(region, title=title, text=text, clauses=("att <b>🚌</b>",)))
    motion = the_motion()
    assert (motion.title, motion.text) == (title, "<p>Hej 😀</p>")
    page = html(client.get(response["Location"]))
    assert "<script>alert" not in page
    assert "att &lt;b&gt;🚌&lt;/b&gt;" in page


def test_a_mover_without_the_right_is_named(region: Region) -> None:
    outsider = make_person("Ture", "Utanför")
    movers = [str(outsider.pk), str(region.people["Hugo"].pk)]
    response = signed_in(region.registrar).post(REGISTER, typed(region, movers=movers))
    assert response.status_code == 422
    told = words(response)
    assert "Ture Utanför, Hugo Alm var inte ledamot i fullmäktige den 2026-02-02" in told
    assert "KL 5 kap. 22 §" in told
    assert [f'<option value="{pk}" selected>' in html(response) for pk in movers] == [True, True]


def test_a_taken_registry_number_is_told(region: Region) -> None:
    other = make_motion(region, title="Solceller på taken")
    response = signed_in(region.registrar).post(
        REGISTER, typed(region, registry_number=other.registry_number)
    )
    assert response.status_code == 422
    assert f"Diarienumret {other.registry_number} är redan taget." in words(response)
    assert Motion.objects.count() == 1


def test_a_file_too_large_is_told_and_to_be_chosen_again(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motions.actions.documents.MAX_DOCUMENT_BYTES", 10)
    data = typed(region, signed_motion=signed_pdf())
    assert MAX_DOCUMENT_BYTES > 10
    response = signed_in(region.registrar).post(REGISTER, data)
    assert response.status_code == 422
    assert "Filen är större än" in words(response)
    assert "Välj filen igen" in words(response)
    assert not Motion.objects.exists()


def test_form_comes_back_alone_to_htmx(region: Region) -> None:
    response = signed_in(region.registrar).post(
        REGISTER, typed(region, title=""), headers={"HX-Request": "true"}
    )
    assert response.status_code == 422
    assert html(response).strip().startswith('<div id="register">')


# --- Duplicates --------------------------------------------------------------------------------------------


def test_a_probable_duplicate_is_pointed_out_while_typing(region: Region) -> None:
    motion = make_motion(region)
    client = signed_in(region.registrar)
    query = {"title": "Flera cykelvägar i länet", "movers": "", "handed_in_on": "2026-02-03"}
    response = client.get(SIMILAR, query)
    assert response.status_code == 200
    assert f'href="/motioner/{motion.pk}/"' in html(response)
    assert "Asta Björk (V), inlämnad 2 februari 2026" in words(response)
    for title in ("Något helt annat", "", "😀" * 300, "x" * 4_000, "<script>"):
        assert "Finns den redan?" not in words(client.get(SIMILAR, query | {"title": title}))
    assert client.get(SIMILAR, {"movers": "9" * 40, "handed_in_on": "x"}).status_code == 200


def test_a_probable_duplicate_is_saved_when_it_is_said_to_be_another(region: Region) -> None:
    make_motion(region)
    client = signed_in(region.registrar)
    response = client.post(REGISTER, typed(region, signed_motion=signed_pdf()))
    assert response.status_code == 422
    assert "Kryssa i rutan om det är en annan motion" in words(response)
    assert Motion.objects.count() == 1
    assert client.post(REGISTER, typed(region, is_another="on")).status_code == 302
    assert Motion.objects.count() == 2


# --- Correcting --------------------------------------------------------------------------------------------


@pytest.fixture
def motion(region: Region) -> Motion:
    return make_motion(region, clauses=("att ett", "att två"))


def correct_url(motion: Motion) -> str:
    return f"/motioner/{motion.pk}/ratta/"


def test_correction_shows_what_was_registered(region: Region, motion: Motion) -> None:
    sent = sent_back(html(signed_in(region.registrar).get(correct_url(motion))))
    assert sent["title"] == [motion.title]
    assert sent["movers"] == [str(region.people["Asta"].pk)]
    assert [sent[f"clauses-{index}-text"][0].strip() for index in range(2)] == ["att ett", "att två"]


def test_correction_is_saved(region: Region, motion: Motion) -> None:
    client = signed_in(region.registrar)
    data = typed(region, title="Rättad rubrik", clauses=("att två", "att ett"))
    response = client.post(correct_url(motion), data)
    assert (response.status_code, response["Location"]) == (302, f"/motioner/{motion.pk}/")
    motion.refresh_from_db()
    assert motion.title == "Rättad rubrik"
    assert [clause.text for clause in motion.clauses.all()] == ["att två", "att ett"]
    assert "Uppgifterna är rättade." in words(client.get(response["Location"]))


def test_two_corrections_at_once_never_overwrite_each_other_unseen(region: Region, motion: Motion) -> None:
    first, second = signed_in(region.registrar), signed_in(region.registrar)
    seen = {"seen": sent_back(html(second.get(correct_url(motion))))["seen"][0]}
    assert first.post(correct_url(motion), typed(region, title="Den ena") | seen).status_code == 302

    refused = second.post(correct_url(motion), typed(region, title="Den andra") | seen)
    assert refused.status_code == 409
    assert f"{region.registrar.name} har rättat uppgifterna medan du skrev" in words(refused)
    motion.refresh_from_db()
    assert motion.title == "Den ena"

    sent = sent_back(html(refused))
    assert sent["title"] == ["Den andra"]
    again = typed(region, title=sent["title"][0]) | {"seen": sent["seen"][0]}
    assert second.post(correct_url(motion), again).status_code == 302
    motion.refresh_from_db()
    assert motion.title == "Den andra"


def test_correction_of_a_remitted_motion_leaves_the_clauses(region: Region, motion: Motion) -> None:
    client = signed_in(region.registrar)
    Motion.objects.filter(pk=motion.pk).update(stage=Stage.REMITTED)
    page = client.get(correct_url(motion))
    assert "dess att-satser kan inte längre ändras" in words(page)
    assert "clauses-TOTAL_FORMS" not in html(page)
    data = typed(region, title="Rättad rubrik", clauses=("något annat",))
    assert client.post(correct_url(motion), data).status_code == 302
    assert [clause.text for clause in motion.clauses.all()] == ["att ett", "att två"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Detta fält måste fyllas i."),
        ({"movers": []}, "Ange minst en motionär"),
        ({"clauses": ("",)}, "Skriv minst en att-sats"),
        ({"text": "<p>811218-9876</p>"}, "dataskyddslagen 3 kap. 10 §"),
    ],
)
def test_wrong_correction_is_told_and_kept(
    region: Region, motion: Motion, changes: dict[str, Any], message: str
) -> None:
    response = signed_in(region.registrar).post(
        correct_url(motion), typed(region, title="Ny rubrik") | typed(region, **changes)
    )
    assert response.status_code == 422
    assert message in words(response)
    motion.refresh_from_db()
    assert motion.title == "Fler cykelvägar i länet"


def test_row_buttons_work_in_the_correction_too(region: Region, motion: Motion) -> None:
    data = typed(region, clauses=("ett", "två"), add="clauses")
    response = signed_in(region.registrar).post(correct_url(motion), data)
    assert response.status_code == 200
    assert sent_back(html(response))["clauses-TOTAL_FORMS"] == ["3"]


def test_correction_is_for_registrars_and_of_motions_that_are_there(region: Region, motion: Motion) -> None:
    users: list[tuple[User | None, int]] = [(region.officer, 403), (region.politician, 403), (None, 302)]
    for user, status in users:
        assert signed_in(user).get(correct_url(motion)).status_code == status
    client = signed_in(region.registrar)
    for url in ("/motioner/0/ratta/", f"/motioner/{'9' * 30}/ratta/"):
        assert client.get(url).status_code == 404
    assert client.put(correct_url(motion)).status_code == 405


def test_ended_motion_is_not_corrected(region: Region, motion: Motion) -> None:
    Motion.objects.filter(pk=motion.pk).update(stage=Stage.WITHDRAWN)
    client = signed_in(region.registrar)
    for response in (client.get(correct_url(motion)), client.post(correct_url(motion), typed(region))):
        assert response.status_code == 409
        assert "Återtagen" in words(response)
