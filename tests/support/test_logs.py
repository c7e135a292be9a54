"""The log says what happened and where, and nothing about anybody."""

import faulthandler
import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station_app.support.logs import (
    LOG_NAME,
    RunMark,
    bug_text,
    crash_text,
    log_tail,
    scrub,
    start_log,
    stop_log,
    take_crashes,
)
from station_app.support.paths import program_root

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
log = logging.getLogger("station_app.test")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Return the folder of a log that is being written."""
    assert start_log(tmp_path / "log")
    yield tmp_path / "log"
    stop_log()


def written(folder: Path) -> str:
    """Return the whole log."""
    return (folder / LOG_NAME).read_text(encoding="utf-8")


def register(name: str, phone: str) -> None:
    """Fail as a bug does, with a person in the message and in the values."""
    try:
        int(name)
    except ValueError as first:
        raise KeyError(f"no {name} {phone}") from first


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("visit 12 saved", "visit 12 saved"),
        ("visit of 张伟明 saved", "visit of … saved"),
        ("phone 140 0000 1234", "phone …"),
        ("phone 0771-1234567", "phone …"),
        ("cannot read 'Zhang Wei'", "cannot read …"),
        ("open /data/zhangwei/a b.station", "open …"),
        (r"open C:\用户\Zhang Wei\a.station", "open …"),
        (r"open \\server\zhangwei", "open …"),
        ("mail zhang@example.org", "mail …"),
        ("2026-11-22T09:00:00+08:00 INFO x:3 went", "2026-11-22T09:00:00+08:00 INFO x:3 went"),
        ("  station_app/ui/form.py:12 save", "  station_app/ui/form.py:12 save"),
    ],
)
def test_scrubbing_leaves_ids_times_and_places_in_the_program(text: str, kept: str) -> None:
    assert scrub(text) == kept


def test_a_bug_is_told_by_kind_and_place_with_its_cause() -> None:
    with pytest.raises(KeyError) as caught:
        register("张伟明", "14000001234")
    told = bug_text(caught.value)
    assert told.startswith("KeyError\n")
    assert "after ValueError" in told
    assert "test_logs.py:" in told
    assert " register" in told
    assert "张伟明" not in told
    assert "14000001234" not in told
    assert str(Path(__file__).parent) not in told


def test_the_log_holds_messages_by_id_and_errors_without_their_words(folder: Path) -> None:
    log.info("registered visit %d", 12)
    log.warning("could not find %s in %s", "张伟明", "/data/zhangweiming/联络站")
    try:
        register("张伟明", "14000001234")
    except KeyError:
        log.exception("bug")
    logging.getLogger("openpyxl").warning("cell says Zhang Weiming")
    told = written(folder)
    assert "registered visit 12" in told
    assert "KeyError" in told
    assert "openpyxl" in told
    for secret in ("张伟明", "14000001234", "zhangweiming", "Zhang Weiming"):
        assert secret not in told


def test_the_log_turns_over_and_its_tail_spans_the_files(folder: Path) -> None:
    for number in range(12_000):
        log.info("registered visit %d with a line that is long enough to fill the file soon enough", number)
    assert len(list(folder.glob(f"{LOG_NAME}*"))) > 1
    tail = log_tail(folder, 10_000).splitlines()
    assert len(tail) == 10_000
    assert "visit 11999 " in tail[-1]
    assert "visit 2000 " in tail[0]


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way")
    assert start_log(tmp_path / "log") is None
    mark = RunMark(tmp_path / "log", NOW)
    mark.remove()


def test_a_clean_end_leaves_no_mark(tmp_path: Path) -> None:
    mark = RunMark(tmp_path, NOW)
    assert mark.path.exists()
    assert faulthandler.is_enabled()
    mark.remove()
    assert not list(tmp_path.iterdir())
    assert take_crashes(tmp_path) == []


def test_a_killed_run_is_told_once_with_its_place(tmp_path: Path) -> None:
    script = (
        "import sys, faulthandler\nfrom datetime import datetime, UTC\nfrom pathlib import Path\n"
        "from station_app.support.logs import RunMark\n"
        "mark = RunMark(Path(sys.argv[1]), datetime(2026, 11, 22, 9, 0, tzinfo=UTC))\n"
        "def registering_visit():\n    faulthandler._sigsegv()\n"
        "registering_visit()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=program_root(), check=False, capture_output=True
    )
    assert ended.returncode != 0
    (told,) = take_crashes(tmp_path)
    assert told.startswith("2026-11-22T09:00:00+00:00")
    assert "registering_visit" in told
    assert take_crashes(tmp_path) == []


def test_a_run_that_goes_on_is_no_crash(tmp_path: Path) -> None:
    waiting = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        (tmp_path / f"running-{waiting.pid}.txt").write_text("2026-11-22T09:00:00+00:00\n")
        assert take_crashes(tmp_path) == []
    finally:
        waiting.communicate(b"\n")
    assert len(take_crashes(tmp_path)) == 1


def test_places_in_a_crash_keep_no_folder_of_the_clerk() -> None:
    dump = (
        "2026-11-22T09:00:00+08:00\nFatal Python error: Segmentation fault\n\n"
        'Current thread 0x00007f (most recent call first):\n  File "/data/zhangwei/联络站/station_app/ui/form.py", line 9 in save\n'
        "Extension modules: shiboken6.Shiboken (total: 1)\n"
    )
    told = crash_text(dump)
    assert "  station_app/ui/form.py:9 save" in told
    assert "Segmentation fault" in told
    assert "zhangwei" not in told
