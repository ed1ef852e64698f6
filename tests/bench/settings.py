"""The production settings with one page more: an empty one, to compare with."""

from __future__ import annotations

from config.settings import *  # noqa: F403 -- the settings under measurement

ROOT_URLCONF = "tests.bench.urls"
