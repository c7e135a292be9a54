"""Each row is new, changed, unchanged or a problem, and what was edited by hand is kept."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from station_app.documents.spreadsheet import read_workbook
from station_app.domain.opinion_sheet import OpinionRow, read_opinions
from station_app.domain.raw_sheet import Cell, RawSheet
from station_app.domain.roster_sheet import RosterRow, read_roster, roster_keys, roster_values
from station_app.domain.row_verdicts import Difference, Known, RowVerdict, judge_rows

SAMPLES = Path(__file__).parent.parent / "samples"
TODAY = date(2026, 11, 22)
HEAD: tuple[Cell, ...] = ("姓名", "性别", "出生年月", "联系电话", "代表层级", "备注")
ZHANG: tuple[Cell, ...] = ("张三", "男", "1970-01", "14000001111", "镇", None)


def read(*rows: tuple[Cell, ...]) -> tuple[RosterRow, ...]:
    return read_roster([RawSheet("表", (HEAD, *rows))]).rows


def registered(row: RosterRow, uid: str = "u1") -> Known:
    """Return what the register knows after importing ``row``."""
    deputy = row.deputy
    keys = roster_keys(deputy.name, deputy.phone, deputy.id_number, deputy.birth_month)
    return Known(uid, keys, roster_values(deputy), row.digest, row.values, deputy.name)


def noted(row: OpinionRow, uid: str) -> Known:
    return Known(uid, row.keys, row.values, row.digest, row.values, row.label)


def verdict(rows: tuple[RosterRow, ...], *known: Known) -> RowVerdict:
    (found,) = judge_rows(rows, known)
    return found


def edited(known: Known, **fields: str) -> Known:
    return replace(known, current={**known.current, **fields})


def test_importing_both_samples_twice_changes_nothing() -> None:
    roster = read_roster(read_workbook(SAMPLES / "代表花名册_禾溪镇.xlsx")).rows
    first = judge_rows(roster, ())
    assert [found.kind for found in first].count("new") == 74
    assert [found.as_json()["row"] for found in first if found.kind == "problem"] == [81]
    known = [registered(row, str(row.row_number)) for row in roster if not row.problems]
    again = judge_rows(roster, known)
    assert [found.kind for found in again].count("unchanged") == 74
    assert all(found.uid == str(found.row) for found in again if found.kind == "unchanged")

    opinions = read_opinions(read_workbook(SAMPLES / "选民意见台账_旧.xls"), TODAY).rows
    assert {found.kind for found in judge_rows(opinions, ())} == {"new"}
    noted_all = [noted(row, str(row.row_number)) for row in opinions]
    second = judge_rows(opinions, noted_all)
    assert {found.kind for found in second} == {"unchanged"}
    assert all(found.uid == str(found.row) for found in second)


def test_a_changed_cell_is_a_change_with_both_values() -> None:
    known = registered(read(ZHANG)[0])
    found = verdict(read(("张三", "男", "1970-01", "14000002222", "镇", None)), known)
    assert found.kind == "changed"
    assert found.differences == (Difference("phone", "14000001111", "14000002222"),)
    assert found.uid == "u1"


def test_what_was_edited_since_the_import_is_kept_and_told() -> None:
    known = edited(registered(read(ZHANG)[0]), phone="14000003333")
    assert verdict(read(ZHANG), known).kind == "unchanged"
    found = verdict(read(("张三", "男", "1970-01", "14000002222", "镇", None)), known)
    assert found.kind == "unchanged"
    assert found.differences == (Difference("phone", "14000003333", "14000002222", applies=False),)
    assert "保留现有内容" in found.reason


def test_an_edit_that_the_sheet_has_caught_up_with_is_no_difference() -> None:
    known = edited(registered(read(ZHANG)[0]), phone="14000002222")
    assert verdict(read(("张三", "男", "1970-01", "14000002222", "镇", None)), known).differences == ()


def test_a_blank_cell_erases_nothing() -> None:
    known = registered(read(ZHANG)[0])
    assert verdict(read(("张三", "男", "1970-01", None, "镇", None)), known).kind == "unchanged"


def test_a_hand_made_entry_is_completed_but_not_overwritten() -> None:
    by_hand = replace(edited(registered(read(ZHANG)[0]), gender="", remark="手写"), imported=None, digest="")
    found = verdict(read(("张三", "男", "1970-01", "14000001111", "镇", "表里")), by_hand)
    assert found.kind == "changed"
    assert {difference.field: difference.applies for difference in found.differences} == {
        "gender": True,
        "remark": False,
    }


def test_another_person_of_the_same_name_is_new() -> None:
    known = registered(read(ZHANG)[0])
    assert verdict(read(("张三", "男", "1990-09", "14000009999", "镇", None)), known).kind == "new"


def test_a_bare_name_that_is_registered_is_asked_about() -> None:
    known = registered(read(ZHANG)[0])
    found = verdict(read(("张三", "男", None, None, "镇", None)), known)
    assert (found.kind, found.row) == ("problem", 2)
    assert "分不清" in found.reason


def test_a_row_that_fits_two_entries_is_asked_about() -> None:
    one = registered(read(ZHANG)[0], "u1")
    other = registered(read(("张三", "男", "1980-02", "14000002222", "镇", None))[0], "u2")
    found = verdict(read(("张三", "男", "1980-02", "14000009999", "镇", None)), one, other)
    assert found.uid == "u2"
    twins = [replace(one, uid="u1"), replace(one, uid="u2")]
    assert judge_rows(read(("张三", "男", "1970-01", "14000001111", "县", None)), twins)[0].kind == "problem"


def test_the_uid_of_our_own_export_wins_over_everything() -> None:
    known = registered(read(ZHANG)[0])
    (row,) = read_roster([RawSheet("表", (("uid", *HEAD), ("u1", "张山", "男", "1971-01", "14000007777", "镇")))]).rows
    found = verdict((row,), known)
    assert (found.kind, found.uid) == ("changed", "u1")
    assert "name" in {difference.field for difference in found.differences}


def test_a_sure_match_is_not_taken_by_a_row_with_a_weaker_sign() -> None:
    line: tuple[Cell, ...] = ("7", "张三", "2025-03-01", "修路")
    head: tuple[Cell, ...] = ("编号", "提出人", "提出时间", "意见内容")
    (first,) = read_opinions([RawSheet("表", (head, line))], TODAY).rows
    corrected = read_opinions([RawSheet("表", (head, ("7", "张三", "2025-03-01", "修桥"), line))], TODAY).rows
    assert [found.kind for found in judge_rows(corrected, [noted(first, "o1")])] == ["new", "unchanged"]


def test_a_corrected_cell_of_an_opinion_is_a_change_and_no_new_opinion() -> None:
    head: tuple[Cell, ...] = ("编号", "提出人", "提出时间", "意见内容")
    (first,) = read_opinions([RawSheet("表", (head, ("7", "张三", "2025-03-01", "修路")))], TODAY).rows
    for line in (
        ("7", "张三", "2025-03-01", "修村口的路"),
        ("7", "张三", "2025-03-02", "修路"),
        ("8", "张三", "2025-03-01", "修路"),
    ):
        (found,) = judge_rows(read_opinions([RawSheet("表", (head, line))], TODAY).rows, [noted(first, "o1")])
        assert (found.kind, found.uid, len(found.differences)) == ("changed", "o1", 1)


def test_a_problem_row_tells_its_cell_and_all_reasons() -> None:
    found = verdict(read(("张三", "男", "1970.13", "1400abc", "镇", None)))
    assert (found.kind, found.row, found.column) == ("problem", 2, "D")
    assert "联系电话" in found.reason
    assert "出生年月" in found.reason
    assert set(found.as_json()) == {"row", "column", "reason"}
