"""The station files opened lately, kept in the window's settings; demos are not remembered."""

from pathlib import Path

from PySide6.QtCore import QSettings

_RECENT = "station/recent"
_LAST = "station/last_file"
_MOST = 8


class RecentFiles:
    """The files opened lately, the newest first.

    Args:
        settings: what the window remembers.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def all(self) -> list[Path]:
        """Return the files, whether they still exist or not."""
        kept = self._settings.value(_RECENT, [])
        # An ini list of one reads as plain text.
        names = [kept] if isinstance(kept, str) else list(kept) if isinstance(kept, list) else []
        return [Path(str(name)) for name in names if name]

    def last(self) -> Path | None:
        """Return the file opened last, or None."""
        kept = str(self._settings.value(_LAST, "") or "")
        return Path(kept) if kept else None

    def remember(self, path: Path) -> None:
        """Put a file first."""
        others = [one for one in self.all() if one != path]
        self._settings.setValue(_RECENT, [str(one) for one in [path, *others][:_MOST]])
        self._settings.setValue(_LAST, str(path))
        self._settings.sync()
