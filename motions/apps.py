"""The app of the matter."""

from __future__ import annotations

from django.apps import AppConfig


class MotionsConfig(AppConfig):
    """The matter: motions, the people who act on them and the register."""

    name = "motions"
    verbose_name = "Motioner"
