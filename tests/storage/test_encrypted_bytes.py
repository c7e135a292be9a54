"""Nothing of what is written in an encrypted register can be read from its files, and no guess opens it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from station_app.storage import driver
from station_app.storage.file_key import FileKey, salt_of
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock
from station_app.support.faults import WrongKey
from tests.storage.locked import locked_station, rekey
from tests.ui.small_station import TODAY

CLOCK = fixed_clock(TODAY)
PASSWORD = "he xi shui qing"
WRITTEN = ("刘发根", "14000002000", "护栏坏了好几年", "阿依古丽", "禾溪镇", "CREATE TABLE", "visits", "SQLite format 3")
"""Names, phones and words of the small station, and what every plain database begins with."""

_CHILD = """
import sys
from pathlib import Path
from station_app.storage import driver
from station_app.storage.file_key import FileKey

path, raw = Path(sys.argv[1]), bytes.fromhex(sys.argv[2])
db = driver.connect(path, FileKey(raw[:32], raw[32:]))
db.execute("PRAGMA cache_size=10")
db.execute("BEGIN IMMEDIATE")
for _ in range(30):
    db.execute("UPDATE visits SET address = address || ?", ["护栏坏了好几年" * 300])
    db.execute("UPDATE changes SET before = before || ' '")
print("in the middle", flush=True)
sys.stdin.read()
"""


def readable(folder: Path) -> list[tuple[str, str]]:
    """Return which files under a folder hold which of the written words, in UTF-8 or UTF-16."""
    return [
        (path.name, word)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".json"  # what is told of a backup counts rows by table
        for word in WRITTEN
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if word.encode(encoding) in path.read_bytes()
    ]


def test_a_plain_file_can_be_read_by_anybody(tmp_path: Path) -> None:
    desks = locked_station(tmp_path / "a.station", PASSWORD, keep=True, work=1)
    assert desks is not None
    rekey(desks, None)
    desks.close()
    assert {word for _name, word in readable(tmp_path)} == set(WRITTEN)


def test_an_encrypted_file_and_its_backups_cannot(tmp_path: Path) -> None:
    desks = locked_station(tmp_path / "a.station", PASSWORD, keep=True, work=1)
    assert desks is not None
    desks.housekeeping.back_up("手动")
    desks.close()
    assert len([path for path in tmp_path.rglob("*.station") if path.stat().st_size > 100_000]) == 2
    assert readable(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_the_journal_of_a_killed_program_cannot(tmp_path: Path) -> None:
    path = tmp_path / "a.station"
    locked_station(path, PASSWORD, work=1)
    key = FileKey.from_password(PASSWORD, salt_of(path), 1)
    command = [sys.executable, "-c", _CHILD, str(path), (key.raw + key.salt).hex()]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"in the middle\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    journal = tmp_path / "a.station-journal"
    assert journal.stat().st_size > 10_000
    assert readable(tmp_path) == []
    db = driver.connect(path, key)
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("SELECT max(length(address)) FROM visits").fetchone()[0] < 300
    db.close()


def test_ten_thousand_passwords_do_not_open_it(tmp_path: Path) -> None:
    path = tmp_path / "a.station"
    locked_station(path, PASSWORD, work=1)
    salt = salt_of(path)
    guesses = [f"{PASSWORD[:4]}{number:04}" for number in range(10_000)]
    near = [PASSWORD.upper(), PASSWORD + " ", PASSWORD[:-1], "", PASSWORD.replace(" ", "")]
    opened = []
    for guess in near + guesses:
        try:
            StationFile.open(path, CLOCK, "谁", FileKey.from_password(guess, salt, 1), read_only=True).close()
        except WrongKey:
            continue
        opened.append(guess)
    assert opened == []
    StationFile.open(path, CLOCK, "谁", FileKey.from_password(PASSWORD, salt, 1), read_only=True).close()
