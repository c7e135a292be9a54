"""The rescue at its desk: what is told, which backup is taken, what comes back, what stays as it was."""

import json
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest

from station_app.domain.problems import InvalidInput
from station_app.services.rescue_desk import RescueDesk, damage_words
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.storage.rekeying import Rekeying
from station_app.support.clock import fixed_clock
from station_app.support.faults import Cancelled, FileInUse, StationFault, WrongKey
from station_app.support.paths import program_root
from station_app.ui.rescue_words import found_words
from tests.faults.replay import differences
from tests.faults.wrecks import CLOCK, Register, behead, make_register, register_visit, spoil

PASSWORD = "溪水长流2026"
LATER = fixed_clock(date(2026, 11, 25), time(9, 30))


def insist_sound(register: Register) -> None:
    desks = Desks.open(register.path, CLOCK, "肖敏", register.key)
    try:
        assert desks.housekeeping.check().sound
        assert differences(desks._file) == []
    finally:
        desks.close()


def test_a_damaged_register_comes_back_with_what_was_readable(tmp_path: Path) -> None:
    register = make_register(tmp_path)
    spoil(register.path, 3)
    damaged = register.path.read_bytes()
    desk = RescueDesk(register.path, LATER)
    found = desk.examine()
    assert found.backup is not None
    assert found.backup.path == register.backup
    assert "处读不出来" in damage_words(found.damage)
    assert register.path.read_bytes() == damaged
    outcome = desk.rescue(found)
    assert outcome.aside.read_bytes() == damaged
    assert len(outcome.back) + len(outcome.missed) == len(found.lines)
    assert len(register.numbers()) == 4 + len(outcome.back)
    insist_sound(register)


def test_what_is_not_wanted_stays_in_the_damaged_file(tmp_path: Path) -> None:
    register = make_register(tmp_path, newer=3)
    desk = RescueDesk(register.path, LATER)
    found = desk.examine()
    last = found.lines[-1]
    outcome = desk.rescue(found, frozenset({last.id}))
    assert [step.id for step in outcome.left] == [last.id]
    assert register.numbers() & set(register.newer) == set(register.newer[:2])
    assert last.label in desk.report(found, outcome)
    assert "后来" not in desk.report(found, outcome)


def test_without_any_backup_the_log_alone_brings_the_register_back(tmp_path: Path) -> None:
    register = make_register(tmp_path)
    for path in register.backup.parent.iterdir():
        path.unlink()
    before = register.numbers()
    desk = RescueDesk(register.path, LATER)
    found = desk.examine()
    assert found.backup is None
    assert found.possible
    outcome = desk.rescue(found)
    assert outcome.missed == ()
    assert register.numbers() == before
    insist_sound(register)
    desks = Desks.open(register.path, CLOCK)
    assert desks.settings.profile().name == "禾溪镇人大代表联络站"
    assert register_visit(desks, "再来") not in before
    desks.close()


def test_without_backup_and_beginning_nothing_is_promised_and_nothing_touched(tmp_path: Path) -> None:
    register = make_register(tmp_path)
    for path in register.backup.parent.iterdir():
        path.unlink()
    behead(register.path)
    found = RescueDesk(register.path, LATER).examine()
    assert not found.possible
    assert sorted(path.name for path in tmp_path.iterdir()) == ["备份", register.path.name]


def test_a_damaged_backup_is_passed_over(tmp_path: Path) -> None:
    register = make_register(tmp_path)
    desks = Desks.open(register.path, fixed_clock(date(2026, 11, 25), time(9, 5)))
    newest = desks.housekeeping.back_up().path
    desks.close()
    spoil(newest, 1)
    spoil(register.path, 2)
    found = RescueDesk(register.path, LATER).examine()
    assert found.backup is not None
    assert found.backup.path == register.backup


def test_a_backup_the_register_has_left_for_an_older_one_is_passed_over(tmp_path: Path) -> None:
    register = make_register(tmp_path, newer=3)
    older = register.backup.read_bytes()
    desks = Desks.open(register.path, fixed_clock(date(2026, 11, 25), time(9, 5)))
    desks.housekeeping.back_up()
    desks.close()
    register.path.write_bytes(older)  # restored, and another way was gone since
    desks = Desks.open(register.path, CLOCK, "肖敏")
    other = [register_visit(desks, f"另外{number}") for number in range(4)]
    desks.close()
    desk = RescueDesk(register.path, LATER)
    found = desk.examine()
    assert found.backup is not None
    assert found.backup.path == register.backup
    assert len(found.lines) == len(other)


def test_an_encrypted_register_without_its_beginning_is_rescued_by_its_password(tmp_path: Path) -> None:
    register = make_register(tmp_path, FileKey.fresh(PASSWORD))
    behead(register.path)
    desk = RescueDesk(register.path, LATER)
    assert desk.asks_password()
    with pytest.raises(InvalidInput):
        desk.use_password("不是它")
    desk.use_password(PASSWORD)
    found = desk.examine()
    assert found.backup is not None
    desk.rescue(found)
    assert len(register.numbers()) == 4


def test_a_backup_of_another_password_is_opened_with_that(tmp_path: Path) -> None:
    register = make_register(tmp_path, FileKey.fresh(PASSWORD))
    desks = Desks.open(register.path, CLOCK, "肖敏", register.key)
    change = Rekeying(desks._file, "修改密码")
    key = FileKey.fresh("换了一句话2026")
    change.prepare(key, lambda _part, _word: None, lambda: False)
    change.finish()
    desks.close()
    spoil(register.path, 2)
    desk = RescueDesk(register.path, LATER, key)
    backup = next(one for one in desk.backups() if one.path == register.backup)
    with pytest.raises(WrongKey):
        desk.examine_with(backup)
    outcome = desk.rescue(desk.examine_with(backup, PASSWORD))
    assert outcome.other_password
    assert set(register.newer[:1]) | register.numbers()


@pytest.mark.parametrize("words_too", [True, False])
def test_what_was_erased_on_request_does_not_come_back_with_an_older_backup(words_too: bool, tmp_path: Path) -> None:
    register = make_register(tmp_path, newer=2)
    desks = Desks.open(register.path, CLOCK, "肖敏")
    visit = desks.erasing.held("早来1", "")[0]
    desks.erasing.erase([visit.id], "2026-11-25", "本人书面申请", words_too=words_too)
    desks.close()
    desk = RescueDesk(register.path, LATER)
    found = desk.examine()
    assert found.damage.readable == len(found.lines) == 3
    outcome = desk.rescue(found)
    assert outcome.missed == ()
    assert "早来1".encode() not in register.path.read_bytes()
    insist_sound(register)
    desks = Desks.open(register.path, CLOCK, "肖敏")
    assert desks.erasing.held("早来1", "") == []
    kept = [case.words for case in desks.opinions.cases()].count("水圳塌方，请派人看看。" * 3)
    assert kept == (5 if words_too else 6)
    assert desks.erasing.held("早来2", "")
    desks.close()


def test_a_journal_beside_the_file_is_played_in_before_it_is_judged(tmp_path: Path) -> None:
    register = make_register(tmp_path, newer=2)
    journal = register.path.with_name(f"{register.path.name}-journal")
    journal.write_bytes(b"torn")
    desk = RescueDesk(register.path, LATER)
    found = desk.examine()
    assert found.damage.sound
    desk.rescue(found)
    assert not journal.exists()
    assert set(register.newer) <= register.numbers()


def test_a_stopped_or_refused_rescue_changes_nothing(tmp_path: Path) -> None:
    register = make_register(tmp_path, newer=4)
    spoil(register.path, 1)
    desk = RescueDesk(register.path, LATER)
    found = desk.examine()

    def everything() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    before = everything()
    with pytest.raises(Cancelled):
        desk.rescue(found, cancelled=lambda: True)
    assert everything() == before
    lock = register.path.with_name(f"{register.path.name}.lock")
    lock.write_text('{"host": "另一台", "pid": 1, "since": ""}', encoding="utf-8")
    with pytest.raises(FileInUse) as refused:
        desk.rescue(found)
    assert refused.value.may_take_over
    lock.unlink()
    assert everything() == before


def test_a_chosen_file_that_is_no_register_is_refused(tmp_path: Path) -> None:
    register = make_register(tmp_path, newer=1)
    other = tmp_path / "别的.station"
    other.write_bytes(b"x" * 8192)
    desk = RescueDesk(register.path, LATER)
    with pytest.raises(StationFault):
        desk.examine_with(desk.backup_of(other))
    with pytest.raises(StationFault):
        desk.backup_of(tmp_path / "没有.station")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(program_root() / "main.py"), *arguments, "--today", "2026-11-25"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_reports_first_and_rescues_only_when_told(tmp_path: Path) -> None:
    register = make_register(tmp_path, newer=5)
    with register.path.open("r+b") as file:
        file.truncate(register.path.stat().st_size - 1000)
    damaged = register.path.read_bytes()
    refused = run("check", "--file", str(register.path))
    assert (refused.returncode, "已损坏" in refused.stderr) == (1, True)
    told = run("rescue", "--file", str(register.path))
    assert told.returncode == 1
    assert "尚未抢救" in told.stdout
    assert register.path.read_bytes() == damaged
    done = run("rescue", "--file", str(register.path), "--do")
    assert "找回来的" in done.stdout
    assert not done.stderr
    assert len(register.numbers()) == 4 + done.stdout.count("能找回")
    assert run("check", "--file", str(register.path)).returncode == 0


def test_two_programs_on_one_file(tmp_path: Path) -> None:
    register = make_register(tmp_path, newer=1)
    visit = tmp_path / "visit.json"
    visit.write_text(
        json.dumps(
            {"date": "2026-11-20", "receivers": ["肖敏"], "visitor": {"name": "覃水生", "phone": "14000000001"},
             "opinions": [{"words": "沟渠淤塞。"}]}
        ),
        encoding="utf-8",
    )  # fmt: skip
    writing = ("register", "--file", str(register.path), "--json-input", str(visit))
    desks = Desks.open(register.path, CLOCK, "肖敏")
    second = run(*writing, "--take-over")
    assert second.returncode == 1  # it runs on this very PC: there is nothing to take over
    assert "本机的另一个窗口" in second.stderr
    number = register_visit(desks, "仍可登记")
    desks.close()
    lock = register.path.with_name(f"{register.path.name}.lock")
    lock.write_text('{"host": "另一台", "pid": 1, "since": "2026-11-25T08:00:00+08:00"}', encoding="utf-8")
    refused = run(*writing)
    assert (refused.returncode, "接管" in refused.stderr) == (1, True)
    assert run("check", "--file", str(register.path)).returncode == 0  # reading ignores the lock
    assert run(*writing, "--take-over").returncode == 0
    assert not lock.exists()
    assert number in register.numbers()


def test_backups_that_cannot_be_used_as_they_are_are_told(tmp_path: Path) -> None:
    register = make_register(tmp_path, FileKey.fresh(PASSWORD), newer=1)
    spoil(register.backup, 1)
    spoil(register.path, 1)
    found = RescueDesk(register.path, LATER, register.key).examine()
    assert found.backup is None
    assert found.passed_over == 1
    assert "1 份备份用不上" in found_words(found)
