"""Similar matters, namesakes and merging in the pages of the demo station, for `tests.pictures`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.ui.move_form import MoveForm
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.reception_page import ReceptionPage
from tests.picture_scenes import TODAY, Shot
from tests.ui.keyboard import type_text


def _page(shot: Shot) -> OpinionsPage:
    page = shot.page("opinions")
    assert isinstance(page, OpinionsPage)
    return page


def _kindred(shot: Shot) -> list[Case]:
    """Return an open matter that is with a unit, and open ones of its village that may be merged into it."""
    shot.desks.similar.get_ready()
    current = [one for one in shot.desks.opinions.cases() if one.progress.is_open and not one.progress.main_id]
    main = next(one for one in reversed(current) if one.progress.unit and shot.desks.similar.raised_before(one))
    mains = {one.progress.main_id for one in shot.desks.opinions.cases()}
    free = [one for one in current if one.id not in {main.id, *mains}]
    near = [one for one in free if one.village == main.village]
    others = [one for one in free if one.village != main.village]
    return [main, *(near + others)[:3]]


def _registering(shot: Shot, *, linked: bool) -> None:
    page = shot.page("reception")
    assert isinstance(page, ReceptionPage)
    page.new()
    shot.rest()
    form = page.editor
    main = _kindred(shot)[0]
    visits = shot.desks.reception.visits_between("2024-01-01", "2026-11-20")
    names = [visit.name for visit in visits if visit.name]
    type_text(max(set(names), key=names.count))
    form.visitor.address.set_value(f"{main.village}三组")  # type: ignore[union-attr]  # the open form is a VisitForm
    form.matter.words.edit.setFocus()  # type: ignore[union-attr]
    type_text(main.words[:40])
    form.visitor.look_up()  # type: ignore[union-attr]
    form.visitor.earlier.look_now()  # type: ignore[union-attr]
    form.matter.similar.look_now()  # type: ignore[union-attr]
    if linked:
        form.matter.similar.choose_next()  # type: ignore[union-attr]


def _merging(shot: Shot) -> None:
    page = _page(shot)
    main, *others = _kindred(shot)
    page.open_item(main.id)
    form = MoveForm([main, *others], Move.MERGE, shot.desks, shot.messages)
    page._show_form(form, main.id)
    form.fields["main_id"].set_value(main.id)
    form.fields["main_id"].changed.emit()


def _merged(shot: Shot, move: Move | None = None) -> None:
    main, *others = _kindred(shot)
    draft = MoveDraft(Move.MERGE, TODAY.isoformat(), main_id=main.id)
    page = _page(shot)
    page.publish(shot.desks.merging.merge([one.id for one in others], draft))
    page.open_item((main.id, move) if move else main.id)


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "page-reception-similar": partial(Shot, page="reception", prepare=partial(_registering, linked=False)),
    "page-reception-linked": partial(Shot, page="reception", prepare=partial(_registering, linked=True)),
    "page-opinions-merging": partial(Shot, page="opinions", prepare=_merging),
    "page-opinions-merged": partial(Shot, page="opinions", prepare=_merged),
    "page-opinions-answer-along": partial(Shot, page="opinions", prepare=partial(_merged, move=Move.ANSWER)),
}
SIZES: dict[str, tuple[int, int]] = {"page-reception-linked": (1024, 700)}
