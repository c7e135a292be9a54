"""An invented ledger with everything that has gone wrong in real ones."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from station_app.documents.columns import Cell, Column, Kind, Sheet

RARE_NAMES = ("㛃玉", "䶮明", "𬭚生", "𠅤平", "阿卜杜拉·买买提")
WORDS = (
    "沟渠淤塞，晚稻灌溉不上水，望尽快清淤。",
    "班车减少，老人赶圩等不到车，天不亮就要出门。",
    "圩镇停车乱，逢圩日（农历初七、廿四）“三轮车”堵在桥头；建议划出50个停车位，联系14000005678。",
    "村口到学校的路没有路灯，晚自习学生回家不安全，去年讲过一次，请再催一催。",
)


@dataclass(frozen=True)
class SampleVisit:
    """One row of the sample ledger."""

    number: int
    code: str
    day: Cell
    name: str
    phone: str
    people: Cell
    words: str
    born: Cell = "1978-05"
    rate: Cell = 0.783
    extra: dict[str, Cell] = field(default_factory=dict)


def column(key: str, title: str, kind: Kind, width: float, group: str = "") -> Column[SampleVisit]:
    """Return a column that reads the attribute ``key``."""

    def value(row: SampleVisit) -> Cell:
        cell: Cell = getattr(row, key)
        return cell

    return Column(key, title, value, kind, width, group=group)


COLUMNS = (
    column("number", "序号", Kind.COUNT, 5),
    column("code", "编号", Kind.CODE, 11),
    column("day", "接待日期", Kind.DATE, 11),
    column("name", "选民（群众）姓名", Kind.LABEL, 12, "选民"),
    column("phone", "联系电话", Kind.CODE, 13, "选民"),
    column("people", "人数", Kind.COUNT, 5),
    column("words", "反映内容（原话）", Kind.TEXT, 40),
    column("born", "出生年月", Kind.MONTH, 9),
    column("rate", "比例", Kind.PERCENT, 8),
)


def visits(count: int) -> tuple[SampleVisit, ...]:
    """Return ``count`` rows."""
    return tuple(
        SampleVisit(
            number=n + 1,
            code=f"2026-{n + 145:04d}",
            day=date(2026, 11, 1 + n % 28) if n % 2 else f"2026-11-{1 + n % 28:02d}",
            name=RARE_NAMES[n % len(RARE_NAMES)],
            phone=f"1400000{n:04d}",
            people=1 + n % 3,
            words=WORDS[n % len(WORDS)],
        )
        for n in range(count)
    )


def sheet(count: int = 4, **changes: Any) -> Sheet:
    """Return a filled sample ledger of ``count`` rows."""
    filled = Sheet(
        title="接待选民登记台账",
        head=("填报单位（盖章）：禾溪镇人大代表联络站", "所属期：2026年11月", "报出日期：2026-12-01"),
        columns=COLUMNS,
        rows=visits(count),
        total={"": f"合计　{count}批", "people": 2 * count},
        foot=("负责人：", "审核人：", "填表人：肖敏", "联系电话："),
    )
    return replace(filled, **changes)


def sheet_of(text: str, kind: Kind = Kind.TEXT, **changes: Any) -> Sheet:
    """Return a ledger of one cell holding ``text``."""
    only: Column[str] = Column("words", "反映内容", lambda row: row, kind, 40)
    return sheet(0, columns=(only,), rows=(text,), total={}, **changes)
