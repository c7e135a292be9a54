"""Reporting a month from the page 台账 by keyboard; what was reported is listed, looked at, saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.issued import IssueDraft
from station_app.domain.operators import Operator, Role
from station_app.domain.periods import month
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.station import Desks
from station_app.ui.issue_list import IssueList
from station_app.ui.issue_window import IssueWindow
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.page_list import page_entries
from station_app.ui.paper_window import PaperWindow
from tests.ui.keyboard import press, type_text

Key, ALT, CTRL = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SLOW = 20_000


def opened(kind: type[QWidget]) -> QWidget | None:
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


@pytest.fixture
def page(window: MainWindow) -> LedgersPage:
    window.open_page("ledgers", "month")
    made = window.current_page()
    assert isinstance(made, LedgersPage)
    press(Key.Key_Left, ALT)
    return made


def ask_to_report(qtbot: QtBot, page: LedgersPage) -> IssueWindow:
    press(Key.Key_D, ALT)
    asked = opened(IssueWindow)
    assert isinstance(asked, IssueWindow)
    qtbot.waitUntil(lambda: not page.shell.jobs.busy, timeout=SLOW)
    return asked


def test_a_month_is_reported_by_keyboard_and_the_page_says_so(qtbot: QtBot, page: LedgersPage, desks: Desks) -> None:
    assert page.issue.state() == "这个月还没有报送。"
    asked = ask_to_report(qtbot, page)
    assert "数字平衡，可以报送" in asked.form.standing.text()
    press(Key.Key_Tab)
    type_text("清源县人大常委会")
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: bool(desks.issuing.listed()), timeout=SLOW)
    assert desks.issuing.listed()[0].to == "清源县人大常委会"
    assert page.issue.state() == "2026-11-22 报送\n清源县人大常委会"


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(qtbot: QtBot, page: LedgersPage) -> None:
    asked = ask_to_report(qtbot, page)
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "报给谁" in asked.form.fields["to"].problem(), timeout=SLOW)
    assert asked.form.fields["on"].value() == "2026-11-22"
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: opened(IssueWindow) is None)


def test_a_running_month_is_not_reported(qtbot: QtBot, page: LedgersPage) -> None:
    press(Key.Key_Right, ALT)
    assert "没有过完" in page.issue.state()
    asked = ask_to_report(qtbot, page)
    assert "没有过完" in asked.form.standing.text()
    assert not asked.form.save_button.isEnabled()
    press(Key.Key_Escape)


def test_a_second_report_asks_what_was_corrected(qtbot: QtBot, page: LedgersPage, desks: Desks) -> None:
    october = month("2026-10")
    desks.issuing.keep(desks.issuing.pack(october, IssueDraft("2026-11-02", "清源县人大常委会")))
    desks.reception.register_visit(
        VisitDraft(
            on="2026-10-28", visitor=VisitorDraft("示例甲", phone="14000000001"), receivers=(Receiver("肖敏"),),
            opinions=(OpinionDraft(words="路灯不亮", category="基础设施"),), paper=True,
        )
    )  # fmt: skip
    asked = ask_to_report(qtbot, page)
    assert "收集意见建议（件）由0改为1" in asked.form.standing.text()
    assert asked.form.note.isVisible()
    assert not asked.form.signed_by.isVisible()
    asked.form.note.setFocus()
    type_text("补录一张纸质登记表")
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: len(desks.issuing.listed()) == 2, timeout=SLOW)
    assert desks.issuing.listed()[0].note == "更正说明：补录一张纸质登记表"


def test_what_was_reported_is_listed_looked_at_and_saved(
    qtbot: QtBot, page: LedgersPage, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    issued = desks.issuing.keep(desks.issuing.pack(month("2026-10"), IssueDraft("2026-11-02", "县人大"))).value
    press(Key.Key_Y, ALT)
    listed = opened(IssueList)
    assert isinstance(listed, IssueList)
    qtbot.waitUntil(lambda: "与现在的数字一致" in listed.told.text(), timeout=SLOW)
    messages.answers = [tmp_path / "a.xlsx"]
    press(Key.Key_E, CTRL)
    assert (tmp_path / "a.xlsx").read_bytes() == desks.issuing.content(issued, "xlsx")
    press(Key.Key_Return)
    paper = opened(PaperWindow)
    assert isinstance(paper, PaperWindow)
    qtbot.waitUntil(paper.is_ready, timeout=SLOW)
    paper.close()
    listed.close()


def test_who_only_registers_may_not_report(
    qtbot: QtBot, desks: Desks, settings: QSettings, messages: RecordedMessages
) -> None:
    for name, role in (("肖敏", Role.CLERK), ("林小雨", Role.HELPER)):
        desks.operators.save(Operator(0, "", name, role), "2580")
    desks.operators.sign_in(next(one.id for one in desks.operators.working() if one.name == "林小雨"), "2580")
    made = MainWindow("示例", page_entries(desks), clock=desks.clock, settings=settings, messages=messages)
    qtbot.addWidget(made)
    made.show()
    made.open_page("ledgers", "month")
    page = made.current_page()
    assert isinstance(page, LedgersPage)
    assert not page.issue.issue.isEnabled()
    page.issue_month()
    assert messages.faults
    qtbot.waitUntil(lambda: not made.jobs.busy, timeout=SLOW)
    made.jobs.stop()
