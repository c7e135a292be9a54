"""Search everywhere (Ctrl+F): one typed text, results of every kind."""

from dataclasses import dataclass

from station_app.domain.text import clean_line
from station_app.storage.station_file import StationFile

_EACH = 8


@dataclass(frozen=True)
class Result:
    """One result.

    Args:
        kind: ``opinion``, ``visit`` or ``deputy``.
        id: of the record.
        title: what the list shows first.
        detail: what it shows in grey behind.
    """

    kind: str
    id: int
    title: str
    detail: str


class Finder:
    """Finds opinions, visits and deputies by number, name, pinyin, phone or words."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def find(self, typed: str) -> list[Result]:
        """Return at most eight results of each kind; nothing for an empty text."""
        typed = clean_line(typed)
        if not typed:
            return []
        opinions = [
            Result("opinion", found.id, f"{found.texts[0]}　{found.texts[1]}", f"意见　{found.texts[2]}")
            for found in self._file.find("opinions", typed, _EACH)
        ]
        visits = [
            Result("visit", found.id, f"{found.texts[0]}　{found.texts[1]}", f"接待登记　{found.texts[2]}")
            for found in self._file.find("visits", typed, _EACH)
        ]
        deputies = [
            Result("deputy", found.id, found.texts[0], f"代表　{found.texts[1]}")
            for found in self._file.find("deputies", typed, _EACH)
        ]
        return opinions + visits + deputies
