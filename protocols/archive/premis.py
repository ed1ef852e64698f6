"""What the archive needs to keep the files: PREMIS 3.0, of the package and of the files in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement

from protocols.archive.case import ArchivedCase, ArchivedRecord
from protocols.archive.erms import DATA
from protocols.archive.xml import written

NAMESPACE = "http://www.loc.gov/premis/v3"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
#: What the registry PRONOM calls these formats.
_NAMES = {"fmt/479": ("PDF/A", "3a")}


@dataclass(frozen=True)
class Maker:
    """Which program made the package, and when."""

    software: str
    version: str
    at: datetime


def package_premis(case: ArchivedCase, maker: Maker) -> bytes:
    """That the package was made, and by what."""
    root = _root()
    whole = SubElement(root, "object", {"xsi:type": "intellectualEntity"})
    _identifier(whole, "object", str(case.identifier))
    event = _event(root, case, maker, "information package creation", "Paketet skapades ur registret")
    _identifier(event, "linkingObject", str(case.identifier))
    _agent(root, maker)
    return written(root)


def files_premis(case: ArchivedCase, maker: Maker) -> bytes:
    """The files with their checksums and formats; each was held against its checksum when it was copied.

    Before them the representation itself: PREMIS wants an object also where a case has no file.
    """
    root = _root()
    representation = SubElement(root, "object", {"xsi:type": "representation"})
    _identifier(representation, "object", f"{case.identifier}:representation")
    for record in case.records:
        _object(root, case, record)
    detail = "Varje fil jämfördes med sin kontrollsumma (SHA-256) när den kopierades"
    event = _event(root, case, maker, "fixity check", detail)
    for record in case.records:
        _identifier(event, "linkingObject", str(case.identifier_of(record)))
    _agent(root, maker)
    return written(root)


def _root() -> Element:
    return Element("premis", {"xmlns": NAMESPACE, "xmlns:xsi": _XSI, "version": "3.0"})


def _event(root: Element, case: ArchivedCase, maker: Maker, kind: str, detail: str) -> Element:
    event = SubElement(root, "event")
    _identifier(event, "event", f"{case.identifier}:{kind}")
    SubElement(event, "eventType").text = kind
    SubElement(event, "eventDateTime").text = maker.at.isoformat(timespec="seconds")
    SubElement(SubElement(event, "eventDetailInformation"), "eventDetail").text = detail
    SubElement(SubElement(event, "eventOutcomeInformation"), "eventOutcome").text = "success"
    _identifier(event, "linkingAgent", maker.software)
    return event


def _agent(root: Element, maker: Maker) -> None:
    agent = SubElement(root, "agent")
    _identifier(agent, "agent", maker.software)
    SubElement(agent, "agentName").text = maker.software
    SubElement(agent, "agentType").text = "software"
    SubElement(agent, "agentVersion").text = maker.version


def _object(root: Element, case: ArchivedCase, record: ArchivedRecord) -> None:
    element = SubElement(root, "object", {"xsi:type": "file"})
    _identifier(element, "object", str(case.identifier_of(record)))
    characteristics = SubElement(element, "objectCharacteristics")
    fixity = SubElement(characteristics, "fixity")
    SubElement(fixity, "messageDigestAlgorithm").text = "SHA-256"
    SubElement(fixity, "messageDigest").text = record.file.sha256
    SubElement(characteristics, "size").text = str(record.file.size)
    form = SubElement(characteristics, "format")
    designation = SubElement(form, "formatDesignation")
    name, version = _NAMES.get(record.file.puid, (record.file.media_type, ""))
    SubElement(designation, "formatName").text = name
    if version:
        SubElement(designation, "formatVersion").text = version
    if record.file.puid:
        registry = SubElement(form, "formatRegistry")
        SubElement(registry, "formatRegistryName").text = "PRONOM"
        SubElement(registry, "formatRegistryKey").text = record.file.puid
    SubElement(element, "originalName").text = f"{DATA}{record.file.path}"


def _identifier(parent: Element, what: str, value: str) -> None:
    identifier = SubElement(parent, f"{what}Identifier")
    SubElement(identifier, f"{what}IdentifierType").text = "local"
    SubElement(identifier, f"{what}IdentifierValue").text = value
