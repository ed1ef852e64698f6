"""The app of meetings and decisions."""

from __future__ import annotations

from django.apps import AppConfig


class ProtocolsConfig(AppConfig):
    """What meetings decide: paragraphs, reservations, verification and extracts."""

    name = "protocols"
    verbose_name = "Protokoll"
