"""Forms of the page of opinions that need something from outside, and what came of them."""

from collections.abc import Sequence

from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.services.reception_desk import Registered
from station_app.station import Desks
from station_app.ui.attachments_strip import AttachmentsStrip
from station_app.ui.move_form import ANSWERS, MoveForm
from station_app.ui.page import Shell


def move_form(cases: Sequence[Case], move: Move, desks: Desks, shell: Shell) -> MoveForm:
    """Return the form of a move; an answer to a single matter takes files, and those merged into it along."""
    form = MoveForm(cases, move, desks, shell.messages)
    if len(cases) == 1:
        if move is Move.ANSWER:
            form.take_along(desks.merging.answered_along(cases[0]))
        if move in ANSWERS:
            form.take_attachments(AttachmentsStrip(shell, desks))
    return form


def new_case(value: object) -> int | None:
    """Return the first matter that a registration made, or None for a visit without any."""
    if isinstance(value, Registered):
        return next(iter(value.case_ids), None)
    return value if isinstance(value, int) else None
