"""What became of a whole motion, derived from what became of its att-satser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from motions.enums import Outcome


def overall(outcomes: Iterable[str]) -> list[str]:
    """The badges of a motion whose att-satser met these outcomes: one, or several where none was granted."""
    met = [outcome.value for outcome in Outcome if outcome in set(outcomes)]
    if len(met) > 1 and Outcome.GRANTED in met:
        return [Outcome.partly_granted]
    return met


def verdict(outcomes: Iterable[str]) -> str:
    """The verdict in a few words, to follow a colon: "avslag", "delvis bifall". Empty without outcomes."""
    met = overall(outcomes)
    if len(met) > 1:
        return _("delvis avslag") if Outcome.REJECTED in met else _("besvarad och avskriven")
    return _verdicts()[met[0]] if met else ""


def brief(outcomes: Iterable[str]) -> str:
    """The verdict in as few words as can be, for the steps: "avslag", "besvarad"."""
    return _instead(outcomes, {Outcome.DEEMED_ANSWERED: _("besvarad"), Outcome.WRITTEN_OFF: _("avskriven")})


def proposal(outcomes: Iterable[str]) -> str:
    """The same, to follow "föreslår": "avslag", "att motionen ska anses besvarad"."""
    words = {
        Outcome.DEEMED_ANSWERED: _("att motionen ska anses besvarad"),
        Outcome.WRITTEN_OFF: _("att motionen ska avskrivas"),
    }
    return _instead(outcomes, words)


def _instead(outcomes: Iterable[str], words: Mapping[Outcome, str]) -> str:
    """The verdict, said otherwise where all att-satser met one of these outcomes."""
    met = set(outcomes)
    return next((text for outcome, text in words.items() if met == {outcome}), verdict(met))


def _verdicts() -> dict[str, str]:
    return {
        Outcome.GRANTED.value: _("bifall"),
        Outcome.REJECTED.value: _("avslag"),
        Outcome.DEEMED_ANSWERED.value: _("motionen anses besvarad"),
        Outcome.WRITTEN_OFF.value: _("motionen avskrivs"),
        Outcome.partly_granted: _("delvis bifall"),
    }
