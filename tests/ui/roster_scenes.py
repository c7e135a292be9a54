"""The page 代表 in the states a clerk meets: table, cards, trees, an earlier day, and the short forms of a deputy."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.documents.drawn_photos import drawn_photo
from station_app.domain.people import Leave
from station_app.ui.deputy_form import DeputyForm
from station_app.ui.portrait_form import PortraitForm
from station_app.ui.roster_page import RosterPage
from station_app.ui.roster_tree import TREE_LABELS, TreeKind
from tests.picture_scenes import Shot


def _page(shot: Shot) -> RosterPage:
    page = shot.page("roster")
    assert isinstance(page, RosterPage)
    return page


def _table(shot: Shot) -> None:
    page = _page(shot)
    page.table.select(page.table.rows()[3].deputy_id)


def _cards(shot: Shot) -> None:
    page = _page(shot)
    page.views.switch.setChecked(True)


def _tree(kind: TreeKind, shot: Shot) -> None:
    page = _page(shot)
    page.columns.go_left()
    page.left.choice.setCurrentText(TREE_LABELS[kind])
    tree = page.left.tree.tree
    branch = tree.topLevelItem(2)
    assert branch is not None
    branch.setExpanded(True)
    tree.setCurrentItem(branch)


def _past(shot: Shot) -> None:
    page = _page(shot)
    page.filters.day.set_value("2024-05-01")
    page.filters.day.edit.editingFinished.emit()


def _form(shot: Shot) -> None:
    page = _page(shot)
    page.table.select(page.table.rows()[3].deputy_id)
    page.edit()


def _form_end(shot: Shot) -> None:
    _form(shot)
    form = _page(shot).editor
    assert isinstance(form, DeputyForm)
    form.leaves.add_row()
    form.show_more()


def _card_end(shot: Shot) -> None:
    page = _page(shot)
    page.table.select(page.table.rows()[3].deputy_id)
    bar = page.card.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _act(name: str, shot: Shot) -> None:
    page = _page(shot)
    page.table.select(page.table.rows()[3].deputy_id)
    page.acts.all()[name][2]()


def _new_portrait(shot: Shot) -> None:
    page = _page(shot)
    page.table.select(page.table.rows()[8].deputy_id)
    page.acts.portrait()
    form = page.editor
    assert isinstance(form, PortraitForm)
    form.photo.take(drawn_photo("lamp", "2026-11-25"))
    for _ in range(4):
        form.photo.cropper.zoom(1.1)
    form.photo.cropper.move_frame(0.1, -0.05)


def _back_from_leave(shot: Shot) -> None:
    page = _page(shot)
    deputy_id = page.table.rows()[3].deputy_id
    today = shot.desks.clock.today().isoformat()
    page.publish(shot.desks.roster.take_leave(deputy_id, Leave(today, "", "外出务工")))
    page.table.select(deputy_id)
    page.acts.leave()


def _away(shot: Shot) -> None:
    page = _page(shot)
    deputy_id = page.table.rows()[3].deputy_id
    page.publish(shot.desks.roster.move_out(deputy_id, shot.desks.clock.today().isoformat(), "县城东街道联络站"))
    page.open_item(deputy_id)


_STATES: dict[str, Callable[[Shot], None]] = {
    "table": _table,
    "cards": _cards,
    "past": _past,
    "form": _form,
    "form-end": _form_end,
    "card-end": _card_end,
    "end": partial(_act, "end"),
    "leave": partial(_act, "leave"),
    "back": _back_from_leave,
    "move": partial(_act, "move"),
    "away": _away,
    "portrait-new": _new_portrait,
    "portrait": partial(_act, "portrait"),
    **{f"tree-{kind}": partial(_tree, kind) for kind in TreeKind if kind is not TreeKind.GROUP},
}


def _shot(prepare: Callable[[Shot], None], folder: Path) -> QWidget:
    return Shot(folder, "roster", prepare)


SCENES = {f"roster-{name}": partial(_shot, prepare) for name, prepare in _STATES.items()}
SCENES |= {f"roster-{name}-small": partial(_shot, _STATES[name]) for name in ("table", "cards", "form", "tree-village")}
SIZES = {name: (1024, 700) for name in SCENES if name.endswith("-small")}
