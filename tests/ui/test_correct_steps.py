"""Correcting what was recorded of a matter, by keyboard: the mistake stays on the timeline, struck through."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from station_app.domain.log_line import LogFilter
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.progress import State
from station_app.ui.correct_steps import StepChoice, StepCorrection, TakingBack
from station_app.ui.messages import RecordedMessages
from station_app.ui.opinion_panel import CORRECT_STEPS
from tests.ui.opinion_keys import Clerk, Ctrl, Key, clerk_at_opinions


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages) -> Iterator[Clerk]:
    with clerk_at_opinions(qtbot, tmp_path / "禾溪.station", settings, messages) as at:
        yield at


def choose_steps(clerk: Clerk) -> StepChoice:
    """Open 更正办理过程 from the menu 更多."""
    clerk.press(Key.Key_Return)
    for _ in range(14):
        if getattr(clerk.focus(), "text", str)() == "更多":
            break
        clerk.press(Key.Key_Tab)
    more = clerk.focus()
    assert isinstance(more, QPushButton)
    menu = more.menu()
    assert menu is not None
    clerk.press(Key.Key_Space)
    QTest.keyClick(menu, Key.Key_Up)
    active = menu.activeAction()
    assert active is not None
    assert active.text() == CORRECT_STEPS
    QTest.keyClick(menu, Key.Key_Return)
    choice = clerk.page.form()
    assert isinstance(choice, StepChoice)
    return choice


def struck(clerk: Clerk) -> list[str]:
    """Return what is struck through on the timeline."""
    return [one.text() for one in clerk.page.panel.findChildren(QLabel) if one.property("look") == "struck"]


def test_a_wrong_answer_is_said_rightly_and_both_are_shown(clerk: Clerk) -> None:
    case = clerk.go_to("班车")
    choose_steps(clerk)
    clerk.press(Key.Key_Return)
    form = clerk.page.form()
    assert isinstance(form, StepCorrection)
    assert form.values()["text"] == case.progress.answer
    assert form.values()["on"] == case.progress.answered_on
    form.fields["text"].setFocus()
    clerk.press(Key.Key_A, Ctrl)
    clerk.type("已与客运公司商定，元旦起恢复。")
    clerk.save()
    progress = clerk.case().progress
    assert (progress.answer, progress.state) == ("已与客运公司商定，元旦起恢复。", State.ANSWERED)
    assert len(struck(clerk)) == 1
    assert "更正，以下一行为准" in clerk.page.panel.texts()
    assert "更正了原来的" in clerk.page.panel.texts()


def test_a_step_that_never_was_is_taken_back_with_its_reason(clerk: Clerk) -> None:
    clerk.go_to("班车")
    choose_steps(clerk)
    clerk.press(Key.Key_Delete)
    assert isinstance(clerk.page.form(), TakingBack)
    clerk.save()
    assert clerk.page.form() is not None
    clerk.type("记到别的件上了")
    clerk.save()
    assert clerk.case().progress.state is State.HANDLING
    assert "撤回：记到别的件上了" in clerk.page.panel.texts()
    assert len(struck(clerk)) == 1


def test_what_later_steps_stand_on_is_not_taken_back(clerk: Clerk) -> None:
    case = clerk.go_to("班车")
    choose_steps(clerk)
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Delete)
    clerk.type("记错了")
    clerk.save()
    form = clerk.page.form()
    assert isinstance(form, TakingBack)
    assert "“答复”就不成立了" in form.fields["reason"].problem()
    assert clerk.case() == case


def test_a_step_that_was_undone_is_on_the_timeline_no_more_and_in_the_log_for_ever(clerk: Clerk) -> None:
    case = clerk.go_to("班车")
    done = clerk.desks.opinions.move(case.id, MoveDraft(Move.FEED_BACK, "2026-11-22", way="电话"))
    clerk.page.publish(done)
    assert "反馈（电话）" in clerk.page.panel.texts()
    clerk.press(Key.Key_Z, Ctrl)
    assert "反馈（电话）" not in clerk.page.panel.texts()
    assert struck(clerk) == []
    logged = [step.label for step in clerk.desks.log.steps(LogFilter())]
    assert f"登记反馈 {case.number}" in logged
