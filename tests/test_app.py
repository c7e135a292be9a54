"""The program as processes: one for each user, ended cleanly or not, on a PC without anything of ours."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pytestqt.qtbot import QtBot

from station_app.support.logs import LOG_NAME
from station_app.support.paths import program_root
from tests.ui.small_station import small_station

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and the home folder are told otherwise there")
PATIENCE_MS = 60_000  # two programs start at the same time on a busy machine
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return an empty home folder."""
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Return what starts the program offscreen in the empty home; whatever still runs is ended afterwards."""
    running: list[subprocess.Popen[bytes]] = []
    short = TemporaryDirectory(prefix="s")  # the name of a local socket may be a hundred characters long at most
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_"))}
    environment |= {"HOME": str(home), "TMPDIR": short.name, "QT_QPA_PLATFORM": "offscreen"}

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(program_root() / "main.py"), *arguments]
        made = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        running.append(made)
        return made

    yield begin
    for one in running:
        if one.poll() is None:
            one.kill()
        one.communicate()
    short.cleanup()


def logged(home: Path) -> str:
    """Return everything in the log."""
    return "".join(path.read_text(encoding="utf-8") for path in home.rglob(LOG_NAME))


def marks(home: Path) -> list[str]:
    """Return the marks of running or crashed programs."""
    return [path.name for path in home.rglob("running-*.txt")]


def wait_for(qtbot: QtBot, home: Path, words: str, times: int = 1) -> None:
    """Wait until the log says something so many times."""
    qtbot.waitUntil(lambda: logged(home).count(words) >= times, timeout=PATIENCE_MS)


def test_a_second_start_hands_over_to_the_running_window(
    qtbot: QtBot, home: Path, start: Start, tmp_path: Path
) -> None:
    small_station(tmp_path / "一.station").close()
    small_station(tmp_path / "二.station").close()
    first = start("--file", str(tmp_path / "一.station"))
    wait_for(qtbot, home, "window shown")
    for arguments in ((), ("--file", str(tmp_path / "一.station")), ("--file", str(tmp_path / "二.station"))):
        second = start(*arguments)
        out, err = second.communicate(timeout=PATIENCE_MS / 1000)
        assert (second.returncode, out) == (0, b"")
        assert b"Traceback" not in err
    wait_for(qtbot, home, "a later start", 3)
    assert first.poll() is None
    assert logged(home).count("window shown") == 1
    assert not (tmp_path / "二.station.lock").exists()  # it is asked for in the first window, not opened yet


def test_the_end_of_the_session_is_a_clean_end(qtbot: QtBot, home: Path, start: Start, tmp_path: Path) -> None:
    small_station(tmp_path / "一.station").close()
    first = start("--file", str(tmp_path / "一.station"))
    wait_for(qtbot, home, "window shown")
    assert len(marks(home)) == 1
    first.terminate()
    _, err = first.communicate(timeout=PATIENCE_MS / 1000)
    assert first.returncode == 0
    assert b"Traceback" not in err
    assert not marks(home)
    assert not (tmp_path / "一.station.lock").exists()
    assert "program ends" in logged(home)


def test_a_killed_program_is_told_at_the_next_start_and_hinders_nothing(
    qtbot: QtBot, home: Path, start: Start, tmp_path: Path
) -> None:
    small_station(tmp_path / "一.station").close()
    first = start("--file", str(tmp_path / "一.station"))
    wait_for(qtbot, home, "window shown")
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert len(marks(home)) == 1
    second = start("--file", str(tmp_path / "一.station"))  # over the socket and lock left behind
    wait_for(qtbot, home, "1 runs ended badly")
    second.terminate()
    second.communicate(timeout=PATIENCE_MS / 1000)
    assert second.returncode == 0
    assert not marks(home)
    third = start("--file", str(tmp_path / "一.station"))
    wait_for(qtbot, home, "window shown", 3)
    third.terminate()
    third.communicate(timeout=PATIENCE_MS / 1000)
    assert logged(home).count("ended badly") == 1


def test_on_an_empty_pc_the_assistant_comes_and_nothing_is_made(qtbot: QtBot, home: Path, start: Start) -> None:
    first = start()
    wait_for(qtbot, home, "window shown")
    first.terminate()
    first.communicate(timeout=PATIENCE_MS / 1000)
    assert first.returncode == 0
    assert not list(home.rglob("*.station"))


def test_the_log_of_a_run_names_no_place_of_the_clerk(qtbot: QtBot, home: Path, start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "张伟明"
    small_station(folder / "张伟明.station").close()
    first = start("--file", str(folder / "张伟明.station"))
    wait_for(qtbot, home, "window shown")
    first.terminate()
    first.communicate(timeout=PATIENCE_MS / 1000)
    assert "张伟明" not in logged(home)
    assert str(home) not in logged(home)
