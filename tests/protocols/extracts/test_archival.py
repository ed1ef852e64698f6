"""Every kind of paper held against PDF/A-3a and PDF/UA-1 by three checkers that do not know each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import outloud
import pdfua
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from motions.texts import plain
from protocols.extracts.binding import Leaf, write_book
from protocols.extracts.coverage import printable
from protocols.extracts.metadata import Claims
from protocols.extracts.minutes import minutes_pdf
from protocols.extracts.press import html_to_pdf
from protocols.extracts.render import extract_pdf
from protocols.extracts.summons import summons_pdf
from protocols.extracts.tagging import claims
from protocols.signing.pkcs12 import Pkcs12Signer, load_certificate
from protocols.signing.signer import Act
from tests.archival import broken_rules
from tests.certificates import PASSPHRASE, write_pkcs12
from tests.paper import blocks
from tests.protocols.extracts.minutes_samples import make_minutes
from tests.protocols.extracts.samples import DOCUMENT, DRAFT, body_words, read, with_matter
from tests.protocols.extracts.summons_samples import make_summons

#: pdfua 0.1.3 asks a pikepdf array whether it is a number, which pikepdf 10 refuses. outloud and our rules
#: look for headings without content, too.
NOT_EVALUATED = {"UA-14-001"}

SIGNED_AT = datetime(2026, 5, 27, 12, tzinfo=UTC)

WELL = {"pass", "not-applicable", "manual"}
#: outloud wants a tag around every field. ISO 14289-1, 7.18.1 and 7.18.4 want none around one that lies
#: outside the page, as ours do: nobody can see or reach it.
UNSEEN_FIELDS = ("FRM-003", "form field widget(s) are not inside a /Form structure element")

HARD = """
<h4>Djup</h4><ul><li>ett<ol start="4"><li>två<ul><li>tre</li></ul></li></ol></li></ul>
<ul><li><p>a</p><p>b</p><ol><li><p>c</p></li></ol></li></ul>
<blockquote>Sagt</blockquote>
<table><thead><tr><th scope="col">År</th><th scope="col" colspan="2">Antal</th></tr></thead>
<tr><th>2025</th><td rowspan="2">14</td><td></td></tr>
<tr><th>2026</th><td><p>15</p><ul><li>x</li></ul></td></tr>
<tr><th>2027</th><td>16</td><td>17</td></tr></table>
<p><a href="#">bilagan</a>, <a href="https://a.example/en%20adress">en adress som går över en rad</a>
<strong>Áŋŋel</strong> <em>och</em> <sub>2</sub> Per-Olof שלום</p>
"""


AT = datetime(2026, 5, 27, tzinfo=UTC)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One paper of each kind."""
    folder = tmp_path_factory.mktemp("papers")
    summons = make_summons()
    own = replace(summons, items=tuple(replace(item, papers=()) for item in summons.items))
    made = {
        "extract": extract_pdf(DOCUMENT, check_address="prov.example/verifiera/ABCD-EFGH"),
        "draft": extract_pdf(DRAFT),
        "hard": extract_pdf(with_matter(HARD)),
        "minutes": minutes_pdf(make_minutes(), check_address="prov.example/verifiera/7KQ4-M2XD"),
        "summons": summons_pdf(own).content,
    }
    holder = Pkcs12Signer(load_certificate(write_pkcs12(folder / "prov.p12"), PASSPHRASE))
    once = holder.sign(made["minutes"], Act("Bo Cederlund", "Ordförande", "Regionhuset", SIGNED_AT))
    made["signed"] = holder.sign(once, Act("Cilla Dahl", "Justerare", "Regionhuset", SIGNED_AT))
    made["sealed"] = holder.seal(made["extract"], organisation="Region Prov", reason="Protokollsutdrag")
    for name, content in made.items():
        (folder / f"{name}.pdf").write_bytes(content)
    bound = [Leaf("", f"§ {name}", "Rapport", folder / f"{name}.pdf", AT) for name in ("sealed", "hard")]
    write_book(bound, folder / "book.pdf", organisation="Region Prov", body="Regionstyrelsen", when="2026")
    return {name: folder / f"{name}.pdf" for name in KINDS}


KINDS = ["extract", "draft", "hard", "minutes", "summons", "signed", "sealed", "book"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_paper_keeps_every_rule(papers: dict[str, Path], kind: str) -> None:
    assert broken_rules(papers[kind].read_bytes()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_pdfua_finds_nothing(papers: dict[str, Path], kind: str) -> None:
    report = pdfua.validate(str(papers[kind]))
    assert report.findings == ()
    assert {skipped.rule_id for skipped in report.skipped} <= NOT_EVALUATED


@pytest.mark.parametrize("kind", KINDS)
def test_outloud_finds_nothing(papers: dict[str, Path], kind: str) -> None:
    result = outloud.check(str(papers[kind]))
    assert result.error is None
    found = [(one.rule, one.message.lstrip("0123456789 ")) for one in result.findings]
    failed = [row["name"] for row in result.criteria["pdfua1"] if row["status"] not in WELL]
    assert (found, failed) == (
        ([UNSEEN_FIELDS], ["Annotations"]) if kind in {"signed", "sealed"} else ([], [])
    )


def test_what_is_read_aloud_is_the_document_in_its_order() -> None:
    """The words as the structure tree gives them, held against the document's own."""
    words = [DOCUMENT.label, DOCUMENT.title, "Dnr", DOCUMENT.registry_number]
    for part in DOCUMENT.sections:
        words += [part.heading, plain(part.html)]
    words += ["Vid protokollet", DOCUMENT.secretary, "Justeras", *DOCUMENT.verifiers, "2026-05-27"]
    heard = " ".join(block.text for block in blocks(read(extract_pdf(DOCUMENT))))
    assert heard.split() == " ".join(words).split()


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        written = BytesIO()
        opened.save(written, deterministic_id=True)
    return written.getvalue()


def _forget_scope(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get(Name.S) == Name.TH:
            del item.A["/Scope"]


def _forget_numbering(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get(Name.S) == Name.L and Name.A in item:
            del item["/A"]


def _skip_a_heading(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get(Name.S) == Name.H2:
            item.S = Name.H3


def _run_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _lose_a_font(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get(Name.Type) == Name.Font and Name.ToUnicode in item:
            item.ToUnicode.write(b"")


def _associate_nothing(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF = Array([])


def _print_in_cmyk(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 0 1 k 0 0 9 9 re f")


def _claim_twice(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    rdf = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
    pdf.Root.Metadata.write(packet.replace(b"</x:xmpmeta>", rdf))


@pytest.mark.parametrize(
    ("change", "clauses"),
    [
        (_forget_scope, {"ISO 14289-1 7.5"}),
        (_forget_numbering, {"ISO 14289-1 7.6"}),
        (_skip_a_heading, {"ISO 14289-1 7.4"}),
        (_run_a_script, {"ISO 19005-3 6.5.1"}),
        (_lose_a_font, {"ISO 19005-3 6.2.11.7.2"}),
        (_associate_nothing, {"ISO 19005-3 6.8"}),
        (_print_in_cmyk, {"ISO 19005-3 6.2.4.3", "ISO 14289-1 7.1-3"}),
        (_claim_twice, {"ISO 19005-3 6.6.2.1"}),
    ],
)
def test_a_broken_paper_is_found(
    papers: dict[str, Path], change: Callable[[pikepdf.Pdf], None], clauses: set[str]
) -> None:
    faults = broken_rules(changed(papers["extract"].read_bytes(), change))
    assert {" ".join(fault.split()[:3]) for fault in faults} == clauses


@pytest.mark.parametrize(
    ("letter", "name"),
    [("\U00012000", "[CUNEIFORM SIGN A]"), ("\ue123", "[U+E123]"), ("\U000e0fff", "[U+E0FFF]")],
    ids=["no font has it", "nobody knows what it means", "nobody has given it a meaning"],
)
def test_a_letter_without_shape_or_meaning_is_printed_by_its_name(letter: str, name: str) -> None:
    pdf = extract_pdf(with_matter(f"<p>Kilskrift {letter} här.</p>"))
    assert f"Kilskrift {name} här." in body_words(pdf)
    assert broken_rules(pdf) == []


@pytest.mark.parametrize(
    ("missing", "meanings", "claimed"),
    [
        (set(), {1: "a"}, Claims(is_archival=True, is_accessible=True)),
        ({7}, {1: "a"}, Claims(is_archival=False, is_accessible=False)),
        (set(), {1: "\ue123"}, Claims(is_archival=False, is_accessible=True)),
    ],
    ids=["all drawn", "an empty box", "a letter that means nothing"],
)
def test_a_paper_claims_no_more_than_its_letters_allow(
    missing: set[int], meanings: dict[int, str], claimed: Claims
) -> None:
    assert claims([SimpleNamespace(missing=missing, to_unicode=meanings)]) == claimed


def test_slanted_letters_of_other_scripts_are_drawn_as_themselves() -> None:
    html = "<p><em>★ نور שלום ★</em> <strong><em>نور</em></strong> نور</p><p><em>✓ Ж Ω</em></p>"
    pdf = extract_pdf(with_matter(html))
    assert broken_rules(pdf) == []
    heard = body_words(pdf)
    for word in ("★", "نور", "שלום", "✓", "Ж", "Ω"):
        assert word in heard


def test_marks_of_direction_and_joiners_are_no_letters() -> None:
    text = "A\u200dB\u200eC\ufe0f\u00adD"
    assert printable(text) == text


def test_a_page_of_words_alone_is_a_paper_too() -> None:
    assert broken_rules(html_to_pdf("<!doctype html><html lang=sv><title>x</title><h1>Ord</h1><p>Ord")) == []
