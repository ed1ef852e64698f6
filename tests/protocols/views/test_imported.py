"""The pages that read older protocols in, review them, and show them to all."""

from __future__ import annotations

import io
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motions.models import Motion
from protocols.actions.importing import accept
from protocols.actions.reading_in import read_due
from protocols.models import ImportedMeeting, ImportedParagraph, ReadName
from protocols.reading.facts import Outcome
from tests.factories import Region, make_motion, make_region
from tests.protocols.actions.test_importing import kept
from tests.protocols.reading.minutes import ATTENDANCE, CITY, COUNTY, FRONT, MATTER
from tests.protocols.views.desk import Visitor, read, signed_in

PAGE = "/inlasning/"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def registrar(region: Region, client: Client) -> Client:
    client.force_login(region.registrar)
    return client


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def packed(**members: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    return written.getvalue()


def typed(paragraph: ImportedParagraph, **changes: str) -> dict[str, str]:
    return {
        "title": paragraph.title,
        "registry_number": paragraph.registry_number,
        "outcome": paragraph.outcome,
    } | changes


def test_several_files_are_read_and_the_wrong_ones_named(registrar: Client) -> None:
    answer = registrar.post(
        PAGE,
        {
            "chosen": [
                file("kf.txt", CITY.encode()),
                file("paket.zip", packed(rs=COUNTY)),
                file("bild.png", b"\x89PNG"),
                file("tom.txt", b""),
                file("engelska.txt", b"The council of the city met on Monday and said no to it. " * 20),
                file("brev.txt", b"Det var en g\xc3\xa5ng ett brev om ingenting."),
            ]
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "bild.png: Filens slag kan inte läsas." in page
    assert page.count("Väntar på sin tur") == 5
    read_due()
    page = registrar.get(PAGE).content.decode()
    assert ImportedMeeting.objects.count() == 2
    assert "Väntar på sin tur" not in page
    assert "Alla filer är klara." in page
    for reason in (
        "Filen har ingen text.",
        "Texten är inte på svenska.",
        "Texten har inga paragrafer (§).",
    ):
        assert reason in page
    assert page.count(">Inläst<") == 2
    assert page.count(">Kunde inte läsas<") == 3
    registrar.post(f"{PAGE}rensa/")
    assert "Filer</h2>" not in registrar.get(PAGE).content.decode()
    assert ImportedMeeting.objects.count() == 2


def test_the_same_file_again_says_so(registrar: Client) -> None:
    for _time in range(2):
        registrar.post(PAGE, {"chosen": [file("kf.txt", CITY.encode())]})
        read_due()
    assert "Fanns redan" in registrar.get(PAGE).content.decode()
    assert ImportedMeeting.objects.count() == 1
    assert registrar.post(PAGE, {}).status_code == 422


def test_review_accepts_and_goes_on_to_the_next(region: Region, registrar: Client) -> None:
    meeting = kept(CITY, region).meeting
    first, second = meeting.paragraphs.order_by("position")
    page = registrar.get(first.get_absolute_url()).content.decode()
    assert '<mark class="is-decision">' in page
    assert "protokollet är inte fört eller justerat här" in page
    answer = registrar.post(first.get_absolute_url(), typed(first, title="Gröna bänkar"))
    assert answer["Location"] == second.get_absolute_url()
    first.refresh_from_db()
    assert (first.title, first.is_accepted) == ("Gröna bänkar", True)
    assert registrar.post(second.get_absolute_url(), typed(second))["Location"] == meeting.get_absolute_url()


def test_wrong_input_keeps_what_was_typed(region: Region, registrar: Client) -> None:
    paragraph = kept(CITY, region).meeting.paragraphs.get(number="11")
    for changes in ({"title": ""}, {"outcome": "hittepå"}, {"registry_number": "x" * 61}):
        answer = registrar.post(
            paragraph.get_absolute_url(), typed(paragraph, **{"title": "Skriven rubrik"} | changes)
        )
        assert answer.status_code == 422
        assert changes.get("title", "Skriven rubrik") in answer.content.decode()
    paragraph.refresh_from_db()
    assert not paragraph.is_accepted


def test_two_who_accept_at_once(region: Region, registrar: Client) -> None:
    paragraph = kept(CITY, region).meeting.paragraphs.get(number="11")
    accept(paragraph, by=region.secretary, title="Hens", registry_number="", outcome=Outcome.OTHER)
    answer = registrar.post(paragraph.get_absolute_url(), typed(paragraph, title="Min rubrik"))
    assert answer.status_code == 409
    assert "redan godkänd" in answer.content.decode()
    assert "Min rubrik" in answer.content.decode()


def test_all_of_which_the_reader_was_sure_at_once(region: Region, registrar: Client) -> None:
    meeting = kept(CITY, region).meeting
    sure = sum(not one.facts["marks"] for one in meeting.paragraphs.all())
    registrar.post(f"{meeting.get_absolute_url()}godkann/")
    assert meeting.paragraphs.exclude(accepted_at=None).count() == sure


def test_the_public_reads_what_is_accepted_and_nothing_else(region: Region) -> None:
    motion = make_motion(region, title="Gröna bänkar")
    Motion.objects.filter(pk=motion.pk).update(registry_number="SLK-2031-00101")
    meeting = kept(CITY, region).meeting
    first, second = meeting.paragraphs.order_by("position")
    public = Visitor()
    assert public.get(first.get_absolute_url()).status_code == 404
    number = first.registry_number
    accept(first, by=region.registrar, title="Bänkar", registry_number=number, outcome=Outcome.GRANTED)
    page = read(public.get(first.get_absolute_url()))
    assert "Inläst ur kf-2031-06-03" in page
    assert "Granska" not in page
    assert public.post(first.get_absolute_url(), typed(first)).status_code == 404
    assert "Ur äldre protokoll" in read(public.get(motion.get_absolute_url()))
    original = f"{meeting.get_absolute_url()}original"
    assert public.get(original).status_code == 404
    accept(second, by=region.registrar, title="B", registry_number="", outcome=Outcome.OTHER)
    served = Client().get(original)
    assert b"".join(served).decode() == CITY
    assert "sandbox" in served["Content-Security-Policy"]


def test_pages_are_for_those_who_read_protocols_in(region: Region) -> None:
    meeting = kept(CITY, region).meeting
    paragraph = meeting.paragraphs.first()
    assert paragraph
    for address in (PAGE, meeting.get_absolute_url()):
        assert Visitor().get(address).status_code == 302
        for user in (region.officer, region.politician, region.administrator):
            assert signed_in(user).get(address).status_code == 403
        for user in (region.registrar, region.secretary):
            assert signed_in(user).get(address).status_code == 200
    assert signed_in(region.officer).get(paragraph.get_absolute_url()).status_code == 404
    assert signed_in(region.registrar).get(f"{PAGE}999999/").status_code == 404


def test_pages_ask_as_much_of_many_as_of_one(region: Region, registrar: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert registrar.get(address).status_code == 200
        return len(queries)

    meeting = kept(COUNTY, region, "rs").meeting
    older = "/aldre-protokoll/?q=och"
    before = asked(PAGE), asked(meeting.get_absolute_url()), asked(older)
    larger = kept(CITY, region).meeting
    assert (asked(PAGE), asked(larger.get_absolute_url()), asked(older)) == before


def test_the_public_searches_what_is_accepted(region: Region, registrar: Client) -> None:
    meeting = kept(CITY, region).meeting
    first = meeting.paragraphs.get(number="11")
    word = first.title.split()[-1].strip(".")
    address = "/aldre-protokoll/"
    assert "0 paragrafer" in read(Visitor().get(f"{address}?q={word}"))
    assert f"§\u00a011 {first.title}" in unescape(registrar.get(f"{address}?q={word}").content.decode())
    accept(
        first,
        by=region.registrar,
        title="Bänkar i parken",
        registry_number=first.registry_number,
        outcome=Outcome(first.outcome),
    )
    for query in ("bänk", "parker", first.registry_number, "bänkar -asfalt"):
        page = unescape(Visitor().get(address, {"q": query}).content.decode())
        assert "Bänkar i parken" in page, query
    for query in ("ordetsomingenharskrivit", "bänkar -park", "x" * 5000):
        assert Visitor().get(address, {"q": query}).status_code == 200
    hits = unescape(Visitor().get("/motioner/", {"q": "bänk"}).content.decode())
    assert "1 paragraf i äldre protokoll" in hits


def test_words_of_the_text_are_found_too(region: Region, registrar: Client) -> None:
    paragraph = kept(CITY, region).meeting.paragraphs.get(number="11")
    section = max(paragraph.facts["sections"], key=lambda one: len(one["text"]))
    word = max(section["text"].replace(".", " ").replace(",", " ").split(), key=len)
    assert paragraph.title in unescape(registrar.get("/aldre-protokoll/", {"q": word}).content.decode())


def test_who_was_there_is_told_with_whom_the_register_lacks(region: Region, registrar: Client) -> None:
    meeting = kept(FRONT + MATTER, region, "gn-2031-06-05").meeting
    page = " ".join(unescape(registrar.get(meeting.get_absolute_url()).content.decode()).split())
    assert "Åke Lund (S), ordförande" in page
    assert "Stig Ny (V), ledamot, ersätter Siv Borta" in page
    assert "<li>Rut Ek, förvaltningschef </li>" in page
    assert "justerar" in page
    name = ReadName.objects.get(name="Åke Lund")
    assert f'href="{name.get_absolute_url()}"' in page
    answer = registrar.get(name.get_absolute_url()).content.decode()
    assert f'<a href="{meeting.get_absolute_url()}">Gatunämnden 2031-06-05 närvaro</a>' in answer


def test_a_newer_version_tells_that_others_were_there(region: Region, registrar: Client) -> None:
    kept(FRONT + MATTER, region, "gn-2031-06-05")
    newer = kept(FRONT.replace("Åke Lund (S)", "Åke Lind (S)") + MATTER, region, "rattad").meeting
    page = unescape(registrar.get(newer.get_absolute_url()).content.decode())
    assert "Ändrade uppgifter om sammanträdet: närvarande</p>" in page
    assert "Samma uppgifter läses i båda" not in page
    again = kept(FRONT.replace("Åke Lund (S)", "Åke Lind (S)") + MATTER + "\n", region, "igen").meeting
    assert "Samma uppgifter läses i båda" in registrar.get(again.get_absolute_url()).content.decode()


def test_two_of_one_name_in_two_parties_are_both_there(region: Region, registrar: Client) -> None:
    twins = FRONT.replace("Stig Ny (V)", "Åke Lund (V)")
    twins = twins.replace("justera\nEbba Väst-Holm (M)", "justera\nÅke Lund (V)")
    meeting = kept(twins + MATTER, region, "gn-2031-06-05").meeting
    page = " ".join(unescape(registrar.get(meeting.get_absolute_url()).content.decode()).split())
    first, second = (ReadName.objects.get(name="Åke Lund", code=code) for code in "SV")
    assert f'Åke Lund (S), ordförande <a class="small" href="{first.get_absolute_url()}"' in page
    said = '<span class="quiet small">justerar</span>'
    there = f'Åke Lund (V), ledamot, ersätter Siv Borta {said} <a class="small" href="'
    assert f'{there}{second.get_absolute_url()}"' in page


def test_a_list_that_a_page_break_tore_says_so(region: Region, registrar: Client) -> None:
    whole = kept(FRONT + MATTER, region, "gn-2031-06-05").meeting
    warning = "en ledamot eller ersättare kan saknas"
    assert warning not in registrar.get(whole.get_absolute_url()).content.decode()
    text = FRONT + MATTER + "\n" + ATTENDANCE + "\nÖst, Dag\n"
    torn = kept(text, region, "annan").meeting
    page = unescape(registrar.get(torn.get_absolute_url()).content.decode())
    assert warning in page
    assert "Cia Sol (M), ersättare, ersätter Bo von Sydvik, kl. 8:44–12:00" in " ".join(page.split())
    assert "Ändrade uppgifter om sammanträdet: närvarolista</p>" in page
