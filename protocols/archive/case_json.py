"""The case as JSON, for who has no reader of ERMS: `docs/schema/case-1.0.schema.json`."""

from __future__ import annotations

import json

from protocols.archive.case import ArchivedCase, ArchivedRecord

SCHEMA = "klubbslag:case"
VERSION = "1.0"


def case_json(case: ArchivedCase) -> bytes:
    """In UTF-8, the same bytes for the same case."""
    content = {
        "schema": SCHEMA,
        "version": VERSION,
        "language": "sv",
        "identifier": str(case.identifier),
        "organisation": case.organisation,
        "registryNumber": case.registry_number,
        "number": case.number,
        "title": case.title,
        "text": case.text,
        "handedInOn": case.handed_in_on.isoformat(),
        "endedOn": case.ended_on.isoformat(),
        "outcome": case.outcome,
        "movers": list(case.movers),
        "clauses": [{"text": text, "outcome": outcome} for text, outcome in case.clauses],
        "events": [
            {
                "kind": event.kind,
                "words": event.words,
                "day": event.day.isoformat(),
                "recordedAt": event.recorded_at.isoformat(),
                "by": event.by,
            }
            for event in case.events
        ],
        "records": [_record(case, record) for record in case.records],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _record(case: ArchivedCase, record: ArchivedRecord) -> dict[str, object]:
    return {
        "identifier": str(case.identifier_of(record)),
        "kind": record.kind.value,
        "title": record.title,
        "day": record.day.isoformat(),
        "isSecret": record.is_secret,
        "note": record.note,
        "replacedBy": record.replaced_by and str(_replacement(case, record)),
        "file": {
            "path": record.file.path,
            "mediaType": record.file.media_type,
            "size": record.file.size,
            "sha256": record.file.sha256,
        },
    }


def _replacement(case: ArchivedCase, record: ArchivedRecord) -> object:
    (other,) = (each for each in case.records if each.identifier == record.replaced_by)
    return case.identifier_of(other)
