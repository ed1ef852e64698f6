"""Writing a package: files copied and held against their checksums, described, read back, then in place."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import parse

from protocols.archive.case import ArchivedCase, ArchivedFile
from protocols.archive.case_json import case_json
from protocols.archive.erms import erms_xml
from protocols.archive.mets import Described, Entry, Group, mets_xml
from protocols.archive.premis import Maker, files_premis, package_premis

SOFTWARE = "Klubbslag"
REPRESENTATION = "rep1"
_UNFINISHED = ".unfinished"
_CHUNK = 1024 * 1024

READ_ME = """Det här paketet håller ett ärende ur ärendesystemet Klubbslag: en motion från inlämning till
avslut.

representations/rep1/data/   handlingar, protokoll och utdrag som de förvaras, byte för byte
metadata/descriptive/        ärendet i ord: erms.xml (E-ARK CITS ERMS 2.1) och case.json, vars
                             schema ligger i schemas/
metadata/preservation/       premis.xml: hur paketet gjordes; det i representations/rep1/ har varje fils
                             format och kontrollsumma (SHA-256)
METS.xml                     innehållet (E-ARK SIP 2.1, som FGS Paketstruktur 2.0 bygger på)

Varje protokollsutdrag bär dessutom sin paragraf som data inuti sig (JSON och Akoma Ntoso).
Handlingar med sekretess är med; de är märkta så i erms.xml och case.json.
"""


class PackageError(Exception):
    """The package was not made; `str()` says why, in words for who ordered it."""


@dataclass(frozen=True)
class _Making:
    """A package under way, in its unfinished folder."""

    case: ArchivedCase
    folder: Path
    name: str
    maker: Maker


def write_package(
    case: ArchivedCase, to: Path, *, name: str, schemas: Sequence[Path], version: str, made_at: datetime
) -> bool:
    """Write the package to the folder `to/name`, whole or not at all; whether it is new.

    One of the same content that is there already is left. Raises PackageError for a file that is gone or not
    what was stored, for another package in the way, and where the disk refuses.
    """
    place = to / name
    content = case_json(case)
    try:
        if place.exists():
            _refuse_other(place, content)
            return False
        making = _Making(case, to / f"{name}{_UNFINISHED}", name, Maker(SOFTWARE, version, made_at))
        shutil.rmtree(making.folder, ignore_errors=True)
        try:
            _fill(making, content, schemas)
            verify_package(making.folder)
            making.folder.rename(place)
        finally:
            shutil.rmtree(making.folder, ignore_errors=True)
    except OSError as error:
        raise PackageError(error.strerror or str(error)) from error
    return True


def verify_package(folder: Path) -> None:
    """Hold every file of the package against the checksum that its METS files name. Raises PackageError."""
    space = "{http://www.loc.gov/METS/}"
    for mets in (folder / "METS.xml", folder / "representations" / REPRESENTATION / "METS.xml"):
        root = parse(mets).getroot()  # noqa: S314 -- our own file, just written
        named = [
            *((each, each) for each in root.iter(f"{space}mdRef")),
            *((each, each[0]) for each in root.iter(f"{space}file")),
        ]
        for described, located in named:
            path = mets.parent / unquote(located.attrib["{http://www.w3.org/1999/xlink}href"])
            if _digest(path) != described.attrib["CHECKSUM"]:
                raise PackageError(f"{path.name} could not be read back as it was written")


def _fill(making: _Making, content: bytes, schemas: Sequence[Path]) -> None:
    case, within = making.case, f"representations/{REPRESENTATION}"
    for record in case.records:
        _copy(record.file, making.folder / within / "data" / record.file.path)
    erms = erms_xml(case, made_at=making.maker.at)
    descriptive = [
        _write(making, "metadata/descriptive/erms.xml", erms, "application/xml", "ERMS"),
        _write(making, "metadata/descriptive/case.json", content, "application/json", "KLUBBSLAG"),
    ]
    premis = package_premis(case, making.maker)
    preservation = [_write(making, "metadata/preservation/premis.xml", premis, "application/xml", "PREMIS")]
    groups = [
        Group("Documentation", [_write(making, "documentation/lasmig.txt", READ_ME.encode(), "text/plain")]),
        Group("Schemas", [_schema(making, schema) for schema in schemas]),
        Group(f"Representations/{REPRESENTATION}", [_representation(making, within)]),
    ]
    whole = Described(
        identifier=making.name,
        label=_label(case),
        organisation=case.organisation,
        maker=making.maker,
        descriptive=descriptive,
        preservation=preservation,
        groups=groups,
        representations=[(REPRESENTATION, f"{within}/METS.xml")],
    )
    (making.folder / "METS.xml").write_bytes(mets_xml(whole))


def _representation(making: _Making, within: str) -> Entry:
    """Describe the files; the METS file that does so."""
    premis = files_premis(making.case, making.maker)
    place = "metadata/preservation/premis.xml"
    preserved = _write(making, f"{within}/{place}", premis, "application/xml", "PREMIS")
    described = Described(
        identifier=REPRESENTATION,
        label=_label(making.case),
        organisation=making.case.organisation,
        maker=making.maker,
        descriptive=(),
        preservation=[replace(preserved, path=place)],
        groups=[Group("Data", list(_data(making.case)))],
    )
    return _write(making, f"{within}/METS.xml", mets_xml(described), "application/xml")


def _schema(making: _Making, schema: Path) -> Entry:
    return _write(making, f"schemas/{schema.name}", schema.read_bytes(), "application/json")


def _label(case: ArchivedCase) -> str:
    return f"{case.reference} {case.title}"


def _data(case: ArchivedCase) -> Iterator[Entry]:
    for record in case.records:
        file = record.file
        yield Entry(f"data/{file.path}", file.media_type, file.sha256, file.size, file.made_at)


def _copy(file: ArchivedFile, to: Path) -> None:
    """Copy piece by piece. Raises PackageError where the content is not what was stored."""
    to.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        with file.source.open("rb") as source, to.open("wb") as copy:
            while piece := source.read(_CHUNK):
                digest.update(piece)
                copy.write(piece)
    except FileNotFoundError as error:
        raise PackageError(f"{file.path} is missing in the store") from error
    if digest.hexdigest() != file.sha256:
        raise PackageError(f"{file.path} is damaged: its content is not what was stored")


def _write(making: _Making, path: str, content: bytes, media_type: str, kind: str = "") -> Entry:
    place = making.folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return Entry(path, media_type, digest, len(content), making.maker.at, kind)


def _refuse_other(place: Path, content: bytes) -> None:
    there = place / "metadata" / "descriptive" / "case.json"
    if not there.is_file() or there.read_bytes() != content:
        raise PackageError(
            "another package of this case is there; it was left as it is. Move it away to have it made anew"
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
