"""The 意见 page, worked by keyboard alone: a matter from hand-over to closing, filters, several at once, undo."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import MOVE_LABELS, Move
from station_app.domain.progress import State
from station_app.domain.station import Tier
from station_app.ui.cases_behind import CasesBehind, CasesTogether
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.opinion_filters import OpinionFilter
from tests.ui.opinion_keys import Clerk, Ctrl, Key, clerk_at_opinions
from tests.ui.small_station import TODAY


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages) -> Iterator[Clerk]:
    """Return a clerk before the 意见 page of an invented station."""
    with clerk_at_opinions(qtbot, tmp_path / "invented.station", settings, messages) as found:
        yield found


def test_a_matter_is_followed_to_its_end_by_keyboard(clerk: Clerk) -> None:
    """Handed over, answered, fed back, evaluated: closed, each by a short form."""
    case = clerk.go_to("水渠")
    assert case.progress.state is State.REGISTERED
    clerk.do(Move.HAND_OVER)
    clerk.press(Key.Key_Return)  # 镇级 is proposed
    clerk.choose("cjb")
    clerk.save()
    assert clerk.case().progress.unit == "镇城建办"
    assert clerk.case().progress.extended_to == "", "the usual limit is not a special date"
    clerk.do(Move.ANSWER)
    clerk.choose("a")
    clerk.type("已清淤三公里，晚稻已灌上水。")
    clerk.save()
    assert clerk.case().progress.answer_class == "A"
    clerk.do(Move.FEED_BACK)
    clerk.choose("电话")
    clerk.save()
    assert clerk.case().progress.state is State.FED_BACK
    clerk.do(Move.RATE)
    clerk.choose("my")
    clerk.save()
    assert clerk.case().progress.state is State.CLOSED
    assert "办结" in clerk.page.panel.texts()
    assert clerk.window.status_line.said().startswith(MOVE_LABELS[Move.RATE])


def test_answering_on_the_spot_closes_in_one_save(clerk: Clerk) -> None:
    """One form: answer, feedback and closing of the same day."""
    clerk.go_to("水渠")
    clerk.do(Move.ANSWER_ON_SPOT)
    clerk.type("已电话请水管员当天放水。")
    clerk.save()
    progress = clerk.case().progress
    assert (progress.state, progress.closed_on) == (State.CLOSED, TODAY.isoformat())


def test_what_belongs_elsewhere_is_redirected_with_the_channel_told(clerk: Clerk) -> None:
    """The channel is chosen or typed; without it nothing is saved."""
    clerk.go_to("水渠")
    form = clerk.do(Move.REDIRECT)
    clerk.save()
    assert "渠道" in form.fields["route"].problem()
    clerk.type("rmfy")
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Return)
    clerk.save()
    assert clerk.case().progress.state is State.REDIRECTED
    assert clerk.case().progress.route == "人民法院"


def test_only_allowed_moves_are_offered_the_likely_one_first(clerk: Clerk) -> None:
    """A registered matter cannot be fed back, a closed one offers only to begin anew."""
    clerk.go_to("水渠")
    seldom = ["列为紧急", "并案", "终止", "作废"]
    assert clerk.page.panel.action_words() == ["登记研究意见", "交办 / 转办", "当场答复", "引导", "更正", *seldom]
    clerk.page.filters.ask(OpinionFilter(state="closed"))
    assert clerk.page.panel.action_words() == ["更正", "重新启动", "作废", "更正办理过程…"]


def test_an_overdue_matter_is_urged_first_and_says_why_it_is_overdue(clerk: Clerk) -> None:
    """The clock box names the limit and its start; 催办 is the primary action."""
    case = clerk.go_to("水渠")
    unit = next(unit for unit in clerk.desks.settings.units() if unit.name == "镇农技站")
    due = (TODAY - timedelta(days=3)).isoformat()
    for other in clerk.desks.opinions.cases():
        if other.title.startswith("自来水"):
            draft = MoveDraft(Move.HAND_OVER, other.raised_on, tier=Tier.TOWNSHIP, unit_id=unit.id, due_on=due)
            clerk.page.publish(clerk.desks.opinions.move(other.id, draft))
            case = other
    clerk.page.open_item(case.id)
    assert clerk.page.panel.action_words()[0] == MOVE_LABELS[Move.URGE]
    assert "已超 3 天" in clerk.page.panel.texts()
    clerk.page.filters.ask(OpinionFilter(overdue=True))
    assert clerk.numbers() == [case.number]


def test_a_problem_stands_at_its_field_and_keeps_what_was_typed(clerk: Clerk) -> None:
    """An answer without class is refused at the class; the text stays."""
    clerk.go_to("护栏")
    form = clerk.do(Move.ANSWER)
    clerk.press(Key.Key_Return)
    clerk.type("护栏月底更换。")
    clerk.save()
    assert form.fields["answer_class"].problem()
    assert form.values()["text"] == "护栏月底更换。"
    assert clerk.case().progress.state is State.HANDLING


def test_discontent_needs_its_reason_and_is_handled_again(clerk: Clerk) -> None:
    """不满意 without a reason is refused; with one the second round begins."""
    clerk.go_to("班车")
    form = clerk.do(Move.FEED_BACK)
    clerk.choose("电话")
    clerk.press(Key.Key_Return)  # 反馈人 as proposed
    clerk.choose("bmy")
    clerk.save()
    assert "原因" in form.fields["text"].problem()
    clerk.type("早班车还是没有来。")
    clerk.save()
    progress = clerk.case().progress
    assert (progress.state, progress.round) == (State.HANDLING, 2)


def test_a_form_left_by_esc_changes_nothing_and_returns_to_the_matter(clerk: Clerk) -> None:
    """Esc closes the untouched form; a second one leads to the table."""
    clerk.go_to("水渠")
    clerk.do(Move.STUDY)
    clerk.press(Key.Key_Escape)
    assert not clerk.page.has_open_editor()
    assert clerk.page.table.view.hasFocus()
    assert clerk.case().progress.state is State.REGISTERED


def test_the_limit_of_a_hand_over_is_shown_with_its_reason_and_can_be_changed(clerk: Clerk) -> None:
    """The usual date follows the tier; another date is kept as agreed."""
    clerk.go_to("水渠")
    form = clerk.do(Move.HAND_OVER)
    assert form.values()["due_on"] == "2026-12-22"
    clerk.press(Key.Key_Right)  # 报县人大
    assert form.values()["due_on"] == "2027-02-22"
    clerk.press(Key.Key_Left)
    clerk.press(Key.Key_Return)
    clerk.choose("cjb")
    form.fields["due_on"].setFocus()
    clerk.press(Key.Key_A, Ctrl)
    clerk.type("12-5")
    clerk.save()
    assert clerk.case().progress.extended_to == "2026-12-05"


def test_several_matters_are_handed_over_together_and_undone_together(clerk: Clerk) -> None:
    """All that wait are handed over in one step; Ctrl+Z takes the step back."""
    clerk.page.filters.ask(OpinionFilter(state="registered"))
    clerk.page.table.view.setFocus()
    clerk.press(Key.Key_A, Ctrl)
    count = len(clerk.numbers())
    words = ("交办", "研究", "并案", "引导", "列为紧急", "终止")
    assert clerk.page.panel.action_words() == [f"一起{word} {count} 件" for word in words]
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return)
    clerk.choose("njz")
    clerk.save()
    assert sum(case.progress.unit == "镇农技站" for case in clerk.desks.opinions.cases()) == count
    told = clerk.page.panel.texts()
    assert clerk.page.panel.title() == f"已交办 {count} 件"
    assert "已交镇农技站，答复期限 2026-12-2" in told
    assert len(clerk.numbers()) == count, "they stay in sight"
    assert len(clerk.page.table.selected_rows()) == 1
    clerk.press(Key.Key_Return)
    focus = clerk.focus()
    assert isinstance(focus, QPushButton)
    assert focus.text() == f"打印意见建议交办清单（{count} 件）"
    clerk.press(Key.Key_Z, Ctrl)
    assert sum(case.progress.unit == "镇农技站" for case in clerk.desks.opinions.cases()) == 0
    assert "撤销" in clerk.window.status_line.said()


def test_filters_say_how_many_of_how_many(clerk: Clerk) -> None:
    """在办 at first; all; a category; pinyin initials of the petitioner; nothing found says so."""
    bar = clerk.page.filters
    assert bar.counts_text() == "5 / 6"
    bar.ask(OpinionFilter(state="all"))
    assert bar.counts_text() == "6 / 6"
    bar.ask(OpinionFilter(state="all", category="交通"))
    assert {row.case.category for row in clerk.page.table.rows()} == {"交通"}
    bar.ask(OpinionFilter(state="all", typed="htsh"))
    assert bar.counts_text() == "0 / 6"
    bar.ask(OpinionFilter(state="all", typed="hts"))
    assert [row.case.petitioner for row in clerk.page.table.rows()] == ["何田生"]
    bar.ask(OpinionFilter(state="all", period="2019"))
    assert clerk.numbers() == []


def test_a_filter_is_chosen_from_its_list_by_keyboard(clerk: Clerk) -> None:
    """Down opens the list, arrows and Enter choose."""
    clerk.page.filters.state.setFocus()
    clerk.press(Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert clerk.page.filters.value().state == "all"
    assert clerk.page.filters.counts_text() == "6 / 6"


def test_the_phone_is_masked_until_asked_for(clerk: Clerk) -> None:
    """Neither panel nor table shows the whole number by itself."""
    clerk.go_to("护栏")
    assert clerk.page.panel.phone_text() == "140****2000"
    for _ in range(20):
        if getattr(clerk.focus(), "text", str)() == "140****2000":
            break
        clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_Space)
    assert clerk.page.panel.phone_text() == "14000002000"


def test_a_deputys_opinion_is_registered_with_a_number(clerk: Clerk) -> None:
    """F2, 代表意见, deputy by initials, words, saved; the new matter is shown."""
    clerk.press(Key.Key_F2)
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_Return)
    clerk.choose("zlp")
    clerk.type("学校门口没有斑马线，建议尽快划上。")
    clerk.save()
    case = clerk.case()
    assert (case.petitioner, case.title) == ("曾丽萍", "学校门口没有斑马线，建议尽快划上")
    assert not clerk.page.has_open_editor()


def test_a_voters_opinion_from_outside_a_reception_has_its_channel(clerk: Clerk) -> None:
    """F2, 群众意见: the visit form without a reception day and with the channel."""
    clerk.press(Key.Key_F2)
    clerk.press(Key.Key_Return)
    form: Any = clerk.page.form()
    assert form.fields["channel"].isVisible()
    assert not form.fields["date"].isVisible() or form.fields["date"].value() == TODAY.isoformat()
    assert form.place.day is None


def test_title_and_category_can_be_corrected(clerk: Clerk) -> None:
    """更正 changes the clerk's own words and leaves the visitor's."""
    before = clerk.go_to("水渠")
    clerk.press(Key.Key_Return)
    for _ in range(6):
        if getattr(clerk.focus(), "text", str)() == "更正":
            break
        clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_A, Ctrl)
    clerk.type("上坪三组水渠清淤")
    clerk.save()
    after = clerk.case()
    assert (after.title, after.words, after.category) == ("上坪三组水渠清淤", before.words, before.category)


def test_another_page_opens_a_matter_at_its_move(clerk: Clerk) -> None:
    """Whatever the filters hide, the matter and the form come up."""
    closed = next(case for case in clerk.desks.opinions.cases() if case.progress.state is State.CLOSED)
    clerk.window.open_page("opinions", closed.id)
    assert clerk.case().id == closed.id
    open_case = next(case for case in clerk.desks.opinions.cases() if case.progress.state is State.ANSWERED)
    clerk.window.open_page("opinions", (open_case.id, Move.FEED_BACK))
    assert clerk.form().what is Move.FEED_BACK


def test_the_matters_behind_a_figure_are_shown_and_no_others(clerk: Clerk) -> None:
    """Whatever was filtered before; one button goes back to what is usual."""
    closed = next(case for case in clerk.desks.opinions.cases() if case.progress.state is State.CLOSED)
    clerk.page.filters.ask(OpinionFilter(typed="水渠"))
    clerk.window.open_page("opinions", CasesBehind("本月办结", frozenset({closed.number})))
    assert [row.case.number for row in clerk.page.table.rows()] == [closed.number]
    back = clerk.page.filters.behind
    assert "只看本月办结" in back.text()
    QTest.keyClick(back, Key.Key_Return)
    assert not back.isVisible()
    assert clerk.page.filters.value() == OpinionFilter()


def test_date_of_a_move_before_the_last_step_is_refused(clerk: Clerk) -> None:
    """Paper may be entered late, but not before what went before it."""
    clerk.go_to("护栏")
    form = clerk.do(Move.URGE)
    form.fields["on"].setFocus()
    clerk.press(Key.Key_A, Ctrl)
    clerk.type(date(2026, 11, 1).isoformat())
    clerk.save()
    assert "早于" in form.fields["on"].problem()


def test_export_writes_the_rows_and_columns_shown(
    qtbot: QtBot, clerk: Clerk, messages: RecordedMessages, tmp_path: Path
) -> None:
    """Ctrl+E: the file holds the filtered matters, in the order of the table; nothing is offered to be undone."""
    path = tmp_path / "导出.xlsx"
    clerk.page.filters.ask(OpinionFilter(state="all", category="交通"))
    numbers = clerk.numbers()
    messages.answers.append(path)
    with qtbot.waitSignal(clerk.window.jobs.ended):
        clerk.press(Key.Key_E, Ctrl)
    cells = [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]
    assert [cell for row in cells for cell in row if str(cell).startswith("HX-")] == numbers
    assert "已导出" in clerk.window.status_line.said()
    assert not clerk.window.status_line.can_undo()


def test_columns_give_way_in_a_narrow_window_and_come_back(clerk: Clerk) -> None:
    """At 1024 pixels the limit and the state are in sight; what the clerk chose to see is not forgotten."""
    wanted = ("number", "title", "category", "village", "unit", "mark", "state")
    header = clerk.page.table.view.horizontalHeader()
    column = clerk.page.table.model.column_of
    clerk.window.resize(1024, 700)
    assert header.isSectionHidden(column("category"))
    assert not header.isSectionHidden(column("state"))
    assert header.length() <= clerk.page.table.view.viewport().width()
    assert clerk.page.table.shown_keys() == wanted
    clerk.window.resize(1400, 800)
    assert not header.isSectionHidden(column("category"))
    assert clerk.page.table.shown_keys() == wanted


def test_a_form_with_text_asks_before_another_matter_is_chosen(clerk: Clerk, messages: RecordedMessages) -> None:
    """继续填写 keeps form, text and matter."""
    case = clerk.go_to("护栏")
    clerk.page.filters.ask(OpinionFilter())
    clerk.page.open_item(case.id)
    form = clerk.do(Move.ANSWER)
    form.fields["text"].setFocus()
    clerk.type("护栏月底更换。")
    messages.answers.append(Unsaved.STAY)
    clerk.page.table.view.setFocus()
    clerk.press(Key.Key_Home)
    assert messages.said == ["登记答复还没有保存。"]
    assert clerk.form().values()["text"] == "护栏月底更换。"
    assert clerk.case().id == case.id


def test_tab_walks_the_fields_and_then_the_buttons(clerk: Clerk) -> None:
    """After the last field comes 保存, then 取消."""
    clerk.go_to("水渠")
    form = clerk.do(Move.STUDY)
    clerk.type("拟交镇农技站办理")
    for _ in form.fields:
        clerk.press(Key.Key_Tab)
    assert clerk.focus() is form.save_button
    clerk.press(Key.Key_Return)
    assert clerk.case().progress.proposal == "拟交镇农技站办理"


def test_what_suits_only_some_of_the_selected_is_done_with_those(clerk: Clerk) -> None:
    """Of all the open matters one waits for feedback: it alone is fed back, the others stay as they are."""
    before = {case.id: case.progress.state for case in clerk.desks.opinions.cases()}
    clerk.page.table.view.setFocus()
    clerk.press(Key.Key_A, Ctrl)
    assert "1 件可以反馈" in clerk.page.panel.texts()
    clerk.press(Key.Key_Return)
    for _ in range(6):
        if getattr(clerk.focus(), "text", str)() == "一起反馈 1 件":
            break
        clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_Return)
    clerk.choose("电话")
    clerk.save()
    after = {case.id: case.progress.state for case in clerk.desks.opinions.cases()}
    assert [after[case_id] for case_id in after if after[case_id] is not before[case_id]] == [State.FED_BACK]


def test_a_group_of_the_day_is_shown_alone_and_selected_whole(clerk: Clerk) -> None:
    """What 今日 asks for is listed and chosen, and what it waits for is the first action."""
    waiting = [case for case in clerk.desks.opinions.cases() if case.progress.state is State.REGISTERED]
    numbers = frozenset(case.number for case in waiting)
    clerk.page.open_item(CasesTogether(CasesBehind("待研究", numbers), Move.STUDY))
    chosen = {row.case.number for row in clerk.page.table.selected_rows()}
    assert chosen == numbers == set(clerk.numbers())
    assert clerk.page.panel.action_words()[0] == f"一起研究 {len(numbers)} 件"
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return)
    clerk.type("拟交镇政府办理")
    clerk.save()
    assert {clerk.desks.opinions.case(case.id).progress.state for case in waiting} == {State.STUDIED}
