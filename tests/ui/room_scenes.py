"""Pictures of rooms and posts: their list and form, days, forms, filters, and the figures by room."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.domain.periods import month
from station_app.domain.station import Branch
from station_app.station import Desks
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.list_section import ListSection
from station_app.ui.new_opinion_choice import NewOpinionChoice
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.room_window import RoomWindow
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_section import StationSection
from tests.picture_scenes import Shot
from tests.ui.roomy_station import roomy_station

Prepare = Callable[[Shot], None]


def _roomy(folder: Path) -> Desks:
    return roomy_station(folder / "禾溪.station")


def _settings(title: str, *, form: bool = False) -> Prepare:
    def prepare(shot: Shot) -> None:
        shot.open_page("settings", title)
        page = shot.current_page()
        assert isinstance(page, SettingsPage)
        if form:
            section = page.section()
            assert isinstance(section, ListSection)
            section.edit()

    return prepare


def _special(shot: Shot) -> None:
    """Make it the station of an enterprise and show what the settings call its places then."""
    _settings("联络站")(shot)
    page = shot.current_page()
    assert isinstance(page, SettingsPage)
    form = page.section()
    assert isinstance(form, StationSection)
    form.fields["branch"].set_value(Branch.ENTERPRISE)
    form.changed.emit()


def _reception(shot: Shot) -> ReceptionPage:
    shot.show_page("reception")
    page = shot.current_page()
    assert isinstance(page, ReceptionPage)
    return page


def _days(shot: Shot) -> None:
    page = _reception(shot)
    page.open_item(next(day.id for day in shot.desks.days.between() if day.starts == "14:30"))


def _day_form(shot: Shot) -> None:
    _reception(shot).new_day()


def _walk_in(shot: Shot) -> None:
    page = _reception(shot)
    page.days.select(0)
    page.new()


def _opinions(shot: Shot) -> None:
    shot.show_page("opinions")
    assert isinstance(shot.current_page(), OpinionsPage)


def _deputy_opinion(shot: Shot) -> None:
    shot.show_page("opinions")
    page = shot.current_page()
    assert isinstance(page, OpinionsPage)
    page.new()
    choice = page.form()
    assert isinstance(choice, NewOpinionChoice)
    choice.deputy_chosen.emit()


def _book(name: str) -> Prepare:
    def prepare(shot: Shot) -> None:
        shot.open_page("ledgers", name)
        page = shot.current_page()
        assert isinstance(page, LedgersPage)
        page.choice.by_room.set_value(name == "month")
        page.choice.changed.emit()

    return prepare


def _behind(folder: Path) -> QWidget:
    shot = Shot(folder, "today", desks=_roomy)
    return RoomWindow(shot.shell, shot.desks, month("2026-11"), shot)


def _scene(prepare: Prepare) -> Callable[[Path], QWidget]:
    return partial(Shot, page="today", prepare=prepare, desks=_roomy)


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "rooms-list": _scene(_settings("站室")),
    "rooms-form": _scene(_settings("站室", form=True)),
    "rooms-station": _scene(_settings("联络站")),
    "rooms-special": _scene(_special),
    "rooms-days": _scene(_days),
    "rooms-day-form": _scene(_day_form),
    "rooms-walk-in": _scene(_walk_in),
    "rooms-opinions": _scene(_opinions),
    "rooms-deputy-opinion": _scene(_deputy_opinion),
    "rooms-statistics": _scene(_book("rooms")),
    "rooms-behind": _behind,
    "rooms-month": _scene(_book("month")),
    "rooms-ledger": _scene(_book("opinions")),
}
SIZES = {**dict.fromkeys(SCENES, (1024, 700)), "rooms-behind": (960, 600)}
