"""Scenes of deputies' suggestions for `tests.pictures`: converting, the panel, 面商, deputies' own, papers, the ledger."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from station_app.domain.moves import Move
from station_app.domain.papers import PaperKind
from station_app.domain.progress import State
from station_app.domain.station import Tier
from station_app.domain.suggestion import SessionKind
from station_app.services.papers_desk import Offer
from station_app.ui.form import FormPanel
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.new_opinion_choice import NewOpinionChoice
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.paper_window import PaperWindow
from station_app.ui.suggestion_facts import SuggestionAction
from tests.picture_scenes import Shot


def _page(shot: Shot) -> OpinionsPage:
    page = shot.page("opinions")
    assert isinstance(page, OpinionsPage)
    return page


def _form(shot: Shot) -> FormPanel:
    form = _page(shot).form()
    assert isinstance(form, FormPanel)
    return form


def _newest(shot: Shot) -> int:
    return shot.desks.suggestions.lines()[-1].case.id


def _convert(wrong: bool, shot: Shot) -> None:
    cases = shot.desks.opinions.cases()
    case = next(one for one in reversed(cases) if one.progress.state is State.STUDIED)
    _page(shot).open_item((case.id, Move.HAND_OVER))
    form = _form(shot)
    form.fields["tier"].set_value(Tier.SUGGESTION)
    form.fields["tier"].changed.emit()
    form.fields["tier"].setFocus()
    if wrong:
        form.fields["session_kind"].set_value(SessionKind.IN_SESSION)
        form.fields["session_kind"].changed.emit()
        form.save()


def _panel(shot: Shot) -> None:
    _page(shot).open_item(_newest(shot))


def _meet(shot: Shot) -> None:
    _panel(shot)
    _page(shot).open_suggestion(SuggestionAction.MEET)


def _correct(shot: Shot) -> None:
    _panel(shot)
    _page(shot).open_suggestion(SuggestionAction.CORRECT)


def _choice(shot: Shot) -> None:
    _page(shot).new()


def _own(shot: Shot) -> None:
    _page(shot).new()
    choice = _page(shot).form()
    assert isinstance(choice, NewOpinionChoice)
    choice.suggestion.click()


def _paper(shot: Shot) -> None:
    _panel(shot)
    _page(shot).open_suggestion(SuggestionAction.PRINT)
    _bring_up(shot)


def _survey(shot: Shot) -> None:
    case_id = next(one.case.id for one in reversed(shot.desks.suggestions.lines()) if one.case.progress.answer)
    _page(shot).open_paper(Offer(PaperKind.SURVEY, (case_id,), ""))
    _bring_up(shot)


def _bring_up(shot: Shot) -> None:
    shot.rest()
    paper = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PaperWindow) and one.isVisible())
    paper.setParent(shot, Qt.WindowType.Widget)
    paper.setGeometry(shot.rect())
    paper.show()


def _ledger(shot: Shot) -> None:
    page = shot.page("ledgers")
    assert isinstance(page, LedgersPage)
    page.choice.open("suggestions")


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "suggestion-convert": lambda folder: Shot(folder, "opinions", partial(_convert, False)),
    "suggestion-convert-wrong": lambda folder: Shot(folder, "opinions", partial(_convert, True)),
    "suggestion-panel": lambda folder: Shot(folder, "opinions", _panel),
    "suggestion-meet": lambda folder: Shot(folder, "opinions", _meet),
    "suggestion-correct": lambda folder: Shot(folder, "opinions", _correct),
    "suggestion-choice": lambda folder: Shot(folder, "opinions", _choice),
    "suggestion-own": lambda folder: Shot(folder, "opinions", _own),
    "suggestion-paper": lambda folder: Shot(folder, "opinions", _paper),
    "suggestion-survey": lambda folder: Shot(folder, "opinions", _survey),
    "suggestion-ledger": lambda folder: Shot(folder, "ledgers", _ledger),
}
SIZES = dict.fromkeys(SCENES, (1024, 700))
