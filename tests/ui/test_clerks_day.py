"""The clerk's typical day in the real window, by keyboard alone: from the password to the copy on the stick."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station_app.documents.page_pictures import page_texts
from station_app.domain.agenda import TodoGroup
from station_app.domain.events import EventKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.papers import PaperKind
from station_app.domain.periods import month
from station_app.domain.progress import State
from station_app.domain.reception import DayState, Presence, ReceptionDay
from station_app.services.unlocking import key_of_password
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.support.clock import Clock, fixed_clock
from station_app.support.paths import Places
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.letter_window import LetterWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.program import Program
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.second_start import Wish
from station_app.ui.station_window import StationWindow
from station_app.ui.today_page import TodayPage
from station_app.ui.visit_form import VisitForm
from tests.storage.locked import rekey
from tests.ui.conftest import TODAY
from tests.ui.keyboard import type_text
from tests.ui.small_station import small_station

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PASSWORD = "he xi shui qing"


class _Morning:
    """What was there before: yesterday's station under a password, a sheet out with a unit, blank forms printed."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "禾溪.station"
        desks = small_station(self.path, TODAY - timedelta(days=1))
        yesterday = desks.days.current()
        assert yesterday is not None
        desks.days.end(yesterday.id)
        pair = tuple(deputy.id for deputy in desks.roster.deputies()[:2])
        self.day_id = desks.days.save(ReceptionDay(TODAY.isoformat(), place="圩镇流动接待点", market=True), pair).value
        out = next(case for case in desks.opinions.cases() if "护栏" in case.words)
        self.out = out.id
        desks.opinions.move(out.id, MoveDraft(Move.RECEIVE, desks.clock.today().isoformat(), person="李工"))
        self.code = desks.papers.issue(PaperKind.HAND_OVER, [out.id]).value.code
        self.forms = desks.reception.print_blank_forms(4).value
        rekey(desks, FileKey.fresh(PASSWORD), "设置密码")
        desks.close()


class _Clerk:
    """Works the program by keyboard."""

    def __init__(self, qtbot: QtBot, program: Program, messages: RecordedMessages, folder: Path) -> None:
        self.qtbot = qtbot
        self.program = program
        self.messages = messages
        self.folder = folder

    @property
    def window(self) -> StationWindow:
        """The window of the open register."""
        window = self.program.window
        assert window is not None
        return window

    @property
    def desks(self) -> Desks:
        """The desks of the open register."""
        assert self.program.desks is not None
        return self.program.desks

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focus(), key, modifier)

    def focus(self) -> QWidget:
        """Return what takes the keys."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def tab_to(self, wanted: QWidget | str) -> None:
        """Go on by Tab to a widget, or to the button with these words."""
        for _ in range(40):
            focus = self.focus()
            if isinstance(wanted, str):
                if getattr(focus, "text", str)() == wanted:
                    return
            elif focus is wanted or wanted.isAncestorOf(focus):
                return
            self.key(K.Key_Tab)
        raise AssertionError(f"Tab never reaches {wanted}")

    def page(self, number: Qt.Key) -> QWidget:
        """Turn to a page by Alt and its number."""
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        QTest.keyClick(self.window, number, ALT)
        self.rest()
        shown = self.window.current_page()
        assert shown is not None
        return shown

    def rest(self) -> None:
        """Wait for what runs in the background."""
        self.qtbot.waitUntil(lambda: not self.window.jobs.busy, timeout=60_000)

    def visit(self, form: VisitForm, name: str, words: str, way: str = "", said: str = "") -> None:
        """Type one visitor with one matter, and go on to the next."""
        if name:
            type_text(name)
            self.tab_to(form.visitor.address)
            type_text("上坪村三组")
        else:
            self.key(K.Key_U, ALT)
        self.tab_to(form.matter.words)
        type_text(words)
        if way:
            self.tab_to(form.matter.disposition)
            type_text(way)
            self.key(K.Key_Tab)
            type_text(said)
        self.key(K.Key_Return, CTRL)

    def save_paper(self, name: str) -> str:
        """Save the paper that comes up as a file, close it, and return its text."""
        self.qtbot.waitUntil(lambda: len(_papers()) == 1)
        paper = _papers()[0]
        self.qtbot.waitUntil(paper.is_ready, timeout=30_000)
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is paper)
        target = self.folder / name
        self.messages.answers = [target]
        QTest.keyClick(paper, K.Key_S, CTRL)
        self.qtbot.waitUntil(target.exists, timeout=30_000)
        self.rest()
        QTest.keyClick(paper, K.Key_Escape)
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        return "".join("".join(page_texts(target)).split())


def _papers() -> list[LetterWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, LetterWindow) and one.isVisible()]


@pytest.fixture
def morning(tmp_path: Path) -> _Morning:
    """Return what was there before."""
    return _Morning(tmp_path)


@pytest.fixture
def clerk(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages, clock: Clock
) -> Iterator[_Clerk]:
    """Return a clerk in front of the program."""
    program = Program(Places(tmp_path / "数据", tmp_path / "日志"), settings, messages, clock, "")
    yield _Clerk(qtbot, program, messages, tmp_path)
    program.unlocker.close()
    if program.window is not None:
        messages.answers = [True] * 3
        program.window.close()
        qtbot.addWidget(program.window)
    program.close()


def test_a_clerks_day_by_keyboard(qtbot: QtBot, clerk: _Clerk, morning: _Morning) -> None:
    _unlock(qtbot, clerk, morning)
    _begin_the_day(clerk, morning)
    _register_six_visitors(clerk, morning)
    _enter_four_paper_forms(clerk, morning)
    _print_the_days_ledger(clerk, morning)
    _send_one_matter_to_the_county(clerk)
    _hand_over_the_others_on_one_list(clerk)
    _type_the_answer_that_came_back(clerk, morning)
    _end_the_day(clerk, morning)
    _export_the_month(clerk)
    _copy_to_the_stick(clerk)


def _unlock(qtbot: QtBot, clerk: _Clerk, morning: _Morning) -> None:
    assert clerk.program.begin(Wish(morning.path))
    asking = clerk.program.unlocker.window
    assert asking is not None
    asking.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is asking)
    type_text(PASSWORD)
    clerk.key(K.Key_Return)
    qtbot.waitUntil(lambda: clerk.program.window is not None and clerk.program.window.isVisible())


def _begin_the_day(clerk: _Clerk, morning: _Morning) -> None:
    today = clerk.page(K.Key_1)
    assert isinstance(today, TodayPage)
    assert TodoGroup.TO_STUDY in {row.item.group for row in today.todo.rows()}
    today.setFocus()
    clerk.tab_to(today.day.begin)
    clerk.key(K.Key_Space)
    page = clerk.window.current_page()
    assert isinstance(page, ReceptionPage)
    assert clerk.desks.days.one(morning.day_id).state is DayState.OPEN
    clerk.tab_to(page.panel.sign_in)
    clerk.key(K.Key_Space)
    clerk.key(K.Key_Down)
    clerk.key(K.Key_Space)
    signed = clerk.desks.days.one(morning.day_id).attendance
    assert [entry.presence for entry in signed] == [Presence.PRESENT, Presence.PRESENT]


def _register_six_visitors(clerk: _Clerk, morning: _Morning) -> None:
    page = clerk.window.current_page()
    assert isinstance(page, ReceptionPage)
    clerk.key(K.Key_F2)
    form = page.editor
    assert isinstance(form, VisitForm)
    clerk.visit(form, "刘发根", "护栏还没有修，又掉了一截。")  # the second time
    clerk.visit(form, "钟水秀", "与邻居的债务官司判了，请代表帮忙改判。", "3", "人民法院")
    clerk.visit(form, "何春生", "老年证在哪里办。", "2", "带身份证到便民中心，当天可取。")
    clerk.visit(form, "", "学校门口放学时车多，没有人疏导。")
    clerk.visit(form, "曾招娣", "县城到镇里的末班车太早，学生周五回不来。")
    clerk.visit(form, "廖木生", "村里的文化广场灯坏了五盏。")
    clerk.key(K.Key_Escape)
    visits = clerk.desks.reception.visits_of_day(morning.day_id)
    assert [visit.name for visit in visits] == ["刘发根", "钟水秀", "何春生", "", "曾招娣", "廖木生"]
    states = [clerk.desks.reception.cases_of_visit(visit.id)[0].progress.state for visit in visits]
    new = State.REGISTERED
    assert states == [new, State.REDIRECTED, State.CLOSED, new, new, new]


def _enter_four_paper_forms(clerk: _Clerk, morning: _Morning) -> None:
    page = clerk.window.current_page()
    assert isinstance(page, ReceptionPage)
    clerk.key(K.Key_B, ALT)
    form = page.editor
    assert isinstance(form, VisitForm)
    type_text(morning.forms[0])
    for place, name in enumerate(("覃金生", "覃木生", "覃水清", "覃火生")):
        assert form.form_number.text() == morning.forms[place]
        clerk.tab_to(form.fields["time"])
        type_text(f"10:{place}5")
        clerk.key(K.Key_Tab)
        clerk.visit(form, name, f"{name}反映水管漏水。")
    clerk.key(K.Key_Escape)
    entered = [one for one in clerk.desks.reception.visits_of_day(morning.day_id) if one.paper]
    assert [(one.number, one.at) for one in entered] == [
        (number, f"10:{place}5") for place, number in enumerate(morning.forms)
    ]


def _print_the_days_ledger(clerk: _Clerk, morning: _Morning) -> None:
    clerk.key(K.Key_L, ALT)
    ledgers = clerk.window.current_page()
    assert isinstance(ledgers, LedgersPage)
    clerk.qtbot.waitUntil(lambda: ledgers.source() is not None, timeout=30_000)
    pages = ledgers.source()
    assert pages is not None
    del morning


def _send_one_matter_to_the_county(clerk: _Clerk) -> None:
    page = clerk.page(K.Key_3)
    assert isinstance(page, OpinionsPage)
    page.filters.search.setFocus()
    type_text("末班车")
    clerk.key(K.Key_Return)
    clerk.key(K.Key_Return)
    clerk.tab_to("交办 / 转办")
    clerk.key(K.Key_Return)
    type_text("3")  # 报县人大
    clerk.key(K.Key_S, CTRL)
    assert page.form() is None
    clerk.key(K.Key_Return)
    assert getattr(clerk.focus(), "text", str)() == "打印关于转请办理群众意见建议的函"
    clerk.key(K.Key_Return)
    text = clerk.save_paper("函.pdf")
    assert "清源县" in text
    assert "曾招娣" not in text


def _hand_over_the_others_on_one_list(clerk: _Clerk) -> None:
    today = clerk.page(K.Key_1)
    assert isinstance(today, TodayPage)
    waiting = [row.item for row in today.todo.rows() if row.item.group is TodoGroup.TO_STUDY]
    today.todo.select((TodoGroup.TO_STUDY, waiting[0].case_id, None))
    today.todo.view.setFocus()
    clerk.key(K.Key_Return, CTRL)
    page = clerk.window.current_page()
    assert isinstance(page, OpinionsPage)
    clerk.key(K.Key_Return)
    clerk.tab_to(f"一起交办 {len(waiting)} 件")
    clerk.key(K.Key_Return)
    clerk.key(K.Key_Return)
    type_text("cjb")
    clerk.key(K.Key_Return)
    clerk.key(K.Key_S, CTRL)
    assert page.form() is None
    assert page.panel.title() == f"已交办 {len(waiting)} 件"
    clerk.key(K.Key_Return)
    assert getattr(clerk.focus(), "text", str)().startswith("打印意见建议交办清单")
    clerk.key(K.Key_Return)
    text = clerk.save_paper("清单.pdf")
    assert all(item.number.replace(" ", "") in text for item in waiting)


def _type_the_answer_that_came_back(clerk: _Clerk, morning: _Morning) -> None:
    clerk.key(K.Key_F, CTRL)
    type_text(f"{morning.code[:3]} {morning.code[3:]}".lower())
    clerk.key(K.Key_Return)
    clerk.key(K.Key_Return)
    page = clerk.window.current_page()
    assert isinstance(page, OpinionsPage)
    type_text("A")
    clerk.key(K.Key_Return)
    type_text("护栏已换新，长 24 米。")
    clerk.key(K.Key_S, CTRL)
    assert clerk.desks.opinions.case(morning.out).progress.state is State.ANSWERED
    clerk.key(K.Key_Return)
    clerk.tab_to("登记反馈")
    clerk.key(K.Key_Return)
    type_text("电话")
    clerk.key(K.Key_Return)
    clerk.key(K.Key_S, CTRL)
    case = clerk.desks.opinions.case(morning.out)
    assert (case.progress.state, case.progress.answer) == (State.FED_BACK, "护栏已换新，长 24 米。")
    assert case.events[-1].kind is EventKind.FED_BACK


def _end_the_day(clerk: _Clerk, morning: _Morning) -> None:
    page = clerk.page(K.Key_2)
    assert isinstance(page, ReceptionPage)
    page.setFocus()
    clerk.key(K.Key_K, ALT)
    assert clerk.desks.days.one(morning.day_id).state is DayState.HELD


def _export_the_month(clerk: _Clerk) -> None:
    page = clerk.page(K.Key_5)
    assert isinstance(page, LedgersPage)
    folder = clerk.folder / "十一月"
    folder.mkdir()
    clerk.messages.answers = [folder]
    QTest.keyClick(clerk.window, K.Key_F2)
    clerk.qtbot.waitUntil(lambda: "全套已写好" in page.told(), timeout=60_000)
    assert len(list(folder.iterdir())) == 6
    figures = clerk.desks.reports.figures(month("2026-11"))
    assert figures.ties
    assert figures.count("held") == 3


def _copy_to_the_stick(clerk: _Clerk) -> None:
    stick = clerk.folder / "U盘"
    stick.mkdir()
    clerk.page(K.Key_6)
    clerk.key(K.Key_B, ALT)
    clerk.messages.answers = [stick]
    clerk.key(K.Key_E, CTRL)
    clerk.rest()
    copied = stick / f"禾溪 {TODAY}" / "禾溪.station"
    there = Desks.open(copied, fixed_clock(TODAY), "", key_of_password(copied, PASSWORD))
    assert len(there.opinions.cases()) == len(clerk.desks.opinions.cases())
    there.close()
