"""Fields and forms: typed the short way, found by pinyin, walked by Enter, losing nothing when something is wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.problems import InvalidInput, invalid
from station_app.services.done import Done
from station_app.support.faults import StationFault
from station_app.ui.fields import (
    CheckField,
    Choice,
    ChoiceField,
    DateField,
    Field,
    FormPanel,
    LineField,
    MultiChoiceField,
    NumberField,
    SegmentField,
    TextField,
    TimeField,
)
from station_app.ui.messages import RecordedMessages, Unsaved
from tests.ui.gallery import visit_form
from tests.ui.keyboard import type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PEOPLE = [Choice(1, "钟龑", "县"), Choice(2, "欧阳建国", "镇"), Choice(3, "张伟明", "镇"), Choice(4, "曾秀兰", "镇")]


def typing() -> QWidget:
    """Return the widget that has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def put(qtbot: QtBot, field: Field) -> None:
    """Show a field and put the cursor into it."""
    qtbot.addWidget(field)
    field.resize(300, 60)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-05", "2026-11-05"),
        ("2026.11.5", "2026-11-05"),
        ("11-5", "2026-11-05"),
        ("11月5日", "2026-11-05"),
        ("１１．５", "2026-11-05"),
        ("20261105", "2026-11-05"),
        ("今天", "2026-11-25"),
        ("昨天", "2026-11-24"),
        ("1-5", "2027-01-05"),
    ],
)
def test_a_day_is_typed_the_short_way(qtbot: QtBot, typed: str, day: str) -> None:
    field = DateField("日期", lambda: date(2026, 11, 25))
    put(qtbot, field)
    field.edit.setText(typed)
    field.leave()
    assert field.value() == day
    assert field.edit.text() == day


def test_a_day_that_does_not_exist_is_named(qtbot: QtBot) -> None:
    field = DateField("日期", lambda: date(2026, 11, 25))
    put(qtbot, field)
    type_text("2026-02-30", field.edit)
    QTest.keyClick(field.edit, Key.Key_Return)
    assert field.value() == ""
    assert field.problem() == "没有“2026-02-30”这一天，请按 2026-11-05 或 11-5 填写。"
    QTest.keyClick(field.edit, Key.Key_Backspace)
    assert field.problem() == ""


def test_arrows_change_day_time_and_number(qtbot: QtBot) -> None:
    day = DateField("日期", lambda: date(2026, 11, 25))
    put(qtbot, day)
    QTest.keyClick(day.edit, Key.Key_Up)
    QTest.keyClick(day.edit, Key.Key_Up)
    assert day.value() == "2026-11-26"
    at = TimeField("时间")
    put(qtbot, at)
    type_text("930", at.edit)
    QTest.keyClick(at.edit, Key.Key_Down)
    assert at.value() == "09:25"
    people = NumberField("人数", least=1, most=500)
    put(qtbot, people)
    people.set_value(2)
    QTest.keyClick(people.edit, Key.Key_Down)
    QTest.keyClick(people.edit, Key.Key_Down)
    assert people.value() == 1


def test_the_calendar_gives_the_day_clicked(qtbot: QtBot) -> None:
    field = DateField("日期", lambda: date(2026, 11, 25))
    put(qtbot, field)
    field.open_calendar()
    assert field.calendar is not None
    field.calendar.month.clicked.emit(QDate(2026, 11, 7))
    assert field.value() == "2026-11-07"


@pytest.mark.parametrize("typed", ["930", "9:30", "9点30", "９：３０"])
def test_a_time_is_typed_the_short_way(qtbot: QtBot, typed: str) -> None:
    field = TimeField("时间")
    put(qtbot, field)
    field.edit.setText(typed)
    assert field.value() == "09:30"
    field.edit.setText("25:00")
    assert field.value() == ""
    assert "25:00" in field.own_problem()


def test_a_number_takes_full_width_digits_and_refuses_words(qtbot: QtBot) -> None:
    field = NumberField("人数", least=1, most=500)
    put(qtbot, field)
    field.edit.setText("１２")
    assert field.value() == 12
    field.edit.setText("很多")
    assert field.own_problem() == "人数请填 1 到 500 的整数。"
    field.edit.setText("0")
    assert field.own_problem()


@pytest.mark.parametrize(
    ("typed", "name"),
    [("zwm", "张伟明"), ("伟明", "张伟明"), ("zxl", "曾秀兰"), ("cxl", "曾秀兰"), ("oyjg", "欧阳建国")],
)
def test_a_list_is_opened_by_pinyin_or_characters(qtbot: QtBot, typed: str, name: str) -> None:
    field = ChoiceField("接待人", PEOPLE)
    put(qtbot, field)
    type_text(typed, field.edit)
    assert field.popup.isVisible()
    QTest.keyClick(field.edit, Key.Key_Return)
    assert field.text() == name
    assert field.value() == next(one.value for one in PEOPLE if one.label == name)
    assert not field.popup.isVisible()


def test_arrows_walk_the_list_and_esc_closes_it(qtbot: QtBot) -> None:
    field = ChoiceField("接待人", PEOPLE)
    put(qtbot, field)
    QTest.keyClick(field.edit, Key.Key_Down)
    assert field.popup.isVisible()
    QTest.keyClick(field.edit, Key.Key_Escape)
    assert not field.popup.isVisible()
    QTest.keyClick(field.edit, Key.Key_Down)
    QTest.keyClick(field.edit, Key.Key_Down)
    QTest.keyClick(field.edit, Key.Key_Down)
    QTest.keyClick(field.edit, Key.Key_Return)
    assert field.value() == 2


def test_a_word_that_is_not_in_the_list_is_refused_unless_free(qtbot: QtBot) -> None:
    field = ChoiceField("类别", ("交通", "教育"))
    put(qtbot, field)
    type_text("xyz", field.edit)
    field.leave()
    assert field.problem() == "没有“xyz”，请从列表中选择。"
    free = ChoiceField("类别", ("交通", "教育"), free=True)
    put(qtbot, free)
    free.edit.setText("水利")
    free.leave()
    assert free.value() == "水利"
    assert free.problem() == ""


def test_receivers_are_taken_and_given_back_by_keyboard(qtbot: QtBot) -> None:
    field = MultiChoiceField("接待人", PEOPLE)
    put(qtbot, field)
    for typed in ("zy", "oy"):
        type_text(typed, field.edit)
        QTest.keyClick(field.edit, Key.Key_Return)
    assert field.labels() == ("钟龑", "欧阳建国")
    type_text("oy", field.edit)
    assert not field.popup.isVisible()
    field.edit.clear()
    QTest.keyClick(field.edit, Key.Key_Backspace)
    assert field.value() == (1,)


def test_initials_take_the_first_found_even_where_words_are_free(qtbot: QtBot) -> None:
    """Typed initials never end up in the register as they were typed."""
    field = ChoiceField("告知渠道", ("县人民法院", "行政复议机关"), free=True)
    put(qtbot, field)
    QTest.keyClicks(field.edit, "fy")
    QTest.keyClick(field.edit, Key.Key_Return)
    assert field.value() == "县人民法院"
    field.set_value(None)
    QTest.keyClicks(field.edit, "fy")
    QTest.keyClick(field.edit, Key.Key_Escape)
    QTest.keyClick(field.edit, Key.Key_Return)
    assert field.value() == "fy", "with the list closed by Esc the letters stay"


def test_a_sentence_does_not_become_a_receiver(qtbot: QtBot) -> None:
    """A clerk who counts the fields wrongly types the opinion among the receivers."""
    field = MultiChoiceField("接待人", ("钟龑",), free=True)
    put(qtbot, field)
    field.edit.setText("圩镇菜市场后面夜里烧垃圾烟大得很")
    field.leave()
    assert field.value() == ()
    assert "只填姓名" in field.problem()
    field.edit.setText("外来的同志")
    field.leave()
    assert field.labels() == ("外来的同志",)


def test_segments_are_switched_by_arrows_and_digits(qtbot: QtBot) -> None:
    field = SegmentField("处理方式", [("studying", "正在研究"), ("on_spot", "当场答复"), ("redirected", "引导")])
    put(qtbot, field)
    assert field.value() == "studying"
    QTest.keyClick(typing(), Key.Key_Right)
    assert field.value() == "on_spot"
    QTest.keyClick(typing(), Key.Key_3)
    assert field.value() == "redirected"


def test_a_text_box_grows_and_keeps_enter_for_itself(qtbot: QtBot) -> None:
    field = TextField("反映内容", least=2, most=6)
    put(qtbot, field)
    low = field.edit.height()
    type_text("a", field.edit)
    for _ in range(4):
        QTest.keyClick(field.edit, Key.Key_Return)
    type_text("b", field.edit)
    assert field.value() == "a\n\n\n\nb"
    assert field.edit.height() > low


Save = Callable[[dict[str, Any]], Done[Any]]


class Desk:
    """Keeps what forms save and refuses what it is told to refuse."""

    def __init__(self) -> None:
        self.saved: list[dict[str, Any]] = []
        self.trouble: Exception | None = None

    def save(self, values: dict[str, Any]) -> Done[int]:
        """Keep the values, or raise the trouble."""
        if self.trouble is not None:
            raise self.trouble
        self.saved.append(values)
        return Done(len(self.saved), "已登记", frozenset({"visits"}), len(self.saved))


@pytest.fixture
def desk() -> Desk:
    """Return a desk that keeps everything."""
    return Desk()


@pytest.fixture
def form(qtbot: QtBot, messages: RecordedMessages, desk: Desk) -> FormPanel:
    """Return a visit's form on screen with the cursor in its first field."""
    made = visit_form(messages, desk.save)
    qtbot.addWidget(made)
    made.resize(560, 700)
    made.show()
    made.activateWindow()
    made.start()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    return made


def test_enter_and_tab_walk_the_fields_in_order(form: FormPanel) -> None:
    walked = []
    for _ in range(9):
        walked.append(typing().accessibleName())
        QTest.keyClick(typing(), Key.Key_Return)
    assert walked == ["选民姓名", "性别", "联系电话", "人数", "日期", "时间", "住址", "接待人", "反映内容"]
    words = form.fields["words"]
    assert "\n" not in words.value()
    QTest.keyClick(typing(), Key.Key_Tab)
    assert typing().accessibleName() == "标题"
    QTest.keyClick(typing(), Key.Key_Backtab)
    assert typing().accessibleName() == "反映内容"


def test_ctrl_enter_saves_and_goes_on_from_a_text_box(qtbot: QtBot, form: FormPanel, desk: Desk) -> None:
    form.fields["words"].setFocus()
    with qtbot.waitSignal(form.saved_next):
        QTest.keyClick(typing(), Key.Key_Return, CTRL)
    assert desk.saved[0]["name"] == "覃水生"
    assert desk.saved[0]["receivers"] == (1, 2)
    assert "\n" not in desk.saved[0]["words"]


def test_ctrl_s_saves(qtbot: QtBot, form: FormPanel, desk: Desk) -> None:
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(typing(), Key.Key_S, CTRL)
    assert len(desk.saved) == 1
    assert not form.is_changed()


def test_problems_stand_at_their_fields_and_nothing_typed_is_lost(form: FormPanel, desk: Desk) -> None:
    before = form.values()
    desk.trouble = InvalidInput(
        [*invalid("phone", "电话不对。").problems, *invalid("elsewhere", "这一天还没有开始。").problems]
    )
    assert not form.save()
    assert form.fields["phone"].problem() == "电话不对。"
    assert form.notice.text() == "这一天还没有开始。"
    assert typing().accessibleName() == "联系电话"
    assert form.values() == before
    desk.trouble = None
    assert form.save()
    assert form.fields["phone"].problem() == ""
    assert form.notice.isHidden()


def test_nonsense_in_a_field_is_stopped_before_saving(form: FormPanel, desk: Desk) -> None:
    day = form.fields["on"]
    assert isinstance(day, DateField)
    day.edit.setText("2026-02-30")
    assert not form.save()
    assert "2026-02-30" in day.problem()
    assert desk.saved == []


def test_a_fault_is_told_and_the_text_stays(form: FormPanel, desk: Desk, messages: RecordedMessages) -> None:
    desk.trouble = StationFault("磁盘已满。")
    assert not form.save()
    assert [fault.what for fault in messages.faults] == ["磁盘已满。"]
    assert form.values()["name"] == "覃水生"


def test_leaving_asks_only_about_unsaved_text(
    qtbot: QtBot, form: FormPanel, messages: RecordedMessages, desk: Desk
) -> None:
    with qtbot.waitSignal(form.closed):
        assert form.leave()
    form.fields["name"].setFocus()
    type_text("x", typing())
    messages.answers.extend([Unsaved.STAY, Unsaved.SAVE])
    assert not form.leave()
    assert form.leave()
    assert messages.said == ["登记接待还没有保存。"] * 2
    assert desk.saved[0]["name"].endswith("x") or desk.saved[0]["name"].startswith("x")


def test_a_cleared_form_is_ready_for_the_next(form: FormPanel) -> None:
    form.clear({"on": date(2026, 11, 25), "receivers": (1,)})
    assert form.values()["name"] == ""
    assert form.values()["receivers"] == (1,)
    assert not form.is_changed()
    assert typing().accessibleName() == "选民姓名"


def test_required_fields_carry_the_mark() -> None:
    field = LineField("选民姓名", required=True)
    assert field.caption.text().endswith("选民姓名")
    assert "*" in field.caption.text()
    field.set_required(False)
    assert field.caption.text() == "选民姓名"


def test_a_tick_is_switched_by_its_key(qtbot: QtBot, form: FormPanel) -> None:
    secret = form.fields["secret"]
    assert isinstance(secret, CheckField)
    QTest.keyClick(typing(), Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert secret.value() is True
    assert form.is_changed()
