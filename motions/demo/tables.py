"""Turns TOML tables into frozen dataclasses: strict about unknown and missing keys and about types."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, time, timedelta
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")


class DemoDataError(ValueError):
    """The demo files contradict themselves or the form they should have; says where and how."""


def from_table(cls: type[T], table: Mapping[str, Any], where: str) -> T:
    """Build a dataclass from a TOML table. Raises DemoDataError naming `where` and the key."""
    hints = typing.get_type_hints(cls)
    fields = {field.name: field for field in dataclasses.fields(typing.cast("Any", cls))}
    unknown = sorted(set(table) - set(fields))
    if unknown:
        raise DemoDataError(f"{where}: unknown {', '.join(unknown)}")
    missing = [name for name, field in fields.items() if name not in table and _is_required(field)]
    if missing:
        raise DemoDataError(f"{where}: missing {', '.join(missing)}")
    values = {name: _convert(hints[name], value, f"{where}.{name}") for name, value in table.items()}
    return cls(**values)


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _convert(hint: Any, value: Any, where: str) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _convert(arguments[0], value, where)  # only "X | None" is used, and TOML has no null
    if origin is tuple:
        if not isinstance(value, list):
            raise DemoDataError(f"{where}: a list is expected")
        return tuple(_convert(arguments[0], one, f"{where}[{index}]") for index, one in enumerate(value))
    if origin is not None and issubclass(origin, Mapping):
        return {key: _convert(arguments[1], one, f"{where}.{key}") for key, one in value.items()}
    if dataclasses.is_dataclass(hint):
        return from_table(typing.cast("Any", hint), value, where)
    return _convert_plain(hint, value, where)


def _convert_plain(hint: Any, value: Any, where: str) -> Any:
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(value)
        except ValueError as error:
            raise DemoDataError(f"{where}: {error}") from error
    if hint is str and isinstance(value, str):
        return value.strip()
    if type(value) is not hint:
        raise DemoDataError(f"{where}: {hint.__name__} is expected, not {value!r}")
    return value


def shifted(value: Any, by: timedelta) -> Any:
    """The same value with every date in it moved; times of day stay."""
    if isinstance(value, date):
        return value + by
    if isinstance(value, str | int | time | Enum) or value is None:
        return value
    if isinstance(value, tuple):
        return tuple(shifted(one, by) for one in value)
    if isinstance(value, Mapping):
        return {key: shifted(one, by) for key, one in value.items()}
    fields = dataclasses.fields(value)
    return dataclasses.replace(value, **{f.name: shifted(getattr(value, f.name), by) for f in fields})
