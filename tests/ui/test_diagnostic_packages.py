"""Personal data is planted everywhere a program could pick it up; none of it reaches the log or the package."""

import logging
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from station_app.station import Desks
from station_app.storage.schema import SCHEMA_VERSION
from station_app.support.clock import fixed_clock
from station_app.support.logs import LOG_NAME, start_log, stop_log, take_crashes
from station_app.support.paths import Places
from station_app.ui.first_start_form import KEPT
from station_app.ui.messages import Boxes, RecordedMessages
from station_app.ui.program import Program
from station_app.ui.second_start import Wish
from tests.ui.small_station import small_station

TODAY = date(2026, 11, 22)
PLANTED = (
    "张伟明", "Zhang Weiming", "zhangweiming", "14000009999", "140 0000 9999", "0771-1234567",
    "沟渠从春上就淤了", "zwm@example.org", "999999199001011234",
)  # fmt: skip
log = logging.getLogger("station_app.planted")


class Registration:
    """Something of ours that holds a person, as the values of a failing function do."""

    def __init__(self, name: str, phone: str, words: str) -> None:
        self.name = name
        self.phone = phone
        self.words = words

    def __repr__(self) -> str:
        """Tell everything, as a careless class might."""
        return f"Registration({self.name}, {self.phone}, {self.words})"


def fail(one: Registration) -> None:
    """Fail twice over, each time with a person in the message."""
    try:
        int(one.name)
    except ValueError as first:
        raise KeyError(one, one.phone, f"{PLANTED}") from first


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that is called after a person."""
    made = tmp_path / "zhangweiming" / "张伟明的U盘"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def program(
    qtbot: QtBot, folder: Path, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> Iterator[Program]:
    """Return the program with a register full of people open, and a log that is written."""
    places = Places(folder, tmp_path / "log")
    start_log(places.log)
    made = Program(places, settings, messages, fixed_clock(TODAY), "张伟明")
    yield made
    if made.window is not None:
        made.window.close()
        qtbot.addWidget(made.window)
    made.close()
    stop_log()


def plant(desks: Desks, settings: QSettings, folder: Path) -> None:
    """Put people into the register's profile, drafts and preferences, and into the window's settings."""
    profile = replace(desks.settings.profile(), name="张伟明联络站", place="张伟明家", phone="14000009999")
    desks.settings.save_profile(profile)
    desks.housekeeping.keep_draft("visit", {"fields": {"visitor.name": "张伟明"}, "words": "沟渠从春上就淤了"})
    desks.settings.remember("张伟明", "14000009999")
    for key, value in (
        (f"{KEPT}/clerk_name", "张伟明"),
        (f"{KEPT}/clerk_phone", "14000009999"),
        ("station/recent", [str(folder / "张伟明.station")]),
        ("search/张伟明", "沟渠从春上就淤了"),
        ("search/14000009999", "zwm@example.org"),
        ("import/last_folder", str(folder)),
    ):
        settings.setValue(key, value)


def everything_written(package: Path, log_folder: Path) -> str:
    """Return the texts of the package and of the log."""
    with zipfile.ZipFile(package) as whole:
        texts = [name + whole.read(name).decode() for name in whole.namelist()]
        assert not [name for name in whole.namelist() if not name.endswith((".txt", ".json"))]
    return "\n".join([*texts, (log_folder / LOG_NAME).read_text(encoding="utf-8")])


def secrets(desks: Desks) -> set[str]:
    """Return what was planted and every name, phone and word of the register."""
    found = set(PLANTED)
    for deputy in desks.roster.deputies():
        found |= {deputy.name, deputy.phone, deputy.post}
    for person in desks.settings.staff():
        found |= {person.name, person.phone}
    for case in desks.opinions.cases():
        found |= {case.title, case.words[:8]}
    found |= {village.name for village in desks.settings.villages()}
    return {one for one in found if one}


def test_nothing_planted_reaches_the_log_or_the_package(
    program: Program,
    settings: QSettings,
    messages: RecordedMessages,
    folder: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    small_station(folder / "张伟明.station").close()
    assert program.begin(Wish(folder / "张伟明.station"))
    desks = program.desks
    assert desks is not None
    plant(desks, settings, folder)
    one = Registration(*PLANTED[:1], "14000009999", "沟渠从春上就淤了")
    error: BaseException | None = None
    try:
        fail(one)
    except KeyError as failed:
        error = failed
        log.exception("bug with %r in %s", one, folder)
    for secret in PLANTED:
        log.info("careless: %r", secret)
        logging.getLogger("openpyxl.reader").warning("cell %s", secret)
    log.info("careless: %s at %s", "张伟明", folder / "张伟明.station")
    crashed = program.packages
    (tmp_path / "log" / "running-999999999.txt").write_text(
        f'2026-11-22T09:00:00+08:00\nFatal Python error: Aborted\n  File "{folder}/station_app/ui/form.py", line 9 in save\n'
        f"{folder} 张伟明 14000009999\n",
        encoding="utf-8",
    )
    crashed.crashes = take_crashes(tmp_path / "log")
    package = tmp_path / "p.zip"
    messages.answers = [package]
    crashed.save(error)
    caplog.clear()
    written = everything_written(package, tmp_path / "log")
    assert "KeyError" in written
    assert "test_diagnostic_packages.py" in written
    assert "station_app/ui/form.py:9 save" in written
    assert '"opinions": 6' in written
    assert f'"tables": "{SCHEMA_VERSION}"' in written
    found = {secret for secret in secrets(desks) if secret in written.replace(str(package), "")}
    assert not found
    assert str(folder) not in written
    assert "station.recent" in written.replace("/", ".")


def test_the_box_about_a_bug_offers_the_package(
    qtbot: QtBot, program: Program, messages: RecordedMessages, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    boxes = Boxes()
    boxes.save_package = program.packages.save
    messages.answers = [tmp_path / "p.zip"]

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        boxes.tell_bug(RuntimeError("meanwhile"))  # only logged: one box at a time
        next(made for made in box.buttons() if made.text() == "保存诊断包…").click()

    QTimer.singleShot(0, press)
    boxes.tell_bug(ValueError("张伟明"))
    caplog.clear()
    with zipfile.ZipFile(tmp_path / "p.zip") as package:
        assert package.read("error.txt").decode() == "ValueError"
    assert messages.said[-1].startswith("诊断包已保存。")


def test_a_crash_is_told_with_the_offer(
    qtbot: QtBot, program: Program, messages: RecordedMessages, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    messages.answers = [True, tmp_path / "p.zip"]
    program.tell_crashes(["2026-11-22T09:00:00+08:00"])
    qtbot.waitUntil((tmp_path / "p.zip").exists)
    caplog.clear()
    assert messages.said[0].startswith("上次程序没有正常退出。")
    with zipfile.ZipFile(tmp_path / "p.zip") as package:
        assert package.read("crashes.txt").decode() == "2026-11-22T09:00:00+08:00"
