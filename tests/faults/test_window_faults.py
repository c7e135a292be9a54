"""Faults under an open window: nothing acknowledged is lost, what is typed stays, one box and no loop of boxes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_app.domain.station import StationProfile
from station_app.station import Desks
from station_app.support.faults import DamagedFile
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.station_window import StationWindow
from tests.faults.conditions import immutable, pulled_out
from tests.faults.wrecks import CLOCK, register_visit
from tests.ui.reception_keys import ALT, CTRL, TODAY, Clerk, K
from tests.ui.small_station import small_station

WORDS = "上坪三组的水渠从春上就淤了，晚稻灌不上水。"


@dataclass
class Opened:
    """A window over a register on a stick."""

    folder: Path
    window: StationWindow
    messages: RecordedMessages

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / "禾溪.station"

    def type_visit(self) -> Clerk:
        """Fill in a registration and leave it open."""
        QTest.keyClick(self.window, K.Key_2, ALT)
        page = self.window.page("reception")
        assert isinstance(page, ReceptionPage)
        clerk = Clerk(self.window, page, self.window.desks, self.messages, [])
        clerk.key(K.Key_F2)
        clerk.type("覃𬭚生")
        clerk.tab_to(clerk.form.visitor.phone)
        clerk.press_letters("14000617730")
        clerk.tab_to(clerk.form.matter.words)
        clerk.type(WORDS)
        return clerk

    def visits(self) -> int:
        """Return how many visits the file holds."""
        desks = Desks.open(self.path, CLOCK)
        try:
            assert desks.housekeeping.check().sound
            return desks.housekeeping.counts()["visits"]
        finally:
            desks.close()


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    """A window over a real register (no demo) on a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    desks = small_station(folder / "禾溪.station", TODAY)
    desks.settings.save_profile(StationProfile("禾溪镇人大代表联络站", code="HX", demo=False))
    messages = RecordedMessages()
    window = StationWindow(desks, window_settings(str(tmp_path / "window.ini")), messages)
    qtbot.addWidget(window)
    window.begin()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)
    yield Opened(folder, window, messages)
    window.jobs.stop()


def test_a_stick_pulled_out_under_a_form_keeps_what_is_typed_and_takes_it_later(opened: Opened, qtbot: QtBot) -> None:
    before = opened.window.desks.housekeeping.counts()["visits"]
    clerk = opened.type_visit()
    with pulled_out(opened.folder):
        clerk.key(K.Key_S, CTRL)
        qtbot.waitUntil(lambda: not opened.window.jobs.busy)
        assert len(opened.messages.faults) == 1
        assert clerk.form.matter.words.value() == WORDS
    clerk.key(K.Key_S, CTRL)
    assert len(opened.messages.faults) == 1
    opened.window.close()
    assert not opened.messages.bugs
    assert opened.visits() == before + 1


@pytest.mark.parametrize("answer", list(Unsaved))
def test_closing_without_the_stick_ends_in_words_and_nothing_acknowledged_is_lost(
    answer: Unsaved, opened: Opened, qtbot: QtBot
) -> None:
    register_visit(opened.window.desks, "已登记")
    before = opened.window.desks.housekeeping.counts()["visits"]
    opened.type_visit()
    with pulled_out(opened.folder):
        opened.messages.answers = [answer] * 3
        closed = opened.window.close()
        assert not opened.messages.bugs
        assert len(opened.messages.faults) <= 2
    if not closed:
        opened.messages.answers = [Unsaved.DISCARD]
        opened.window.close()
    qtbot.waitUntil(lambda: not opened.window.isVisible())
    assert opened.visits() == before


def test_a_closing_backup_that_fails_is_told_once_and_the_register_closes(opened: Opened, qtbot: QtBot) -> None:
    number = register_visit(opened.window.desks, "已登记")
    opened.window.desks.housekeeping.back_up()
    register_visit(opened.window.desks, "再登记")
    opened.window.backups._wanted = True
    with immutable(opened.folder / "备份"):
        assert opened.window.close()
    assert [fault.what for fault in opened.messages.faults] == ["备份没有写成。"]
    assert not opened.path.with_name(f"{opened.path.name}.lock").exists()
    desks = Desks.open(opened.path, CLOCK)
    assert number in {row[0] for row in desks._file.tuples("SELECT number FROM visits")}
    desks.close()


def test_a_register_damaged_under_the_window_is_told_by_every_page_and_closes(opened: Opened, qtbot: QtBot) -> None:
    size = opened.path.stat().st_size
    with opened.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    with qtbot.captureExceptions() as escaped:
        for key in (K.Key_2, K.Key_3, K.Key_4, K.Key_1):
            QTest.keyClick(opened.window, key, ALT)
        qtbot.waitUntil(lambda: not opened.window.jobs.busy, timeout=20_000)
    # What no page tells itself the program does: as the fault it is, and once.
    assert all(isinstance(error, DamagedFile) for _, error, _ in escaped)
    assert escaped or opened.messages.faults
    assert opened.window.close()
    assert not opened.messages.bugs
    assert not opened.path.with_name(f"{opened.path.name}.lock").exists()


def test_a_job_that_the_disk_refuses_is_told_once(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    shut = tmp_path / "锁住"
    shut.mkdir()
    QTest.keyClick(opened.window, K.Key_3, ALT)
    qtbot.waitUntil(lambda: not opened.window.jobs.busy, timeout=20_000)
    with immutable(shut):
        opened.messages.answers = [shut / "台账.xlsx"]
        QTest.keyClick(opened.window, K.Key_E, CTRL)
        qtbot.waitUntil(lambda: bool(opened.messages.faults), timeout=20_000)
    assert len(opened.messages.faults) == 1
    assert list(shut.iterdir()) == []
    opened.window.close()
