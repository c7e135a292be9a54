"""Numbers: taken inside the transaction, unique, never reused."""

from datetime import date
from pathlib import Path

import pytest

from station_app.domain.numbering import NumberPattern, Series
from station_app.domain.problems import InvalidInput
from station_app.storage.numbers import Numbers
from station_app.storage.settings import Settings
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock


@pytest.fixture
def file(tmp_path: Path) -> StationFile:
    return StationFile.create(tmp_path / "a.station", fixed_clock(date(2026, 11, 25)), "肖敏")


def test_numbers_count_on_within_a_year_and_begin_again_in_the_next(file: StationFile) -> None:
    numbers = Numbers(file)
    with file.write("取号"):
        taken = [numbers.next(Series.OPINION, "HX", year) for year in (2026, 2026, 2027, 2026)]
    assert taken == ["HX-2026-0001", "HX-2026-0002", "HX-2027-0001", "HX-2026-0003"]


def test_an_undone_step_does_not_give_its_number_back(file: StationFile) -> None:
    numbers = Numbers(file)
    with file.write("预印") as step:
        numbers.reserve(step, Series.VISIT, "HX", 2026, 2)
    file.undo_last()
    with file.write("取号"):
        assert numbers.next(Series.VISIT, "HX", 2026) == "D2026-0003"


def test_a_failed_action_gives_its_number_back(file: StationFile) -> None:
    numbers = Numbers(file)

    def fail() -> None:
        with file.write("失败"):
            numbers.next(Series.OPINION, "HX", 2026)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with file.write("取号"):
        assert numbers.next(Series.OPINION, "HX", 2026) == "HX-2026-0001"


def test_a_changed_pattern_never_repeats_a_number(file: StationFile) -> None:
    numbers = Numbers(file)
    with file.write("取号") as step:
        reserved = numbers.reserve(step, Series.VISIT, "HX", 2026, 3)
        Settings(file).put(step, "number_pattern.visit", "登{年}{001}")
        reserved += numbers.reserve(step, Series.VISIT, "HX", 2026, 2)
        Settings(file).put(step, "number_pattern.visit", "D{年}-{0001}")
        reserved += numbers.reserve(step, Series.VISIT, "HX", 2026, 2)
    assert len(set(reserved)) == 7
    assert reserved[3] == "登2026004"


def test_a_form_number_that_was_never_printed_is_refused(file: StationFile) -> None:
    numbers = Numbers(file)
    with file.write("预印") as step:
        numbers.reserve(step, Series.VISIT, "HX", 2026, 2)
    assert numbers.open_forms() == ["D2026-0001", "D2026-0002"]
    assert numbers.take_form("HX", "D2026-0002") == "D2026-0002"
    assert numbers.take_form("HX", "旧簿 17") == "旧簿 17"
    with pytest.raises(InvalidInput, match="没有印过表号"):
        numbers.take_form("HX", "D2026-0009")


@pytest.mark.parametrize(
    "text", ["{站}-{年}", "{0001}", "{年}-{0001}-{01}", "{年}{月}{0001}", "{年}-{0001}" + "长" * 21]
)
def test_a_pattern_that_cannot_number_is_refused(text: str) -> None:
    assert NumberPattern(text).problem("pattern") is not None


def test_a_pattern_reads_back_what_it_made() -> None:
    pattern = NumberPattern("{站}（{年}）第{001}号")
    assert pattern.problem("pattern") is None
    assert pattern.serial_of("HX", pattern.number("HX", 2026, 12)) == (2026, 12)
    assert pattern.serial_of("HX", pattern.number("HX", 2026, 12345)) == (2026, 12345)
    assert pattern.serial_of("HX", "XX（2026）第012号") is None
