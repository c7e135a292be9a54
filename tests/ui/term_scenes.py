"""Pictures of checking the roster, of terms and who represents a village, and of every step of a change of term."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.domain.term_change import Fate
from station_app.station import Desks
from station_app.ui.checking_page import CheckingPage
from station_app.ui.terms_page import TermsPage
from tests.picture_scenes import Shot
from tests.term_station import term_station, write_new_list
from tests.ui.window_seat import page_of

Prepare = Callable[[Shot], None]
NEW_LIST = "第十九届代表名单.xlsx"


def _before_the_change(folder: Path) -> Desks:
    """Make a station before a change of term, and the list of the new one."""
    desks = term_station(folder / "禾溪.station")
    write_new_list(folder / NEW_LIST, desks)
    return desks


def _checking(shot: Shot) -> CheckingPage:
    return page_of(shot, "checking", CheckingPage)


def _terms(shot: Shot) -> TermsPage:
    return page_of(shot, "terms", TermsPage)


def _check(shot: Shot) -> None:
    page = _checking(shot)
    for _ in range(5):
        page.confirm()
    page.skip()
    page.unreached()
    assert page._form is not None
    page._form.fields["note"].set_value("电话无人接听")
    page._form.save()
    shot.rest()


def _check_change(shot: Shot) -> None:
    page = _checking(shot)
    page.confirm()
    page.change()


def _check_unreached(shot: Shot) -> None:
    page = _checking(shot)
    page.unreached()


def _check_done(shot: Shot) -> None:
    page = _checking(shot)
    for _ in range(80):
        page.confirm()


def _overview(shot: Shot) -> None:
    page = _terms(shot)
    page.panel.represent.day.set_value("2023-05-01")
    page.panel.represent.show_answer()


def _district_form(shot: Shot) -> None:
    page = _terms(shot)
    page.panel.districts.select("枫林村选区")
    page.panel._ask("edit", "constituency")


def _term_form(shot: Shot) -> None:
    _terms(shot).panel._ask("new", "term")


def _step(number: int, shot: Shot) -> None:
    page = _terms(shot)
    page.new()
    panel = page.change
    assert panel is not None
    panel.step_on()
    if number == 0:
        panel.step_back()
        return
    outgoing = panel.steps[1]
    ids = [one.deputy_id for one in panel.change.outgoing]
    if number == 1:
        change = panel.change.deciding(ids[:30], fate=Fate.CARRIED).deciding(ids[30:50], fate=Fate.ENDED)
        outgoing._set(change)  # type: ignore[attr-defined]  # it is a TermOutgoing
        return
    panel.step_on()
    shot.told.answers = [shot.folder / NEW_LIST]
    panel.steps[2].read()  # type: ignore[attr-defined]  # it is a TermElected
    shot.rest()
    for _ in range(number - 2):
        if panel.change.step == 2:
            panel.steps[2].answer(1)  # type: ignore[attr-defined]
        panel.step_on()


def _columns(shot: Shot) -> None:
    page = _terms(shot)
    page.new()
    panel = page.change
    assert panel is not None
    panel.step_on()
    panel.step_on()
    odd = (shot.folder / NEW_LIST).with_suffix(".csv")
    odd.write_text("当选人,所属片,手机\n韦东,枫林村选区,14000009901\n", encoding="utf-8")
    shot.told.answers = [odd]
    panel.steps[2].read()  # type: ignore[attr-defined]  # it is a TermElected


_STATES: dict[str, Prepare] = {
    "page-checking": _check,
    "page-checking-change": _check_change,
    "page-checking-unreached": _check_unreached,
    "page-checking-done": _check_done,
    "page-terms": _overview,
    "page-terms-district": _district_form,
    "page-terms-form": _term_form,
    "page-term-change-columns": _columns,
    **{f"page-term-change-{number + 1}": partial(_step, number) for number in range(5)},
}
SCENES: dict[str, Callable[[Path], QWidget]] = {
    name: partial(Shot, page="today", prepare=prepare, desks=_before_the_change) for name, prepare in _STATES.items()
}
SIZES: dict[str, tuple[int, int]] = {}
SCENES |= {f"{name}-small": scene for name, scene in SCENES.items()}
SIZES |= {name: (1024, 700) for name in SCENES if name.endswith("-small")}
