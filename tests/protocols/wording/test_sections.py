from __future__ import annotations

from datetime import date

from protocols.document import DocumentSection
from protocols.enums import DecisionKind, NonParticipationKind, ProposalKind, SectionKind
from protocols.facts import (
    MotionFact,
    NonParticipationFact,
    NoteFact,
    ParagraphFacts,
    ReservationFact,
    TreatmentFact,
)
from protocols.wording.headings import GOTEBORG_PROFILE, Heading
from protocols.wording.sections import build, made
from tests.protocols.wording.examples import (
    ALEX,
    ASSEMBLY,
    JONAS,
    NBSP,
    REJECT_ALL,
    TABLED,
    TORA,
    decides,
    facts,
    main,
    proposal,
    proposes,
)

WRITTEN = {
    SectionKind.STATEMENT: "<p>Tågen går redan.</p>",
    SectionKind.SUMMARY: "<p>Motionären vill ha <em>nattåg</em>.</p>",
    SectionKind.MATTER: '<p>Se <a href="https://region.example/tag">planen</a>.</p><h3>Bakgrund</h3><p>Kort.</p>',
    SectionKind.IMPACT: "<p>Ingen påverkan.</p>",
}


def full(**recorded: object) -> ParagraphFacts:
    """An item in which every section has something to say."""
    return facts(
        **{
            "proposals": (TABLED, proposal(2, ProposalKind.GRANT, TORA)),
            "questions": (main(1, 1, 2),),
            "decision": proposes(REJECT_ALL),
            "reservations": (ReservationFact((TORA,)),),
            "notes": (NoteFact((JONAS,), "<p>Tack.</p>"),),
            "non_participations": (NonParticipationFact(ALEX, NonParticipationKind.RECUSAL),),
            "earlier_treatment": (
                TreatmentFact("Regionstyrelsen", date(2026, 4, 2), 88, DecisionKind.POSTPONES),
            ),
            "appendices": ("Motion 2-2026 & bilaga",),
            "recipients": ("Kollektivtrafiken",),
        }
        | recorded
    )


def test_immediate_verification_is_told_only_where_it_was_decided() -> None:
    assert made(SectionKind.VERIFICATION, facts()) == ""
    words = made(SectionKind.VERIFICATION, facts(is_immediate=True))
    assert words == "<p>Paragrafen förklaras omedelbart justerad.</p>"
    (section,) = [s for s in build(facts(is_immediate=True), {}) if s.kind == SectionKind.VERIFICATION]
    assert section.heading == "Justering"


def test_build_a_whole_paragraph_in_the_region_s_order() -> None:
    assert [(section.heading, section.html) for section in build(full(), WRITTEN)] == [
        (
            "Regionstyrelsens beslut",
            "<p>Regionstyrelsen föreslår regionfullmäktige besluta att motionen avslås.</p>",
        ),
        ("Reservation", f"<p>Tora Hedlund{NBSP}(V) reserverar sig mot beslutet.</p>"),
        ("Yttrande till beslutsförslaget", "<p>Tågen går redan.</p>"),
        ("Sammanfattning", "<p>Motionären vill ha <em>nattåg</em>.</p>"),
        (
            "Tidigare behandling",
            f"<ul><li>Regionstyrelsen 2026-04-02, §{NBSP}88 (bordlägger)</li></ul>",
        ),
        (
            "Ärendets behandling under sammanträdet",
            f"<p>Tora Hedlund{NBSP}(V) föreslår bifall till motionen.</p>",
        ),
        (
            "Beslutsgång",
            (
                "<p>Ordföranden ställer det liggande förslaget mot Tora Hedlunds förslag och finner att "
                "regionstyrelsen bifaller det liggande förslaget.</p>"
            ),
        ),
        ("Jäv", f"<p>Alex Prytz{NBSP}(L) anmäler jäv och deltar inte i handläggningen av ärendet.</p>"),
        (
            "Protokollsanteckning",
            f"<p>Jonas Lindfors{NBSP}(MP) lämnar följande protokollsanteckning:</p>\n<p>Tack.</p>",
        ),
        ("Ärendet", WRITTEN[SectionKind.MATTER]),
        ("Beslutsförslagets påverkan avseende jämställdhet", "<p>Ingen påverkan.</p>"),
        ("Bilagor:", "<ul><li>Motion 2-2026 &amp; bilaga</li></ul>"),
        ("Protokollsutdrag skickas till:", "<ul><li>Kollektivtrafiken</li></ul>"),
    ]


def test_build_in_the_order_of_goteborg() -> None:
    assert [section.heading for section in build(full(), WRITTEN, GOTEBORG_PROFILE)] == [
        "Beslut",
        "Tidigare behandling",
        "Handling",
        "Sammanfattning",
        "Yttrande till beslutsförslaget",
        "Ärendet",
        "Påverkan avseende jämställdhet",
        "Yrkanden",
        "Propositionsordning",
        "Jäv",
        "Protokollsanteckning",
        "Reservation",
        "Protokollsutdrag skickas till",
    ]


def test_build_leaves_out_what_has_nothing_to_say() -> None:
    item = facts(decision=proposes(REJECT_ALL), recipients=(" ",))
    assert [section.kind for section in build(item, {SectionKind.SUMMARY: "<p>&nbsp;</p>"})] == [
        SectionKind.DECISION
    ]


def test_build_of_nothing() -> None:
    assert build(facts(), {}) == ()


def test_build_marks_what_was_reworded() -> None:
    own = "<p>Motionen föreslås bli avslagen.</p>"
    section = build(full(), {}, reworded={SectionKind.DECISION: own})[0]
    assert section == DocumentSection(SectionKind.DECISION, "Regionstyrelsens beslut", own, is_reworded=True)


def test_build_does_not_mark_a_rewording_that_changes_nothing() -> None:
    same = made(SectionKind.DECISION, full())
    assert build(full(), {}, reworded={SectionKind.DECISION: same})[0].is_reworded is False


def test_build_does_not_let_a_blank_rewording_hide_facts() -> None:
    sections = build(full(), {}, reworded={SectionKind.RESERVATION: "<p></p>"})
    assert (sections[1].html, sections[1].is_reworded) == (made(SectionKind.RESERVATION, full()), False)


def test_build_does_not_reword_what_people_write() -> None:
    sections = build(facts(), WRITTEN, reworded={SectionKind.SUMMARY: "<p>annat</p>"})
    assert {section.kind: section.html for section in sections} == WRITTEN


def test_build_keeps_sections_that_the_profile_forgot() -> None:
    profile = (Heading(SectionKind.DECISION, "Beslut"),)
    kinds = [section.kind for section in build(full(), {}, profile)]
    assert kinds[0] == SectionKind.DECISION
    assert SectionKind.RESERVATION in kinds


def test_build_lists_the_motions_of_a_block_after_what_is_written() -> None:
    block = facts(
        body=ASSEMBLY,
        motion=None,
        block_motions=(MotionFact("7-2026", "Kultur & skola", 1, (TORA,)),),
        remitted_to="regionstyrelsen",
        decision=decides(),
    )
    assert [
        section.html for section in build(block, {SectionKind.MATTER: "<p>En motion har väckts.</p>"})
    ] == [
        "<p>Regionfullmäktige beslutar att remittera motionen till regionstyrelsen för beredning.</p>",
        (
            "<p>En motion har väckts.</p>\n"
            f"<ul><li>Motion 7-2026: Kultur &amp; skola, av Tora Hedlund{NBSP}(V)</li></ul>"
        ),
    ]


def test_made_escapes_names_and_texts() -> None:
    item = facts(proposals=(proposal(2, ProposalKind.ADD, TORA, text="a < b & <script>"),))
    assert made(SectionKind.DELIBERATION, item) == (
        f"<p>Tora Hedlund{NBSP}(V) föreslår som tillägg att a &lt; b &amp; &lt;script&gt;.</p>"
    )


def test_made_of_a_written_section_is_empty() -> None:
    assert made(SectionKind.STATEMENT, full()) == ""
