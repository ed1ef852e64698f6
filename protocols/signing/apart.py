"""Calling pyHanko from wherever one is: it drives an event loop of its own, and no thread can have two."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def apart(function: Callable[P, T]) -> Callable[P, T]:
    """The function, run in a thread of its own; its caller may have an event loop running."""

    @wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> T:
        with ThreadPoolExecutor(1, "signing") as thread:
            return thread.submit(function, *args, **kwargs).result()

    return called
