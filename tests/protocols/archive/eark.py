"""The checker of E-ARK packages, in a process of its own: it leaves files open.

When it is imported it fetches vocabularies from the web that it carries, too; here it takes those.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from importlib.resources import files
from pathlib import Path
from typing import Any
from unittest.mock import patch


def faults(package: Path) -> dict[str, set[str]]:
    """The rules that the package breaks, by severity (Error, Warn, Info); "schema": what METS forbids."""
    command = [sys.executable, "-m", __name__, str(package)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {severity: set(rules) for severity, rules in json.loads(said).items()}


def _main(package: Path) -> None:
    with patch.object(urllib.request, "urlopen", _carried):
        from eark_validator.packages import PackageValidator  # noqa: PLC0415 -- fetches when it is imported

    report = PackageValidator(package).validation_report
    found: dict[str, list[str]] = {}
    for message in report.structure.messages:
        found.setdefault(message.severity.value, []).append(message.rule_id)
    if report.metadata:
        found["schema"] = [message.message for message in report.metadata.schema_results.messages]
        for message in report.metadata.schematron_results.messages:
            found.setdefault(message.severity.value, []).append(message.rule_id)
    print(json.dumps(found))


def _carried(address: str) -> Any:
    vocabularies = files("eark_validator") / "ipxml" / "resources" / "vocabs"
    return (vocabularies / address.rsplit("/", 1)[-1]).open("rb")


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
