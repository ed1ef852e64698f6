"""A paragraph as JSON: `docs/schema/paragraph-1.0.schema.json`. It says what the paper says and nothing more.

Names are those of OParl 1.1 (body, organization, meeting, agendaItem, paper.reference) and of Popolo (name,
classification); what neither has is named in English: sections, verification, sha256,
carriedAs.
"""

from __future__ import annotations

import json
from typing import Any

from motions.texts import clean, plain
from protocols.document import DocumentSection, FollowingDocument, ParagraphDocument

SCHEMA = "klubbslag:paragraph"
#: Grows in its first part when a reader of the older one would be misled, else in its second.
VERSION = "1.0"
MEDIA_TYPE = "application/json"


def paragraph_json(document: ParagraphDocument) -> bytes:
    """The verified paragraph as JSON in UTF-8, the same bytes each time. Raises ValueError for a draft."""
    if document.verified_on is None:
        raise ValueError("a draft is given to nobody")
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "version": VERSION,
        "language": "sv",
        "body": {"name": document.organisation},
        "organization": {"name": document.body},
        "meeting": {"start": document.held_on.isoformat()},
        "agendaItem": {"number": document.number, "name": document.title},
        "paper": {"reference": document.registry_number},
        "sections": [_section(section) for section in document.sections],
        "secretary": {"name": document.secretary},
        "verification": {
            "date": document.verified_on.isoformat(),
            "persons": [{"name": name} for name in document.verifiers],
        },
        "auxiliaryFile": [_file(row) for row in document.appendices],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _file(appendix: FollowingDocument) -> dict[str, str | int]:
    return {
        "name": f"{appendix.label}. {appendix.title}",
        "mimeType": "application/pdf",
        "size": appendix.size,
        "sha256": appendix.sha256,
        "carriedAs": "attachment" if appendix.is_file else "pages",
    }


def _section(section: DocumentSection) -> dict[str, str]:
    html = clean(section.html)
    return {
        "classification": section.kind.value,
        "name": section.heading,
        "text": plain(html),
        "html": html,
    }
