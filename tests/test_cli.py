"""The command line: Chinese messages, exit codes, JSON, the same desks as the window."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from station_app import cli
from station_app.domain.rooms import Room
from station_app.station import Desks
from station_app.support.clock import system_clock

SAMPLES = Path(__file__).parent / "samples"
TODAY = ("--today", "2026-11-25")
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
    path.write_text(json.dumps(visit), encoding="utf-8")  # escaped: broken characters have to arrive too
    return str(path)


def register(file: Path, visit: object, *more: str) -> int:
    json_input = visit_json(file.parent, visit)
    return cli.main(["register", "--file", str(file), "--json-input", json_input, *TODAY, *more])


def test_a_visit_is_registered_and_exported(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert register(file, VISIT) == 0
    printed = capsys.readouterr().out.split()
    assert printed == ["登记号", "D2026-0001", "编号", "HX-2026-0001", "编号", "HX-2026-0002"]
    out = file.parent / "导出"
    arguments = ["export", "visits", "--file", str(file), "--month", "2026-11", "--format", "xlsx", "--out", str(out)]
    assert cli.main([*arguments, *TODAY]) == 0
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
        ({"receivers": ["长" * 51]}, "receivers"),
        ({"receivers": ["\ud800"]}, "receivers"),
        ({"place": "长" * 201}, "place"),
        ({"place": "圩镇\ufffe"}, "place"),
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
    assert [skipped["row"] for skipped in found[0]["skipped"]] == [82, 83]
    assert found[0]["unused_columns"] == ["L 列“电子版相片”"]


def test_an_import_tells_what_it_noticed_and_what_it_left_out(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "名册.csv"
    sheet.write_text("姓名,性别,届次,血型,代表小组\n罗小满,女,第十八届,甲,一组\n合计,1,,\n", encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["import", "roster", str(sheet), "--file", str(file), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "提示　第 2 行：代表层级：没有写明代表层级" in told
    assert "略过　第 3 行：合计、说明或落款" in told
    assert "没有导入的列：D 列“血型”" in told
    assert "代表小组和联系村(居)不在这里登记" in told


def test_figures_and_ledgers_of_one_room(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desks = Desks.open(file, system_clock())
    desks.rooms.save(Room("圩镇联络室"))
    desks.close()
    register(file, VISIT)
    register(file, {**VISIT, "room": "圩镇联络室", "opinions": [{"words": "圩场没有公厕。"}]})
    capsys.readouterr()
    for room, received in (("本站", 2), ("圩镇联络室", 1)):
        assert cli.main(["figures", "2026-11", "--room", room, "--file", str(file), "--json", *TODAY]) == 0
        assert json.loads(capsys.readouterr().out)["figures"]["received"]["value"] == received
    asked = ["--month", "2026-11", "--format", "xlsx", "--out", str(tmp_path), "--file", str(file), *TODAY]
    assert cli.main(["export", "opinions", "--room", "圩镇联络室", *asked]) == 0
    assert "意见建议办理台账_圩镇联络室_2026年11月.xlsx" in capsys.readouterr().out
    assert cli.main(["export", "rooms", *asked]) == 0
    assert cli.main(["export", "roster", "--room", "圩镇联络室", *asked]) == 2
    assert "代表花名册不分站室" in capsys.readouterr().err
    assert register(file, {**VISIT, "room": "水东"}) == 2
    assert "“水东”不在可选项中：本站、圩镇联络室" in capsys.readouterr().err
    assert cli.main(["figures", "2026-11", "--room", "水东", "--file", str(file), *TODAY]) == 2
    assert "没有站室“水东”。有：本站、圩镇联络室。" in capsys.readouterr().err


def test_figures_and_check_tell_in_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register(file, VISIT)
    capsys.readouterr()
    assert cli.main(["figures", "2026-11", "--file", str(file), "--json", *TODAY]) == 0
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
    assert cli.main(["month", "2026-11", "--file", str(file), "--out", str(tmp_path / "月"), *TODAY]) == 0
    assert len(list((tmp_path / "月").iterdir())) == 6
    assert "收集意见建议2件" in capsys.readouterr().out


def test_reading_ignores_the_lock_and_writing_respects_it(file: Path) -> None:
    window = Desks.open(file, system_clock())
    assert cli.main(["check", "--file", str(file)]) == 0
    assert register(file, VISIT) == 1
    window.close()
    assert register(file, VISIT) == 0


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (["--from", "2026-01-01"], "--from"),
        (["--to", "2026-01-01"], "--to"),
        (["--all", "--to", "2026-01-01"], "--to"),
        (["--from", "2026-05-01", "--to", "2026-01-01"], "--to"),
        (["--month", "2026-12", *TODAY], "2026年12月还没有到"),
        ([], "--month"),
    ],
)
def test_a_time_that_is_half_said_or_to_come_is_not_exported(
    file: Path, tmp_path: Path, more: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["export", "visits", "--file", str(file), "--format", "xlsx", "--out", str(tmp_path / "出"), *more]
    assert cli.main(arguments) == 2
    assert named in capsys.readouterr().err
    assert not (tmp_path / "出").exists()


def test_characters_that_cannot_be_printed_are_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register(file, {**VISIT, "opinions": [{"words": "谢谢代表👍"}]})
    capsys.readouterr()
    arguments = ["export", "opinions", "--file", str(file), "--all", "--out", str(file.parent / "出")]
    assert cli.main([*arguments, "--format", "pdf"]) == 0
    assert "没有字体能印“👍”" in capsys.readouterr().err
    assert cli.main([*arguments, "--format", "xlsx"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", ["month", "figures"])
def test_a_month_to_come_has_no_figures(file: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(file.parent / "出")] if command == "month" else []
    assert cli.main([command, "2026-12", "--file", str(file), *TODAY, *out]) == 2
    assert "还没有到" in capsys.readouterr().err
    assert not (file.parent / "出").exists()


@pytest.mark.parametrize("name", ["", "  ", "长" * 51, "禾\ud800"])
def test_a_station_without_a_usable_name_is_not_made(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["new", "--file", str(tmp_path / "新.station"), "--station", name]) == 2
    assert "--station" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_stations_name_tells_its_place_and_code(tmp_path: Path) -> None:
    path = tmp_path / "桥头.station"
    arguments = ["new", "--file", str(path), "--station", "青山区桥头街道人大代表联络站", "--operator", "罗成"]
    assert cli.main(arguments) == 0
    desks = Desks.open(path, system_clock(), read_only=True)
    profile = desks.settings.profile()
    desks.close()
    assert (profile.county_name, profile.organ_name, profile.code) == ("青山区", "桥头街道", "QT")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"date": "2026-11-20", "date": "2026-11-19"}'])
def test_json_too_deep_or_with_a_field_twice_is_wrong_input(file: Path, text: str) -> None:
    path = file.parent / "怪.json"
    path.write_text(text, encoding="utf-8")
    assert cli.main(["register", "--file", str(file), "--json-input", str(path)]) == 2


def test_help_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["export", "--help"]):
        with pytest.raises(SystemExit):
            cli.main(arguments)
        shown = capsys.readouterr().out
        assert "用法：" in shown
        assert not [word for word in ("usage", "options", "show this", "positional") if word in shown]


def command_line(*arguments: str) -> list[str]:
    return [sys.executable, str(Path(__file__).parents[1] / "main.py"), *arguments]


def test_a_reader_that_goes_away_and_a_full_disk_are_no_bugs(file: Path) -> None:
    check = command_line("check", "--file", str(file))
    with subprocess.Popen(check, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0
    if Path("/dev/full").exists():
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(check, stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False)
        assert done.returncode == 1
        assert done.stderr.startswith("读写出错")


def test_the_programs_own_test_needs_no_screen() -> None:
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    screenless = {key: value for key, value in os.environ.items() if key not in without}
    done = subprocess.run(
        command_line("self-test"), env=screenless, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "自检通过", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["month", "2026-13", "--file", "x", "--out", "y"],
        ["export", "visits", "--file", "x", "--format", "docx", "--out", "y"],
        ["fly"],
        ["demo", "--out", "x", "--seed", "x"],
        ["demo", "--out", "x", "--years", "21"],
        ["demo", "--out", "x", "--opinions", "0"],
        ["check", "--file", "x", "--today", "20261125"],
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
