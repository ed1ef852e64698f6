"""Files that go along inside a paper, tied to it as PDF/A-3 wants (ISO 19005-3, 6.8)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import pydyf


class Relationship(Enum):
    """What the file is to the paper (AFRelationship).

    What it was made from, the same in another form, or something that goes along.
    """

    DATA = "Data"
    ALTERNATIVE = "Alternative"
    SUPPLEMENT = "Supplement"


@dataclass(frozen=True)
class Attachment:
    """A file inside a paper; `changed_on` is the day its content was settled."""

    name: str
    media_type: str
    description: str
    relationship: Relationship
    changed_on: date
    content: bytes


def attach(pdf: Any, files: Sequence[Attachment]) -> None:
    """Put the files into a pydyf.PDF that has no other: listed for readers, associated with the document."""
    if not files:
        return
    references = [_file(pdf, file) for file in files]
    names = pydyf.Array()
    for file, reference in sorted(zip(files, references, strict=True), key=lambda pair: pair[0].name):
        names.extend([pydyf.String(file.name), reference])
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = pydyf.Array(references)


def _file(pdf: Any, file: Attachment) -> bytes:
    stream = pydyf.Stream(
        [file.content],
        pydyf.Dictionary(
            {
                "Type": "/EmbeddedFile",
                "Subtype": f"/{file.media_type.replace('/', '#2f').replace('+', '#2b')}",
                "Params": pydyf.Dictionary(
                    {
                        "Size": len(file.content),
                        "ModDate": pydyf.String(f"D:{file.changed_on:%Y%m%d}"),
                        "CheckSum": f"<{hashlib.md5(file.content, usedforsecurity=False).hexdigest()}>",
                    }
                ),
            }
        ),
        compress=True,
    )
    pdf.add_object(stream)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(file.name),
            "UF": pydyf.String(file.name),
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "Desc": pydyf.String(file.description),
            "AFRelationship": f"/{file.relationship.value}",
        }
    )
    pdf.add_object(specification)
    reference: bytes = specification.reference
    return reference
