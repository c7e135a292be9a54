"""The statistics by room (站室情况统计表) and the list of matters behind them."""

from collections.abc import Callable

from station_app.documents.columns import Cell, Column, Kind, Ledger
from station_app.domain.room_figures import RoomLine


def _count(key: str) -> Callable[[RoomLine], Cell]:
    return lambda line: line.figures.count(key)


def _rate(key: str) -> Callable[[RoomLine], Cell]:
    return lambda line: str(line.figures.ratio(key))


_CAME, _AT_END = "接待群众", "期末"
ROOM_LEDGER: Ledger[RoomLine] = Ledger(
    "rooms",
    "站室情况统计表",
    (
        Column("index", "序号", lambda line: line.index or None, Kind.COUNT, 5),
        Column("name", "站室", lambda line: line.name, Kind.TEXT, 20),
        Column("kind", "类型", lambda line: line.kind, Kind.LABEL, 9, shown=False),
        Column("branch", "所在领域", lambda line: line.branch, Kind.LABEL, 9, shown=False),
        Column("held", "接待次数", _count("held"), Kind.COUNT, 8.5),
        Column("attended", "代表进站人次", _count("attended"), Kind.COUNT, 8.5),
        Column("visits", "批次", _count("visits"), Kind.COUNT, 6.5, group=_CAME),
        Column("people", "人次", _count("people"), Kind.COUNT, 6.5, group=_CAME),
        Column("received", "本期新收", _count("received"), Kind.COUNT, 8.5),
        Column("closed", "本期办结", _count("closed"), Kind.COUNT, 8.5),
        Column("closing", "在办", _count("closing"), Kind.COUNT, 6.5, group=_AT_END),
        Column("overdue", "其中超期", _count("closing.overdue"), Kind.COUNT, 8.5, group=_AT_END),
        Column("rate", "新收办结率", _rate("rate.closed"), Kind.LABEL, 17),
        Column("content", "满意率", _rate("rate.content"), Kind.LABEL, 17),
        Column("remark", "备注", lambda line: line.remark, Kind.TEXT, 16),
    ),
)

BEHIND_LEDGER: Ledger[tuple[str, ...]] = Ledger(
    "rooms_behind",
    "明细",
    (
        Column("room", "站室", lambda row: row[0], Kind.TEXT, 20),
        Column("figure", "指标", lambda row: row[1], Kind.TEXT, 18),
        Column("number", "编号", lambda row: row[2], Kind.CODE, 13),
        Column("raised_on", "提出日期", lambda row: row[3], Kind.DATE, 12),
        Column("title", "内容", lambda row: row[4], Kind.TEXT, 44),
    ),
)
