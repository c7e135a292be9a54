"""Where the program's own read-only data lies, and where a clerk's files go by default."""

import sys
from dataclasses import dataclass
from pathlib import Path

APP_FOLDER = "LiaisonStation"


@dataclass(frozen=True)
class Places:
    """Where things lie on this PC.

    Args:
        data: the folder of registers, unless the clerk chooses another.
        log: the folder of the log.
    """

    data: Path
    log: Path


def program_root() -> Path:
    """Return the folder that holds ``resources``: the project, or the one-folder build's data folder."""
    frozen = getattr(sys, "_MEIPASS", None)  # set by PyInstaller
    return Path(frozen) if frozen else Path(__file__).resolve().parents[2]


def resource(*parts: str) -> Path:
    """Return the path of a bundled file, e.g. ``resource("icons", "sun.svg")``.

    Raises:
        FileNotFoundError: the program folder is incomplete.
    """
    path = program_root().joinpath("resources", *parts)
    if not path.exists():
        raise FileNotFoundError(str(path))
    return path


def default_data_folder() -> Path:
    """Return the per-user folder for station files; it need not exist yet."""
    from platformdirs import user_data_path

    return user_data_path(APP_FOLDER, appauthor=False)


def default_settings_file() -> Path:
    """Return the per-user ini file that remembers window size, columns and font size."""
    from platformdirs import user_config_path

    return user_config_path(APP_FOLDER, appauthor=False) / "window.ini"


def default_log_folder() -> Path:
    """Return the per-user folder for the log; it need not exist yet."""
    from platformdirs import user_log_path

    return user_log_path(APP_FOLDER, appauthor=False)
