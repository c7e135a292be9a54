"""The pages of the window over the demo station, each in the states a clerk meets, for `tests.pictures`."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from station_app.domain.moves import Move
from station_app.domain.reception import DayState, ReceptionDay
from station_app.station import Desks, make_demo
from station_app.support.clock import fixed_clock
from station_app.ui.day_list import OUTSIDE
from station_app.ui.log_page import LogPage
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.move_form import MoveForm
from station_app.ui.opinion_filters import OpinionFilter
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.paper_window import PaperWindow
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.record_history import show_history
from station_app.ui.roster_page import RosterPage
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from tests.ui.keyboard import type_text

TODAY = date(2026, 11, 25)
DEMO = Path("build") / "pictures" / "示范.station"
SAMPLES = Path(__file__).parent / "samples"


def demo_desks(folder: Path) -> Desks:
    """Open a copy of the demo station, with a reception going on today."""
    if not DEMO.exists():
        DEMO.parent.mkdir(parents=True, exist_ok=True)
        make_demo(DEMO, fixed_clock(TODAY)).close()
    path = folder / DEMO.name
    shutil.copy(DEMO, path)
    shutil.copy(DEMO.with_suffix(".attachments"), folder)
    desks = Desks.open(path, fixed_clock(TODAY))
    deputies = [deputy.id for deputy in desks.roster.serving()[3:5]]
    day = ReceptionDay(TODAY.isoformat(), place="圩镇流动接待点", market=True, topic="农田水利")
    desks.days.open(desks.days.save(day, tuple(deputies)).value)
    return desks


class Shot(StationWindow):
    """A window that comes to rest before its picture is taken.

    Args:
        folder: for the files of the scene.
        page: the page to begin with.
        prepare: brings the window into the state that is wanted.
        desks: makes the station; the demo unless told.
    """

    def __init__(
        self,
        folder: Path,
        page: str,
        prepare: Callable[["Shot"], None] | None = None,
        *,
        desks: Callable[[Path], Desks] = demo_desks,
    ) -> None:
        self.folder = folder
        self.told = RecordedMessages()
        super().__init__(desks(folder), window_settings(str(folder / "window.ini")), self.told)
        self._prepare = prepare
        self.show_page(page)

    def before_picture(self) -> None:
        """Bring the page into the state that is wanted."""
        self.activateWindow()
        self.rest()
        if self._prepare is not None:
            self._prepare(self)
            self.rest()

    def rest(self) -> None:
        """Wait for jobs and timers."""
        for _ in range(200):
            loop = QEventLoop()
            QTimer.singleShot(50, loop.quit)
            loop.exec()
            if not self.jobs.busy and _ > 5:
                return


def _register(shot: Shot) -> None:
    page = shot.page("reception")
    assert isinstance(page, ReceptionPage)
    page.new()
    shot.rest()
    form = page.editor
    known = next(visit for visit in shot.desks.reception.visits_between("2026-01-01", "2026-11-20") if visit.phone)
    type_text(known.name)
    form.visitor.phone.set_value(known.phone)  # type: ignore[union-attr]  # the open form is a VisitForm
    form.visitor.address.set_value("上坪村三组")  # type: ignore[union-attr]
    form.matter.words.edit.setFocus()  # type: ignore[union-attr]
    type_text("上坪三组的水渠从春上就淤了，晚稻灌不上水，组里二十几户都等着，去年讲过要清，没有人来。")


def _refused(shot: Shot) -> None:
    page = shot.page("reception")
    assert isinstance(page, ReceptionPage)
    page.new()
    shot.rest()
    page.editor.save()  # type: ignore[union-attr]  # the open form is a VisitForm


def _paper(shot: Shot) -> None:
    page = shot.page("reception")
    assert isinstance(page, ReceptionPage)
    page.enter_paper()


def _new_day(shot: Shot) -> None:
    page = shot.page("reception")
    assert isinstance(page, ReceptionPage)
    page.new_day()


def _move(move: Move, shot: Shot) -> None:
    page = shot.page("opinions")
    assert isinstance(page, OpinionsPage)
    for case in shot.desks.opinions.cases():
        if move in shot.desks.opinions.moves(case):
            page.open_item((case.id, move))
            return


def _roster_form(shot: Shot) -> None:
    page = shot.page("roster")
    assert isinstance(page, RosterPage)
    page.edit()


def _roster_import(shot: Shot) -> None:
    shot.told.answers = [SAMPLES / "代表花名册_禾溪镇.xlsx"]
    page = shot.page("roster")
    assert isinstance(page, RosterPage)
    page.start_import()


def _ledger(key: object, shot: Shot) -> None:
    shot.open_page("ledgers", key)


def _section(index: int, shot: Shot) -> None:
    page = shot.page("settings")
    assert isinstance(page, SettingsPage)
    page.sections.setCurrentRow(index)


def _log(shot: Shot) -> None:
    case = shot.desks.opinions.cases()[-1]
    shot.desks.opinions.correct_words(case.id, "水渠清淤", "农业农村", case.village, urgent=True)
    deputy = shot.desks.roster.deputies()[2]
    shot.desks.roster.save_deputy(replace(deputy, phone="14000000077", post="禾溪镇农业服务中心主任"))
    shot.desks.housekeeping.undo()
    page = shot.page("log")
    assert isinstance(page, LogPage)
    page.reload()
    page.check()
    page.table.select(page.table.rows()[2].id)


def _log_history(shot: Shot) -> None:
    case = next(case for case in shot.desks.opinions.cases() if len(case.events) > 5)
    show_history(shot.shell, "opinions", case.uid, "opinions")


def _log_paper(shot: Shot) -> None:
    page = shot.page("log")
    assert isinstance(page, LogPage)
    page.print_()
    shot.rest()
    paper = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PaperWindow) and one.isVisible())
    paper.setParent(shot, Qt.WindowType.Widget)
    paper.setGeometry(shot.rect())
    paper.show()


def _search(shot: Shot) -> None:
    shot.focus_search()
    type_text("水渠")
    assert shot.top_bar.search is not None
    shot.top_bar.search.look()


def _outside(shot: Shot) -> None:
    page = shot.page("reception")
    assert isinstance(page, ReceptionPage)
    page.days.select(OUTSIDE)


def _several(shot: Shot, *, handed_over: bool = False) -> None:
    page = shot.page("opinions")
    assert isinstance(page, OpinionsPage)
    page.filters.ask(OpinionFilter(state="registered"))
    page.table.view.selectAll()
    if handed_over:
        page.open_move(Move.HAND_OVER)
        form = page.form()
        assert isinstance(form, MoveForm)
        tier = form.values()["tier"]
        unit = next(one for one in shot.desks.settings.units() if one.tier is tier and not one.retired)
        form.fields["unit_id"].set_value(unit.id)
        assert form.save()


def _held(shot: Shot) -> None:
    held = [day for day in shot.desks.days.between() if day.state is DayState.HELD]
    shot.open_page("reception", held[-1].id)


def scenes() -> dict[str, Callable[[Path], QWidget]]:
    """Return every scene by name."""
    prepared: dict[str, tuple[str, Callable[[Shot], None] | None]] = {
        "page-today": ("today", None),
        "page-today-search": ("today", _search),
        "page-reception": ("reception", _held),
        "page-reception-form": ("reception", _register),
        "page-reception-refused": ("reception", _refused),
        "page-reception-paper": ("reception", _paper),
        "page-reception-day": ("reception", _new_day),
        "page-opinions": ("opinions", None),
        "page-reception-outside": ("reception", _outside),
        "page-opinions-several": ("opinions", _several),
        "page-opinions-handed-over": ("opinions", partial(_several, handed_over=True)),
        "page-roster": ("roster", None),
        "page-roster-form": ("roster", _roster_form),
        "page-roster-import": ("roster", _roster_import),
        "page-log": ("log", _log),
        "page-log-history": ("log", _log_history),
        "page-log-paper": ("log", _log_paper),
        "page-ledgers-visits": ("ledgers", partial(_ledger, "visits")),
        "page-ledgers-month": ("ledgers", partial(_ledger, "month")),
    }
    moves = (Move.STUDY, Move.HAND_OVER, Move.ANSWER, Move.FEED_BACK, Move.RATE, Move.REDIRECT)
    prepared |= {f"page-opinions-{move}": ("opinions", partial(_move, move)) for move in moves}
    prepared |= {f"page-settings-{index}": ("settings", partial(_section, index)) for index in range(10)}
    return {name: partial(Shot, page=page, prepare=prepare) for name, (page, prepare) in prepared.items()}
