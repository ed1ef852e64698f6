"""The wiring as a Django app: it owns the table of failed logins."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registered so that its model and migration are found."""

    name = "config"
    verbose_name = "Drift"
