"""Villages that a spreadsheet names: known ones by either name, new ones added with the import."""

import re
from collections.abc import Iterable, Sequence

from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords

_VILLAGE = re.compile(r"[^\W\d_]{1,10}(?:村|社区|嘎查|居委会)")


def village_ids(file: StationFile) -> dict[str, int]:
    """Return ids by full and short name."""
    villages = StationRecords(file).villages()
    return {name: village.id for village in villages for name in (village.name, village.short_name)}


def village_names(file: StationFile) -> tuple[str, ...]:
    """Return every full and short name."""
    return tuple(village_ids(file))


def unknown_villages(file: StationFile, named: Iterable[str]) -> tuple[str, ...]:
    """Return the names among ``named`` that look like a village and are not registered, in order."""
    known = village_ids(file)
    return tuple(name for name in dict.fromkeys(named) if name not in known and _VILLAGE.fullmatch(name))


def add_villages(file: StationFile, step: Step, names: Sequence[str]) -> None:
    """Register villages at the end of the list."""
    first = len(StationRecords(file).villages()) + 1
    for position, name in enumerate(names, first):
        step.insert("villages", name=name, short_name=name, position=position)
