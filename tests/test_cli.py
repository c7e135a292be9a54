"""The command line: Chinese messages, exit codes, JSON, the same desks as the window."""

import json
from pathlib import Path

import openpyxl
import pytest

from station_app import cli
from station_app.station import Desks
from station_app.support.clock import system_clock

SAMPLES = Path(__file__).parent / "samples"
VISIT = {
    "date": "2026-11-20",
    "time": "09:30",
    "receivers": ["肖敏"],
    "visitor": {"name": "㛃玉", "gender": "女", "phone": "140 0000 0001", "people": 2},
    "opinions": [{"words": "沟渠淤塞，晚稻灌不上水。", "category": "农业农村"}, {"words": "村口没有路灯。"}],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "禾溪.station"
    assert cli.main(["new", "--file", str(path), "--station", "禾溪镇人大代表联络站"]) == 0
    return path


def visit_json(folder: Path, visit: object) -> str:
    path = folder / "visit.json"
    path.write_text(json.dumps(visit, ensure_ascii=False), encoding="utf-8")
    return str(path)


def register(file: Path, visit: object, *more: str) -> int:
    return cli.main(["register", "--file", str(file), "--json-input", visit_json(file.parent, visit), *more])


def test_a_visit_is_registered_and_exported(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert register(file, VISIT) == 0
    printed = capsys.readouterr().out.split()
    assert printed == ["登记号", "D2026-0001", "编号", "HX-2026-0001", "编号", "HX-2026-0002"]
    out = file.parent / "导出"
    arguments = ["export", "visits", "--file", str(file), "--month", "2026-11", "--format", "xlsx", "--out", str(out)]
    assert cli.main(arguments) == 0
    (path,) = out.iterdir()
    cells = {
        str(cell) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True) for cell in row
    }
    assert {"㛃玉", "沟渠淤塞，晚稻灌不上水。", "村口没有路灯。", "HX-2026-0002", "14000000001"} <= cells


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"nmae": "x"}, "nmae"),
        ({"date": 20261120}, "date"),
        ({"date": "2026-02-30"}, "date"),
        ({"visitor": {"name": "㛃玉", "age": 3}}, "visitor.age"),
        ({"visitor": {"name": "㛃玉", "people": True}}, "visitor.people"),
        ({"visitor": {"name": "㛃玉", "phone": "不知道"}}, "visitor.phone"),
        ({"opinions": [{"words": ""}]}, "opinions.0.words"),
        ({"opinions": [{"title": "无话"}]}, "opinions.0.words"),
        ({"opinions": [{"words": "x", "disposition": "随便"}]}, "opinions.0.disposition"),
        ({"opinions": ["x"]}, "opinions.0"),
        ({"receivers": []}, "receivers"),
        ({"form_number": "D2026-0777"}, "form_number"),
    ],
)
def test_wrong_input_ends_with_2_and_names_the_field(
    file: Path, change: dict[str, object], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert register(file, {**VISIT, **change}) == 2
    assert named in capsys.readouterr().err
    desks = Desks.open(file, system_clock(), read_only=True)
    assert desks.opinions.cases() == []
    desks.close()


def test_a_missing_field_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert register(file, {key: value for key, value in VISIT.items() if key != "receivers"}) == 2
    assert "receivers：缺少这个字段" in capsys.readouterr().err


def test_text_that_is_no_json_is_wrong_input(file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏.json"
    broken.write_bytes(b"\xff{")
    assert cli.main(["register", "--file", str(file), "--json-input", str(broken)]) == 2


def test_rows_are_previewed_and_imported_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["import", "roster", str(SAMPLES / "代表花名册_禾溪镇.xlsx"), "--file", str(file), "--json"]
    capsys.readouterr()
    assert cli.main([*arguments, "--dry-run"]) == 0
    assert cli.main(arguments) == 0
    assert cli.main(arguments) == 0
    decoder, text, found = json.JSONDecoder(), capsys.readouterr().out, []
    while text.strip():
        value, end = decoder.raw_decode(text.lstrip())
        found.append(value)
        text = text.lstrip()[end:]
    assert [(value["new"], value["unchanged"], len(value["problems"])) for value in found] == [
        (74, 0, 1),
        (74, 0, 1),
        (0, 74, 1),
    ]
    assert found[0]["problems"][0].keys() == {"row", "column", "reason"}


def test_figures_and_check_tell_in_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register(file, VISIT)
    capsys.readouterr()
    assert cli.main(["figures", "2026-11", "--file", str(file), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["ties"] is True
    assert figures["figures"]["received"]["value"] == 2
    assert figures["figures"]["received"]["cases"] == ["HX-2026-0001", "HX-2026-0002"]
    assert {"value", "title", "definition", "cases"} <= figures["figures"]["rate.closed"].keys()
    assert cli.main(["check", "--file", str(file), "--json"]) == 0
    health = json.loads(capsys.readouterr().out)
    assert (health["sound"], health["counts"]["opinions"], health["broken_step"]) == (True, 2, None)


def test_the_months_set_is_written_and_named(file: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    register(file, VISIT)
    assert cli.main(["month", "2026-11", "--file", str(file), "--out", str(tmp_path / "月")]) == 0
    assert len(list((tmp_path / "月").iterdir())) == 6
    assert "收集意见建议2件" in capsys.readouterr().out


def test_reading_ignores_the_lock_and_writing_respects_it(file: Path) -> None:
    window = Desks.open(file, system_clock())
    assert cli.main(["check", "--file", str(file)]) == 0
    assert register(file, VISIT) == 1
    window.close()
    assert register(file, VISIT) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["month", "2026-13", "--file", "x", "--out", "y"],
        ["export", "visits", "--file", "x", "--format", "docx", "--out", "y"],
        ["fly"],
        ["new", "--file", "x"],
        ["demo", "--out", "x", "--today", "2026-02-30"],
    ],
)
def test_wrong_usage_ends_with_2_in_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("用法有误")


def test_a_missing_file_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--file", str(tmp_path / "没有.station")]) == 1
    assert "找不到" in capsys.readouterr().err


def test_the_program_passes_its_own_test(qapp: object) -> None:
    assert cli.main(["self-test"]) == 0
