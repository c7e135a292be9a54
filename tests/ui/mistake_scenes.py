"""Pictures of what helps after a mistake: the last steps, what was deleted, forms that were not finished."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.reception import DayState
from station_app.domain.station import Tier, Unit
from station_app.ui.messages import Unsaved
from station_app.ui.undo_list import UndoList
from tests.picture_scenes import Shot
from tests.ui.typing_clerk import open_form, type_in


def _do_some(shot: Shot) -> None:
    desks = shot.desks
    desks.roster.save_deputy(Deputy("莫一凡", mandates=(Mandate(Level.TOWNSHIP),)))
    case = desks.opinions.cases()[-1]
    shot.changes.publish(desks.opinions.correct_words(case.id, "水渠清淤", "农业农村", case.village, urgent=True))
    shot.changes.publish(desks.settings.save_unit(Unit(0, "", "镇林业站", Tier.TOWNSHIP)))
    shot.changes.publish(desks.reception.print_blank_forms(20))


def _steps(shot: Shot) -> None:
    _do_some(shot)
    shot.show_steps()
    shot.rest()
    (steps,) = shot.findChildren(UndoList)
    steps.steps.setCurrentRow(2)
    steps.setParent(shot, Qt.WindowType.Widget)
    steps.move((shot.width() - steps.width()) // 2, (shot.height() - steps.height()) // 2)
    steps.setAutoFillBackground(True)
    steps.show()


def _deleted(shot: Shot) -> None:
    _do_some(shot)
    desks = shot.desks
    desks.roster.delete_deputy(desks.roster.deputies()[-1].id)
    desks.grouping.delete_group(desks.grouping.groups()[0].id)
    planned = next(day for day in desks.days.between() if day.state is DayState.PLANNED)
    desks.days.take_off(planned.id, planned.attendance[0].deputy_id)
    desks.housekeeping.undo(back_to=desks.housekeeping.undoable()[0].id)
    desks.days.delete(planned.id)
    shot.page("deleted").reload()


def _typed(shot: Shot, name: str) -> None:
    form = open_form(shot, name)
    type_in(form)
    shot.keep_drafts()


def _offered(shot: Shot) -> None:
    _typed(shot, "登记代表意见")
    page = shot.current_page()
    assert page is not None
    form = page.unfinished()
    assert form is not None
    form.leave_with(Unsaved.KEEP)
    open_form(shot, "登记代表意见")


def _today(shot: Shot) -> None:
    for name in ("登记接待", "交办 / 转办", "新增代表", "新增承办单位"):
        _typed(shot, name)
    shot.show_page("today")


def _offered_section(shot: Shot) -> None:
    _typed(shot, "联络站")
    page = shot.current_page()
    assert page is not None
    form = page.unfinished()
    assert form is not None
    form.leave_with(Unsaved.KEEP)
    shot.page("settings").open_item("编号")
    shot.page("settings").open_item("联络站")


def _scene(page: str, prepare: Callable[[Shot], None]) -> Callable[[Path], QWidget]:
    return lambda folder: Shot(folder, page, prepare)


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "mistake-steps": _scene("opinions", _steps),
    "mistake-deleted": _scene("deleted", _deleted),
    "mistake-nothing-deleted": _scene("deleted", lambda _shot: None),
    "mistake-offered": _scene("opinions", _offered),
    "mistake-offered-settings": _scene("settings", _offered_section),
    "mistake-today": _scene("today", _today),
    "mistake-typing": _scene("opinions", lambda shot: _typed(shot, "交办 / 转办")),
}
SIZES = dict.fromkeys(SCENES, (1024, 700))
