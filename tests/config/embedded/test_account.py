from __future__ import annotations

import os
import shutil
from pathlib import Path

from config.embedded.account import ROOTS_HOME, data_home
from config.embedded.cluster import Cluster


def test_data_home_for_a_folder_that_only_root_reaches(tmp_path: Path) -> None:
    wanted = tmp_path / "data"
    tmp_path.chmod(0o700)
    home = data_home(wanted)
    if os.geteuid() != 0:
        assert home == wanted
        return
    assert home.parent == ROOTS_HOME
    assert home == data_home(wanted)
    assert not home.exists()
    handle = Cluster(home / "postgres", durable=False)
    try:
        assert handle.start() == home / "postgres"
    finally:
        handle.leave()
        shutil.rmtree(home)
