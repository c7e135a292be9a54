"""The folder with the backups of a station file, and what a program that was killed left there."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLDER_NAME: Final = "备份"
UNPROVEN: Final = ".tmp"
"""Ending of a backup that is not proven yet."""


def folder_of(station_path: Path) -> Path:
    """Return the folder with the backups of a station file."""
    return station_path.parent / FOLDER_NAME


def sweep(station_path: Path, folder: Path | None = None) -> None:
    """Remove what a program that was killed left of unproven copies of a station file, by their names only.

    Args:
        folder: where they lie; None for the folder beside the file.
    """
    ours = re.compile(rf"\.?{re.escape(station_path.stem)}-\d{{8}}-\d{{6}}-.*\.tmp(-journal)?")
    with suppress(OSError):
        for path in (folder or folder_of(station_path)).iterdir():
            if ours.fullmatch(path.name):
                path.unlink(missing_ok=True)
