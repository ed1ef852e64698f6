"""`manage.py archive_package`: whole cases, in packages that an e-archive can take."""

from __future__ import annotations

import hashlib
import io
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator

from motions.actions.ending import close_motion, withdraw_motion
from motions.models import Motion
from protocols.actions.certifying import certify_copy
from protocols.actions.corrections import correct_paragraph
from protocols.actions.extracts import issue_extract, issue_minutes
from protocols.actions.withdrawals import withdraw_extract
from protocols.archive.case import ArchivedCase, ArchivedFile, ArchivedRecord, RecordKind
from protocols.archive.erms import NAMESPACE as ERMS
from protocols.archive.package import write_package
from protocols.archive.premis import NAMESPACE as PREMIS
from protocols.models import Correction, Extract, Meeting, MinutesFile, Paragraph
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
from tests.protocols.archive.eark import faults
from tests.protocols.attaching import attach

CHECK = "motioner.prov.example/verifiera/"
METS = "http://www.loc.gov/METS/"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
#: The checker looks for an attribute NOTETYPE without a namespace on the note of the CREATOR (SIP14), which
#: the schema of METS forbids there; csip:NOTETYPE, which CSIP16 wants, is there.
CONTRADICTED = {"SIP14"}


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def motion(region: Region) -> Motion:
    """A motion with a document and a secret one, decided by board and assembly, corrected, and closed."""
    motion = make_prepared_motion(region)
    attach(region, motion, "åäö")
    attach(region, motion, "hemlig", is_secret=True)
    for body in (region.board, region.assembly):
        meeting = make_meeting(region, body)
        decide(region, open_with(region, meeting, motion))
        close(region, meeting)
        verify(region, meeting)
        for paragraph in meeting.paragraphs.all():
            issue_extract(paragraph, by=None, check_address=CHECK)
        issue_minutes(Meeting.objects.get(pk=meeting.pk), by=None, check_address=CHECK)
        motion.refresh_from_db()
    correct(region, Paragraph.objects.get(body=region.board), seen=0)
    assert motion.decided_on
    return close_motion(motion, by=region.registrar, on=motion.decided_on, reason="Expedierat för hand.")


def correct(region: Region, paragraph: Paragraph, *, seen: int) -> Correction:
    return correct_paragraph(
        paragraph,
        by=region.secretary,
        text="Ska vara fyra.",
        reason="Skrivfel.",
        decided_by="Ordföranden",
        corrected_on=paragraph.verified_at.date(),  # type: ignore[union-attr] # it is verified
        check_address=CHECK,
        seen=seen,
    )


def archive(to: Path, *arguments: str) -> str:
    said = io.StringIO()
    call_command("archive_package", "--to", str(to), *arguments, stdout=said, stderr=said)
    return said.getvalue()


@pytest.fixture
def package(motion: Motion, tmp_path: Path) -> Path:
    assert "1 written, 0 there already, 0 not written" in archive(tmp_path / "arkiv")
    (folder,) = (tmp_path / "arkiv").iterdir()
    return folder


def root_of(package: Path, path: str) -> Element:
    return parse(package / path).getroot()


def content_of(package: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((package / "metadata/descriptive/case.json").read_bytes())
    return found


def test_the_checker_finds_nothing_wrong(package: Path) -> None:
    found = faults(package)
    assert found["Error"] == CONTRADICTED
    assert found["schema"] == set()
    assert "Warn" not in found


def test_the_checker_finds_what_is_wrong(package: Path) -> None:
    place = package / "METS.xml"
    text = place.read_text(encoding="utf-8")
    place.write_text(
        text.replace(' STATUS="CURRENT"', ' STATUS="NEWEST"').replace("<metsHdr ", '<metsHdr KIND="x" '),
        encoding="utf-8",
    )
    found = faults(package)
    assert {"CSIP20", "CSIP34"} <= found["Error"]
    assert found["schema"]


def test_every_file_of_the_case_is_there_as_it_is_stored(motion: Motion, package: Path) -> None:
    data = package / "representations/rep1/data"
    there = {hashlib.sha256(path.read_bytes()).hexdigest() for path in data.rglob("*.pdf")}
    stored = set(motion.documents.values_list("sha256", flat=True)) | set(
        Extract.objects.values_list("sha256", flat=True)
    )
    assert stored < there
    assert len(there) == 2 + 2 + 1 + 2  # documents, extracts, the corrected one, two minutes
    assert sorted(path.name for path in (data / "handlingar").iterdir()) == [
        "001-handling-aao.pdf",
        "002-handling-hemlig.pdf",
    ]


def test_each_checksum_and_size_that_is_named_is_that_of_the_file(package: Path) -> None:
    named = 0
    for mets in package.rglob("METS.xml"):
        for element in parse(mets).getroot().iter():
            where = element[0] if element.tag == f"{{{METS}}}file" else element
            href = where.get("{http://www.w3.org/1999/xlink}href")
            if href and "CHECKSUM" in element.attrib:
                content = (mets.parent / href).read_bytes()
                assert element.attrib["CHECKSUM"] == hashlib.sha256(content).hexdigest()
                assert element.attrib["SIZE"] == str(len(content))
                named += 1
    everything = [path for path in package.rglob("*") if path.is_file()]
    assert named == len(everything) - 1  # all but the root's own METS.xml


def test_the_json_keeps_its_schema_and_tells_the_case(motion: Motion, package: Path) -> None:
    schema = json.loads((package / "schemas/case-1.0.schema.json").read_bytes())
    content = content_of(package)
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(content)
    assert content["registryNumber"] == motion.registry_number
    assert content["outcome"] == "avslag"
    assert [event["kind"] for event in content["events"]] == list(  # type: ignore[attr-defined] # a list
        motion.events.values_list("kind", flat=True)
    )


def test_the_description_tells_the_same_as_the_register(motion: Motion, package: Path) -> None:
    space = f"{{{ERMS}}}"
    case = root_of(package, "metadata/descriptive/erms.xml").find(f"{space}aggregations/{space}aggregation")
    assert case is not None
    assert case.findtext(f"{space}objectId") == motion.registry_number
    assert case.findtext(f"{space}title") == motion.title
    movers = [agent.findtext(f"{space}name") for agent in case.iterfind(f"{space}agents/{space}agent")]
    assert movers == [str(row) for row in motion.mover_rows.all()]
    dates = {d.get("dateType"): d.text for d in case.iterfind(f"{space}dates/{space}date")}
    assert dates["received"] == f"{motion.handed_in_on.isoformat()}T00:00:00"
    assert len(case.findall(f"{space}action")) == motion.events.count()
    records = case.findall(f"{space}record")
    kinds = {record.get("recordType") for record in records}
    assert kinds == {"Handling", "Protokoll", "Protokollsutdrag", "Rättat protokollsutdrag"}
    paths = [record.find(f".//{space}appendix") for record in records]
    for path in paths:
        assert path is not None
        assert (package / path.attrib["path"].removeprefix("file:")).is_file()


def test_what_is_secret_or_replaced_says_so(package: Path) -> None:
    records = content_of(package)["records"]
    assert isinstance(records, list)
    assert [r["title"] for r in records if r["isSecret"]] == ["Handling hemlig"]
    (replaced,) = (record for record in records if record["replacedBy"])
    (correction,) = (record for record in records if record["kind"] == "Rättat protokollsutdrag")
    assert replaced["kind"] == "Protokollsutdrag"
    assert replaced["replacedBy"] == correction["identifier"]


def test_the_formats_are_named_where_the_paper_claims_them(package: Path) -> None:
    space = f"{{{PREMIS}}}"
    root = root_of(package, "representations/rep1/metadata/preservation/premis.xml")
    representation, *objects = root.iterfind(f"{space}object")
    assert representation.get(TYPE) == "representation"
    assert {each.get(TYPE) for each in objects} == {"file"}
    formats = [each.findtext(f".//{space}formatRegistryKey") for each in objects]
    assert formats.count("fmt/479") == 5  # the issued papers
    assert formats.count(None) == 2  # what was handed in
    assert [each.text for each in root.iter(f"{space}eventType")] == ["fixity check"]
    whole = root_of(package, "metadata/preservation/premis.xml")
    # PREMIS 3.0 wants an object, before all else.
    assert [each.tag.removeprefix(space) for each in whole] == ["object", "event", "agent"]
    linked = whole.findtext(f".//{space}linkingObjectIdentifierValue")
    assert linked == whole.findtext(f".//{space}objectIdentifierValue") == content_of(package)["identifier"]
    assert [each.text for each in whole.iter(f"{space}eventType")] == ["information package creation"]


def test_made_again_nothing_is_written_and_another_one_is_left(package: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in package.rglob("*")}
    assert "0 written, 1 there already" in archive(package.parent)
    assert {path: path.stat().st_mtime_ns for path in package.rglob("*")} == before
    (package / "metadata/descriptive/case.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError, match="1 of 1 packages could not be written"):
        archive(package.parent)
    assert (package / "metadata/descriptive/case.json").read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_damaged_store_stops_its_package_and_the_others_go_on(
    region: Region, motion: Motion, tmp_path: Path, harm: str
) -> None:
    withdraw_motion(make_motion(region, title="Annat"), by=region.registrar, on=motion.handed_in_on)
    document = motion.documents.first()
    assert document
    place = Path(document.file.path)
    place.chmod(0o600)
    if harm == "changed":
        place.write_bytes(b"%PDF-annat")
    else:
        place.unlink()
    said = io.StringIO()
    with pytest.raises(CommandError, match="1 of 2 packages"):
        call_command("archive_package", "--to", str(tmp_path / "a"), stdout=said, stderr=said)
    assert {"changed": "is damaged", "gone": "is missing in the store"}[harm] in said.getvalue()
    assert len(list((tmp_path / "a").iterdir())) == 1
    assert not list((tmp_path / "a").glob("*.unfinished"))


def test_a_withdrawn_extract_says_why(region: Region, motion: Motion, tmp_path: Path) -> None:
    extract = Extract.objects.get(paragraph__body=region.assembly)
    with time_machine.travel(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)):  # half past twelve the day after here
        withdraw_extract(extract.paragraph, by=region.secretary, code=extract.code, reason="Fel bilaga.")
    archive(tmp_path / "arkiv")
    (folder,) = (tmp_path / "arkiv").iterdir()
    records = content_of(folder)["records"]
    assert isinstance(records, list)
    assert [r["note"] for r in records if r["note"]] == ["Återkallat 2026-07-02: Fel bilaga."]


def test_what_holds_an_earlier_text_is_replaced_by_the_next_correction(
    region: Region, tmp_path: Path
) -> None:
    """Also where nobody had asked for the extract before the first correction."""
    motion = make_prepared_motion(region)
    meeting = make_meeting(region, region.board)
    decide(region, open_with(region, meeting, motion))
    close(region, meeting)
    verify(region, meeting)
    paragraph = Paragraph.objects.get(body=region.board)
    assert not Extract.objects.exists()
    first = correct(region, paragraph, seen=0)
    copy = certify_copy(paragraph, by=region.secretary, title="Sekreterare", check_address=CHECK)
    second = correct(region, paragraph, seen=1)
    withdraw_motion(motion, by=region.registrar, on=meeting.held_on)
    archive(tmp_path / "arkiv")
    (folder,) = (tmp_path / "arkiv").iterdir()
    case = root_of(folder, "metadata/descriptive/erms.xml").find(f".//{{{ERMS}}}aggregation")
    assert case is not None
    records = case.findall(f"{{{ERMS}}}record")
    replaced = {r.findtext(f"{{{ERMS}}}objectId"): r.findtext(f"{{{ERMS}}}relation") for r in records}
    minutes = MinutesFile.objects.get()
    assert replaced == {
        first.code: second.code,
        copy.code: second.code,
        second.code: None,
        minutes.code: None,
    }


def test_motions_withdrawn_before_they_had_a_number_are_told_apart(region: Region, tmp_path: Path) -> None:
    motions = [make_motion(region, title=title, is_registered=False) for title in ("Ett", "Två")]
    for motion in motions:
        withdraw_motion(motion, by=region.registrar, on=motion.handed_in_on)
    assert "2 written" in archive(tmp_path / "arkiv")
    folders = sorted((tmp_path / "arkiv").iterdir())
    assert len({content_of(folder)["identifier"] for folder in folders}) == 2
    ids = {root_of(f, "metadata/descriptive/erms.xml").findtext(f".//{{{ERMS}}}objectId") for f in folders}
    assert ids == {f"motion-{motion.pk}" for motion in motions}
    assert [faults(folder)["Error"] for folder in folders] == [CONTRADICTED, CONTRADICTED]


def test_a_large_file_is_copied_in_pieces(tmp_path: Path) -> None:
    stored = tmp_path / "stor.pdf"
    content = b"%PDF-" + bytes(64 * 1024 * 1024)
    stored.write_bytes(content)
    at = datetime(2026, 5, 20, tzinfo=UTC)
    file = ArchivedFile("handlingar/stor.pdf", hashlib.sha256(content).hexdigest(), len(content), at, stored)
    day = at.date()
    case = ArchivedCase(
        organisation="Region Prov",
        reference="1-2026",
        registry_number="1-2026",
        number="1-2026",
        title="Stor",
        text="",
        handed_in_on=day,
        ended_on=day,
        outcome="avslag",
        movers=[],
        clauses=[],
        events=[],
        records=[ArchivedRecord("stor", RecordKind.DOCUMENT, "Stor", day, file)],
    )
    del content
    tracemalloc.start()
    try:
        assert write_package(case, tmp_path / "a", name="stor", schemas=[], version="1", made_at=at)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 * 1024 * 1024


def test_control_characters_leave_the_xml_whole(motion: Motion, tmp_path: Path) -> None:
    Motion.objects.filter(pk=motion.pk).update(title="Bad\x0bord <och> & mer")
    archive(tmp_path / "arkiv")
    (folder,) = (tmp_path / "arkiv").iterdir()
    assert root_of(folder, "metadata/descriptive/erms.xml").findtext(f".//{{{ERMS}}}title") is not None
    assert faults(folder)["Error"] == CONTRADICTED


def test_wrong_input_is_told(region: Region, motion: Motion, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no motion 99-1999"):
        archive(tmp_path, "--motion", "99-1999")
    under_way = make_prepared_motion(region, title="Pågår")
    with pytest.raises(CommandError, match="has not ended"):
        archive(tmp_path, "--motion", str(under_way.number))
    with pytest.raises(CommandError, match="No case has ended"):
        archive(tmp_path, "--handed-in", "1987")
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(CommandError, match="cannot be made or written to"):
        archive(tmp_path / "fil" / "under")
    assert "1 written" in archive(tmp_path / "b", "--motion", str(motion.number))


def test_the_schema_in_the_package_is_the_documented_one(package: Path) -> None:
    for name in ("case-1.0.schema.json", "paragraph-1.0.schema.json"):
        documented = Path(settings.BASE_DIR) / "docs" / "schema" / name
        assert (package / "schemas" / name).read_bytes() == documented.read_bytes()
