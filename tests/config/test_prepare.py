from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.utils.translation import to_locale
from pytest_django import Settings

from config import prepare
from config.serve import gunicorn_options, parse
from motions.models import Organisation
from tests.factories import make_region

CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Motion"
msgstr "Motion"
"""


@pytest.fixture
def catalogue(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "locale" / to_locale("en") / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return path


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    """A site with one static file, and the folder that it is collected into."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "site.css").write_text("a {}")
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    return tmp_path / "collected"


def test_catalogue_is_compiled_once(catalogue: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert prepare.outdated_catalogues() == [catalogue]
    prepare.compile_messages()
    assert catalogue.with_suffix(".mo").exists()
    assert capfd.readouterr().out.startswith("Compiling en texts …")
    prepare.compile_messages()
    assert capfd.readouterr().out == ""


def test_changed_catalogue_is_compiled_again(catalogue: Path) -> None:
    prepare.compile_messages()
    later = catalogue.with_suffix(".mo").stat().st_mtime_ns + 1
    os.utime(catalogue, ns=(later, later))
    assert prepare.outdated_catalogues() == [catalogue]


def test_static_files_are_collected_once(collected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepare.collect_static()
    assert (collected / "site.css").read_text() == "a {}"
    assert capsys.readouterr().out.startswith("Collecting static files …")
    prepare.collect_static()
    assert capsys.readouterr().out == ""


def test_changed_static_file_is_collected_and_a_removed_one_goes(collected: Path, tmp_path: Path) -> None:
    prepare.collect_static()
    (tmp_path / "static" / "site.css").unlink()
    (tmp_path / "static" / "other.css").write_text("b {}")
    prepare.collect_static()
    assert sorted(path.name for path in collected.iterdir()) == [".made-from", "other.css"]


def test_servers_that_start_at_once_collect_once(collected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(60):  # so that it takes a while
        (collected.parent / "static" / f"{number}.css").write_text("a {}")
    with ThreadPoolExecutor(4) as servers:
        for server in [servers.submit(prepare.collect_static) for _ in range(4)]:
            server.result()
    assert len(list(collected.glob("*.css"))) == 61
    assert capsys.readouterr().out.count("Collecting static files …") == 1


@pytest.mark.django_db
def test_tables_that_are_up_to_date_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    prepare.migrate()
    assert capsys.readouterr().out == ""


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_open_when_a_worker_is_forked() -> None:
    connection.ensure_connection()
    options = gunicorn_options(parse(["--port", "8001"]))
    options["pre_fork"](None, None)
    assert connection.connection is None


@pytest.mark.django_db
def test_demo_is_not_loaded_over_data(capsys: pytest.CaptureFixture[str]) -> None:
    region = make_region()
    prepare.load_demo()
    assert list(Organisation.objects.all()) == [region.organisation]
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_demo_is_not_loaded_where_it_is_not_wanted(settings: Settings) -> None:
    settings.DEMO = False
    prepare.load_demo()
    assert not Organisation.objects.exists()
