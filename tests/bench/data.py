"""A register of any size, written straight into the tables; a paragraph of two pages; minutes of sixty §§."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from motions.enums import WrittenSection
from motions.models import Motion
from protocols.actions.agenda import add_matter
from protocols.actions.meetings import open_meeting
from protocols.actions.taking_up import take_up
from protocols.actions.texts import save_section, set_recipients
from protocols.models import Meeting, Paragraph
from tests.factories import Region, clock, decide, make_meeting, make_prepared_motion, make_region, open_with

#: Of a hundred motions in an old register this many are still open; the others are closed.
OPEN_PERCENT = 5

_MOTIONS = """
    INSERT INTO motions_motion (number, registry_number, title, text, handed_in_on, due_on, decided_on,
                                stage, minority_deferral_used, created_at)
    SELECT 'x' || n, 'x' || n,
           (ARRAY['Fler', 'Bättre', 'Tryggare', 'Närmare'])[1 + n %% 4] || ' '
           || (ARRAY['cykelvägar', 'vårdcentraler', 'bussturer', 'bibliotek', 'tandläkare'])[1 + n %% 5]
           || ' i område ' || n,
           '<p>Länet växer, och behoven växer med det. Därför behövs förändring i område ' || n || '.</p>',
           day, day + 365, CASE WHEN open THEN NULL ELSE day + 300 END,
           CASE WHEN NOT open THEN 'closed' ELSE
               (ARRAY['registered', 'remitted', 'in_preparation', 'at_board', 'at_assembly'])[1 + n %% 5] END,
           false, now()
    FROM (SELECT n, n > %(size)s * (100 - %(open)s) / 100 AS open,
                 current_date - ((%(size)s - n) * 14600 / %(size)s)::int AS day
          FROM generate_series(1, %(size)s) AS n) AS rows
"""
_MOVERS = """
    INSERT INTO motions_motionmover (motion_id, person_id, party_id, position)
    SELECT m.id, p.id, a.party_id, 1 FROM motions_motion m
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM motions_person) p
         ON p.place = m.id %% 7
    JOIN motions_partyaffiliation a ON a.person_id = p.id
    WHERE m.number LIKE 'x%%'
"""
_CLAUSES = """
    INSERT INTO motions_clause (motion_id, position, text, proposed_outcome, outcome)
    SELECT id, position, 'att förslaget genomförs', '', ''
    FROM motions_motion, generate_series(1, 2) AS position
    WHERE number LIKE 'x%%'
"""
_EVENTS = """
    INSERT INTO motions_motionevent (motion_id, kind, happened_on, recorded_at, by_id, facts)
    SELECT m.id, kind, handed_in_on, now(), u.id, '{}'
    FROM motions_motion m, unnest(ARRAY['received', 'registered']) AS kind,
         (SELECT min(id) AS id FROM motions_user) u
    WHERE number LIKE 'x%%'
"""

_SENTENCE = (
    "Regionen har under flera år arbetat med frågan i samverkan med länets kommuner, och erfarenheterna "
    "visar att arbetet ger bäst resultat när ansvaret är tydligt fördelat mellan verksamheterna. "
)


def fill(size: int) -> Region:
    """A region whose register holds `size` motions, with movers, att-satser and events."""
    region = make_region()
    with connection.cursor() as cursor:
        for statement in (_MOTIONS, _MOVERS, _CLAUSES, _EVENTS):
            cursor.execute(statement, {"size": size, "open": OPEN_PERCENT})
        cursor.execute("VACUUM ANALYZE")
    return region


def two_pages(region: Region) -> Paragraph:
    """A decided, unverified paragraph with the headings and the length of a real one."""
    motion = make_prepared_motion(region, title="om samordnade resor", clauses=("resorna samordnas",))
    paragraph = decide(region, open_with(region, make_meeting(region, region.board), motion))
    texts = {
        "statement": f"<p>{_SENTENCE * 3}</p>",
        "summary": f"<p>{_SENTENCE * 2}</p>",
        "matter": f'<p>{_SENTENCE * 2}Se <a href="https://exempel.example/rapport">rapporten</a>.</p>'
        f"<h3>Bakgrund</h3><p>{_SENTENCE * 4}</p><p>{_SENTENCE * 5}</p>"
        f"<h3>Nuvarande arbete</h3><p>{_SENTENCE * 6}<em>Hela kedjan</em> granskas.</p>"
        f"<p>{_SENTENCE * 6}</p>",
        "impact": f"<p>{_SENTENCE}</p>",
    }
    for kind, html in texts.items():
        version = paragraph.sections.filter(kind=kind).values_list("version", flat=True).first() or 0
        save_section(paragraph, by=region.secretary, kind=WrittenSection(kind), html=html, version=version)
    set_recipients(paragraph, by=region.secretary, recipients=[("Regiondirektören", "")])
    return paragraph


def whole_meeting(region: Region, items: int) -> list[Paragraph]:
    """The items of a meeting that has just been opened."""
    meeting = make_meeting(region, region.assembly, held_on=timezone.localdate())
    for number in range(items):
        add_matter(meeting, by=region.secretary, title=f"Ärende {number}")
    open_meeting(meeting, by=region.secretary)
    return list(meeting.paragraphs.order_by("position"))


def sixty_paragraphs(region: Region, meeting: Meeting | None = None) -> Meeting:
    """A meeting, of fullmäktige if none is given, with sixty decided §§ of half a page each."""
    meeting = meeting or make_meeting(region, region.assembly)
    items = [
        add_matter(
            meeting,
            by=region.secretary,
            title=f"Delårsrapport {number} om samordnade resor",
            proposal="att rapporten godkänns",
        )
        for number in range(1, 61)
    ]
    open_meeting(meeting, by=region.secretary, at=clock(meeting, 9))
    for item in items:
        paragraph = decide(region, take_up(item, by=region.secretary, at=clock(meeting, 9, 10)))
        for kind, html in (("summary", f"<p>{_SENTENCE * 2}</p>"), ("matter", f"<p>{_SENTENCE * 8}</p>")):
            save_section(paragraph, by=region.secretary, kind=WrittenSection(kind), html=html, version=0)
    return meeting


def any_motion() -> Motion:
    """A motion in the middle of the register."""
    middle = Motion.objects.filter(number__startswith="x").order_by("pk")
    return middle[middle.count() // 2]
