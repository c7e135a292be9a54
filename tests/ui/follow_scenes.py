"""Scenes of following matters for `tests.pictures`: corrections, several at once, limits, holidays."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from station_app.domain.agenda import TodoGroup
from station_app.domain.events import Event, EventKind
from station_app.domain.legality import correction_problem
from station_app.domain.limits import Limit, Measure, SpecialLimit
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.domain.station import Tier
from station_app.ui.holidays_section import HolidaysSection
from station_app.ui.limits_section import LimitsSection
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.settings_page import SettingsPage
from station_app.ui.today_page import TodayPage
from tests.picture_scenes import Shot


def _page(shot: Shot) -> OpinionsPage:
    page = shot.page("opinions")
    assert isinstance(page, OpinionsPage)
    return page


def _answered(shot: Shot) -> Case:
    """Return a matter whose answer can be corrected."""
    cases = reversed(shot.desks.opinions.cases())
    return next(case for case in cases if case.progress.answered_on and case.progress.is_open and case.progress.tier)


def _answer_of(case: Case) -> Event:
    return next(event for event in reversed(case.events) if event.kind is EventKind.ANSWERED)


def _mistaken(shot: Shot) -> None:
    """Show a timeline with a step taken back and one said rightly."""
    case = _answered(shot)
    answer = _answer_of(case)
    assert not correction_problem(case.events, answer, answer)
    _correct(shot)
    page = _page(shot)
    form = page.form()
    form.fields["text"].set_value("经现场核实，已全部修复，并请代表到场看过。")  # type: ignore[union-attr]  # a StepCorrection
    form.save()  # type: ignore[union-attr]  # as above
    done = shot.desks.opinions.correct_event(
        case.id, shot.desks.opinions.case(case.id).events[-1].uid, None, "记到别的件上了"
    )
    page.publish(done)
    shot.rest()
    area = page.panel.findChild(QScrollArea)
    assert area is not None
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def _steps(shot: Shot) -> None:
    page = _page(shot)
    page.open_item(_answered(shot).id)
    page.panel.steps_asked.emit()


def _correct(shot: Shot) -> None:
    _steps(shot)
    _page(shot).form().correct.click()  # type: ignore[union-attr]  # a StepChoice


def _take_back(shot: Shot) -> None:
    _steps(shot)
    _page(shot).form().take_back.click()  # type: ignore[union-attr]  # as above


def _beside(shot: Shot) -> None:
    """Show a matter with separate and assisting units, received, given back once, and an extension asked for."""
    opinions = shot.desks.opinions
    case = next(one for one in reversed(opinions.cases()) if Move.HAND_OVER in opinions.moves(one))
    units = [unit.id for unit in shot.desks.settings.units() if unit.tier is Tier.TOWNSHIP]
    on = max(event.on for event in case.events)
    draft = MoveDraft(Move.HAND_OVER, on, tier=Tier.TOWNSHIP, unit_id=units[0])
    opinions.move(case.id, draft)
    opinions.move(case.id, MoveDraft(Move.RETURN, on, text="不属本所职责"))
    opinions.move(case.id, replace(draft, unit_id=units[1], assisting_ids=(units[2],), separate_ids=(units[3],)))
    opinions.move(case.id, MoveDraft(Move.RECEIVE, on))
    done = opinions.move(case.id, MoveDraft(Move.ASK_EXTENSION, on, text="待资金到位", due_on="2027-03-31"))
    shot.changes.publish(done)
    _page(shot).open_item(case.id)
    shot.rest()
    area = _page(shot).panel.findChild(QScrollArea)
    assert area is not None
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum() // 2)


def _together(shot: Shot) -> None:
    """Go from the line of a group on 今日 to its matters, chosen together."""
    page = shot.page("today")
    assert isinstance(page, TodayPage)
    row = next(row for row in page.todo.rows() if row.item.group is TodoGroup.TO_FEED_BACK)
    page.todo.select((row.item.group, row.item.case_id, row.item.day_id))
    page.todo.setFocus()
    QTest.keyClick(page.todo.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _limits(shot: Shot) -> LimitsSection:
    page = shot.page("settings")
    assert isinstance(page, SettingsPage)
    page.go_to("办理期限")
    section = page.section()
    assert isinstance(section, LimitsSection)
    special = section.fields["special"]
    special.set_value(
        (
            SpecialLimit("医疗", Tier.TOWNSHIP, Limit(20, Measure.WORKING_DAY)),
            SpecialLimit("安全", None, Limit(10, Measure.DAY)),
        )
    )
    shot.rest()
    section.area.ensureWidgetVisible(special)
    return section


def _special(shot: Shot) -> None:
    _limits(shot)


def _moved(shot: Shot) -> None:
    _limits(shot).save()


def _section(shot: Shot, title: str) -> None:
    page = shot.page("settings")
    assert isinstance(page, SettingsPage)
    page.go_to(title)


def _holidays(shot: Shot) -> None:
    _section(shot, "放假安排")
    page = shot.page("settings")
    assert isinstance(page, SettingsPage)
    section = page.section()
    assert isinstance(section, HolidaysSection)
    section.fields["text"].set_value(
        "元旦：1月1日至3日放假，共3天。\n春节：2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。"
    )
    section.fields["text"].changed.emit()


_STEPS: dict[str, tuple[str, Callable[[Shot], None]]] = {
    "steps-mistaken": ("opinions", _mistaken),
    "steps-choice": ("opinions", _steps),
    "steps-correct": ("opinions", _correct),
    "follow-beside": ("opinions", _beside),
    "follow-together": ("today", _together),
    "limits-special": ("settings", _special),
    "limits-moved": ("settings", _moved),
    "holidays-empty": ("settings", lambda shot: _section(shot, "放假安排")),
    "holidays-pasted": ("settings", _holidays),
    "steps-take-back": ("opinions", _take_back),
}


SCENES: dict[str, Callable[[Path], QWidget]] = {
    name: partial(Shot, page=page, prepare=prepare) for name, (page, prepare) in _STEPS.items()
}
SIZES = dict.fromkeys(SCENES, (1024, 700))
