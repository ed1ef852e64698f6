"""`manage.py export_extracts`: whole files, only what is new, and clear words for what is in the way."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from protocols.actions.extracts import issue_extract
from protocols.models import Extract, Meeting
from tests.factories import Region, make_region
from tests.protocols.actions.test_bundles import CHECK, hold


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def meeting(region: Region) -> Meeting:
    meeting = hold(region, 2)
    for paragraph in meeting.paragraphs.all():
        issue_extract(paragraph, by=None, check_address=CHECK)
    return meeting


def export(to: Path, *arguments: str) -> str:
    said = io.StringIO()
    call_command("export_extracts", "--to", str(to), *arguments, stdout=said, stderr=said)
    return said.getvalue()


def test_every_issued_extract_is_written_once_unless_it_is_damaged_or_in_the_way(
    meeting: Meeting, tmp_path: Path
) -> None:
    to = tmp_path / "new" / "archive"
    assert "2 written, 0 there already, 0 not written" in export(to)
    written = sorted(to.rglob("*"))
    assert [path.name for path in written if path.is_file()] == ["RS 2026 § 1.pdf", "RS 2026 § 2.pdf"]
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in written if path.is_file()}
    assert digests == set(Extract.objects.values_list("sha256", flat=True))
    assert "0 written, 2 there already, 0 not written" in export(to, "--meeting", str(meeting.pk))
    first, _second = Extract.objects.order_by("paragraph__number")
    Path(first.file.path).write_bytes(b"%PDF-another")
    said, to = io.StringIO(), tmp_path / "again"
    with pytest.raises(CommandError, match="1 of 2 extracts could not be written"):
        call_command("export_extracts", "--to", str(to), stdout=said, stderr=said)
    assert "§ 1.pdf: the stored extract is damaged" in said.getvalue()
    assert [path.name for path in to.rglob("*.pdf")] == ["RS 2026 § 2.pdf"]
    next(to.rglob("*.pdf")).write_bytes(b"somebody's own")
    with pytest.raises(CommandError, match="2 of 2"):
        call_command("export_extracts", "--to", str(to), stdout=said, stderr=said)
    assert next(to.rglob("*.pdf")).read_bytes() == b"somebody's own"


def test_wrong_input_is_told(region: Region, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no meeting 999999"):
        export(tmp_path, "--meeting", "999999")
    unverified = hold(region, 1, is_verified=False)
    with pytest.raises(CommandError, match=r"No paragraph of .* is verified"):
        export(tmp_path, "--meeting", str(unverified.pk))
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="cannot be made or written to"):
        export(tmp_path / "file")
