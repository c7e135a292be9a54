"""Entries that are probably one person, on the page 代表 of the demo station, for `tests.pictures`."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from station_app.ui.roster_page import RosterPage
from station_app.ui.same_persons import SamePersons
from tests.picture_scenes import Shot


def _doubled(shot: Shot) -> RosterPage:
    """Enter two deputies a second time, as a hurried import would."""
    roster = shot.desks.roster
    first, second = roster.serving()[4:6]
    newer = tuple(replace(one, id=0, uid="") for one in first.mandates[-1:])
    again = replace(
        first, id=0, uid="", roster_order=0, mandates=newer, leaves=(), placements=(), photo_id=None, birth_month="",
        post=f"{first.post}、镇商会副会长", phone2="14000000099", skills="", education="本科", checked_on="",
    )  # fmt: skip
    shot.changes.publish(roster.save_deputy(again))
    namesake = replace(
        second, id=0, uid="", roster_order=0, leaves=(), placements=(), photo_id=None, phone="", checked_on="",
        mandates=tuple(replace(one, id=0, uid="") for one in second.mandates),
    )  # fmt: skip
    shot.changes.publish(roster.save_deputy(namesake))
    page = shot.page("roster")
    assert isinstance(page, RosterPage)
    shot.rest()
    return page


def _line(shot: Shot) -> None:
    _doubled(shot)


def _window(shot: Shot) -> None:
    page = _doubled(shot)
    page.acts.same_persons()
    shot.rest()
    (window,) = page.findChildren(SamePersons)
    window.fields.choose(1)
    window.setParent(shot, Qt.WindowType.Widget)
    window.resize(min(window.width(), shot.width() - 20), min(window.height(), shot.height() - 20))
    window.move((shot.width() - window.width()) // 2, (shot.height() - window.height()) // 2)
    window.setAutoFillBackground(True)
    window.show()


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "page-roster-doubled": partial(Shot, page="roster", prepare=_line),
    "window-same-persons": partial(Shot, page="roster", prepare=_window),
    "window-same-persons-small": partial(Shot, page="roster", prepare=_window),
}
SIZES: dict[str, tuple[int, int]] = {"window-same-persons-small": (1024, 700)}
