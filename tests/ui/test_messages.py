"""Boxes say what happened, what is safe, what to do; the double answers as it was told."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from station_app.support.faults import StationFault
from station_app.ui.messages import Boxes, RecordedMessages, Unsaved


def _press(word: str, seen: list[str]) -> None:
    """Press a button of the box that is about to open, noting its texts."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.extend([box.text(), box.informativeText()])
        next(made for made in box.buttons() if made.text() == word).click()

    QTimer.singleShot(0, press)


def test_a_question_returns_what_was_pressed(qtbot: QtBot) -> None:
    seen: list[str] = []
    _press("删除", seen)
    assert Boxes().ask("要删除这份名册吗？", "删除后不能恢复。", yes="删除", danger=True)
    _press("取消", seen)
    assert not Boxes().ask("要删除这份名册吗？", yes="删除", danger=True)
    assert seen[:2] == ["要删除这份名册吗？", "删除后不能恢复。"]


def test_an_unsaved_form_can_be_saved_given_up_or_gone_on_with(qtbot: QtBot) -> None:
    for word, answer in (
        ("保存", Unsaved.SAVE),
        ("留作草稿", Unsaved.KEEP),
        ("不保存", Unsaved.DISCARD),
        ("继续填写", Unsaved.STAY),
    ):
        _press(word, [])
        assert Boxes().ask_unsaved("登记接待", drafts=True) is answer


def test_a_fault_is_told_in_three_parts(qtbot: QtBot) -> None:
    seen: list[str] = []
    _press("知道了", seen)
    Boxes().tell_fault(StationFault("磁盘已满。", "联络站文件没有受影响。", "请换一个U盘。"))
    assert seen == ["磁盘已满。", "联络站文件没有受影响。\n请换一个U盘。"]


@pytest.mark.parametrize("length", [3, 17, 19, 34, 90])
def test_the_first_line_is_never_cut(length: int, qtbot: QtBot) -> None:
    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        line = box.findChild(QLabel, "qt_msgbox_label")
        assert isinstance(line, QLabel)
        fits.append(line.height() >= line.heightForWidth(line.width()) if line.wordWrap() else True)
        fits.append(line.wordWrap() or line.width() >= line.sizeHint().width())
        box.buttons()[0].click()

    fits: list[bool] = []
    QTimer.singleShot(0, look)
    Boxes().tell("现" * length, "按“回到今天”后再改。")
    assert fits == [True, True]


def test_a_bug_is_logged_with_its_traceback(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    seen: list[str] = []
    _press("知道了", seen)
    Boxes().tell_bug(ValueError("x"))
    assert seen[0] == "程序出错"
    assert caplog.records[-1].exc_info is not None
    caplog.clear()


def test_recorded_messages_answer_in_order() -> None:
    messages = RecordedMessages([True, Unsaved.STAY, None, Path("a.xlsx"), [Path("b.xlsx")]])
    assert messages.ask("继续吗？")
    assert messages.ask_unsaved("登记接待") is Unsaved.STAY
    assert messages.choose_folder("备份到哪里") is None
    assert messages.save_as("导出", Path("x.xlsx"), "") == Path("a.xlsx")
    assert messages.choose_files("导入", "") == [Path("b.xlsx")]
    assert messages.said[0] == "继续吗？"


def test_recorded_messages_refuse_a_question_nobody_expected() -> None:
    with pytest.raises(AssertionError, match="继续吗"):
        RecordedMessages().ask("继续吗？")


def test_a_fault_that_comes_by_itself_again_and_again_is_told_once(qtbot: QtBot) -> None:
    boxes, seen = Boxes(), list[str]()
    _press("知道了", seen)
    boxes.tell_bug(StationFault("登记簿文件写不进去。", "已保存的内容没有受影响。", "请检查U盘。"))
    boxes.tell_bug(StationFault("登记簿文件写不进去。", "已保存的内容没有受影响。", "请检查U盘。"))
    assert seen[0] == "登记簿文件写不进去。"
    _press("知道了", seen)
    boxes.tell_bug(OSError(5, "Input/output error"))
    assert "系统错误 5" in seen[2]
