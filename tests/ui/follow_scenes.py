"""Scenes of following matters for `tests.pictures`: corrections, several at once, limits, holidays."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.domain.events import Event, EventKind
from station_app.domain.legality import correction_problem
from station_app.domain.opinion import Case
from station_app.ui.opinions_page import OpinionsPage
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
    done = shot.desks.opinions.correct_event(case.id, shot.desks.opinions.case(case.id).events[-1].uid, None, "记到别的件上了")
    page.publish(done)


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


_STEPS: dict[str, tuple[str, Callable[[Shot], None]]] = {
    "steps-mistaken": ("opinions", _mistaken),
    "steps-choice": ("opinions", _steps),
    "steps-correct": ("opinions", _correct),
    "steps-take-back": ("opinions", _take_back),
}


SCENES: dict[str, Callable[[Path], QWidget]] = {
    name: partial(lambda folder, page, prepare: Shot(folder, page, prepare), page=page, prepare=prepare)
    for name, (page, prepare) in _STEPS.items()
}
SIZES = dict.fromkeys(SCENES, (1024, 700))
