"""What columns mean is remembered with the import, templates come back whole, a stopped import leaves nothing."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from station_app.domain.problems import InvalidInput
from station_app.services.intake import SheetKind, write_template
from station_app.station import Desks
from station_app.support.faults import Cancelled

SAMPLES = Path(__file__).parents[1] / "samples"
ROSTER = SAMPLES / "代表花名册_禾溪镇.xlsx"
ODD = "称呼,男女,哪一级,找他\n罗小满,女,镇,14000001088\n覃水生,男,县,14000001077\n"


def odd_sheet(folder: Path) -> Path:
    """Write a table whose titles nobody knows."""
    path = folder / "联系表.csv"
    path.write_text(ODD, encoding="utf-8")
    return path


def correct(desks: Desks, path: Path) -> None:
    """Say what the columns mean and take the sheet in."""
    opened = desks.intake.open(path, SheetKind.ROSTER)
    assert not opened.ready
    mapping = opened.mapping.with_keys({0: "name", 1: "gender", 2: "levels", 3: "phone"})
    desks.intake.confirm(desks.intake.judge(opened, mapping, corrected=True))


def test_a_table_nobody_recognises_is_refused_without_a_word_from_the_clerk(desks: Desks, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="没有找到表头"):
        desks.intake.preview(odd_sheet(tmp_path), SheetKind.ROSTER)


def test_what_the_clerk_said_holds_for_the_next_sheet_with_these_titles(desks: Desks, tmp_path: Path) -> None:
    path = odd_sheet(tmp_path)
    correct(desks, path)
    found = {deputy.name: deputy.phone for deputy in desks.roster.deputies()}
    assert (found["罗小满"], found["覃水生"]) == ("14000001088", "14000001077")
    path.write_text("联系表,,,\n" + ODD + "单小芳,女,镇,14000001066\n", encoding="utf-8")
    opened = desks.intake.open(path, SheetKind.ROSTER)
    assert (opened.ready, opened.remembered, opened.mapping.header_rows) == (True, True, (2,))
    assert desks.intake.preview(path, SheetKind.ROSTER).counts["new"] == 1
    path.write_text(ODD.replace("找他", "找她"), encoding="utf-8")
    assert not desks.intake.open(path, SheetKind.ROSTER).remembered


def test_taking_the_import_back_takes_back_what_the_columns_meant(desks: Desks, tmp_path: Path) -> None:
    before = desks.roster.deputies()
    path = odd_sheet(tmp_path)
    correct(desks, path)
    desks.housekeeping.undo()
    assert desks.roster.deputies() == before
    assert not desks.intake.open(path, SheetKind.ROSTER).remembered


def test_a_stopped_import_leaves_nothing(desks: Desks) -> None:
    preview = desks.intake.preview(ROSTER, SheetKind.ROSTER)
    before, people = desks.housekeeping.check().counts, desks.roster.deputies()
    told: list[str] = []
    with pytest.raises(Cancelled):
        desks.intake.take_in(preview, lambda _part, word: told.append(word), lambda: len(told) > 1)
    assert len(told) == 2
    assert desks.housekeeping.check().counts == before
    assert desks.roster.deputies() == people


def test_what_was_written_since_the_preview_makes_it_stale(desks: Desks) -> None:
    preview = desks.intake.preview(ROSTER, SheetKind.ROSTER)
    assert not desks.intake.is_stale(preview)
    desks.intake.confirm(preview)
    assert desks.intake.is_stale(preview)


@pytest.mark.parametrize("kind", SheetKind)
def test_an_empty_template_is_recognised_whole_and_holds_no_entry(
    desks: Desks, tmp_path: Path, kind: SheetKind
) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path, kind)
    opened = desks.intake.open(path, kind)
    assert opened.ready
    assert [column.key for column in opened.mapping.columns] == [one.key for one in opened.form.template]
    preview = desks.intake.judge(opened, opened.mapping)
    assert preview.rows == ()
    assert [reason for _, reason in preview.skipped] == ["模板的说明和示例"] * 2


def test_a_filled_template_says_what_was_typed(desks: Desks, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path, SheetKind.ROSTER)
    form = desks.intake.form(SheetKind.ROSTER)
    book = load_workbook(path)
    page: Any = book.active
    for place, column in enumerate(form.template[1:], 2):  # as the example says it
        page.cell(6, place, column.example)
    page["G6"], page["E6"], page["M6"] = "本科", 28613, 14000000077  # as Excel stores what is typed into new cells
    book.save(path)
    desks.intake.confirm(desks.intake.preview(path, SheetKind.ROSTER))
    (deputy,) = [deputy for deputy in desks.roster.deputies() if deputy.name == "欧阳小满"]
    assert (deputy.birth_month, deputy.education, deputy.phone) == ("1978-05", "本科", "14000000077")
    assert [(one.level.value, one.term, one.constituency, one.card_number) for one in deputy.mandates] == [
        ("county", "第十七届", "第三选区", "X0103"),
        ("township", "第十八届", "第五选区", "Z0025"),
    ]
    assert deputy.village == "竹坑村"
    assert desks.intake.preview(path, SheetKind.ROSTER).counts["unchanged"] == 1


def test_a_template_offers_lists_and_keeps_numbers_as_text(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path, SheetKind.ROSTER)
    page: Any = load_workbook(path).active
    offered = {str(one.sqref).split(":")[0]: one.formula1 for one in page.data_validations.dataValidation}
    assert offered["C6"] == '"男,女"'
    assert offered["I6"] == '"全国,省,市,县,镇"'
    assert page["M6"].number_format == "@"
    assert page["B3"].value == "*姓名"
