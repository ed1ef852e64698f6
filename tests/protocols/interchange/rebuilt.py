"""A paragraph made again from what its paper carries, and from nothing else."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from protocols.document import DocumentSection, FollowingDocument, ParagraphDocument
from protocols.enums import Following, SectionKind
from protocols.interchange.akoma_ntoso import NAMESPACE

_HTML = {"b": "strong", "i": "em", "blockContainer": "blockquote"}


def from_json(content: bytes) -> ParagraphDocument:
    data = json.loads(content)
    return ParagraphDocument(
        organisation=data["body"]["name"],
        body=data["organization"]["name"],
        held_on=date.fromisoformat(data["meeting"]["start"]),
        number=data["agendaItem"]["number"],
        title=data["agendaItem"]["name"],
        registry_number=data["paper"]["reference"],
        sections=tuple(
            DocumentSection(SectionKind(part["classification"]), part["name"], part["html"])
            for part in data["sections"]
        ),
        secretary=data["secretary"]["name"],
        verifiers=tuple(person["name"] for person in data["verification"]["persons"]),
        verified_on=date.fromisoformat(data["verification"]["date"]),
        appendices=tuple(_following(file) for file in data["auxiliaryFile"]),
    )


def _following(file: dict[str, Any]) -> FollowingDocument:
    label, title = file["name"].split(". ", 1)
    return FollowingDocument(
        number=int(label.removeprefix("Bilaga ")),
        title=title,
        sha256=file["sha256"],
        size=file["size"],
        following=Following.FILE if file["carriedAs"] == "attachment" else Following.PAGES,
    )


def from_xml(content: bytes) -> ParagraphDocument:
    root = fromstring(content)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    label = root.findtext(".//docTitle/../docNumber")
    return ParagraphDocument(
        organisation=root.findtext(".//docAuthority") or "",
        body=root.findtext(".//docProponent") or "",
        held_on=date.fromisoformat(root.findtext(".//docDate") or ""),
        number=int(label.split("\N{NO-BREAK SPACE}")[1]) if label else None,
        title=root.findtext(".//docTitle") or "",
        registry_number=root.findtext(".//p[@class='registry-number']/docNumber") or "",
        sections=tuple(
            DocumentSection(
                SectionKind(part.attrib["class"]),
                part.findtext("heading") or "",
                _inside(part.find("content")),
            )
            for part in root.iterfind(".//section")
        ),
        secretary=root.findtext(".//p[@class='secretary']/person") or "",
        verifiers=tuple(person.text or "" for person in root.iterfind(".//p[@class='verifier']/person")),
        verified_on=date.fromisoformat(root.findtext(".//p[@class='verification']/date") or ""),
    )


def _inside(element: Element | None) -> str:
    assert element is not None
    parts = [escape(element.text or "", quote=False)]
    if element.tag == "table":
        for part, rows in groupby(element, key=lambda row: row.get("class", "")):
            inside = "".join(map(_html, rows))
            parts.append(f"<{part}>{inside}</{part}>" if part else inside)
    else:
        parts += [_html(child) + escape(child.tail or "", quote=False) for child in element]
    return "".join(parts)


def _html(element: Element) -> str:
    inside = _inside(element)
    if element.tag == "subFlow" or element.get("class") == "bare":
        return inside
    tag = element.attrib["name"] if element.tag == "block" else _HTML.get(element.tag, element.tag)
    if tag == "br":
        return "<br>"
    attributes = [("scope", element.attrib["class"])] if tag == "th" and "class" in element.attrib else []
    attributes += [
        (key, element.attrib[key]) for key in ("href", "colspan", "rowspan") if key in element.attrib
    ]
    if tag == "ol" and len(element) and "value" in element[0].attrib:
        attributes.append(("start", element[0].attrib["value"]))
    said = "".join(f' {key}="{escape(value)}"' for key, value in attributes)
    return f"<{tag}{said}>{inside}</{tag}>"
