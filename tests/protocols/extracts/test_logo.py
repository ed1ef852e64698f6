"""What may be a logo, and what is said of anything else."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from protocols.extracts.logo import MOST_BYTES, LogoError, read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'
SHAPE = '<path fill="#246" d="M0 0h40v20z"/>'


def svg(inside: str) -> bytes:
    return SVG.format(inside).encode()


def png(width: int = 30, height: int = 10, mode: str = "RGBA") -> bytes:
    written = BytesIO()
    Image.new(mode, (width, height)).save(written, "PNG")
    return written.getvalue()


def test_shapes_are_kept_and_their_ratio_known() -> None:
    logo = read_logo(svg(f'<defs><g id="a">{SHAPE}</g></defs><use href="#a"/>'))
    assert (logo.media_type, logo.ratio) == ("image/svg+xml", 2)
    assert b'd="M0 0h40v20z"' in logo.content


def test_notes_of_a_drawing_program_go_and_so_does_what_would_run() -> None:
    content = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:ink="http://ink.example/ns" width="4" height="1mm"'
        f' onload="alert(1)" ink:version="1"><metadata>Eva</metadata><ink:view/>{SHAPE}</svg>'
    )
    logo = read_logo(content.encode())
    assert logo.ratio == 4
    assert not any(word in logo.content for word in (b"onload", b"Eva", b"ink", b"DOCTYPE"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tom"),
        (b"%PDF-1.7", "varken en SVG eller en PNG"),
        (b"\xff\xfe\x00", "varken en SVG eller en PNG"),
        (b"<html/>", "varken en SVG eller en PNG"),
        (b"<svg", "varken en SVG eller en PNG"),
        (b" " * (MOST_BYTES + 1), "större än 300 kB"),
        (svg("<script>alert(1)</script>"), "”script”"),
        (svg("<foreignObject/>"), "”foreignObject”"),
        (svg("<text>Region</text>"), "kurvor"),
        (svg('<image href="data:image/png;base64,AA"/>'), "en bild inuti"),
        (svg('<use href="https://ond.example/x.svg#a"/>'), "utifrån"),
        (svg('<rect fill="url(https://ond.example/x)"/>'), "utifrån"),
        (svg("<style>@import 'x.css';</style>"), "utifrån"),
        (svg("<style>a{fill:url(http://ond.example)}</style>"), "utifrån"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "DOCTYPE"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "viewBox"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>', "viewBox"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 1"/>', "avlång"),
        (png()[:40], "skadad"),
        (png(4001, 1000, "1"), "4000 × 4000"),
    ],
)
def test_anything_else_is_refused_with_a_word(content: bytes, said: str) -> None:
    with pytest.raises(LogoError, match=said):
        read_logo(content)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1", "I;16"])
def test_a_png_is_written_anew(mode: str) -> None:
    logo = read_logo(png(mode=mode))
    assert (logo.media_type, logo.ratio) == ("image/png", 3)
    with Image.open(BytesIO(logo.content)) as image:
        assert image.mode in {"RGB", "RGBA"}
