"""Power gone in the middle of a write: the file torn at any offset, with its journal beside it."""

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import StationProfile
from station_app.station import Desks
from station_app.storage import driver
from station_app.storage.file_key import FileKey
from station_app.support.clock import fixed_clock
from station_app.support.faults import StationFault
from tests.faults.replay import differences

CLOCK = fixed_clock(date(2026, 11, 25))
PAGE = 4096


@pytest.fixture(scope="module", params=[None, FileKey.fresh("溪水长流2026", 1000)], ids=["plain", "encrypted"])
def torn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A file before a large transaction, and the same file with its journal in the middle of it."""
    key: FileKey | None = request.param
    folder = tmp_path_factory.mktemp("torn")
    before, middle = folder / "before", folder / "middle"
    before.mkdir()
    middle.mkdir()
    plain = folder / "模板.station"
    desks = Desks.create(plain, CLOCK, StationProfile("禾溪镇人大代表联络站"), "肖敏")
    for number in range(40):
        visitor = VisitorDraft(name="覃水生", phone=f"140000000{number:02}", address="竹坑村三组")
        opinions = (OpinionDraft(words="水圳塌方，请派人看看。" * 20),)
        desks.reception.register_visit(
            VisitDraft(on="2026-11-25", visitor=visitor, receivers=(Receiver("肖敏"),), opinions=opinions)
        )
    desks.close()
    path = before / "禾溪.station"
    with closing(driver.connect(plain)) as source:
        driver.export_into(source, path, key)
    live = folder / "live.station"
    shutil.copy(path, live)
    with closing(driver.connect(live, key)) as writing:
        # With so small a cache SQLite syncs the journal and begins to overwrite pages long before the end.
        writing.execute("PRAGMA cache_size=10")
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE opinions SET words = words || '改了', remark = '改了'")
        writing.execute("UPDATE changes SET after = after || ' '")
        shutil.copy(live, middle / "禾溪.station")
        shutil.copy(f"{live}-journal", middle / "禾溪.station-journal")
        writing.rollback()
    assert (middle / "禾溪.station").read_bytes() != path.read_bytes()
    middle.joinpath("key").write_text(key.literal() if key else "", encoding="ascii")
    return before, middle


def opened(path: Path, middle: Path) -> Desks:
    literal = (middle / "key").read_text(encoding="ascii")
    raw = bytes.fromhex(literal[2:-1])
    return Desks.open(path, CLOCK, "肖敏", FileKey(raw[:32], raw[32:]) if raw else None)


def assert_as_before(desks: Desks) -> None:
    assert desks.housekeeping.check().problems == ()
    assert desks._file.first_broken_step() is None
    assert differences(desks._file) == []
    assert desks._file.value("SELECT count(*) FROM opinions WHERE remark = '改了'") == 0
    assert desks._file.value("SELECT count(*) FROM visits") == 40


@pytest.mark.parametrize("seed", range(12))
def test_whatever_part_of_the_pages_was_written_the_journal_brings_the_old_state_back(
    seed: int, torn: tuple[Path, Path], tmp_path: Path
) -> None:
    before, middle = torn
    path = tmp_path / "禾溪.station"
    old, new = (before / path.name).read_bytes(), (middle / path.name).read_bytes()
    # The disk writes pages in any order and stops anywhere, in the middle of one too.
    random = Random(seed)
    mixed = bytearray(new)
    for page in range(0, min(len(old), len(new)), PAGE):
        if random.random() < 0.5:
            mixed[page : page + PAGE] = old[page : page + PAGE]
    cut = random.randrange(PAGE, min(len(old), len(new)))
    mixed[cut : cut + PAGE - cut % PAGE] = old[cut : cut + PAGE - cut % PAGE]
    path.write_bytes(mixed[: len(new)])
    shutil.copy(middle / f"{path.name}-journal", tmp_path)
    desks = opened(path, middle)
    assert_as_before(desks)
    desks.close()


@pytest.mark.parametrize("seed", range(12))
def test_a_journal_torn_before_it_was_synced_changes_nothing(
    seed: int, torn: tuple[Path, Path], tmp_path: Path
) -> None:
    before, middle = torn
    path = tmp_path / "禾溪.station"
    shutil.copy(before / path.name, path)
    journal = (middle / f"{path.name}-journal").read_bytes()
    random = Random(seed)
    (tmp_path / f"{path.name}-journal").write_bytes(journal[: random.randrange(len(journal))])
    desks = opened(path, middle)
    assert_as_before(desks)
    desks.close()


@pytest.mark.parametrize("seed", range(12))
def test_a_file_torn_without_its_journal_is_told_or_whole(seed: int, torn: tuple[Path, Path], tmp_path: Path) -> None:
    before, middle = torn
    path = tmp_path / "禾溪.station"
    old = (before / path.name).read_bytes()
    random = Random(seed)
    path.write_bytes(old[: random.randrange(len(old))])
    size = path.stat().st_size
    with pytest.raises(StationFault):
        opened(path, middle)
    assert path.stat().st_size == size
    assert sorted(tmp_path.iterdir()) == [path]
