"""A clerk who is typing in every kind of form when the power goes: a process of its own, to be killed.

Run: ``python -m tests.ui.typing_clerk FILE NAME…`` opens the forms of these names, types, and says ``kept`` on
standard output once every draft is in the file.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station_app.domain.groups import Group
from station_app.domain.moves import Move
from station_app.domain.people import Level
from station_app.domain.reception import DayState
from station_app.domain.terms import Constituency
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.ui.checking_page import CheckingPage
from station_app.ui.fields import NumberField
from station_app.ui.form import FormPanel
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.limit_field import LimitField
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.opinion_filters import OpinionFilter
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.page import Page
from station_app.ui.pin_field import PinField
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.roster_page import RosterPage
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from station_app.ui.terms_page import TermsPage
from tests.ui.keyboard import type_text
from tests.ui.reception_keys import TODAY

SOME_PAGE = TypeVar("SOME_PAGE", bound=Page)
TYPED = "禾苗试填"
PIN = "60724918"


def _page(window: StationWindow, key: str, kind: type[SOME_PAGE]) -> SOME_PAGE:
    window.show_page(key)
    page = window.page(key)
    assert isinstance(page, kind)
    page.catch_up()
    return page


def _on_reception(act: Callable[[ReceptionPage, Desks], object]) -> Callable[[StationWindow], None]:
    return lambda window: (act(_page(window, "reception", ReceptionPage), window.desks), None)[1]


def _on_opinions(act: Callable[[OpinionsPage, Desks], object]) -> Callable[[StationWindow], None]:
    return lambda window: (act(_page(window, "opinions", OpinionsPage), window.desks), None)[1]


def _on_roster(act: Callable[[RosterPage, Desks], object]) -> Callable[[StationWindow], None]:
    return lambda window: (act(_page(window, "roster", RosterPage), window.desks), None)[1]


def _on_checking(act: Callable[[CheckingPage], object]) -> Callable[[StationWindow], None]:
    return lambda window: (act(_page(window, "checking", CheckingPage)), None)[1]


def _on_terms(word: str) -> Callable[[StationWindow], None]:
    def open_(window: StationWindow) -> None:
        page = _page(window, "terms", TermsPage)
        page.panel.asked.emit(word, Constituency(Level.TOWNSHIP, "第十八届", "") if "constituency" in word else None)

    return open_


def _in_settings(
    title: str, act: Callable[[SettingsPage], object] = lambda _page: None
) -> Callable[[StationWindow], None]:
    def open_(window: StationWindow) -> None:
        page = _page(window, "settings", SettingsPage)
        page.go_to(title)
        act(page)

    return open_


def _planned(page: ReceptionPage, desks: Desks) -> None:
    page.days.select(next(day.id for day in desks.days.between() if day.state is DayState.PLANNED))


def _call_off(page: ReceptionPage, desks: Desks) -> None:
    _planned(page, desks)
    page.panel.links["call_off"].click()


def _change_day(page: ReceptionPage, desks: Desks) -> None:
    _planned(page, desks)
    page.panel.links["change"].click()


def _move(page: OpinionsPage, desks: Desks, move: Move) -> None:
    case = next(one for one in desks.opinions.cases() if move in desks.opinions.moves(one))
    page.open_item((case.id, move))


def _correct(page: OpinionsPage, desks: Desks) -> None:
    page.open_item(desks.opinions.cases()[0].id)
    page._correct()


def _several(page: OpinionsPage, desks: Desks) -> None:
    del desks
    page.filters.ask(OpinionFilter(state="registered"))
    page.table.view.selectAll()
    page.open_move(Move.HAND_OVER)


def _edit_group(page: RosterPage, desks: Desks) -> None:
    group: Group = desks.grouping.groups()[0]
    page.groups.tree.go_to_group(group.id)
    page.group_acts.act("edit")


def _household(window: StationWindow) -> None:
    page = _page(window, "grouping", GroupingPage)
    page.show_households()
    page.new()


OPENERS: dict[str, Callable[[StationWindow], None]] = {
    "登记接待": _on_reception(lambda page, _desks: page.new()),
    "更正登记": _on_reception(lambda page, _desks: page.open_visit(1)),
    "新建接待日": _on_reception(lambda page, _desks: page.new_day()),
    "修改接待日": _on_reception(_change_day),
    "接待日变更": _on_reception(_call_off),
    "预印空白登记表": _on_reception(lambda page, _desks: page.panel.links["blanks"].click()),
    "交办 / 转办": _on_opinions(lambda page, desks: _move(page, desks, Move.HAND_OVER)),
    "一起交办": _on_opinions(_several),
    "研究": _on_opinions(lambda page, desks: _move(page, desks, Move.STUDY)),
    "反馈": _on_opinions(lambda page, desks: _move(page, desks, Move.FEED_BACK)),
    "更正标题": _on_opinions(_correct),
    "登记代表意见": _on_opinions(lambda page, _desks: page._register_deputy_opinion()),
    "新增代表": _on_roster(lambda page, _desks: page.new()),
    "修改代表": _on_roster(lambda page, _desks: page.edit()),
    "终止职务": _on_roster(lambda page, _desks: page.acts.end()),
    "请假": _on_roster(lambda page, _desks: page.acts.leave()),
    "转入转出": _on_roster(lambda page, _desks: page.acts.move()),
    "编入小组": _on_roster(lambda page, _desks: page.acts.assign()),
    "新建小组": _on_roster(lambda page, _desks: page.group_acts.act("new")),
    "修改小组": _on_roster(_edit_group),
    "核对有变化": _on_checking(CheckingPage.change),
    "未联系上": _on_checking(CheckingPage.unreached),
    "登记届次": _on_terms("new term"),
    "登记选区": _on_terms("new constituency"),
    "登记联户": _household,
    "联络站": _in_settings("联络站"),
    "编号": _in_settings("编号"),
    "办理期限": _in_settings("办理期限"),
    "名册核对": _in_settings("名册核对"),
    "放假安排": _in_settings("放假安排"),
    "答复类别": _in_settings("答复类别"),
    "文书": _in_settings("文书"),
    "附件": _in_settings("附件"),
    "锁定": _in_settings("锁定"),
    "新增工作人员": _in_settings("工作人员", SettingsPage.new),
    "新增站室": _in_settings("站室", SettingsPage.new),
    "修改村(居)": _in_settings("村(居)", lambda page: page.section().edit()),  # type: ignore[union-attr]  # it is a list
    "新增承办单位": _in_settings("承办单位", SettingsPage.new),
    "新增类别": _in_settings("类别", SettingsPage.new),
    "操作员": _in_settings("操作员", SettingsPage.new),
}
"""How the clerk opens every kind of form."""


def open_form(window: StationWindow, name: str) -> FormPanel:
    """Open one kind of form and return it."""
    OPENERS[name](window)
    page = window.current_page()
    forms = [one for one in (page.findChildren(FormPanel) if page else []) if one.isVisible()]
    assert len(forms) == 1, f"{name}: {forms}"
    return forms[0]


def type_in(form: FormPanel) -> None:
    """Type something into the first field that takes keys, and a PIN where one is asked for."""
    for field in form.fields.values():
        if isinstance(field, PinField):
            field.typing().setFocus()
            type_text(PIN)
    for field in form.fields.values():
        typing = field.typing()
        if (
            typing.isVisible()
            and typing.isEnabled()
            and hasattr(typing, "textCursor" if hasattr(typing, "toPlainText") else "cursorPosition")
            and not isinstance(field, PinField)
        ):
            typing.setFocus()
            type_text("7" if isinstance(field, NumberField | LimitField) else TYPED, typing)
            return
    raise AssertionError(f"nothing to type in: {form.title()}")


def main() -> None:
    """Type, and wait to be killed."""
    app = QApplication(sys.argv[:1])
    path, names = Path(sys.argv[1]), sys.argv[2:]
    desks = Desks.open(path, fixed_clock(TODAY))
    window = StationWindow(desks, window_settings(str(path.with_suffix(".ini"))), RecordedMessages())
    window.begin()
    window.show()
    QTest.qWaitForWindowExposed(window)
    for name in names:
        type_in(open_form(window, name))

    def look() -> None:
        if len(desks.housekeeping.unfinished()) == len(names):
            print("kept", flush=True)

    timer = QTimer(interval=100)
    timer.timeout.connect(look)
    timer.start()
    app.exec()


if __name__ == "__main__":
    main()
