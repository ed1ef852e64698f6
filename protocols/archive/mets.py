"""METS as E-ARK CSIP and SIP 2.1 want it: of the package, and of the one representation in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from protocols.archive.premis import Maker
from protocols.archive.xml import written

PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"
CONTENT_CATEGORY = "Textual works – Digital"
#: What the content is: cases described as CITS ERMS wants them.
CONTENT_TYPE = "citserms_v2_1"
#: Said of each group of files; a group is no ERMS by itself.
GROUP_TYPE = {"csip:CONTENTINFORMATIONTYPE": "OTHER", "csip:OTHERCONTENTINFORMATIONTYPE": "klubbslag-case"}
_SPACES = {
    "xmlns": "http://www.loc.gov/METS/",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "xmlns:csip": "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
    "xmlns:sip": "https://DILCIS.eu/XML/METS/SIPExtensionMETS",
}


@dataclass(frozen=True)
class Entry:
    """A file as METS names it: `path` from the METS file's own folder, `kind` the type of metadata."""

    path: str
    media_type: str
    sha256: str
    size: int
    made_at: datetime
    kind: str = ""


@dataclass(frozen=True)
class Group:
    """Files of one use ("Documentation", "Schemas", "Representations/rep1")."""

    use: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Described:
    """What a METS file tells of."""

    identifier: str
    label: str
    organisation: str
    maker: Maker
    descriptive: Sequence[Entry]
    preservation: Sequence[Entry]
    groups: Sequence[Group]
    #: The METS files of representations, by name.
    representations: Sequence[tuple[str, str]] = ()


def mets_xml(described: Described) -> bytes:
    """The METS file."""
    root = Element(
        "mets",
        _SPACES
        | {
            "OBJID": described.identifier,
            "LABEL": described.label,
            "TYPE": CONTENT_CATEGORY,
            "csip:CONTENTINFORMATIONTYPE": CONTENT_TYPE,
            "PROFILE": PROFILE,
        },
    )
    _header(root, described)
    for number, entry in enumerate(described.descriptive, start=1):
        section = {"ID": f"dmd-{number}", "CREATED": _moment(entry.made_at), "STATUS": "CURRENT"}
        _reference(SubElement(root, "dmdSec", section), entry)
    if described.preservation:
        administrative = SubElement(root, "amdSec")
        for number, entry in enumerate(described.preservation, start=1):
            _reference(
                SubElement(administrative, "digiprovMD", {"ID": f"digiprov-{number}", "STATUS": "CURRENT"}),
                entry,
            )
    files = SubElement(root, "fileSec", {"ID": "files"})
    for number, group in enumerate(described.groups, start=1):
        element = SubElement(files, "fileGrp", {"ID": f"group-{number}", "USE": group.use} | GROUP_TYPE)
        for place, entry in enumerate(group.entries, start=1):
            _file(element, f"file-{number}-{place}", entry)
    _structure(root, described)
    return written(root)


def _header(root: Element, described: Described) -> None:
    moment = _moment(described.maker.at)
    header = SubElement(
        root,
        "metsHdr",
        {
            "CREATEDATE": moment,
            "LASTMODDATE": moment,
            "RECORDSTATUS": "NEW",
            "csip:OAISPACKAGETYPE": "SIP",
        },
    )
    maker = SubElement(header, "agent", {"ROLE": "CREATOR", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"})
    SubElement(maker, "name").text = described.maker.software
    SubElement(maker, "note", {"csip:NOTETYPE": "SOFTWARE VERSION"}).text = described.maker.version
    for role in ("ARCHIVIST", "OTHER"):
        attributes = {"ROLE": role, "TYPE": "ORGANIZATION"}
        if role == "OTHER":
            attributes |= {"OTHERROLE": "SUBMITTER"}
        SubElement(SubElement(header, "agent", attributes), "name").text = described.organisation


def _structure(root: Element, described: Described) -> None:
    structure = SubElement(root, "structMap", {"ID": "structure", "TYPE": "PHYSICAL", "LABEL": "CSIP"})
    package = SubElement(structure, "div", {"ID": "div-package", "LABEL": described.identifier})
    metadata = {"ID": "div-metadata", "LABEL": "Metadata"}
    if described.descriptive:
        metadata["DMDID"] = " ".join(f"dmd-{n}" for n in range(1, len(described.descriptive) + 1))
    if described.preservation:
        metadata["ADMID"] = " ".join(f"digiprov-{n}" for n in range(1, len(described.preservation) + 1))
    SubElement(package, "div", metadata)
    for number, group in enumerate(described.groups, start=1):
        label = group.use.split("/", 1)[0]
        division = SubElement(package, "div", {"ID": f"div-{number}", "LABEL": label})
        SubElement(division, "fptr", {"FILEID": f"group-{number}"})
        if label == "Representations":
            for name, path in described.representations:
                inner = SubElement(division, "div", {"ID": f"div-{name}", "LABEL": f"Representations/{name}"})
                SubElement(inner, "mptr", _location(path) | {"xlink:title": f"group-{number}"})


def _reference(section: Element, entry: Entry) -> None:
    is_known = entry.kind == "PREMIS"
    kind = {"MDTYPE": "PREMIS"} if is_known else {"MDTYPE": "OTHER", "OTHERMDTYPE": entry.kind}
    SubElement(section, "mdRef", _location(entry.path) | kind | _facts(entry))


def _file(group: Element, identifier: str, entry: Entry) -> None:
    element = SubElement(group, "file", {"ID": identifier} | _facts(entry))
    SubElement(element, "FLocat", _location(entry.path))


def _facts(entry: Entry) -> dict[str, str]:
    return {
        "MIMETYPE": entry.media_type,
        "SIZE": str(entry.size),
        "CREATED": _moment(entry.made_at),
        "CHECKSUM": entry.sha256,
        "CHECKSUMTYPE": "SHA-256",
    }


def _location(path: str) -> dict[str, str]:
    return {"LOCTYPE": "URL", "xlink:type": "simple", "xlink:href": quote(path)}


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
