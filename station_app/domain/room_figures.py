"""The figures of a period by room (站室情况统计): each room counted like the station itself, the whole beside them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from station_app.domain.figure_values import Figures, VisitCount
from station_app.domain.figures import Rules, figures_of, lives_of
from station_app.domain.matter_history import History
from station_app.domain.opinion import Case
from station_app.domain.periods import Period
from station_app.domain.reception import ReceptionDay
from station_app.domain.rooms import OWN_NAME, Room
from station_app.domain.station import BRANCH_LABELS, STATION_KIND_LABELS

TOTAL = "合计"
ROOM_COUNTS = ("held", "attended", "visits", "people", "received", "closed", "closing", "closing.overdue")
"""Keys of the counts that are shown by room. All sum to the station's, ``attended`` unless a deputy came to two rooms."""
ROOM_RATES = ("rate.closed", "rate.content")
"""Keys of the rates that are shown by room."""


@dataclass(frozen=True)
class RoomLine:
    """A room on one row.

    Args:
        index: 序号 from 1; 0 for 合计.
        kind / branch: in words; both empty for the station itself and 合计.
        remark: of 合计, why a column does not sum to it; else empty.
    """

    index: int
    name: str
    figures: Figures
    kind: str = ""
    branch: str = ""
    remark: str = ""


@dataclass(frozen=True)
class RoomTable:
    """The station itself and its rooms, in their hand-set order, and all of it together."""

    lines: tuple[RoomLine, ...]
    total: RoomLine


def room_table(
    rooms: Sequence[Room],
    cases: Iterable[Case],
    days: Iterable[ReceptionDay],
    visits: Iterable[VisitCount],
    period: Period,
    rules: Rules,
) -> RoomTable:
    """Return the figures of a period by room; arguments as for `figures.compute`.

    A deputy who signed in at two rooms on one day is counted in both and once in the whole; its remark says so.

    Args:
        rooms: every room, those out of use too; one of these where nothing happened is left out.
    """
    lives, days, visits = lives_of(cases, rules), tuple(days), tuple(visits)
    lives_by: defaultdict[int | None, list[History]] = defaultdict(list)
    days_by: defaultdict[int | None, list[ReceptionDay]] = defaultdict(list)
    visits_by: defaultdict[int | None, list[VisitCount]] = defaultdict(list)
    for life in lives:
        lives_by[life.case.room_id].append(life)
    for day in days:
        days_by[day.room_id].append(day)
    for visit in visits:
        visits_by[visit.room_id].append(visit)

    def of(room_id: int | None) -> Figures:
        return figures_of(lives_by[room_id], days_by[room_id], visits_by[room_id], period, rules)

    lines = [RoomLine(1, OWN_NAME, of(None))]
    for room in rooms:
        figures = of(room.id)
        if not room.retired or any(figures.count(key) for key in ROOM_COUNTS):
            words = STATION_KIND_LABELS[room.kind], BRANCH_LABELS[room.branch]
            lines.append(RoomLine(len(lines) + 1, room.name, figures, *words))
    whole = figures_of(lives, days, visits, period, rules)
    return RoomTable(tuple(lines), RoomLine(0, TOTAL, whole, remark=_twice(lines, whole)))


def _twice(lines: Iterable[RoomLine], whole: Figures) -> str:
    """Return why 代表进站 of the rooms sums to more than the station's, or empty text."""
    apart = sum(line.figures.count("attended") for line in lines)
    if apart == whole.count("attended"):
        return ""
    return f"同一代表同一天在两处签到，合计只计一次（各处相加{apart}人次）"
