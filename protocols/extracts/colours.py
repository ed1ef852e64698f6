"""Which red the red is: the profile of the screens that colours are chosen on (ISO 19005-3, 6.2.3)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import pydyf

_NAME = "sRGB2014"


def intend_srgb(pdf: Any) -> None:
    """Say in a pydyf.PDF that its colours are sRGB, with the profile that comes along with WeasyPrint."""
    profile = pydyf.Stream([_profile()], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(profile)
    intent = pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String(_NAME),
            "Info": pydyf.String("sRGB IEC61966-2.1"),
            "DestOutputProfile": profile.reference,
        }
    )
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


@cache
def _profile() -> bytes:
    return resources.files("weasyprint.pdf").joinpath(f"{_NAME}.icc").read_bytes()
