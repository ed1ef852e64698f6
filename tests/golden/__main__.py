"""`python -m tests.golden`: the pictures anew, to be looked at and committed."""

from __future__ import annotations

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.golden.papers import PICTURES, keep

    keep()
    print(f"Look at {PICTURES.relative_to(PICTURES.parents[2])}/ before you commit it.")
