"""The office's old ledger of opinions is read row by row."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from station_app.documents.spreadsheet import read_workbook
from station_app.domain.cell_names import Petitioner
from station_app.domain.cell_words import Replied
from station_app.domain.opinion_sheet import OpinionRow, OpinionSheet, channel_of, opinion_keys, read_opinions
from station_app.domain.raw_sheet import Cell, RawSheet

SAMPLES = Path(__file__).parent.parent / "samples"
TODAY = date(2026, 11, 22)
VILLAGES = (
    "竹坑村", "上坪村", "下坝村", "白石村", "松岗社区", "圩镇社区", "新田村", "东坪村", "岭背村", "大田村", "水东村", "龙头村",
    "枫林村", "双塘村",
)  # fmt: skip
HEAD: tuple[Cell, ...] = ("编号", "提出人", "提出时间", "联系电话", "意见内容", "是否回复")


@pytest.fixture(scope="module")
def ledger() -> OpinionSheet:
    return read_opinions(read_workbook(SAMPLES / "选民意见台账_旧.xls"), TODAY, VILLAGES)


def row(ledger: OpinionSheet, number: int) -> OpinionRow:
    return next(row for row in ledger.rows if row.row_number == number)


def read(*rows: tuple[Cell, ...]) -> tuple[OpinionRow, ...]:
    return read_opinions([RawSheet("表", (HEAD, *rows))], TODAY, VILLAGES).rows


def test_all_one_hundred_and_twenty_eight_rows_are_read(ledger: OpinionSheet) -> None:
    assert len(ledger.rows) == 128
    assert [(skipped.number, skipped.reason) for skipped in ledger.skipped] == [
        (68, "分隔行"),
        (133, "合计、说明或落款"),
    ]
    assert not ledger.mapping.unrecognised
    assert not [problem for found in ledger.rows for problem in found.problems]
    assert not [notice for found in ledger.rows for notice in found.notices]


def test_the_counts_of_the_whole_ledger(ledger: OpinionSheet) -> None:
    assert Counter(found.raised_on[:4] for found in ledger.rows) == {"2024": 61, "2025": 57, "2026": 10}
    assert Counter(found.replied for found in ledger.rows) == {
        Replied.YES: 63, Replied.NO: 25, Replied.IN_PROGRESS: 22, Replied.UNKNOWN: 18,
    }  # fmt: skip
    assert Counter(found.channel for found in ledger.rows) == {"接待日": 41, "流动接待": 32, "其他": 31, "走访": 24}
    assert {found.village for found in ledger.rows} == {*VILLAGES, ""}
    assert sum(not found.village for found in ledger.rows) == 7
    anonymous = Counter(found.petitioner.name for found in ledger.rows if found.petitioner.anonymous)
    assert anonymous == {"": 7, "王某": 5}
    assert sum(found.petitioner.people == 5 for found in ledger.rows) == 2
    assert sum(found.no_phone for found in ledger.rows) == sum(not found.phone for found in ledger.rows) == 16
    assert Counter(len(found.receivers) for found in ledger.rows) == {1: 93, 2: 35}


def test_the_first_rows_are_read_right_in_every_column(ledger: OpinionSheet) -> None:
    first = row(ledger, 3)
    assert (first.number, first.raised_on, first.petitioner) == ("2025-001", "2025-12-31", Petitioner("查秀胜"))
    assert (first.phone, first.no_phone, first.place, first.channel) == ("14004444015", False, "上门走访", "走访")
    assert (first.receivers, first.handled_by) == (("代表小组",), "禾溪镇代表联络站")
    assert (first.replied, first.village) == (Replied.UNKNOWN, "")
    assert first.words == "危房改造名额怎么定，希望公开！"
    fourth = row(ledger, 6)
    assert (fourth.raised_on, fourth.phone) == ("2025-09-21", "14006109743")
    assert (fourth.channel, fourth.receivers, fourth.replied) == ("流动接待", ("钟䶮",), Replied.YES)


def test_the_uglier_rows_are_read_right(ledger: OpinionSheet) -> None:
    assert (row(ledger, 8).number, row(ledger, 8).receivers) == ("6", ("欧阳建国", "张伟"))
    assert row(ledger, 7).raised_on == "2024-09-19"
    assert row(ledger, 10).no_phone
    assert row(ledger, 11).petitioner == Petitioner(anonymous=True)
    assert row(ledger, 20).petitioner == Petitioner("王某", anonymous=True)
    assert row(ledger, 32).receivers == ("张伟", "单小平")
    assert row(ledger, 47).petitioner == Petitioner(anonymous=True)
    assert row(ledger, 72).channel == "其他"
    assert row(ledger, 121).petitioner == Petitioner("村民代表", people=5)


def test_impossible_dates_and_missing_words_name_the_cell() -> None:
    rows = read(
        ("1", "张三", "2026-02-30", None, "修路", None),
        ("2", "张三", "2026-12-01", None, "修桥", None),
        ("3", "张三", None, None, "修渠", None),
        ("4", "张三", "2026-01-01", "1400x", None, None),
        ("5", "张三", "2026-01-01", None, "修灯\ufffe", "大概"),
    )
    told = [[(problem.column, problem.reason[:4]) for problem in found.problems] for found in rows]
    assert told == [
        [("C", "提出日期")],
        [("C", "提出日期")],
        [("C", "提出日期")],
        [("E", "反映内容"), ("D", "联系电话")],
        [("E", "反映内容"), ("F", "是否回复")],
    ]


def test_a_number_of_another_year_is_a_notice() -> None:
    (found,) = read(("2024-008", "张三", "2025-03-01", None, "修路", None))
    assert not found.problems
    assert [(notice.row, notice.column) for notice in found.notices] == [(2, "A")]


def test_a_row_that_stands_twice_is_a_problem_but_two_matters_under_one_number_are_not() -> None:
    line: tuple[Cell, ...] = ("7", "张三", "2025-03-01", None, "修路", None)
    rows = read(line, line, ("7", "张三", "2025-03-01", None, "修桥", None))
    assert [bool(found.problems) for found in rows] == [False, True, False]
    assert "第 2 行" in rows[1].problems[0].reason


def test_long_words_are_refused_whole_and_never_cut() -> None:
    (found,) = read(("7", "张三", "2025-03-01", None, "路" * 5000, None))
    assert "最多 4000 字" in found.problems[0].reason


def test_rows_whose_words_cannot_be_read_are_not_called_repeated() -> None:
    day, name = "2025-03-01", "王冬菊"
    rows = read(*((None, name, day, None, words, None) for words in ("长" * 4001, "短" * 4001, None, None)))
    reasons = [[problem.reason for problem in found.problems] for found in rows]
    assert all(len(told) == 1 for told in reasons)
    assert ["4001" in told[0] for told in reasons] == [True, True, False, False]


def test_words_that_look_like_formulas_stay_words() -> None:
    (found,) = read(("7", "张三", "2025-03-01", None, "=1+1", None))
    assert found.words == "=1+1"


@pytest.mark.parametrize(
    ("place", "channel"),
    [
        ("上门走访", "走访"),
        ("圩镇流动接待点", "流动接待"),
        ("联络站", "接待日"),
        ("微信群", "微信群"),
        ("电话反映", "电话"),
        ("意见箱", "意见箱"),
        ("", "其他"),
        ("村头大树下", "其他"),
    ],
)
def test_the_place_tells_the_channel(place: str, channel: str) -> None:
    assert channel_of(place) == channel


def test_the_strongest_key_tells_all_rows_apart(ledger: OpinionSheet) -> None:
    assert len({found.keys[0] for found in ledger.rows}) == len({found.digest for found in ledger.rows}) == 128
    assert opinion_keys("", "2025-01-01", "", "修路") == opinion_keys("", "2025-01-01", "", "修路！")
