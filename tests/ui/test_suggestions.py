"""Deputies' suggestions in a real window, by keyboard: converted, talked over, answered, judged; deputies' own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station_app.domain.events import EventKind, Satisfaction
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Source
from station_app.domain.people import Level
from station_app.domain.progress import State
from station_app.domain.station import Tier
from station_app.domain.suggestion import SessionKind
from station_app.ui.correct_steps import StepCorrection
from station_app.ui.form import FormPanel
from station_app.ui.messages import RecordedMessages
from station_app.ui.move_form import MoveForm
from station_app.ui.new_opinion_choice import NewOpinionChoice
from station_app.ui.paper_window import PaperWindow
from tests.ui.opinion_keys import Clerk, Key, clerk_at_opinions


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages) -> Iterator[Clerk]:
    with clerk_at_opinions(qtbot, tmp_path / "禾溪.station", settings, messages) as made:
        yield made


def open_form(clerk: Clerk) -> FormPanel:
    form = clerk.page.form()
    assert isinstance(form, FormPanel)
    return form


def choose_in_menu(clerk: Clerk, word: str) -> None:
    """Go by Enter and Tab to the menu 代表建议 of the panel and choose one of its entries."""
    if clerk.page.table.view.hasFocus():
        clerk.press(Key.Key_Return)
    for _ in range(14):
        if getattr(clerk.focus(), "text", str)() == "代表建议":
            break
        clerk.press(Key.Key_Tab)
    button = clerk.focus()
    assert isinstance(button, QPushButton)
    menu = button.menu()
    assert menu is not None
    clerk.press(Key.Key_Space)
    for _ in menu.actions():
        QTest.keyClick(menu, Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text() == word:
            break
    QTest.keyClick(menu, Key.Key_Return)


def go_to_field(clerk: Clerk, key: str) -> None:
    """Press Tab until the cursor is in a field."""
    field = open_form(clerk).fields[key]
    for _ in range(30):
        if field.isAncestorOf(clerk.focus()):
            return
        clerk.press(Key.Key_Tab)
    raise AssertionError(key)


def convert(clerk: Clerk) -> None:
    """Hand the matter of the 水渠 over as a suggestion to the township, by 曾丽萍 with two others."""
    clerk.go_to("水渠")
    clerk.do(Move.HAND_OVER)
    clerk.type("4")
    go_to_field(clerk, "title")
    clerk.type("关于清淤上坪水渠的建议")
    go_to_field(clerk, "number")
    clerk.type("7")
    go_to_field(clerk, "leader_id")
    clerk.choose("zlp")
    assert open_form(clerk).fields["seconder_ids"].isAncestorOf(clerk.focus())
    clerk.choose("oyjg")
    clerk.choose("sxf")
    go_to_field(clerk, "unit_id")
    clerk.choose("zcjb")
    clerk.save()


def test_a_matter_becomes_a_suggestion_by_keyboard(clerk: Clerk) -> None:
    """4 chooses 代表建议; the fields of the paper appear; one save hands over and writes down who signed."""
    convert(clerk)
    case = clerk.case()
    assert clerk.page.form() is None
    assert (case.progress.tier, case.progress.unit, case.source) == (Tier.SUGGESTION, "镇城建办", Source.VOTER)
    suggestion = clerk.desks.suggestions.of_case(case.id)
    assert suggestion is not None
    assert (suggestion.leader, suggestion.seconders) == ("曾丽萍", ("欧阳建国", "单小芳"))
    assert (suggestion.level, suggestion.occasion, suggestion.number) == (Level.TOWNSHIP, "第十八届闭会期间", "第7号")
    shown = clerk.page.panel.texts()
    assert "第十八届闭会期间第7号代表建议《关于清淤上坪水渠的建议》" in shown
    assert "领衔 曾丽萍　附议 欧阳建国、单小芳" in shown
    assert {"登记面商", "打印专用纸", "更正届次、代表"} <= set(clerk.page.panel.action_words())


def test_fields_of_a_suggestion_are_asked_only_of_one(clerk: Clerk) -> None:
    """The other tiers show none of them, and what goes to a session asks which."""
    clerk.go_to("水渠")
    form = clerk.do(Move.HAND_OVER)
    assert not form.fields["leader_id"].isVisible()
    clerk.type("4")
    assert form.fields["leader_id"].isVisible()
    assert not form.fields["session"].isVisible()
    go_to_field(clerk, "session_kind")
    clerk.type("1")
    assert form.fields["session_kind"].value() is SessionKind.IN_SESSION
    assert form.fields["session"].isVisible()
    clerk.save()
    assert form.fields["session"].problem()
    assert form.fields["leader_id"].problem()
    assert clerk.case().progress.state is State.REGISTERED


def test_a_suggestion_is_talked_over_answered_and_judged(clerk: Clerk) -> None:
    """面商 stands on the timeline; result and attitude are asked for apart, and shown."""
    convert(clerk)
    choose_in_menu(clerk, "登记面商")
    go_to_field(clerk, "text")
    clerk.type("一起看了水渠，没有不同意见。")
    clerk.save()
    assert "面商　镇城建办与曾丽萍" in clerk.page.panel.texts()
    assert "2026-11-22 面商" in clerk.page.panel.texts()
    today = clerk.desks.clock.today().isoformat()
    case_id = clerk.case().id
    clerk.page.publish(
        clerk.desks.opinions.move(case_id, MoveDraft(Move.ANSWER, today, text="已清淤。", answer_class="A"))
    )
    clerk.page.open_item((case_id, Move.FEED_BACK))
    form = open_form(clerk)
    go_to_field(clerk, "way")
    clerk.choose("当面")
    go_to_field(clerk, "satisfaction")
    clerk.choose("满意")
    assert form.fields["attitude"].isAncestorOf(clerk.focus())
    clerk.choose("基本满意")
    clerk.save()
    case = clerk.case()
    assert case.progress.state is State.CLOSED
    line = clerk.desks.suggestions.lines()[-1]
    assert (case.progress.satisfaction, line.attitude) == (Satisfaction.SATISFIED, Satisfaction.FAIRLY)
    assert "评价：满意，态度基本满意" in clerk.page.panel.texts()


def test_voters_matters_are_not_asked_about_the_attitude(clerk: Clerk) -> None:
    """Attitude belongs to suggestions only."""
    clerk.go_to("水渠")
    today = clerk.desks.clock.today().isoformat()
    unit = next(one for one in clerk.desks.settings.units() if one.tier is Tier.TOWNSHIP)
    case_id = clerk.case().id
    clerk.desks.opinions.move(case_id, MoveDraft(Move.HAND_OVER, today, tier=Tier.TOWNSHIP, unit_id=unit.id))
    clerk.page.publish(
        clerk.desks.opinions.move(case_id, MoveDraft(Move.ANSWER, today, text="已清淤。", answer_class="A"))
    )
    clerk.page.open_item((case_id, Move.FEED_BACK))
    assert "attitude" not in open_form(clerk).fields


def test_deputies_own_suggestion_is_registered_from_f2(clerk: Clerk) -> None:
    """The third choice; it waits for its hand-over when no day is given."""
    clerk.press(Key.Key_F2)
    choice = clerk.page.form()
    assert isinstance(choice, NewOpinionChoice)
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_Tab)
    assert choice.suggestion.hasFocus()
    clerk.press(Key.Key_Return)
    go_to_field(clerk, "title")
    clerk.type("关于增设校门口减速带的建议")
    go_to_field(clerk, "leader_id")
    clerk.choose("zlp")
    go_to_field(clerk, "words")
    clerk.type("放学时车多，建议设减速带。")
    clerk.save()
    assert clerk.page.form() is None
    case = clerk.case()
    assert (case.source, case.petitioner, case.title) == (Source.DEPUTY, "曾丽萍", "关于增设校门口减速带的建议")
    assert "第十八届闭会期间（未编号）代表建议" in clerk.page.panel.texts()
    assert case.progress.state is State.REGISTERED


def test_an_unfinished_suggestion_comes_back_as_it_was_typed(clerk: Clerk) -> None:
    """Levels, sessions and signers are kept in the draft too."""
    clerk.go_to("水渠")
    form = clerk.do(Move.HAND_OVER)
    clerk.type("4")
    go_to_field(clerk, "session_kind")
    clerk.type("1")
    go_to_field(clerk, "leader_id")
    clerk.choose("zlp")
    clerk.choose("oyjg")
    typed, body = form.values(), json.loads(json.dumps(form.draft_body()))
    form.show_problems(())
    other = MoveForm([clerk.case()], Move.HAND_OVER, clerk.desks, clerk.window.messages)
    other.bring_back(body)
    assert other.values() == typed
    assert other.fields["session"].isVisibleTo(other)
    form.mark_clean()


def test_facts_are_corrected_and_the_form_is_shown(clerk: Clerk, qtbot: QtBot) -> None:
    """更正 shows what is kept; the paper says it."""
    convert(clerk)
    choose_in_menu(clerk, "更正届次、代表")
    assert open_form(clerk).fields["number"].value() == "第7号"
    go_to_field(clerk, "remark")
    clerk.type("重点督办")
    clerk.save()
    suggestion = clerk.desks.suggestions.of_case(clerk.case().id)
    assert suggestion is not None
    assert (suggestion.remark, suggestion.seconders) == ("重点督办", ("欧阳建国", "单小芳"))
    choose_in_menu(clerk, "打印专用纸")
    window = next(one for one in clerk.window.findChildren(PaperWindow) if one.isVisible())
    qtbot.waitUntil(window.is_ready)
    window.close()


def test_mistaken_steps_of_a_suggestion_are_corrected(clerk: Clerk) -> None:
    """A corrected 面商 stays one, a corrected hand-over stays a suggestion and asks for no signers again."""
    convert(clerk)
    case_id = clerk.case().id
    clerk.desks.suggestions.record_meeting(case_id, "2026-11-22", "李工", "看了水渠")
    met = clerk.case().events[-1]
    form = StepCorrection(clerk.case(), met, clerk.desks, clerk.window.messages)
    form.fields["text"].set_value("看了水渠，商定先清淤")
    assert form.save()
    assert [line.met_on for line in clerk.desks.suggestions.lines()] == ["2026-11-22"]
    handed = next(one for one in clerk.case().events if one.kind is EventKind.HANDED_OVER)
    form = StepCorrection(clerk.case(), handed, clerk.desks, clerk.window.messages)
    assert "leader_id" not in form.fields
    form.fields["text"].set_value("请先勘查")
    assert form.save()
    case = clerk.case()
    assert (case.progress.tier, case.progress.unit) == (Tier.SUGGESTION, "镇城建办")
    assert clerk.desks.suggestions.of_case(case_id) is not None
