"""Pictures of reporting a month, and of erasing a person's data."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QWidget

from station_app.domain.issued import IssueDraft
from station_app.domain.periods import Period, month
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.station import Desks
from station_app.ui.erasing_list import ErasingList
from station_app.ui.erasing_window import ErasingWindow, show_confirmation
from station_app.ui.issue_list import IssueList
from station_app.ui.issue_window import IssueWindow
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.paper_window import PaperWindow
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.station_window import StationWindow
from tests.picture_scenes import demo_desks

OCTOBER, NOVEMBER = month("2026-10"), month("2026-11")
Over = Callable[["IssueShot"], QWidget | None]


class IssueShot(StationWindow):
    """A window over the demo; a dialog over it is drawn into it."""

    def __init__(self, folder: Path, over: Over) -> None:
        super().__init__(demo_desks(folder), window_settings(str(folder / "window.ini")), RecordedMessages())
        self._over = over

    def before_picture(self) -> None:
        """Open what is wanted and lay it into the middle."""
        self.activateWindow()
        dialog = self._over(self)
        self.rest()
        if dialog is not None:
            dialog.setParent(self, Qt.WindowType.Widget)
            dialog.setAutoFillBackground(True)
            dialog.move((self.width() - dialog.width()) // 2, (self.height() - dialog.height()) // 2)
            dialog.show()
            self.rest()

    def rest(self) -> None:
        """Wait for jobs and timers."""
        for turn in range(200):
            loop = QEventLoop()
            QTimer.singleShot(50, loop.quit)
            loop.exec()
            if not self.jobs.busy and turn > 5:
                return


def _report(desks: Desks, span: Period = OCTOBER) -> None:
    desks.issuing.keep(desks.issuing.pack(span, IssueDraft("2026-11-02", "清源县人大常委会")))


def _late(desks: Desks) -> None:
    """Enter a paper form of October after that was reported; the clock of the pictures stands, the log's is moved on."""
    opinion = OpinionDraft(words="村口路灯不亮", category="基础设施")
    visitor = VisitorDraft("示例甲", phone="14000000001")
    desks.reception.register_visit(
        VisitDraft(on="2026-10-28", visitor=visitor, receivers=(Receiver("肖敏"),), opinions=(opinion,), paper=True)
    )


def _page(shot: IssueShot) -> QWidget | None:
    _report(shot.desks)
    shot.open_page("ledgers", "month")
    page = shot.current_page()
    assert isinstance(page, LedgersPage)
    page.choice.period.step(-1)
    return None


def _form(shot: IssueShot) -> QWidget | None:
    shot.show_page("ledgers")
    return IssueWindow(shot.shell, shot.desks, OCTOBER, shot)


def _again(shot: IssueShot) -> QWidget | None:
    _report(shot.desks)
    _late(shot.desks)
    return _form(shot)


def _too_early(shot: IssueShot) -> QWidget | None:
    shot.show_page("ledgers")
    return IssueWindow(shot.shell, shot.desks, NOVEMBER, shot)


def _list(shot: IssueShot) -> QWidget | None:
    _report(shot.desks, month("2026-09"))
    _report(shot.desks)
    _late(shot.desks)
    shot.show_page("ledgers")
    return IssueList(shot.shell, shot.desks, shot)


def _visit(desks: Desks) -> int:
    return next(one.id for one in desks.reception.visits_between("2026-01-01", "2026-11-20") if one.phone and one.name)


def _correction(shot: IssueShot) -> QWidget | None:
    shot.show_page("reception")
    page = shot.page("reception")
    assert isinstance(page, ReceptionPage)
    page.open_item(("visit", _visit(shot.desks)))
    return None


def _erasing(shot: IssueShot) -> QWidget | None:
    desks = shot.desks
    desks.housekeeping.back_up("定时")
    desks.housekeeping.back_up()
    shot.show_page("reception")
    return ErasingWindow(shot.shell, desks, desks.reception.visit(_visit(desks)), shot)


def _erase(desks: Desks) -> int:
    return desks.erasing.erase([_visit(desks)], "2026-11-24", "本人书面申请", words_too=True).step_id


def _erased(shot: IssueShot) -> QWidget | None:
    shot.desks.housekeeping.back_up()
    _erase(shot.desks)
    shot.open_page("log", None)
    return ErasingList(shot.shell, shot.desks, shot)


def _confirmation(shot: IssueShot) -> QWidget | None:
    shot.desks.housekeeping.back_up()
    step = _erase(shot.desks)
    show_confirmation(
        shot.shell, shot.desks, next(one for one in shot.desks.erasing.done() if one.step_id == step), shot
    )
    return next(one for one in shot.children() if isinstance(one, PaperWindow))


def _log(shot: IssueShot) -> QWidget | None:
    shot.open_page("log", None)
    return None


def _marked(shot: IssueShot) -> QWidget | None:
    shot.desks.housekeeping.back_up()
    _erase(shot.desks)
    shot.desks.housekeeping.back_up()
    shot.open_page("backups", None)
    return None


def _scene(over: Over) -> Callable[[Path], QWidget]:
    return lambda folder: IssueShot(folder, over)


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "issue-page": _scene(_page),
    "issue-form": _scene(_form),
    "issue-again": _scene(_again),
    "issue-too-early": _scene(_too_early),
    "issue-list": _scene(_list),
    "erasing-correction": _scene(_correction),
    "erasing-window": _scene(_erasing),
    "erasing-list": _scene(_erased),
    "erasing-paper": _scene(_confirmation),
    "erasing-log": _scene(_log),
    "erasing-backups": _scene(_marked),
}
SIZES = dict.fromkeys(SCENES, (1024, 700))
