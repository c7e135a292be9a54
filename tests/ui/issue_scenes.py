"""Pictures of reporting a month, and of erasing a person's data."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
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
from station_app.ui.paper_window import PaperWindow
from station_app.ui.reception_page import ReceptionPage
from tests.picture_scenes import Shot

OCTOBER, NOVEMBER = month("2026-10"), month("2026-11")
Over = Callable[[Shot], QWidget | None]


def _report(desks: Desks, span: Period = OCTOBER) -> None:
    desks.issuing.keep(desks.issuing.pack(span, IssueDraft("2026-11-02", "清源县人大常委会")))


def _late(desks: Desks) -> None:
    """Enter a paper form of October after that was reported; the clock of the pictures stands, the log's is moved on."""
    opinion = OpinionDraft(words="村口路灯不亮", category="基础设施")
    visitor = VisitorDraft("示例甲", phone="14000000001")
    desks.reception.register_visit(
        VisitDraft(on="2026-10-28", visitor=visitor, receivers=(Receiver("肖敏"),), opinions=(opinion,), paper=True)
    )


def _page(shot: Shot) -> QWidget | None:
    _report(shot.desks)
    shot.open_page("ledgers", "month")
    page = shot.current_page()
    assert isinstance(page, LedgersPage)
    page.choice.period.step(-1)
    return None


def _form(shot: Shot) -> QWidget | None:
    shot.show_page("ledgers")
    return IssueWindow(shot.shell, shot.desks, OCTOBER, shot)


def _again(shot: Shot) -> QWidget | None:
    _report(shot.desks)
    _late(shot.desks)
    return _form(shot)


def _too_early(shot: Shot) -> QWidget | None:
    shot.show_page("ledgers")
    return IssueWindow(shot.shell, shot.desks, NOVEMBER, shot)


def _list(shot: Shot) -> QWidget | None:
    _report(shot.desks, month("2026-09"))
    _report(shot.desks)
    _late(shot.desks)
    shot.show_page("ledgers")
    return IssueList(shot.shell, shot.desks, shot)


def _visit(desks: Desks) -> int:
    return next(one.id for one in desks.reception.visits_between("2026-01-01", "2026-11-20") if one.phone and one.name)


def _correction(shot: Shot) -> QWidget | None:
    shot.show_page("reception")
    page = shot.page("reception")
    assert isinstance(page, ReceptionPage)
    page.open_item(("visit", _visit(shot.desks)))
    return None


def _erasing(shot: Shot) -> QWidget | None:
    desks = shot.desks
    desks.housekeeping.back_up("定时")
    desks.housekeeping.back_up()
    shot.show_page("reception")
    return ErasingWindow(shot.shell, desks, desks.reception.visit(_visit(desks)), shot)


def _erase(desks: Desks) -> int:
    return desks.erasing.erase([_visit(desks)], "2026-11-24", "本人书面申请", words_too=True).step_id


def _erased(shot: Shot) -> QWidget | None:
    shot.desks.housekeeping.back_up()
    _erase(shot.desks)
    shot.open_page("log", None)
    return ErasingList(shot.shell, shot.desks, shot)


def _confirmation(shot: Shot) -> QWidget | None:
    shot.desks.housekeeping.back_up()
    step = _erase(shot.desks)
    show_confirmation(
        shot.shell, shot.desks, next(one for one in shot.desks.erasing.done() if one.step_id == step), shot
    )
    return next(one for one in shot.children() if isinstance(one, PaperWindow))


def _log(shot: Shot) -> QWidget | None:
    shot.open_page("log", None)
    return None


def _marked(shot: Shot) -> QWidget | None:
    shot.desks.housekeeping.back_up()
    _erase(shot.desks)
    shot.desks.housekeeping.back_up()
    shot.open_page("backups", None)
    return None


def _scene(over: Over) -> Callable[[Path], QWidget]:
    def prepare(shot: Shot) -> None:
        """Open what is wanted and lay it into the middle."""
        dialog = over(shot)
        shot.rest()
        if dialog is not None:
            dialog.setParent(shot, Qt.WindowType.Widget)
            dialog.setAutoFillBackground(True)
            dialog.move((shot.width() - dialog.width()) // 2, (shot.height() - dialog.height()) // 2)
            dialog.show()

    return partial(Shot, page="today", prepare=prepare)


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
