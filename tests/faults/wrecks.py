"""A register with a proven backup and newer visits, and ways to damage it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import StationProfile
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.support.clock import fixed_clock

CLOCK = fixed_clock(date(2026, 11, 25))
PAGE = 4096


@dataclass(frozen=True)
class Register:
    """A closed register.

    Args:
        path: the file.
        backup: its proven backup.
        newer: numbers of the visits that were registered after it.
        key: what opens both.
    """

    path: Path
    backup: Path
    newer: tuple[str, ...]
    key: FileKey | None

    def numbers(self) -> set[str]:
        """Return the numbers of the visits in the file."""
        desks = Desks.open(self.path, CLOCK, "肖敏", self.key)
        try:
            return {row[0] for row in desks._file.tuples("SELECT number FROM visits")}
        finally:
            desks.close()


def register_visit(desks: Desks, name: str) -> str:
    """Register a visit with one opinion and return its number."""
    visitor = VisitorDraft(name=name, phone="14000000001", address="竹坑村三组")
    opinion = OpinionDraft(words="水圳塌方，请派人看看。" * 3)
    draft = VisitDraft(on="2026-11-25", visitor=visitor, receivers=(Receiver("肖敏"),), opinions=(opinion,))
    return desks.reception.register_visit(draft).value.visit_number


def make_register(folder: Path, key: FileKey | None = None, newer: int = 12) -> Register:
    """Make a register with four visits in its backup and some more after it."""
    path = folder / "禾溪.station"
    profile = StationProfile("禾溪镇人大代表联络站", demo=False)
    desks = Desks.create(path, CLOCK, profile, "肖敏", key=key)
    for number in range(4):
        register_visit(desks, f"早来{number}")
    backup = desks.housekeeping.back_up().path
    numbers = tuple(register_visit(desks, f"后来{number}") for number in range(newer))
    desks.close()
    return Register(path, backup, numbers, key)


def spoil(path: Path, pages: int, seed: int = 1) -> None:
    """Write rubbish over some pages, the first one spared."""
    random = Random(seed)
    with path.open("r+b") as file:
        for _ in range(pages):
            file.seek(PAGE * random.randrange(1, path.stat().st_size // PAGE))
            file.write(random.randbytes(PAGE))


def behead(path: Path) -> None:
    """Write zeros over the beginning."""
    with path.open("r+b") as file:
        file.write(b"\0" * PAGE)
