"""Scenes of papers for `tests.pictures`: after a hand-over, the menu, the window before printing, settings, a code typed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from station_app.domain.moves import Move
from station_app.domain.paper_rules import paper_problem
from station_app.domain.papers import PaperKind
from station_app.domain.station import Tier
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.paper_menu import PaperMenu
from station_app.ui.paper_section import PaperSection
from station_app.ui.paper_window import PaperWindow
from station_app.ui.settings_page import SettingsPage
from tests.picture_scenes import TODAY, Shot
from tests.ui.keyboard import type_text


def _page(shot: Shot) -> OpinionsPage:
    page = shot.page("opinions")
    assert isinstance(page, OpinionsPage)
    return page


def _fitting(shot: Shot, kind: PaperKind, most: int) -> list[int]:
    cases = [case for case in shot.desks.opinions.cases() if case.progress.is_open]
    return [case.id for case in cases if not paper_problem(kind, [case])][-most:]


def _handed_over(shot: Shot) -> None:
    page = _page(shot)
    unit = next(one for one in shot.desks.settings.units() if one.tier is Tier.TOWNSHIP)
    cases = shot.desks.opinions.cases()
    case = next(one for one in reversed(cases) if Move.HAND_OVER in shot.desks.opinions.moves(one))
    page.open_item((case.id, Move.HAND_OVER))
    form = page.form()
    assert form is not None
    form.set_values({"unit_id": unit.id, "on": TODAY.isoformat()})  # type: ignore[union-attr]  # the open form is a MoveForm
    form.save()  # type: ignore[union-attr]  # as above


def _printed(shot: Shot) -> None:
    case_id = _fitting(shot, PaperKind.URGING, 1)[0]
    shot.desks.papers.issue(PaperKind.HAND_OVER, [case_id])
    done = shot.desks.papers.issue(PaperKind.URGING, [case_id])
    shot.changes.publish(done)
    _page(shot).open_item(case_id)


def _window(kind: PaperKind, most: int, shot: Shot) -> None:
    offers = shot.desks.papers.offers(_fitting(shot, kind, most))
    _page(shot).open_paper(next(offer for offer in offers if offer.kind is kind))
    shot.rest()
    paper = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PaperWindow) and one.isVisible())
    paper.setParent(shot, Qt.WindowType.Widget)
    paper.setGeometry(shot.rect())
    paper.show()


def _settings(shot: Shot) -> None:
    page = shot.page("settings")
    assert isinstance(page, SettingsPage)
    page.go_to("文书")
    section = page.section()
    assert isinstance(section, PaperSection)
    section.show_kind(PaperKind.REFERRAL)
    section.fields["opening"].set_value("现将{件数}件意见建议（{期现}前）转请贵委研究处理。")
    section.save()


def _code(wrong: bool, shot: Shot) -> None:
    paper = shot.desks.papers.issue(PaperKind.HAND_OVER_LIST, _fitting(shot, PaperKind.HAND_OVER_LIST, 3)).value
    shot.focus_search()
    code = paper.code[:5] + ("Z" if paper.code[5] != "Z" else "Y") if wrong else paper.code
    type_text(f"{code[:3]} {code[3:]}")
    search = shot.top_bar.search
    assert search is not None
    search.look()


def _menu(shot: Shot) -> None:
    _page(shot).open_item(_fitting(shot, PaperKind.URGING, 1)[0])
    button = next(one for one in shot.findChildren(PaperMenu) if one.isVisible())
    menu = button.menu()
    menu.aboutToShow.emit()
    menu.setParent(shot, Qt.WindowType.Widget)
    menu.resize(menu.sizeHint())
    menu.move(button.mapTo(shot, QPoint(button.width() - menu.width(), -menu.height())))
    menu.show()


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "papers-after-hand-over": lambda folder: Shot(folder, "opinions", _handed_over),
    "papers-printed": lambda folder: Shot(folder, "opinions", _printed),
    "papers-menu": lambda folder: Shot(folder, "opinions", _menu),
    "papers-sheet": lambda folder: Shot(folder, "opinions", partial(_window, PaperKind.HAND_OVER, 1)),
    "papers-list": lambda folder: Shot(folder, "opinions", partial(_window, PaperKind.HAND_OVER_LIST, 6)),
    "papers-settings": lambda folder: Shot(folder, "settings", _settings),
    "papers-code": lambda folder: Shot(folder, "today", partial(_code, False)),
    "papers-code-wrong": lambda folder: Shot(folder, "today", partial(_code, True)),
}
SIZES = dict.fromkeys(SCENES, (1024, 700))
