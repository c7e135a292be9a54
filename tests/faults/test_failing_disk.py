"""A disk that answers EIO now and then: reading, writing, syncing, renaming; what was acknowledged is there."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from station_app.support.paths import program_root
from tests.faults import kills

FRESH = 2
KINDS = {"reading": "r", "writing": "w", "syncing": "s", "moving": "m", "everything": "rwsm"}


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that makes disks fail; skips where there is no C compiler or no way to load it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no compiler for the failing disk")
    made = tmp_path_factory.mktemp("shim") / "failing_disk.so"
    source = Path(__file__).with_name("failing_disk.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(made), str(source), "-ldl"], check=True)
    return made


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", KINDS)
def test_a_failing_disk_is_told_and_loses_nothing(kind: str, seed: int, shim: Path, tmp_path: Path) -> None:
    station = kills.found(tmp_path / "站", Random(FRESH))
    environment = {
        **os.environ, "LD_PRELOAD": str(shim), "EIO_UNDER": str(station.folder), "EIO_WHEN": str(tmp_path / "坏"),
        "EIO_EVERY": str((12, 60)[seed]), "EIO_CALLS": KINDS[kind], "TMPDIR": str(tmp_path),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.faults.failing_work", str(station.folder), str(tmp_path), str(seed)]
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", cwd=program_root(), check=False
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["faults"] or said["opened"] < 6
