"""Taking in the two sample spreadsheets: previewed, one step, twice changes nothing, undone whole."""

from dataclasses import replace
from pathlib import Path

import pytest

from station_app.domain.people import Level
from station_app.domain.problems import InvalidInput
from station_app.services.intake import SheetKind
from station_app.station import Desks

SAMPLES = Path(__file__).parents[1] / "samples"
ROSTER = SAMPLES / "代表花名册_禾溪镇.xlsx"
OPINIONS = SAMPLES / "选民意见台账_旧.xls"


def test_the_roster_is_taken_in_once(desks: Desks) -> None:
    preview = desks.intake.preview(ROSTER, SheetKind.ROSTER)
    assert preview.counts == {"new": 74, "changed": 0, "unchanged": 0, "problem": 1}
    assert [(problem.row, problem.column) for problem in preview.problems] == [(81, "B")]
    desks.intake.confirm(preview)
    people = {deputy.name: deputy for deputy in desks.roster.deputies()}
    assert [mandate.level for mandate in people["魏菊梅"].mandates] == [Level.COUNTY, Level.TOWNSHIP]
    assert people["崔洋伟"].birth_month == "1959-07"
    assert people["㛃玉"].phone == "14004597167"
    assert people["邹胜"].village == "松岗社区"
    assert all(not deputy.id_number for deputy in people.values())
    again = desks.intake.preview(ROSTER, SheetKind.ROSTER)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 74, "problem": 1}
    steps = desks.housekeeping.check().counts
    desks.intake.confirm(again)
    assert desks.housekeeping.check().counts == steps


def test_namesakes_stay_two_people(desks: Desks) -> None:
    desks.intake.confirm(desks.intake.preview(ROSTER, SheetKind.ROSTER))
    assert sum(deputy.name == "张伟" for deputy in desks.roster.deputies()) == 2


def test_the_old_ledger_is_taken_in_once(desks: Desks) -> None:
    preview = desks.intake.preview(OPINIONS, SheetKind.OPINIONS)
    assert preview.counts == {"new": 128, "changed": 0, "unchanged": 0, "problem": 0}
    desks.intake.confirm(preview)
    cases = desks.opinions.cases()
    assert len(cases) == 128
    first = next(case for case in cases if case.petitioner == "查生德")
    assert (first.raised_on, first.phone, first.village, first.receivers) == (
        "2025-01-31",
        "14009011101",
        "松岗社区",
        ("刘𬭚",),
    )
    assert desks.intake.preview(OPINIONS, SheetKind.OPINIONS).counts["unchanged"] == 128


def test_both_sheets_again_in_any_order_change_nothing(desks: Desks) -> None:
    sheets = ((ROSTER, SheetKind.ROSTER), (OPINIONS, SheetKind.OPINIONS))
    for path, kind in sheets:
        desks.intake.confirm(desks.intake.preview(path, kind))
    for path, kind in (*sheets, *reversed(sheets)):
        counts = desks.intake.preview(path, kind).counts
        assert (counts["new"], counts["changed"]) == (0, 0), kind


def test_an_import_is_undone_as_one_step(desks: Desks) -> None:
    desks.intake.confirm(desks.intake.preview(OPINIONS, SheetKind.OPINIONS))
    desks.housekeeping.undo()
    assert desks.opinions.cases() == []
    assert desks.intake.preview(OPINIONS, SheetKind.OPINIONS).counts["new"] == 128


def test_an_import_makes_a_verified_backup_first(desks: Desks) -> None:
    desks.intake.confirm(desks.intake.preview(ROSTER, SheetKind.ROSTER))
    backups = list((desks.path.parent / "备份").glob("*.station"))
    assert [path.name.endswith("导入前.station") for path in backups] == [True]


def test_an_edit_since_the_import_is_not_overwritten(desks: Desks) -> None:
    from dataclasses import replace

    desks.intake.confirm(desks.intake.preview(ROSTER, SheetKind.ROSTER))
    deputy = next(deputy for deputy in desks.roster.deputies() if deputy.name == "㛃玉")
    desks.roster.save_deputy(replace(deputy, phone="14009999999"))
    preview = desks.intake.preview(ROSTER, SheetKind.ROSTER)
    assert preview.counts["unchanged"] == 74
    desks.intake.confirm(preview)
    assert desks.roster.deputy(deputy.id).phone == "14009999999"


def test_a_list_of_the_next_term_is_for_a_change_of_term(desks: Desks, tmp_path: Path) -> None:
    for on, term in enumerate(("第十八届", "第十九届")):
        path = tmp_path / f"{term}.csv"
        path.write_text(f"姓名,联系电话,代表层级,届次\n莫一凡,14000007777,镇,{term}\n", encoding="utf-8")
        preview = desks.intake.preview(path, SheetKind.ROSTER)
        if not on:
            desks.intake.confirm(preview)
    before = desks.roster.deputies()
    with pytest.raises(InvalidInput, match="换届"):
        desks.intake.confirm(preview)
    assert desks.roster.deputies() == before, "nobody holds two mandates of a level at a time"


def test_a_preview_writes_nothing(desks: Desks) -> None:
    before = desks.housekeeping.check().counts
    desks.intake.preview(ROSTER, SheetKind.ROSTER)
    assert desks.housekeeping.check().counts == before


def test_the_wrong_sheet_is_refused_in_words(desks: Desks, tmp_path: Path) -> None:
    wrong = tmp_path / "假.xlsx"
    wrong.write_bytes(b"%PDF-1.7 no spreadsheet")
    with pytest.raises(InvalidInput, match="PDF"):
        desks.intake.preview(wrong, SheetKind.ROSTER)
    with pytest.raises(InvalidInput):
        desks.intake.preview(OPINIONS, SheetKind.ROSTER)


def test_levels_a_list_leaves_out_are_kept_and_shortened_words_are_no_change(desks: Desks, tmp_path: Path) -> None:
    desks.intake.confirm(desks.intake.preview(ROSTER, SheetKind.ROSTER))
    one = next(deputy for deputy in desks.roster.deputies() if deputy.name == "魏菊梅")
    desks.roster.save_deputy(replace(one, party="中共党员"))
    sheet = tmp_path / "镇代表.csv"
    sheet.write_text(f"姓名,联系电话,代表层级,政治面貌\n魏菊梅,{one.phone},镇,党员\n", encoding="utf-8")
    preview = desks.intake.preview(sheet, SheetKind.ROSTER)
    assert preview.counts == {"new": 0, "changed": 0, "unchanged": 1, "problem": 0}
    sheet.write_text(f"姓名,联系电话,代表层级,政治面貌\n魏菊梅,{one.phone},市,党员\n", encoding="utf-8")
    (row,) = desks.intake.preview(sheet, SheetKind.ROSTER).rows
    assert [(told.field, told.sheet) for told in row.verdict.differences] == [("levels", "county,township,city")]
