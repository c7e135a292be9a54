"""The rows of the statistics by room, for the book and for the month's summary."""

from collections.abc import Iterator, Sequence

from station_app.documents.columns import Cell, Column, Kind
from station_app.domain.opinion import Case
from station_app.domain.room_figures import ROOM_COUNTS, ROOM_RATES, TOTAL, RoomLine, RoomTable

_WITH_CASES = ("received", "closed", "closing", "closing.overdue")


def room_total(table: RoomTable, columns: Sequence[Column[RoomLine]]) -> dict[str, Cell]:
    """Return the cells of 合计: the station's own figures, never a sum of the rows."""
    total = {
        column.key: column.value(table.total)
        for column in columns
        if column.kind is Kind.COUNT or column.key in {"rate", "content", "remark"}
    }
    total.pop("index", None)
    return total | {"": f"{TOTAL}　{len(table.lines)} 处"}


def room_notes(table: RoomTable) -> tuple[tuple[str, str], ...]:
    """Return what the columns mean, for the sheet 说明."""
    figures = table.total.figures
    shown = (figures[key] for key in (*ROOM_COUNTS, *ROOM_RATES))
    return (
        ("所属期", f"{figures.period.title}（{figures.period.from_on} 至 {figures.as_of}）"),
        ("站室", "接待日属于哪个站室，当天的登记和意见就属于那里；不在接待日的登记和代表意见按登记时选的站室。"),
        ("合计", "按全站计算，不是各行相加；同一代表同一天在两处签到的，代表进站人次各计一次，合计只计一次。"),
        *((figure.title, figure.definition) for figure in shown),
    )


def room_cases(table: RoomTable, cases: Sequence[Case]) -> Iterator[tuple[str, ...]]:
    """Yield the matters behind each figure of each room, as `BEHIND_LEDGER` reads them."""
    by_number = {case.number: case for case in cases}
    for line in table.lines:
        for key in _WITH_CASES:
            figure = line.figures[key]
            for number in figure.cases:
                case = by_number[number]
                yield (line.name, figure.title.removeprefix("其中："), number, case.raised_on, case.title)


def room_cells(table: RoomTable) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the month's summary, 合计 last: the name, the counts and the rates as printed."""
    lines = [*table.lines, table.total]
    return tuple(
        (
            line.name,
            *(str(line.figures.count(key)) for key in ROOM_COUNTS),
            *(str(line.figures.ratio(key)) for key in ROOM_RATES),
        )
        for line in lines
    )
