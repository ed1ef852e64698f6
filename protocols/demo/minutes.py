"""Verifying minutes: the chair and the chosen verifiers approve the text that stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from motions.demo.shapes import Meeting as MeetingData
from protocols.actions.verification import verify_paragraphs
from protocols.demo.world import World
from protocols.models import Paragraph
from protocols.queries.documents import draft_documents
from protocols.queries.facts import with_facts

_BETWEEN_TWO = timedelta(minutes=20)


def verify(world: World, data: MeetingData, places: Sequence[int], *, at: datetime) -> None:
    """Let everybody who must verify the items at `places` of the agenda, the last of whom freezes them."""
    ids = [world.paragraphs[data.key, place].pk for place in places]
    paragraphs = list(with_facts(Paragraph.objects.filter(pk__in=ids)))
    documents = draft_documents(paragraphs, world.cast.organisation)
    seen = {pk: document.sha256() for pk, document in documents.items()}
    chair = data.chair or world.region.body(data.body).presidium.chair
    for turn, name in enumerate((chair, *data.verifiers)):
        verify_paragraphs(
            world.meetings[data.key],
            by=world.cast.users[name],
            seen=seen,
            at=world.past(at + turn * _BETWEEN_TWO),
        )
