from __future__ import annotations

import pytest

from config.templatetags.parts import year_clock


@pytest.mark.parametrize(
    ("used", "left", "is_done", "state", "words"),
    [
        (304, 61, False, "is-running", "61 dagar kvar"),
        (305, 60, False, "is-near", "60 dagar kvar"),
        (364, 1, False, "is-near", "1 dag kvar"),
        (365, 0, False, "is-near", "0 dagar kvar"),
        (366, -1, False, "is-late", "1 dag över året"),
        (388, -23, False, "is-late", "23 dagar över året"),
        (148, 217, True, "is-done", "avgjord på 148 dagar"),
    ],
)
def test_year_clock(used: int, left: int, is_done: bool, state: str, words: str) -> None:
    html = year_clock(used, left, is_done=is_done)
    assert html == (
        f'<div class="clock {state}"><p class="clock-left">{words}</p>'
        f'<meter min="0" max="365" value="{used}" aria-label="{used} av 365 dagar"></meter></div>'
    )


def test_year_clock_escapes_its_note() -> None:
    assert '<p class="clock-note">&lt;b&gt;</p>' in year_clock(1, 364, note="<b>")
