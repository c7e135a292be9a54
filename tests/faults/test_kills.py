"""A short run of killed clerks; ``python -m tests.faults`` does as many as one likes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the clerk is a forked process")
@pytest.mark.parametrize("seed", [11, 12])
def test_a_killed_clerk_loses_nothing_that_was_acknowledged(seed: int, tmp_path: Path) -> None:
    # A process of its own: it forks, and this one has threads.
    command = [
        sys.executable,
        "-m",
        "tests.faults",
        "--kills",
        "12",
        "--seed",
        str(seed),
        "--keep",
        str(tmp_path / "k"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "12 kills" in done.stdout
