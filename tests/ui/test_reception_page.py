"""The reception page by keyboard: days, sign-in, paper forms, what is printed."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from station_app.domain.reception import (
    DayKind,
    DayState,
    OpinionDraft,
    Presence,
    Receiver,
    ReceptionDay,
    VisitDraft,
    VisitorDraft,
)
from station_app.domain.station import StationProfile
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.ui.day_form import BlankFormsForm, CallOffForm, DayForm
from station_app.ui.day_list import OUTSIDE
from station_app.ui.visit_entry import VisitMode
from tests.ui.reception_keys import ALT, CTRL, TODAY, Clerk, K, clerk_at


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """Return a clerk in front of the page."""
    with clerk_at(qtbot, tmp_path) as working:
        yield working


@pytest.fixture
def new_clerk(qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """Return a clerk in front of the page of a station without anything."""
    profile = StationProfile(name="禾溪镇人大代表联络站", organ_name="禾溪镇", place="接待室", market_endings=(4, 7))
    desks = Desks.create(tmp_path / "新站.station", fixed_clock(TODAY, time(9, 0)), profile)
    with clerk_at(qtbot, tmp_path, desks) as working:
        yield working


def day_on(clerk: Clerk, on: str) -> ReceptionDay:
    """Return the reception day on a date."""
    return clerk.desks.days.between(on, on)[-1]


def lines(clerk: Clerk) -> list[str]:
    """Return what the list of days reads out."""
    days = clerk.page.days.list
    return [days.item(row).text() for row in range(days.count())]


def test_the_page_opens_on_todays_reception(clerk: Clerk) -> None:
    assert lines(clerk) == ["日常来访", "12 月", "12-04 五", "11 月", "11-25 三", "11-18 三"]
    assert clerk.page.days.current_id() == day_on(clerk, "2026-11-25").id
    assert clerk.page.panel.head.title() == "11月25日 星期三"
    assert [row[2] for row in clerk.table()] == ["正在研究"]


def test_an_empty_station_is_told_how_to_begin(new_clerk: Clerk) -> None:
    assert lines(new_clerk) == ["日常来访"]
    begin = next(one for one in new_clerk.page.panel.table.findChildren(QPushButton) if one.text() == "新建接待日")
    new_clerk.tab_to(begin)
    new_clerk.key(K.Key_Return)
    form = new_clerk.page.editor
    assert isinstance(form, DayForm)
    new_clerk.type("今天")
    new_clerk.key(K.Key_Return)
    new_clerk.key(K.Key_S, CTRL)
    day = day_on(new_clerk, "2026-11-25")
    assert (day.starts, day.ends, day.place, day.state) == ("09:00", "11:30", "接待室", DayState.PLANNED)
    assert new_clerk.page.days.current_id() == day.id


def test_a_new_day_knows_its_lunar_date_market_and_deputies(clerk: Clerk) -> None:
    clerk.key(K.Key_T, ALT)
    form = clerk.page.editor
    assert isinstance(form, DayForm)
    clerk.type("12-6")
    clerk.tab_to(form.fields["kind"])
    clerk.press_letters("3")
    clerk.tab_to(form.fields["with_units"])
    clerk.type("镇城建办")
    clerk.tab_to(form.fields["deputies"])
    clerk.press_letters("qss")
    clerk.key(K.Key_Return)
    clerk.press_letters("zlp")
    clerk.key(K.Key_Return)
    clerk.key(K.Key_S, CTRL)
    day = day_on(clerk, "2026-12-06")
    assert day.kind is DayKind.JOINT
    assert day.with_units == "镇城建办"
    assert [one.name for one in day.attendance] == ["覃水生", "曾丽萍"]


def test_a_day_that_does_not_exist_is_told_at_the_field(clerk: Clerk) -> None:
    clerk.key(K.Key_T, ALT)
    form = clerk.page.editor
    assert isinstance(form, DayForm)
    clerk.type("2026-02-30")
    clerk.key(K.Key_S, CTRL)
    assert "没有“2026-02-30”这一天" in form.fields["on"].problem()
    assert form.fields["on"].isAncestorOf(clerk.focus())


def test_a_day_is_moved_with_its_reason(clerk: Clerk) -> None:
    clerk.page.open_item(day_on(clerk, "2026-12-04").id)
    clerk.tab_to(clerk.page.panel.links["call_off"])
    clerk.key(K.Key_Return)
    form = clerk.page.editor
    assert isinstance(form, CallOffForm)
    clerk.tab()
    clerk.type("12-7")
    clerk.tab()
    clerk.key(K.Key_S, CTRL)
    assert "请写明原因" in form.fields["reason"].problem()
    clerk.type("代表参加防汛")
    clerk.key(K.Key_S, CTRL)
    assert day_on(clerk, "2026-12-04").state is DayState.MOVED
    assert day_on(clerk, "2026-12-04").reason == "代表参加防汛（改到 2026-12-07）"
    moved = day_on(clerk, "2026-12-07")
    assert moved.state is DayState.PLANNED
    assert len(moved.attendance) == 2
    assert clerk.page.days.current_id() == moved.id


def test_a_planned_day_is_announced(clerk: Clerk) -> None:
    clerk.page.open_item(day_on(clerk, "2026-12-04").id)
    clerk.tab_to(clerk.page.panel.links["announce"])
    clerk.key(K.Key_Return)
    assert day_on(clerk, "2026-12-04").state is DayState.ANNOUNCED


def test_deputies_are_signed_in_by_space_and_noted_by_letters(clerk: Clerk) -> None:
    clerk.tab_to(clerk.page.panel.sign_in)
    clerk.key(K.Key_Down)
    clerk.key(K.Key_Space)
    signed = day_on(clerk, "2026-11-25").attendance[1]
    assert (signed.presence, signed.arrived_at) == (Presence.PRESENT, "09:00")
    clerk.key(K.Key_Q)
    assert day_on(clerk, "2026-11-25").attendance[1].presence is Presence.LEAVE
    clerk.key(K.Key_X)
    assert day_on(clerk, "2026-11-25").attendance[1].presence is Presence.ABSENT
    clerk.key(K.Key_X)
    assert day_on(clerk, "2026-11-25").attendance[1].presence is Presence.PLANNED
    clerk.key(K.Key_Delete)
    assert [one.name for one in day_on(clerk, "2026-11-25").attendance] == ["钟龑"]
    clerk.key(K.Key_Z, CTRL)
    assert len(day_on(clerk, "2026-11-25").attendance) == 2


def test_a_deputy_who_was_not_planned_is_added_by_initials(clerk: Clerk) -> None:
    clerk.tab_to(clerk.page.panel.add_deputy)
    clerk.press_letters("aygl")
    clerk.key(K.Key_Return)
    added = day_on(clerk, "2026-11-25").attendance[-1]
    assert (added.name, added.presence) == ("阿依古丽·买买提", Presence.PRESENT)


def test_a_reception_ends_and_goes_on(clerk: Clerk) -> None:
    clerk.key(K.Key_K, ALT)
    assert day_on(clerk, "2026-11-25").state is DayState.HELD
    clerk.key(K.Key_K, ALT)
    assert day_on(clerk, "2026-11-25").state is DayState.OPEN


def test_registering_begins_todays_reception(new_clerk: Clerk) -> None:
    new_clerk.desks.days.announce(new_clerk.desks.days.save(ReceptionDay("2026-11-25", place="圩镇")).value)
    new_clerk.page.reload()
    new_clerk.page.open_item(day_on(new_clerk, "2026-11-25").id)
    new_clerk.key(K.Key_F2)
    day = day_on(new_clerk, "2026-11-25")
    assert day.state is DayState.OPEN
    assert new_clerk.form.place.day == day


def test_a_visitor_outside_a_reception_day_is_a_daily_visit(new_clerk: Clerk) -> None:
    new_clerk.key(K.Key_F2)
    new_clerk.type("刘发根")
    new_clerk.key(K.Key_P, ALT)
    new_clerk.tab_to(new_clerk.form.received_by)
    new_clerk.type("肖敏、")
    new_clerk.tab_to(new_clerk.form.matter.words)
    new_clerk.type("班车少了。")
    new_clerk.key(K.Key_S, CTRL)
    (visit,) = new_clerk.desks.reception.visits_between("", "9999")
    assert (visit.day_id, visit.channel) == (None, "日常来访")
    assert [row[:2] for row in new_clerk.table()] == [("刘发根", "班车少了。")]


def test_three_paper_forms_are_entered_one_after_the_other(clerk: Clerk) -> None:
    numbers = clerk.desks.reception.print_blank_forms(4).value
    clerk.page.open_item(day_on(clerk, "2026-11-18").id)
    clerk.key(K.Key_B, ALT)
    form = clerk.form
    assert form.place.mode is VisitMode.PAPER
    clerk.type(numbers[0])
    for place, (name, at) in enumerate((("何田生", "905"), ("王冬菊", "9点40"), ("刘发根", "10:20"))):
        assert form.form_number.text() == numbers[place]
        clerk.tab()
        assert form.fields["date"].value() == "2026-11-18"
        clerk.tab_to(form.fields["time"])
        clerk.press_letters(at) if at.isascii() else clerk.type(at)
        clerk.tab()
        clerk.type(name)
        clerk.key(K.Key_P, ALT)
        clerk.tab_to(form.matter.words)
        clerk.type(f"{name}反映路灯不亮。")
        clerk.key(K.Key_Return, CTRL)
    assert form.form_number.text() == numbers[3]
    entered = [one for one in clerk.desks.reception.visits_of_day(day_on(clerk, "2026-11-18").id) if one.paper]
    assert [(one.number, one.name, one.at) for one in entered] == [
        (numbers[0], "何田生", "09:05"),
        (numbers[1], "王冬菊", "09:40"),
        (numbers[2], "刘发根", "10:20"),
    ]
    assert all(one.receivers for one in entered)
    assert clerk.desks.reception.open_forms() == [numbers[3]]


def test_a_paper_form_with_an_impossible_date_stays_as_typed(clerk: Clerk) -> None:
    clerk.key(K.Key_B, ALT)
    clerk.tab_to(clerk.form.fields["date"])
    clerk.key(K.Key_A, CTRL)
    clerk.type("2026-02-30")
    clerk.key(K.Key_S, CTRL)
    assert "没有“2026-02-30”这一天" in clerk.form.fields["date"].problem()
    clerk.type("x")
    clerk.form.keeper.keep()
    (kept,) = clerk.desks.housekeeping.kept_drafts("visit")
    assert "2026-02-30" in kept.body["fields"]["date"]


def test_a_number_that_was_used_is_told_at_the_field(clerk: Clerk) -> None:
    used = clerk.desks.reception.visits_between("", "9999")[0].number
    clerk.key(K.Key_B, ALT)
    clerk.type(used)
    clerk.tab_to(clerk.form.visitor.name)
    clerk.type("何田生")
    clerk.key(K.Key_P, ALT)
    clerk.tab_to(clerk.form.matter.words)
    clerk.type("路灯不亮。")
    clerk.key(K.Key_S, CTRL)
    assert "已经登记过" in clerk.form.form_number.problem()


def test_no_paper_is_entered_for_a_day_to_come(clerk: Clerk) -> None:
    clerk.page.open_item(day_on(clerk, "2026-12-04").id)
    clerk.key(K.Key_B, ALT)
    assert clerk.page.editor is None
    assert "还没有到" in clerk.page.notice.text()


def test_blank_forms_are_numbered_and_printed(clerk: Clerk) -> None:
    clerk.tab_to(clerk.page.panel.links["blanks"])
    clerk.key(K.Key_Return)
    assert isinstance(clerk.page.editor, BlankFormsForm)
    clerk.key(K.Key_A, CTRL)
    clerk.press_letters("3")
    clerk.key(K.Key_S, CTRL)
    assert clerk.printed == [clerk.desks.reception.open_forms()]
    assert len(clerk.desks.reception.open_forms()) == 3


def test_the_selected_visit_prints_its_form_and_the_day_its_ledger(clerk: Clerk) -> None:
    clerk.key(K.Key_L, ALT)
    clerk.key(K.Key_Return)
    clerk.key(K.Key_P, CTRL)
    visit = clerk.desks.reception.visits_of_day(day_on(clerk, "2026-11-25").id)[0]
    assert clerk.printed == [day_on(clerk, "2026-11-25").id, (visit.id,)]


def test_a_day_to_come_on_a_market_day_says_so(clerk: Clerk) -> None:
    clerk.key(K.Key_T, ALT)
    clerk.type("12-12")
    clerk.key(K.Key_S, CTRL)
    assert day_on(clerk, "2026-12-12").market, "农历十一月初四"
    assert clerk.page.panel.add_deputy.edit.hasFocus()
    assert clerk.page.days.mark_words()[-5:] == ["0 批", "计划 圩日", "计划", "接待中 1", "已接待 4"]


def test_left_and_right_turn_the_year(clerk: Clerk) -> None:
    clerk.desks.days.save(ReceptionDay("2025-11-03", place="联络站"))
    clerk.page.reload()
    clerk.key(K.Key_Left)
    assert lines(clerk) == ["日常来访", "11 月", "11-03 一"]
    clerk.key(K.Key_Right)
    assert clerk.page.days.current_id() == day_on(clerk, "2026-11-25").id


def test_the_list_follows_what_is_registered_while_the_form_is_open(clerk: Clerk) -> None:
    clerk.key(K.Key_F2)
    clerk.type("何田生")
    clerk.desks.housekeeping.keep_draft("other", {})
    clerk.page.publish(clerk.desks.days.sign_in(day_on(clerk, "2026-11-25").id, 3, Presence.PRESENT))
    assert clerk.page.panel.sign_in.count() == 3
    assert clerk.form.visitor.name.value() == "何田生"


def test_every_button_is_reached_by_tab(clerk: Clerk) -> None:
    seen = set()
    for _ in range(40):
        seen.add(clerk.focus())
        clerk.tab()
    words = {getattr(one, "text", str)() for one in seen}
    assert {"打印台账", "补录纸质", "结束接待", "登记接待", "修改"} <= words


def rows_in_sight(clerk: Clerk) -> int:
    """Return how many whole rows of visits the window shows at once."""
    view = clerk.page.panel.table.view
    panel, area = clerk.page.panel, view.viewport()
    visible = panel.visibleRegion().boundingRect().bottom() - area.mapTo(panel, QPoint(0, 0)).y() + 1
    return int(min(visible, area.height()) // view.verticalHeader().defaultSectionSize())


@pytest.mark.parametrize(("width", "height", "rows"), [(1024, 700, 6), (1366, 768, 7), (1024, 680, 5)])
def test_a_low_window_shows_the_visits_first(clerk: Clerk, width: int, height: int, rows: int) -> None:
    clerk.window.resize(width, height)
    clerk.page.open_item(day_on(clerk, "2026-11-18").id)
    QApplication.processEvents()
    assert rows_in_sight(clerk) >= rows


def test_the_sign_in_folds_to_a_line_and_stays_as_the_clerk_left_it(clerk: Clerk) -> None:
    panel = clerk.page.panel
    assert not panel.is_folded()
    clerk.key(K.Key_Q, ALT)
    assert panel.is_folded()
    assert panel.sign_in.texts() == "钟龑 09:00　欧阳建国 应到"
    clerk.page.open_item(day_on(clerk, "2026-11-18").id)
    assert panel.is_folded()
    clerk.key(K.Key_Q, ALT)
    assert not panel.is_folded()
    assert clerk.focus() is panel.sign_in


def test_the_sign_in_folds_by_itself_only_in_a_low_window_with_nobody_awaited(clerk: Clerk) -> None:
    panel = clerk.page.panel
    panel.fit(QSize(700, 420))
    assert not panel.is_folded(), "one is awaited still"
    clerk.tab_to(panel.sign_in)
    clerk.key(K.Key_Down)
    clerk.key(K.Key_Space)
    assert clerk.focus() is panel.sign_in, "never under the clerk's hands"
    clerk.page.open_item(day_on(clerk, "2026-11-18").id)
    clerk.page.days.setFocus()
    clerk.page.reload()
    assert panel.is_folded()


def test_visits_outside_reception_days_are_listed_with_their_date_the_latest_first(clerk: Clerk) -> None:
    for on, words in (("2026-03-02", "路灯不亮。"), ("2026-10-09", "垃圾清运不及时。"), ("2026-06-01", "水压太低。")):
        draft = VisitDraft(on, VisitorDraft("刘发根", phone="14000000021"), (Receiver("肖敏"),), (OpinionDraft(words),))
        clerk.page.publish(clerk.desks.reception.register_visit(draft))
    clerk.page.days.select(OUTSIDE)
    table = clerk.page.panel.table
    assert table.shown_keys()[0] == "on"
    day = table.model.column_of("on")
    assert [table.model.text_at(row, day) for row in range(3)] == ["10-09", "06-01", "03-02"]
    clerk.page.days.select(day_on(clerk, "2026-11-25").id)
    assert "on" not in clerk.page.panel.table.shown_keys()


def test_nothing_steps_aside_or_comes_back_while_a_visitor_is_registered(clerk: Clerk) -> None:
    clerk.window.resize(1024, 700)
    clerk.key(K.Key_F2)
    QApplication.processEvents()
    before = (clerk.page.days.isVisible(), clerk.form.width())
    clerk.type("刘发根")
    clerk.tab_to(clerk.form.visitor.address)
    clerk.type("上坪村三组")
    clerk.tab_to(clerk.form.matter.words)
    clerk.type("路灯不亮。")
    clerk.key(K.Key_Return, CTRL)
    QApplication.processEvents()
    assert (clerk.page.days.isVisible(), clerk.form.width()) == before


def test_a_field_that_has_just_appeared_is_whole_in_sight(clerk: Clerk, qtbot: QtBot) -> None:
    clerk.window.resize(1024, 680)
    clerk.key(K.Key_F2)
    clerk.tab_to(clerk.form.matter.disposition)
    clerk.key(K.Key_Right)
    clerk.tab()
    clerk.type("已说明到镇便民中心办理，要带户口本。" * 6)
    field, area = clerk.focus(), clerk.form.area.viewport()
    qtbot.waitUntil(lambda: field.mapTo(area, QPoint(0, field.height())).y() <= area.height())


def test_after_the_day_has_ended_the_visits_have_the_keyboard(clerk: Clerk) -> None:
    clerk.key(K.Key_K, ALT)
    assert day_on(clerk, "2026-11-25").state is DayState.HELD
    assert clerk.page.panel.table.view.hasFocus()
