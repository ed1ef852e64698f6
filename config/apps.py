"""The wiring as a Django app: it owns the table of failed logins, the template tags and the commands."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registered so that its model, template tags and commands are found."""

    name = "config"
    verbose_name = "Drift"
