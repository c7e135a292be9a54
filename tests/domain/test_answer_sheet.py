"""Whatever stands in a sheet that came back, it is read or told; nothing is lost and nothing breaks."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.answer_classes import PRESETS, AnswerClasses
from station_app.domain.answer_sheet import FILLED_IN, FilledRow, FilledSheet, check_of, find_filled_sheet, read_row
from station_app.domain.moves import Move
from station_app.domain.papers import new_code
from station_app.domain.problems import InvalidInput
from station_app.domain.raw_sheet import Cell, RawSheet

CODE = new_code(lambda below: 5 % below)
LETTERS = {key: chr(ord("F") + place) for place, key in enumerate(FILLED_IN)}
SHEET = FilledSheet(CODE, (), LETTERS)
HEADER: tuple[Cell, ...] = ("编号", "答复日期 ", "答复\n类别", "答复内容", "校验", "记录")

cells: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.text(),
    st.sampled_from(["", "无", "A", "ｂ类", "2026.11.24", "长" * 5000, "=1+1", "\ufffe", "—"]),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)


@given(st.fixed_dictionaries(dict.fromkeys(FILLED_IN, cells)), st.sampled_from(sorted(PRESETS)))
def test_any_cells_become_a_move_or_are_told(filled: dict[str, Cell], preset: str) -> None:
    classes = AnswerClasses(PRESETS[preset])
    reading = read_row(SHEET, FilledRow(5, filled), 1, classes, "2026-11-25")
    assert reading.draft is None or not reading.problems
    if reading.draft is None:
        row = FilledRow(5, filled)
        assert reading.problems or reading.remark or not row.is_filled(FILLED_IN)
    elif reading.draft.move is Move.ANSWER:
        assert reading.draft.on
        assert reading.draft.text
        assert reading.draft.answer_class in classes.keys
    else:
        assert reading.draft.due_on
        assert reading.draft.text


@given(st.lists(st.lists(cells, max_size=8), max_size=8))
def test_any_sheet_is_found_or_refused_in_words(rows: list[list[Cell]]) -> None:
    with pytest.raises(InvalidInput) as refused:
        find_filled_sheet([RawSheet("表", tuple(tuple(row) for row in rows))])
    assert "回填表" in str(refused.value)


def test_titles_with_breaks_and_blanks_and_other_worksheets_do_not_matter() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (
        (None, f"　承办单位：镇水务站　　回执码：{CODE.lower()}　"),
        (),
        HEADER,
        ("HX-2026-0001", date(2026, 11, 24), "A", "已修好", check_of(CODE, "u1", "HX-2026-0001"), "u1"),
        (None, None, None, None, None, None),
        ("HX-2026-0002", datetime(2026, 11, 24, 8, tzinfo=UTC), time(8, 30), "", "", ""),
    )
    found = find_filled_sheet([RawSheet("说明", (("填表说明",),)), RawSheet("表", rows)])
    assert (found.code, [row.row for row in found.rows]) == (CODE, [4, 6])
    assert found.cell("text", found.rows[0]) == "D4"


def test_a_head_that_was_cut_off_is_helped_by_the_rows() -> None:
    row: tuple[Cell, ...] = ("HX-2026-0001", "2026-11-24", "A", "已修好", check_of(CODE, "u1", "HX-2026-0001"), "u1")
    assert find_filled_sheet([RawSheet("表", (HEADER, row))]).code == CODE
    with pytest.raises(InvalidInput, match="没有回执码"):
        find_filled_sheet([RawSheet("表", (HEADER, row[:4]))])
