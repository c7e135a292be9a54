"""A small invented station under a password, made without the work that slows guessing down where a test allows."""

from datetime import date
from pathlib import Path

from station_app.services.unlocking import key_of_password
from station_app.station import Desks
from station_app.storage.file_key import WORK, FileKey
from station_app.storage.rekeying import Rekeying
from station_app.support.clock import fixed_clock
from tests.ui.small_station import TODAY, small_station


def rekey(desks: Desks, key: FileKey | None, label: str = "修改密码") -> None:
    """Give an open file another key at once."""
    change = Rekeying(desks._file, label)
    change.prepare(key, lambda _part, _word: None, lambda: False)
    change.finish()


def locked_station(
    path: Path, password: str, *, keep: bool = False, work: int = WORK, today: date = TODAY
) -> Desks | None:
    """Make a small station under a password; return its open desks, or None when it is closed again.

    Args:
        keep: leave it open.
        work: rounds of the derivation; with fewer than usual only a key of as few opens it.
    """
    desks = small_station(path, today)
    rekey(desks, FileKey.fresh(password, work), "设置密码")
    if keep:
        return desks
    desks.close()
    return None


def reopened(path: Path, password: str, today: date = TODAY) -> Desks:
    """Open a station by its password, as the window does."""
    return Desks.open(path, fixed_clock(today), "", key_of_password(path, password))
