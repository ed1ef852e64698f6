from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.database import database_settings, main, parse_database_url


def test_url_with_everything() -> None:
    entry = parse_database_url("postgresql://anna:l%40s@db.example:5433/klubbslag?sslmode=require")
    assert entry == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "klubbslag",
        "USER": "anna",
        "PASSWORD": "l@s",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_url_with_a_socket() -> None:
    entry = parse_database_url("postgres:///klubbslag?host=/run/postgresql&user=anna")
    assert (entry["HOST"], entry["USER"], entry["PORT"], entry["OPTIONS"]) == (
        "/run/postgresql",
        "anna",
        "",
        {},
    )


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("mysql://db/klubbslag", "must begin with postgresql://"),
        ("postgresql://db", "names no database"),
        ("postgresql://db:port/klubbslag", "no number as its port"),
    ],
)
def test_url_that_cannot_be_meant(url: str, hint: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=hint):
        parse_database_url(url)


def test_settings_for_a_url_keep_its_options_beside_the_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/klubbslag?sslmode=require")
    monkeypatch.setenv("KLUBBSLAG_DB_POOL", "6")
    options = database_settings(Path("/nowhere"))["OPTIONS"]
    assert options == {"sslmode": "require", "pool": {"min_size": 1, "max_size": 6, "timeout": 10}}


def test_settings_without_a_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/klubbslag")
    monkeypatch.delenv("KLUBBSLAG_DB_POOL", raising=False)
    assert database_settings(Path("/nowhere"))["OPTIONS"] == {}


def test_settings_of_the_embedded_server_start_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    entry = database_settings(tmp_path / "data")
    assert entry["ENGINE"] == "config.embedded"
    assert not entry["EMBEDDED"]["data"].exists()


def test_command_with_a_database_url(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/klubbslag")
    assert main(["status"]) == 0
    assert capsys.readouterr().out == "DATABASE_URL is set: there is no embedded server.\n"


def test_command_status_and_stop_of_a_still_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("KLUBBSLAG_DATA", str(tmp_path))
    assert main(["status"]) == 3
    assert main(["stop"]) == 0
    assert main([]) == 2
    assert capsys.readouterr().out.splitlines() == [
        "Stopped.",
        "The embedded PostgreSQL stands still.",
        "Usage: python -m config.database stop|status",
    ]
