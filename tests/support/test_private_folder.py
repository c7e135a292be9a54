"""Copies for other programs: only this user reads them, and they do not outlive the run, however it ends."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

from station_app.support.private_folder import PrivateFolder, sweep_left_behind

_KILLED = """
import sys
from pathlib import Path
from station_app.support.private_folder import PrivateFolder
print(PrivateFolder(Path(sys.argv[1])).write("a", "答复.docx", b"words"), flush=True)
sys.stdin.read()
"""


def test_only_the_user_reads_it_and_nobody_writes_it(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path)
    path = folder.write("a", "答复.docx", b"words")
    assert path.read_bytes() == b"words"
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert {stat.S_IMODE(above.stat().st_mode) for above in (path.parent, path.parent.parent)} == {0o700}


def test_files_of_the_same_name_do_not_meet_and_the_same_one_is_written_once(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path)
    first, second = folder.write("a", "答复.docx", b"1"), folder.write("b", "答复.docx", b"2")
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    assert folder.write("a", "答复.docx", b"1") == first


def test_emptied_it_is_gone_and_can_be_used_again(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path)
    assert folder.empty()
    folder.write("a", "答复.docx", b"1")
    assert folder.empty()
    assert list(tmp_path.iterdir()) == []
    assert folder.write("a", "答复.docx", b"1").exists()


def test_what_a_killed_run_left_is_swept_at_the_next_start_and_a_running_ones_is_not(tmp_path: Path) -> None:
    mine = PrivateFolder(tmp_path).write("a", "答复.docx", b"1")
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        left = Path(child.stdout.readline().decode().strip())
        assert sweep_left_behind(tmp_path) == 0
        os.kill(child.pid, signal.SIGKILL)
    assert left.exists()
    assert sweep_left_behind(tmp_path) == 1
    assert not left.exists()
    assert mine.exists()


def test_links_and_foreign_names_are_left_alone(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_bytes(b"1")
    (tmp_path / "liaison-station-999999-1-x").symlink_to(precious)
    (tmp_path / "liaison-station-notes").mkdir()
    assert sweep_left_behind(tmp_path) == 0
    assert (precious / "file").exists()
