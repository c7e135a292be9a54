"""Invented rows of an opinions' ledger for the pictures of the shared widgets."""

from dataclasses import dataclass

from station_app.documents.columns import Column, Kind, Ledger
from station_app.ui.marks import Mark, Shape
from station_app.ui.theme import Tone


@dataclass(frozen=True)
class Matter:
    """An invented row of the opinions' ledger."""

    id: int
    number: str
    title: str
    category: str
    village: str
    unit: str
    days: int | None
    state: str


_TITLES = ("桥头护栏破损多年", "水厂二楼以上上不去水", "逢圩日停车难", "农贸市场污水倒灌", "辣椒滞销帮助联系销路",
           "广场舞噪音到十点以后", "宽带信号差孩子断线", "危房改造名额公开", "插秧机太少农忙排队", "沟渠清淤")  # fmt: skip
_CATEGORIES = (
    "交通",
    "基础设施",
    "交通",
    "环境卫生",
    "产业发展",
    "环境卫生",
    "基础设施",
    "住房",
    "产业发展",
    "农业农村",
)
_VILLAGES = ("上坪村", "下坝村", "圩镇社区", "圩镇社区", "大田村", "松岗社区", "水东村", "岭背村", "枫林村", "东坪村")
_UNITS = (
    "镇城建办",
    "县水利局",
    "镇综合行政执法队",
    "镇城建办",
    "镇农技站",
    "镇派出所",
    "县电信公司",
    "镇乡建办",
    "镇农技站",
    "",
)
_DAYS = (-6, None, 2, 3, 9, 11, 16, 18, 22, 24)
_STATES = ("交办", "转办", "交办", "延期", "交办", "退回", "转办", "交办", "交办", "待研究")


def matters(count: int) -> list[Matter]:
    """Return invented matters, the same ones every time."""
    return [
        Matter(at + 1, f"HX-2026-{at + 98:04d}", _TITLES[at % 10], _CATEGORIES[at % 10], _VILLAGES[at % 10],
               _UNITS[at % 10], _DAYS[at % 10], _STATES[at % 10])
        for at in range(count)
    ]  # fmt: skip


def due_mark(row: Matter) -> Mark:
    """Return the clock's pill."""
    if row.days is None:
        return Mark("满 3 个月", Tone.QUIET, Shape.RING)
    if row.days < 0:
        return Mark(f"超 {-row.days} 天", Tone.DANGER)
    return Mark(f"{row.days} 天", Tone.WARNING if row.days <= 5 else Tone.QUIET)


LEDGER: Ledger[Matter] = Ledger(
    "matters",
    "意见建议办理台账",
    (
        Column("number", "编号", lambda row: row.number, Kind.CODE, 13),
        Column("title", "标题", lambda row: row.title, Kind.TEXT, 26),
        Column("category", "类别", lambda row: row.category, Kind.LABEL, 10),
        Column("village", "村(居)", lambda row: row.village, Kind.LABEL, 10),
        Column("unit", "承办单位", lambda row: row.unit or "—", Kind.LABEL, 18),
        Column("days", "期限", lambda row: row.days, Kind.COUNT, 11),
        Column("state", "状态", lambda row: row.state, Kind.LABEL, 8),
        Column("remark", "备注", lambda _row: "", Kind.TEXT, 12, shown=False),
    ),
)
