"""What a machine does to a clerk: disks that are full, read-only or gone; and a clerk who goes on trying.

The conditions are real ones, made by mounts and file attributes; where this system does not let them be made, the tests
are skipped.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from station_app.domain.problems import InvalidInput
from station_app.station import Desks
from station_app.support.faults import StationFault
from tests.faults import kills
from tests.faults.clerk import Clerk, Diary
from tests.faults.kills import SHEET, Station, key_of

_NOBODY = 65534
ACTIONS = (
    "register", "move", "move_many", "save_deputy", "undo", "keep_draft", "back_up", "export", "month_set",
    "import_roster", "rekey", "erase",
)  # fmt: skip


def _system(*command: str) -> bool:
    program = shutil.which(command[0])
    return (
        program is not None and not subprocess.run([program, *command[1:]], capture_output=True, check=False).returncode
    )


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """Put a small disk of its own where ``folder`` is; skip the test where that is not allowed."""
    folder.mkdir(exist_ok=True)
    if not _system("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)):
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        _system("umount", "-l", str(folder))


@contextmanager
def filled_up_to(folder: Path, free: int) -> Iterator[None]:
    """Fill a disk up to so many free bytes, and clear it again."""
    ballast = folder / "占满"
    room = shutil.disk_usage(folder).free - free
    with ballast.open("wb") as file:
        file.write(b"\1" * max(0, room))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def write_protected(disk: Path) -> Iterator[None]:
    """Throw the write-protect switch of a disk that nothing has open for writing."""
    if not _system("mount", "-o", "remount,ro", str(disk)):
        pytest.skip("this disk cannot be write-protected")
    try:
        yield
    finally:
        assert _system("mount", "-o", "remount,rw", str(disk))


@contextmanager
def immutable(path: Path) -> Iterator[None]:
    """Let nobody change a file or folder, as another program that holds it does."""
    if not _system("chattr", "+i", str(path)):
        pytest.skip("attributes of files cannot be set here")
    try:
        yield
    finally:
        assert _system("chattr", "-i", str(path))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Go on as a user to whom nothing belongs; skip the test where this process may not do that."""
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("this user cannot become another one")
    os.setegid(_NOBODY)
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@contextmanager
def pulled_out(folder: Path) -> Iterator[None]:
    """Pull the stick out that holds a folder, and plug it in again."""
    away = folder.with_name(f"{folder.name}-拔出")
    folder.rename(away)
    try:
        yield
    finally:
        if folder.exists():
            shutil.rmtree(folder)  # whatever was written where the stick had been
        away.rename(folder)


@dataclass
class Trial:
    """A clerk who goes on though the machine fails.

    Args:
        station: the register; what was acknowledged is noted there.
        told: how often each action ended in which words; empty words for done.
    """

    station: Station
    told: Counter[tuple[str, str]] = field(default_factory=Counter)

    def work(self, desks: Desks, scratch: Path, random: Random, actions: tuple[str, ...] = ACTIONS) -> None:
        """Do every action once, in any order; each is acknowledged, or refused in words, or nothing at all is right.

        Args:
            scratch: a folder on a sound disk.
        """
        clerk = Clerk(desks, Diary(scratch / "diary.jsonl"), self.station.exports, SHEET, random)
        for name in random.sample(actions, len(actions)):
            try:
                note = getattr(clerk, name)()
            except InvalidInput:
                continue
            except StationFault as fault:
                self.told[name, fault.what] += 1
                continue
            finally:
                self.station.key = desks._file.key.literal() if desks._file.key else ""
                if self.station.key not in self.station.known_keys:
                    self.station.known_keys.append(self.station.key)
            self.told[name, ""] += 1
            step, mac = self._head(desks)
            if step:
                kills._acknowledge(self.station, {**note, "step": step, "mac": mac, "key": self.station.key})

    def look(self) -> None:
        """Insist that all that was acknowledged is there and nothing is half there."""
        kills.look(self.station, "")

    @property
    def faults(self) -> int:
        """How many actions were refused."""
        return sum(count for (_, words), count in self.told.items() if words)

    def open(self) -> Desks:
        """Open the register."""
        return Desks.open(self.station.path, kills.CLOCK, "肖敏", key_of(self.station.key))

    @staticmethod
    def _head(desks: Desks) -> tuple[int, str]:
        try:
            found = desks._file.tuples("SELECT id, mac FROM steps ORDER BY id DESC LIMIT 1")
        except StationFault:
            return 0, ""  # the action was acknowledged, and then the disk was gone
        return (int(found[0][0]), str(found[0][1])) if found else (0, "")
