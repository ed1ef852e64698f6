from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import env_bool, env_int, env_list, env_path, env_secret, env_str

SECRET = "x" * 50


def test_str_default_and_value(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env_str("KB_WORD", "standard") == "standard"
    monkeypatch.setenv("KB_WORD", " annat \n")
    assert env_str("KB_WORD", "standard") == "annat"


def test_str_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "word").write_text("hemligt\n")
    monkeypatch.setenv("KB_WORD_FILE", str(tmp_path / "word"))
    assert env_str("KB_WORD", "") == "hemligt"


def test_str_from_a_missing_file_names_both(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KB_WORD_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match=r"KB_WORD_FILE names .*none, which cannot be read"):
        env_str("KB_WORD", "")


@pytest.mark.parametrize(("text", "expected"), [("1", True), ("Ja", True), ("off", False), ("", False)])
def test_bool(monkeypatch: pytest.MonkeyPatch, text: str, expected: bool) -> None:
    monkeypatch.setenv("KB_SWITCH", text)
    assert env_bool("KB_SWITCH", default=not expected) is expected


def test_bool_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_SWITCH", "kanske")
    with pytest.raises(ImproperlyConfigured, match="KB_SWITCH is 'kanske'; write 1 or 0"):
        env_bool("KB_SWITCH", default=True)


def test_int_default_for_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_NUMBER", "")
    assert env_int("KB_NUMBER", 5) == 5


@pytest.mark.parametrize("text", ["fem", "-1", "1.5"])
def test_int_that_is_none(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("KB_NUMBER", text)
    with pytest.raises(ImproperlyConfigured, match=r"KB_NUMBER is .*; write a whole number such as 5"):
        env_int("KB_NUMBER", 5)


def test_list_without_empty_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_LIST", "a.example, b.example,,")
    assert env_list("KB_LIST", []) == ["a.example", "b.example"]


def test_path_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_PATH", "data")
    assert env_path("KB_PATH", Path("/x")) == tmp_path / "data"


def test_secret_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KB_SECRET", SECRET)
    assert env_secret("KB_SECRET", kept_in=tmp_path / "secret") == SECRET
    assert not (tmp_path / "secret").exists()


def test_secret_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret"
    first = env_secret("KB_SECRET", kept_in=path)
    assert len(first) >= 50
    assert env_secret("KB_SECRET", kept_in=path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_secret_missing_or_short(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="KB_SECRET must hold at least 50 random characters"):
        env_secret("KB_SECRET", kept_in=None)
    monkeypatch.setenv("KB_SECRET", "kort")
    with pytest.raises(ImproperlyConfigured, match="openssl rand"):
        env_secret("KB_SECRET", kept_in=None)
