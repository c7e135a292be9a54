"""Whatever a sheet looks like, it is read or refused in words; no row is an entry and skipped at once, none is lost."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.domain.cell_text import cell_text
from station_app.domain.header_search import likely_header, map_header, remembered_mapping, titles_digest
from station_app.domain.opinion_sheet import OPINION_FORM, read_opinion_table
from station_app.domain.problems import InvalidInput
from station_app.domain.raw_sheet import Cell, MergedRange, RawSheet
from station_app.domain.roster_sheet import ROSTER_FORM, read_roster, read_roster_table
from station_app.domain.row_verdicts import judge_rows
from station_app.domain.sheet_form import SheetForm
from station_app.domain.sheet_mapping import SheetMapping
from station_app.domain.table_rows import table_rows

FORMS = (ROSTER_FORM, OPINION_FORM)
titles = st.sampled_from(sorted({word for form in FORMS for field in form.fields for word in field.synonyms}))
odd = st.sampled_from(
    ["合计", "说明", "示例", "—", "其他情况", "罗小满", "张三、李四", "√", "2024.3.5", "1.38E+10", "\n", "注：无", "𠅤"]
)
cells: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    titles,
    odd,
    st.text(max_size=6),
    st.integers(-5, 15_000_000_000),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2100-01-01")),
)
rows = st.lists(st.lists(cells, max_size=8).map(tuple), max_size=9).map(tuple)
areas = st.builds(
    lambda top, left, tall, wide: MergedRange(top, left, top + tall, left + wide),
    st.integers(0, 8), st.integers(0, 6), st.integers(0, 3), st.integers(0, 3),
)  # fmt: skip
sheets = st.builds(RawSheet, st.just("表"), rows, st.lists(areas, max_size=3).map(tuple))


def parts(mapping: SheetMapping) -> tuple[SheetMapping, ...]:
    return (mapping, *mapping.further)


@pytest.mark.parametrize("form", FORMS, ids=["roster", "opinions"])
@settings(max_examples=120, deadline=None)
@given(sheet=sheets, row=st.integers(1, 9))
def test_any_row_may_be_called_the_header(form: SheetForm, sheet: RawSheet, row: int) -> None:
    if not sheet.rows:
        return
    row = min(row, len(sheet.rows))
    mapping = map_header(sheet, row, form.fields, form.required)
    assert mapping.header_rows[0] == row
    for part in parts(mapping):
        keys = [column.key for column in part.columns if column.key]
        assert len(keys) == len(set(keys))
        assert [column.index for column in part.columns] == sorted({column.index for column in part.columns})
    data, skipped = table_rows(sheet, mapping, form.entry)
    numbers = {one.number for one in data}
    assert numbers <= set(range(mapping.header_rows[-1] + 1, len(sheet.rows) + 1))
    filled = {n for n, line in enumerate(sheet.rows, 1) if n > mapping.header_rows[-1] and any(map(cell_text, line))}
    if not mapping.further:
        assert numbers | {one.number for one in skipped} == filled
        assert not numbers & {one.number for one in skipped}


@pytest.mark.parametrize("form", FORMS, ids=["roster", "opinions"])
@settings(max_examples=60, deadline=None)
@given(sheet=sheets)
def test_a_corrected_mapping_is_found_again_by_its_titles(form: SheetForm, sheet: RawSheet) -> None:
    if not sheet.rows:
        return
    mapping = map_header(sheet, likely_header(sheet, form.fields, form.required), form.fields, form.required)
    kept = {column.letter: column.key for column in mapping.columns}
    again = remembered_mapping(sheet, form.fields, form.required, {titles_digest(mapping): kept})
    assert again is not None
    assert titles_digest(again) == titles_digest(mapping)
    assert not again.guessed


@settings(max_examples=120, deadline=None)
@given(sheet=sheets, row=st.integers(1, 9))
def test_any_table_is_read_row_by_row(sheet: RawSheet, row: int) -> None:
    if not sheet.rows:
        return
    row = min(row, len(sheet.rows))
    people = read_roster_table(sheet, map_header(sheet, row, ROSTER_FORM.fields, ROSTER_FORM.required))
    matters = read_opinion_table(
        sheet, map_header(sheet, row, OPINION_FORM.fields, OPINION_FORM.required), date(2026, 11, 22)
    )
    for verdict in (*judge_rows(people.rows, []), *judge_rows(matters.rows, [])):
        assert verdict.kind in {"new", "problem"}
        assert bool(verdict.reason) == (verdict.kind == "problem")
    for one in people.rows:
        assert one.problems or one.deputy.name


@settings(max_examples=60, deadline=None)
@given(st.lists(sheets, max_size=3))
def test_a_book_holds_a_roster_or_is_refused(book: list[RawSheet]) -> None:
    try:
        found = read_roster(book)
    except InvalidInput:
        return
    assert found.mapping.keys >= {"name"}
