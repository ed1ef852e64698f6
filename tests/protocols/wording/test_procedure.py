from __future__ import annotations

import pytest

from protocols.enums import ProposalKind as Kind
from protocols.facts import ProposalFact, QuestionFact
from protocols.wording.formal import minority_needed
from protocols.wording.procedure import procedure
from tests.protocols.wording.examples import (
    ASSEMBLY,
    BIRGITTA,
    FIVE,
    JONAS,
    NBSP,
    TABLED,
    TORA,
    addition,
    facts,
    formal,
    main,
    proposal,
    spaced,
)

GRANT = proposal(2, Kind.GRANT, TORA)
REFER_BACK = proposal(3, Kind.REFER_BACK, TORA, text="Kostnaden är oklar.")
POSTPONE = proposal(4, Kind.POSTPONE, JONAS)
AMEND = proposal(5, Kind.AMEND, JONAS, text="motionens första att-sats bifalls")
ADD = proposal(6, Kind.ADD, BIRGITTA, text="nattåget utvärderas")
ADD_MORE = proposal(7, Kind.ADD, *FIVE, text="beslutet följs upp")
ALL = (TABLED, GRANT, REFER_BACK, POSTPONE, AMEND, ADD, ADD_MORE)


def put(*questions: QuestionFact, **recorded: object) -> tuple[str, ...]:
    return spaced(
        procedure(
            facts(proposals=ALL, questions=questions)
            if not recorded
            else facts(**{"proposals": ALL, "questions": questions} | recorded)
        )
    )


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (
            main(1, 1, 2),
            (
                "Ordföranden ställer det liggande förslaget mot Tora Hedlunds förslag och finner att "
                "regionstyrelsen bifaller det liggande förslaget."
            ),
        ),
        (
            main(2, 1, 2),
            (
                "Ordföranden ställer det liggande förslaget mot Tora Hedlunds förslag och finner att "
                "regionstyrelsen bifaller Tora Hedlunds förslag."
            ),
        ),
        (
            main(1, 1),
            (
                "Ordföranden frågar om det liggande förslaget kan bifallas och finner att regionstyrelsen "
                "bifaller det."
            ),
        ),
        (
            main(None, 2),
            (
                "Ordföranden frågar om Tora Hedlunds förslag kan bifallas och finner att regionstyrelsen "
                "avslår det."
            ),
        ),
        (
            main(5, 1, 2, 5),
            (
                "Ordföranden ställer det liggande förslaget, Tora Hedlunds förslag och Jonas Lindfors "
                "ändringsförslag mot varandra och finner att regionstyrelsen bifaller Jonas Lindfors "
                "ändringsförslag."
            ),
        ),
        (
            main(None, 1, 2),
            (
                "Ordföranden ställer det liggande förslaget mot Tora Hedlunds förslag och finner att "
                "regionstyrelsen avslår förslagen."
            ),
        ),
        (
            formal(None, 3),
            (
                "Ordföranden frågar om ärendet ska avgöras i dag eller återremitteras och finner att "
                "regionstyrelsen beslutar att avgöra ärendet i dag."
            ),
        ),
        (
            formal(3, 3),
            (
                "Ordföranden frågar om ärendet ska avgöras i dag eller återremitteras och finner att "
                "regionstyrelsen beslutar att återremittera ärendet."
            ),
        ),
        (
            formal(4, 4),
            (
                "Ordföranden frågar om ärendet ska avgöras i dag eller bordläggas och finner att "
                "regionstyrelsen beslutar att bordlägga ärendet."
            ),
        ),
        (
            addition(7, 7),
            (
                "Ordföranden frågar om tilläggsförslaget från Tora Hedlund m.fl. kan bifallas och finner att "
                "regionstyrelsen bifaller det."
            ),
        ),
        (
            QuestionFact(main(1).kind, (1, 7), 7),
            (
                "Ordföranden ställer det liggande förslaget mot tilläggsförslaget från Tora Hedlund m.fl. "
                "och finner att regionstyrelsen bifaller tilläggsförslaget från Tora Hedlund m.fl."
            ),
        ),
    ],
)
def test_procedure_of_one_question(question: QuestionFact, line: str) -> None:
    assert put(question) == (line,)


def test_several_owners_are_parted_from_the_next_proposal_by_samt() -> None:
    joint = proposal(2, Kind.GRANT, TORA, BIRGITTA)
    (line,) = put(main(1, 1, 2, 5), proposals=(TABLED, joint, AMEND))
    assert (
        "det liggande förslaget, Tora Hedlunds och Birgitta Sands förslag samt Jonas Lindfors "
        "ändringsförslag mot varandra" in line
    )


def test_procedure_from_formal_questions_to_additions() -> None:
    assert put(formal(None, 4), formal(None, 3), main(1, 1, 2), addition(6, 6), addition(None, 7)) == (
        (
            "Ordföranden frågar först om ärendet ska avgöras i dag eller bordläggas och finner att "
            "regionstyrelsen beslutar att avgöra ärendet i dag."
        ),
        (
            "Därefter frågar ordföranden om ärendet ska avgöras i dag eller återremitteras och finner att "
            "regionstyrelsen beslutar att avgöra ärendet i dag."
        ),
        (
            "Därefter ställer ordföranden det liggande förslaget mot Tora Hedlunds förslag och finner att "
            "regionstyrelsen bifaller det liggande förslaget."
        ),
        (
            "Därefter frågar ordföranden om Birgitta Sands tilläggsförslag kan bifallas och finner att "
            "regionstyrelsen bifaller det."
        ),
        (
            "Slutligen frågar ordföranden om tilläggsförslaget från Tora Hedlund m.fl. kan bifallas och "
            "finner att regionstyrelsen avslår det."
        ),
    )


def test_procedure_of_two_questions() -> None:
    assert put(main(1, 1, 2), addition(None, 6)) == (
        (
            "Ordföranden ställer först det liggande förslaget mot Tora Hedlunds förslag och finner att "
            "regionstyrelsen bifaller det liggande förslaget."
        ),
        (
            "Därefter frågar ordföranden om Birgitta Sands tilläggsförslag kan bifallas och finner att "
            "regionstyrelsen avslår det."
        ),
    )


def test_procedure_in_the_assembly_names_the_board() -> None:
    assert put(main(1, 1, 2), body=ASSEMBLY, tabled_by="regionstyrelsen") == (
        (
            "Ordföranden ställer regionstyrelsens förslag mot Tora Hedlunds förslag och finner att "
            "regionfullmäktige bifaller regionstyrelsens förslag."
        ),
    )


def test_procedure_of_one_wish_moved_twice_is_yes_or_no() -> None:
    again = proposal(8, Kind.GRANT, JONAS)
    assert put(main(8, 2, 8), proposals=(GRANT, again)) == (
        (
            "Ordföranden frågar om Tora Hedlunds och Jonas Lindfors förslag kan bifallas och finner att "
            "regionstyrelsen bifaller det."
        ),
    )


def test_procedure_of_several_referrals_says_whose() -> None:
    other = proposal(9, Kind.REFER_BACK, JONAS, text="Underlag saknas.")
    assert put(formal(None, 3), formal(9, 9), proposals=(TABLED, REFER_BACK, other)) == (
        (
            "Ordföranden frågar först om ärendet ska avgöras i dag eller återremitteras enligt Tora Hedlunds "
            "förslag och finner att regionstyrelsen beslutar att avgöra ärendet i dag."
        ),
        (
            "Därefter frågar ordföranden om ärendet ska avgöras i dag eller återremitteras enligt Jonas "
            "Lindfors förslag och finner att regionstyrelsen beslutar att återremittera ärendet enligt Jonas "
            "Lindfors förslag."
        ),
    )


def test_procedure_of_referral_and_postponement_in_one_question() -> None:
    assert put(formal(4, 3, 4)) == (
        (
            "Ordföranden frågar om ärendet ska avgöras i dag, återremitteras eller bordläggas och finner att "
            "regionstyrelsen beslutar att bordlägga ärendet."
        ),
    )


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (
            formal(3, 3, of=(24, 71)),
            (
                "Ordföranden frågar om ärendet ska avgöras i dag eller återremitteras. Återremiss begärs "
                "av 24 av de 71 närvarande ledamöterna. Enligt 5 kap. 50 § kommunallagen räcker det att "
                "minst en tredjedel av de närvarande, här 24 ledamöter, begär det. Ordföranden finner "
                "därmed att ärendet återremitteras."
            ),
        ),
        (
            formal(4, 4, of=(30, 71)),
            (
                "Ordföranden frågar om ärendet ska avgöras i dag eller bordläggas. Bordläggning begärs av "
                "30 av de 71 närvarande ledamöterna. Enligt 5 kap. 50 § kommunallagen räcker det att minst "
                "en tredjedel av de närvarande, här 24 ledamöter, begär det. Ordföranden finner därmed att "
                "ärendet bordläggs."
            ),
        ),
        (
            formal(None, 3, of=(23, 71)),
            (
                "Ordföranden frågar om ärendet ska avgöras i dag eller återremitteras. Återremiss begärs "
                "av 23 av de 71 närvarande ledamöterna. Enligt 5 kap. 50 § kommunallagen krävs minst en "
                "tredjedel av de närvarande, här 24 ledamöter. Ordföranden finner att regionfullmäktige "
                "beslutar att avgöra ärendet i dag."
            ),
        ),
        (
            formal(3, 3, of=(36, 71)),
            (
                "Ordföranden frågar om ärendet ska avgöras i dag eller återremitteras. Återremiss begärs "
                "av 36 av de 71 närvarande ledamöterna. Ordföranden finner att regionfullmäktige beslutar "
                "att återremittera ärendet."
            ),
        ),
        (
            formal(3, 3, of=(1, 3)),
            (
                "Ordföranden frågar om ärendet ska avgöras i dag eller återremitteras. Återremiss begärs "
                "av 1 av de 3 närvarande ledamöterna. Enligt 5 kap. 50 § kommunallagen räcker det att "
                "minst en tredjedel av de närvarande, här 1 ledamot, begär det. Ordföranden finner därmed "
                "att ärendet återremitteras."
            ),
        ),
    ],
)
def test_procedure_of_a_minority_demand_in_the_assembly(question: QuestionFact, line: str) -> None:
    assert put(question, body=ASSEMBLY) == (line,)


def test_procedure_knows_no_minority_outside_the_assembly() -> None:
    assert put(formal(3, 3, of=(5, 15))) == (
        (
            "Ordföranden frågar om ärendet ska avgöras i dag eller återremitteras och finner att "
            "regionstyrelsen beslutar att återremittera ärendet."
        ),
    )


def test_procedure_keeps_the_paragraph_sign_at_its_number() -> None:
    (line,) = procedure(facts(body=ASSEMBLY, proposals=(REFER_BACK,), questions=(formal(3, 3, of=(24, 71)),)))
    assert f"5{NBSP}kap. 50{NBSP}§ kommunallagen" in str(line)


@pytest.mark.parametrize(
    ("proposals", "questions"),
    [((TABLED,), ()), ((), (main(1, 1),)), ((TABLED,), (main(99, 99),))],
)
def test_procedure_without_anything_put(
    proposals: tuple[ProposalFact, ...], questions: tuple[QuestionFact, ...]
) -> None:
    assert procedure(facts(proposals=proposals, questions=questions)) == ()


@pytest.mark.parametrize(
    ("present", "needed"), [(71, 24), (72, 24), (73, 25), (81, 27), (3, 1), (1, 1), (0, 0)]
)
def test_minority_needed_is_a_third_rounded_up(present: int, needed: int) -> None:
    assert minority_needed(present) == needed
