"""What happens to a deputy on a day: a mandate ends, a leave begins, a move to another station or room.

Nothing that was so before the day is changed by it.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from station_app.domain.deputy_checks import leaves_problem, mandate_problem
from station_app.domain.people import Deputy, EndReason, Leave, Mandate, Placement, day_problem
from station_app.domain.problems import FieldProblem, invalid, refuse
from station_app.domain.text import LINE_LIMIT, text_problem


def with_ended(deputy: Deputy, mandate_ids: Collection[int], on: str, reason: EndReason) -> Deputy:
    """Return the deputy with mandates ended; ``on`` (ISO date) is the last day they are held.

    Raises:
        InvalidInput: fields ``mandates`` and ``on``: none is named, one has ended, or began later.
    """
    refuse([day_problem("on", "终止日期", on)])
    if not mandate_ids:
        raise invalid("mandates", "请选择要终止的代表职务。")

    def ended(mandate: Mandate) -> Mandate:
        if mandate.id not in mandate_ids:
            return mandate
        if mandate.to_on:
            raise invalid("mandates", f"这个职务已在 {mandate.to_on} 终止。")
        made = replace(mandate, to_on=on, end_reason=reason)
        if problem := mandate_problem(made):
            raise invalid("on", problem.message)
        return made

    return replace(deputy, mandates=tuple(ended(mandate) for mandate in deputy.mandates))


def with_leave(deputy: Deputy, leave: Leave) -> Deputy:
    """Return the deputy with one leave more.

    Raises:
        InvalidInput: field ``from_on``: its dates are wrong, or it overlaps another.
    """
    leaves = tuple(sorted((*deputy.leaves, leave), key=lambda one: one.from_on))
    if problem := leaves_problem(leaves):
        raise invalid("from_on", problem.message)
    return replace(deputy, leaves=leaves)


def back_from_leave(deputy: Deputy, on: str) -> Deputy:
    """Return the deputy back from leave on a day (销假): the leave's last day is the one before; unbegun, it goes.

    Raises:
        InvalidInput: field ``on``: the deputy is not on leave then.
    """
    refuse([day_problem("on", "销假日期", on)])
    eve = (date.fromisoformat(on) - timedelta(days=1)).isoformat()
    running = next((one for one in deputy.leaves if one.holds_on(eve) or one.from_on == on), None)
    if running is None:
        raise invalid("on", f"{on} 不在请假期间，请核对。")
    kept = [
        replace(one, to_on=eve) if one is running else one
        for one in deputy.leaves
        if one is not running or one.from_on <= eve
    ]
    return replace(deputy, leaves=tuple(kept))


def moved_out(deputy: Deputy, on: str, went_to: str) -> Deputy:
    """Return the deputy gone to another station; ``on`` is the first day on which this one holds them no more.

    Raises:
        InvalidInput: fields ``on`` and ``station``.
    """
    _refuse_place(on, "转出日期", "station", went_to)
    last = _last(deputy, on, "转出")
    return replace(deputy, placements=(*deputy.placements[:-1], replace(last, to_on=on, went_to=went_to)))


def moved_in(deputy: Deputy, on: str, came_from: str, station_id: int | None = None) -> Deputy:
    """Return a deputy who had gone back at this station from a day on.

    Raises:
        InvalidInput: field ``on``: the deputy belongs here then already.
    """
    _refuse_place(on, "转入日期", "station", came_from)
    if not deputy.placements or any(not one.to_on or on < one.to_on for one in deputy.placements):
        raise invalid("on", f"{on} 时这位代表还在本站，请核对日期。")
    return replace(deputy, placements=(*deputy.placements, Placement(station_id, on, came_from=came_from)))


def moved_within(deputy: Deputy, on: str, station_id: int | None) -> Deputy:
    """Return the deputy in another room or post of this station from a day on.

    Raises:
        InvalidInput: fields ``on`` and ``room``.
    """
    _refuse_place(on, "调整日期", "room", "")
    last = _last(deputy, on, "调整")
    if last.station_id == station_id:
        raise invalid("room", "已经在这里，请另选。")
    ended = replace(last, to_on=on)
    return replace(deputy, placements=(*deputy.placements[:-1], ended, Placement(station_id, on)))


def _refuse_place(on: str, label: str, field: str, text: str) -> None:
    limit: FieldProblem | None = text_problem(field, "联络站名称", text, LINE_LIMIT)
    refuse([day_problem("on", label, on), limit])


def _last(deputy: Deputy, on: str, word: str) -> Placement:
    """Return the place the deputy has until further notice, which must have begun before ``on``."""
    last = deputy.placements[-1] if deputy.placements else Placement()
    if last.to_on:
        raise invalid("on", f"这位代表已在 {last.to_on} 转出，不能再{word}。")
    if on <= last.from_on:
        raise invalid("on", f"{word}日期要晚于转入日期 {last.from_on}，请核对。")
    return last
