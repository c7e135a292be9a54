"""The 今日 page: it shows the day, leads to what must be done, and tells the month."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.domain.agenda import TodoGroup
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.reception import DayState, ReceptionDay
from station_app.domain.station import StationProfile, Tier
from station_app.station import Desks
from station_app.support.clock import Clock
from station_app.ui.cases_behind import CasesBehind, CasesTogether
from station_app.ui.change_signal import ChangeSignal
from station_app.ui.jobs import JobRunner
from station_app.ui.messages import RecordedMessages
from station_app.ui.page import Shell
from station_app.ui.today_page import TodayPage
from tests.ui.small_station import TODAY, small_station


class Morning:
    """The page over one station, and where it led to."""

    def __init__(self, desks: Desks, settings: QSettings, messages: RecordedMessages) -> None:
        self.desks = desks
        self.messages = messages
        self.led_to: list[tuple[str, object]] = []
        self.jobs = JobRunner(messages)
        self.page = TodayPage(
            Shell(
                messages,
                ChangeSignal(),
                self.jobs,
                settings,
                desks.clock,
                lambda key, item: self.led_to.append((key, item)),
            ),
            desks,
        )

    def show(self, qtbot: QtBot) -> None:
        """Bring the page on screen."""
        qtbot.addWidget(self.page)
        self.page.resize(1180, 720)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.page)
        qtbot.waitUntil(lambda: bool(self.page.month.tiles["held"].accessibleName()))  # told last
        self.page.setFocus()

    def press(self, key: Qt.Key) -> None:
        """Press a key where the focus is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)

    def close(self) -> None:
        """Close page and file."""
        self.jobs.stop()
        self.page.close()
        self.desks.close()

    def groups(self) -> list[TodoGroup]:
        """Return the groups of the lines shown."""
        return [row.item.group for row in self.page.todo.rows()]


@pytest.fixture
def morning(qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages) -> Iterator[Morning]:
    """Return the page of an invented station."""
    made = Morning(small_station(tmp_path / "invented.station"), settings, messages)
    made.show(qtbot)
    yield made
    made.close()


def test_the_list_is_grouped_and_each_group_is_counted_on_its_first_line(morning: Morning) -> None:
    """Three matters wait to be studied, one to be fed back; three terms are over; two deputies were not checked."""
    rows = morning.page.todo.rows()
    assert [(row.item.group, row.count) for row in rows if row.count] == [
        (TodoGroup.TO_STUDY, 3),
        (TodoGroup.TO_FEED_BACK, 1),
        (TodoGroup.TERM, 3),
        (TodoGroup.ROSTER, 2),
    ]
    assert [row.item.title for row in rows if row.item.group is TodoGroup.TERM] == [
        "市第六届已于 2026-10-31 届满",
        "县第十七届已于 2026-10-31 届满",
        "镇第十八届已于 2026-10-31 届满",
    ]


def test_enter_opens_the_matter_with_the_form_that_is_due(morning: Morning) -> None:
    """The first line leads to the page 意见, the matter and 研究."""
    item = morning.page.todo.rows()[0].item
    morning.press(Qt.Key.Key_Return)
    assert morning.led_to == [("opinions", (item.case_id, Move.STUDY))]


def test_the_roster_line_leads_to_the_walk_and_a_term_that_is_over_to_its_change(morning: Morning) -> None:
    """The last lines are about terms and deputies, not matters."""
    morning.page.todo.select(morning.page.todo.model.id_at(len(morning.page.todo.rows()) - 1))
    morning.press(Qt.Key.Key_Return)
    morning.press(Qt.Key.Key_Up)
    morning.press(Qt.Key.Key_Return)
    assert morning.led_to == [("checking", None), ("terms", None)]


def test_an_overdue_matter_comes_first_and_is_urged(morning: Morning) -> None:
    """A write elsewhere reaches the page; the day's list begins with what presses most."""
    case = next(case for case in morning.desks.opinions.cases() if case.title.startswith("自来水"))
    unit = next(unit for unit in morning.desks.settings.units() if unit.tier is Tier.TOWNSHIP)
    due = (TODAY - timedelta(days=2)).isoformat()
    draft = MoveDraft(Move.HAND_OVER, case.raised_on, tier=Tier.TOWNSHIP, unit_id=unit.id, due_on=due)
    morning.page.publish(morning.desks.opinions.move(case.id, draft))
    first = morning.page.todo.rows()[0]
    assert (first.item.group, first.item.due, first.action) == (TodoGroup.OVERDUE, "已超 2 天", "催办")


def test_a_day_to_announce_is_on_the_list(morning: Morning) -> None:
    """Three days ahead the notice is to be posted."""
    on = (TODAY + timedelta(days=2)).isoformat()
    done = morning.desks.days.save(ReceptionDay(on, place="禾溪镇政府一楼"))
    morning.page.publish(done)
    assert TodoGroup.ANNOUNCE in morning.groups()


def test_the_open_day_is_shown_with_its_deputies(morning: Morning) -> None:
    """Place, time, deputies with the level they attend in, and the way on."""
    text = morning.page.day.texts()
    for part in ("11月22日 星期日", "农历十月十四", "09:00–11:30", "禾溪镇政府一楼", "钟龑", "欧阳建国"):
        assert part in text
    assert morning.page.day.begin.isHidden()
    morning.page.day.show_day_button.click()
    assert morning.led_to[0][0] == "reception"


def test_a_reception_begins_from_here(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> None:
    """开始接待 opens today's day and leads to it."""
    desks = small_station(tmp_path / "invented.station")
    for day in desks.days.between():
        if day.state is DayState.OPEN:
            desks.days.end(day.id)
    day_id = desks.days.save(ReceptionDay(TODAY.isoformat(), "14:00", "16:00", "大田村文化室")).value
    morning = Morning(desks, settings, messages)
    morning.show(qtbot)
    morning.page.day.begin.setFocus()
    morning.press(Qt.Key.Key_Return)
    assert desks.days.one(day_id).state is DayState.OPEN
    assert morning.led_to == [("reception", day_id)]
    morning.close()


def test_the_month_is_told_beside_last_months_same_days(morning: Morning) -> None:
    """Each tile says the figure and how it compares; its tooltip says how it is counted."""
    tiles = morning.page.month.tiles
    assert tiles["received"].accessibleName() == "新收意见建议 6 多6"
    assert tiles["closed"].accessibleName() == "办结 1 多1"
    assert tiles["rate.closed"].accessibleName() == "新收办结率 16.7% 1/6"
    assert "10月同期" in tiles["received"].toolTip()


def test_a_figure_leads_to_the_matters_behind_it(morning: Morning) -> None:
    """Enter on 新收 of the month asks for just these matters; whoever came is found by the days."""
    QTest.keyClick(morning.page.month.tiles["received"], Qt.Key.Key_Return)
    page, behind = morning.led_to[-1]
    assert page == "opinions"
    assert isinstance(behind, CasesBehind)
    raised = {one.number for one in morning.desks.opinions.cases() if one.raised_on.startswith("2026-11")}
    assert behind.title.startswith("本月")
    assert behind.numbers
    assert behind.numbers <= raised
    QTest.keyClick(morning.page.month.tiles["held"], Qt.Key.Key_Return)
    assert morning.led_to[-1] == ("reception", None)


def test_f2_registers_a_visitor(morning: Morning) -> None:
    """The page's primary action leads to the form of the page 接待."""
    morning.page.new()
    assert morning.led_to == [("reception", "new")]


def test_an_empty_station_says_what_to_do_first(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages, clock: Clock
) -> None:
    """No day, nothing to do, figures of nothing: no error and plain words."""
    desks = Desks.create(tmp_path / "empty.station", clock, StationProfile("空镇联络站"))
    morning = Morning(desks, settings, messages)
    morning.show(qtbot)
    assert "还没有安排接待日" in morning.page.day.texts()
    assert morning.page.todo.rows() == []
    assert morning.page.month.tiles["rate.content"].accessibleName().strip() == "满意率 —"
    morning.close()


def test_the_page_looks_anew_on_another_day(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> None:
    """A window left open overnight shows the new day when the page is shown again."""
    small_station(tmp_path / "invented.station").close()
    now = [datetime.combine(TODAY, time(9, 0)).astimezone()]
    desks = Desks.open(tmp_path / "invented.station", Clock(lambda: now[0]))
    morning = Morning(desks, settings, messages)
    morning.show(qtbot)
    assert morning.page.todo.rows()[0].item.due == "已过 2 天"
    morning.page.hide()
    now[0] += timedelta(days=1)
    morning.page.show()
    assert morning.page.todo.rows()[0].item.due == "已过 3 天"
    morning.close()


def test_a_group_leads_to_its_matters_together(morning: Morning) -> None:
    """Ctrl+Enter on a line asks the page 意见 for the whole group and its move; a line of the roster opens alone."""
    page = morning.page
    group = [row.item for row in page.todo.rows() if row.item.group is TodoGroup.TO_STUDY]
    assert len(group) > 1
    page.todo.select((TodoGroup.TO_STUDY, group[-1].case_id, None))
    QTest.keyClick(page.todo.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    together = CasesTogether(CasesBehind("待研究", frozenset(item.number for item in group)), Move.STUDY)
    assert morning.led_to == [("opinions", together)]
    page.todo.select(page.todo.model.id_at(len(page.todo.rows()) - 1))
    QTest.keyClick(page.todo.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert morning.led_to[-1] == ("checking", None)
