"""A damaged file: what is told of it, and what of its newer entries comes back on top of a proven backup."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import StationProfile, Village
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.storage.rescue import look_at, rescue
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock
from station_app.support.faults import DamagedFile, StationFault
from tests.faults.replay import differences

CLOCK = fixed_clock(date(2026, 11, 25))
KEY = FileKey.fresh("溪水长流2026", 1000)
PAGE = 4096


def register(desks: Desks, name: str) -> str:
    visitor = VisitorDraft(name=name, phone="14000000001", address="竹坑村三组")
    opinion = OpinionDraft(words="水圳塌方，请派人看看。" * 3)
    draft = VisitDraft(on="2026-11-25", visitor=visitor, receivers=(Receiver("肖敏"),), opinions=(opinion,))
    return desks.reception.register_visit(draft).value.visit_number


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def wrecked(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, FileKey | None, Path, list[str]]:
    """A register with a backup and thirty visits after it; its file, key, backup and the newer visits' numbers."""
    key: FileKey | None = request.param
    path = tmp_path / "禾溪.station"
    StationFile.create(path, CLOCK, "肖敏", key).close()
    desks = Desks.create(tmp_path / "模板.station", CLOCK, StationProfile("禾溪镇人大代表联络站"), "肖敏")
    desks.settings.save_village(Village(0, "", "竹坑村", "竹坑村"))
    desks.close()
    from station_app.storage import driver

    source = driver.connect(tmp_path / "模板.station")
    path.unlink()
    driver.export_into(source, path, key)
    source.close()
    desks = Desks.open(path, CLOCK, "肖敏", key)
    for number in range(10):
        register(desks, f"早来{number}")
    backup = desks.housekeeping.back_up().path
    newer = [register(desks, f"后来{number}") for number in range(30)]
    desks.housekeeping.keep_draft("visit", {"words": "写了一半"})
    desks.close()
    return path, key, backup, newer


def damage(path: Path, random: Random, pages: int) -> None:
    """Write rubbish over some pages, the first one spared."""
    with path.open("r+b") as file:
        for _ in range(pages):
            file.seek(PAGE * random.randrange(1, path.stat().st_size // PAGE))
            file.write(random.randbytes(PAGE))


def test_an_undamaged_file_gives_everything_back(wrecked: tuple[Path, FileKey | None, Path, list[str]]) -> None:
    path, key, backup, newer = wrecked
    damage_found = look_at(path, key, backup, key)
    assert damage_found.problems == ()
    assert damage_found.readable == len(damage_found.steps) == len(newer)
    aside, missed = rescue(path, key, backup, key, damage_found, damage_found.steps, CLOCK)
    assert missed == []
    assert aside.exists()
    desks = Desks.open(path, CLOCK, "肖敏", key)
    numbers = {row[0] for row in desks._file.tuples("SELECT number FROM visits")}
    assert set(newer) <= numbers
    assert register(desks, "再来") not in numbers
    assert desks.housekeeping.kept_draft("visit") is not None
    assert desks.housekeeping.check().problems == ()
    assert desks._file.first_broken_step() is None
    assert differences(desks._file) == []
    desks.close()


@pytest.mark.parametrize("seed", range(4))
def test_of_a_damaged_file_every_whole_step_comes_back_and_none_by_half(
    seed: int, wrecked: tuple[Path, FileKey | None, Path, list[str]]
) -> None:
    path, key, backup, newer = wrecked
    random = Random(seed)
    damage(path, random, random.choice((1, 3, 10)))
    found = look_at(path, key, backup, key)
    _aside, missed = rescue(path, key, backup, key, found, found.steps, CLOCK)
    desks = Desks.open(path, CLOCK, "肖敏", key)
    file = desks._file
    assert desks.housekeeping.check().problems == ()
    assert file.first_broken_step() is None
    assert differences(file) == []
    visits = int(file.value("SELECT count(*) FROM visits"))
    assert visits == 10 + len(found.steps) - len(missed)
    assert all(not step.whole for step in missed)
    assert int(file.value("SELECT count(*) FROM opinions")) == visits
    desks.close()
    assert len(found.steps) <= len(newer)


def test_steps_that_were_tampered_with_do_not_come_back(
    wrecked: tuple[Path, FileKey | None, Path, list[str]],
) -> None:
    path, key, backup, newer = wrecked
    file = StationFile.open(path, CLOCK, "肖敏", key)
    file.plain_write("UPDATE changes SET after = replace(after, '后来3', '换掉3') WHERE entity = 'visits'")
    file.close()
    found = look_at(path, key, backup, key)
    assert [step.whole for step in found.steps].count(False) == 1
    assert len(found.steps) == len(newer)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_refused_as_damaged(
    part: float, wrecked: tuple[Path, FileKey | None, Path, list[str]]
) -> None:
    path, key, _backup, _newer = wrecked
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * part))
    cut = path.read_bytes()
    with pytest.raises(StationFault) as refused:
        Desks.open(path, CLOCK, "肖敏", key)
    assert isinstance(refused.value, DamagedFile)
    assert path.read_bytes() == cut


def test_a_file_whose_beginning_is_gone_still_leads_to_the_backup(
    wrecked: tuple[Path, FileKey | None, Path, list[str]],
) -> None:
    path, key, backup, _newer = wrecked
    with path.open("r+b") as file:
        file.write(b"\x00" * PAGE * 2)
    found = look_at(path, key, backup, key)
    assert found.problems
    assert found.steps == ()
    rescue(path, key, backup, key, found, found.steps, CLOCK)
    desks = Desks.open(path, CLOCK, "肖敏", key)
    assert desks._file.value("SELECT count(*) FROM visits") == 10
    desks.close()
