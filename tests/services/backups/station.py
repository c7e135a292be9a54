"""What the tests of backups do with a register."""

from pathlib import Path

from station_app.domain.backup import Backup
from station_app.domain.station import StationProfile, Village
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from tests.wall import Wall

PROFILE = StationProfile("禾溪镇人大代表联络站")


def add_village(desks: Desks, name: str) -> None:
    desks.settings.save_village(Village(0, "", name, name))


def villages(desks: Desks) -> list[str]:
    return [village.name for village in desks.settings.villages()]


def names_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()} if folder.exists() else set()


def open_again(path: Path, wall: Wall, key: FileKey | None = None) -> Desks:
    return Desks.open(path, wall.clock(), "肖敏", key)


def restored(desks: Desks, wall: Wall, backup: Backup) -> Desks:
    """Restore as the window does: prepare, close, put back, open, note."""
    restoration = desks.backups.prepare(backup)
    desks.close()
    aside = restoration.put_back(wall.moment)
    opened = open_again(restoration.path, wall, restoration.key)
    opened.backups.note_restored(backup, aside)
    return opened
