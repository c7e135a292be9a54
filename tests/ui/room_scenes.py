"""Pictures of rooms and posts: their list and form, days, forms, filters, and the figures by room."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station_app.domain.periods import month
from station_app.domain.station import Branch
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.list_section import ListSection
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.new_opinion_choice import NewOpinionChoice
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.room_window import RoomWindow
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_section import StationSection
from station_app.ui.station_window import StationWindow
from tests.ui.roomy_station import roomy_station

Prepare = Callable[["RoomShot"], None]


class RoomShot(StationWindow):
    """A window over a station with rooms that comes to rest before its picture is taken."""

    def __init__(self, folder: Path, prepare: Prepare) -> None:
        desks = roomy_station(folder / "禾溪.station")
        super().__init__(desks, window_settings(str(folder / "window.ini")), RecordedMessages())
        self._prepare = prepare

    def before_picture(self) -> None:
        """Bring the page into the state that is wanted."""
        self.activateWindow()
        self._prepare(self)
        for turn in range(200):
            loop = QEventLoop()
            QTimer.singleShot(50, loop.quit)
            loop.exec()
            if not self.jobs.busy and turn > 8:
                return


def _settings(title: str, *, form: bool = False) -> Prepare:
    def prepare(shot: RoomShot) -> None:
        shot.open_page("settings", title)
        page = shot.current_page()
        assert isinstance(page, SettingsPage)
        if form:
            section = page.section()
            assert isinstance(section, ListSection)
            section.edit()

    return prepare


def _special(shot: RoomShot) -> None:
    """Make it the station of an enterprise and show what the settings call its places then."""
    _settings("联络站")(shot)
    page = shot.current_page()
    assert isinstance(page, SettingsPage)
    form = page.section()
    assert isinstance(form, StationSection)
    form.fields["branch"].set_value(Branch.ENTERPRISE)
    form.changed.emit()


def _reception(shot: RoomShot) -> ReceptionPage:
    shot.show_page("reception")
    page = shot.current_page()
    assert isinstance(page, ReceptionPage)
    return page


def _days(shot: RoomShot) -> None:
    page = _reception(shot)
    page.open_item(next(day.id for day in shot.desks.days.between() if day.starts == "14:30"))


def _day_form(shot: RoomShot) -> None:
    _reception(shot).new_day()


def _walk_in(shot: RoomShot) -> None:
    page = _reception(shot)
    page.days.select(0)
    page.new()


def _opinions(shot: RoomShot) -> None:
    shot.show_page("opinions")
    assert isinstance(shot.current_page(), OpinionsPage)


def _deputy_opinion(shot: RoomShot) -> None:
    shot.show_page("opinions")
    page = shot.current_page()
    assert isinstance(page, OpinionsPage)
    page.new()
    choice = page.form()
    assert isinstance(choice, NewOpinionChoice)
    choice.deputy_chosen.emit()


def _book(name: str) -> Prepare:
    def prepare(shot: RoomShot) -> None:
        shot.open_page("ledgers", name)
        page = shot.current_page()
        assert isinstance(page, LedgersPage)
        page.choice.by_room.set_value(name == "month")
        page.choice.changed.emit()

    return prepare


def _behind(folder: Path) -> QWidget:
    shot = RoomShot(folder, lambda _shot: None)
    return RoomWindow(shot.shell, shot.desks, month("2026-11"), shot)


def _scene(prepare: Prepare) -> Callable[[Path], QWidget]:
    return lambda folder: RoomShot(folder, prepare)


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
