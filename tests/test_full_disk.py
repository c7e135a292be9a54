"""A disk without room: one clear message, nothing half-written, nothing lost, nobody locked out.

The disk is a real one; the system is told to refuse every byte beyond some 8 KB of a file, as a full one does.
"""

import json
import shutil
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from station_app.domain.station import StationProfile
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.support.faults import FileInUse

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")

ROOT = Path(__file__).parents[1]
ROSTER = ROOT / "tests" / "samples" / "代表花名册_禾溪镇.xlsx"
VISIT = {
    "date": "2026-11-20",
    "receivers": ["肖敏"],
    "visitor": {"name": "覃水生", "phone": "14000000001"},
    "opinions": [{"words": "沟渠淤塞。"}],
}
CLOCK = fixed_clock(date(2026, 11, 25))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "禾溪.station"
    Desks.create(path, CLOCK, StationProfile("禾溪镇人大代表联络站")).close()
    return path


def without_room(*arguments: str) -> str:
    """Run a command with no room to write and return what it says; it has to end as a fault of the machine."""
    command = [sys.executable, str(ROOT / "main.py"), *arguments, "--today", "2026-11-25"]
    shell = [shutil.which("sh") or "sh", "-c", 'ulimit -f 16; exec "$@"', "sh", *command]
    done = subprocess.run(shell, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_new_register_is_whole_or_not_there(tmp_path: Path) -> None:
    without_room("new", "--file", str(tmp_path / "新.station"), "--station", "禾溪镇人大代表联络站")
    without_room("demo", "--out", str(tmp_path / "示例"), "--years", "1", "--opinions", "5")
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("format_", ["xlsx", "pdf"])
def test_a_ledger_is_whole_or_not_there(file: Path, tmp_path: Path, format_: str) -> None:
    desks = Desks.open(file, CLOCK)
    desks.intake.confirm(desks.intake.preview(ROSTER, SheetKind.ROSTER))
    desks.close()
    before = files_in(tmp_path)
    arguments = ("export", "roster", "--file", str(file), "--all", "--format", format_, "--out", str(tmp_path / "出"))
    assert "磁盘空间不足" in without_room(*arguments)
    assert files_in(tmp_path) == before


def test_what_was_not_written_is_not_there_and_the_register_opens_again(file: Path, tmp_path: Path) -> None:
    json_input = tmp_path / "visit.json"
    json_input.write_text(json.dumps(VISIT), encoding="utf-8")
    before = files_in(tmp_path)
    without_room("register", "--file", str(file), "--json-input", str(json_input))
    without_room("import", "roster", str(ROSTER), "--file", str(file))
    assert files_in(tmp_path) == before
    desks = Desks.open(file, CLOCK)
    health = desks.housekeeping.check()
    assert (health.problems, health.broken_step) == ((), None)
    assert health.counts["visits"] == health.counts["deputies"] == 0
    desks.close()


def test_a_lock_that_was_never_signed_keeps_nobody_out(file: Path) -> None:
    lock = file.with_name(file.name + ".lock")
    lock.touch()
    Desks.open(file, CLOCK).close()
    assert not lock.exists()


def test_a_lock_that_is_just_being_signed_keeps_the_second_program_out(file: Path) -> None:
    lock = file.with_name(file.name + ".lock")
    lock.touch()
    note = json.dumps({"host": "别的电脑", "pid": 1})
    signing = threading.Timer(0.3, lock.write_text, [note], {"encoding": "utf-8"})
    signing.start()
    with pytest.raises(FileInUse, match="别的电脑"):
        Desks.open(file, CLOCK)
    signing.join()
    assert lock.read_text(encoding="utf-8") == note
