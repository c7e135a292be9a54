"""A reception ledger (接待选民登记台账) as a sheet: its columns, its rows, and what tells them apart."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from station_app.domain.cell_masks import uncut
from station_app.domain.cell_names import Petitioner
from station_app.domain.cell_words import REPLIED_LABELS, Replied
from station_app.domain.people import GENDER_LABELS, Gender
from station_app.domain.row_verdicts import CellProblem, short_digest
from station_app.domain.sheet_form import SheetForm, TemplateColumn
from station_app.domain.sheet_mapping import Field

VISIT_FIELDS = (
    Field("index", "序号", ("序号", "序", "no", "no.")),
    Field("uid", "记录标识", ("uid", "记录标识", "唯一标识")),
    Field("visit_number", "登记号", ("登记号", "登记编号", "表号", "登记表号", "来访编号", "接待编号")),
    Field("number", "编号", ("编号", "意见编号", "件号", "受理编号")),
    Field(
        "raised_on",
        "接待日期",
        ("接待日期", "日期", "时间", "接待时间", "来访日期", "来访时间", "登记日期", "登记时间", "接访日期", "接访时间"),
    ),
    Field(
        "name",
        "选民（群众）姓名",
        (
            "选民(群众)姓名", "选民群众姓名", "姓名", "选民姓名", "群众姓名", "来访人", "来访人姓名", "来访选民", "来访群众", "选民", "群众",
            "反映人", "反映人姓名", "提出人",
        ),
    ),
    Field("gender", "性别", ("性别",), labels={code.value: word for code, word in GENDER_LABELS.items()}),
    Field("people", "人数", ("人数", "来访人数", "接待人数")),
    Field("phone", "联系电话", ("联系电话", "联系方式", "电话", "手机", "手机号码", "手机号", "来访人电话", "选民电话")),
    Field("address", "住址", ("住址", "地址", "家庭住址", "详细住址", "居住地", "所在村组", "单位或住址", "住址或单位")),
    Field("village", "村（居）", ("村(居)", "村居", "村", "所在村", "村社区", "所属村居")),
    Field("on_behalf_of", "代谁反映", ("代谁反映", "代反映人", "被代反映人")),
    Field("place", "接待地点", ("接待地点", "地点", "来访地点")),
    Field("channel", "来源渠道", ("来源渠道", "渠道", "接待方式", "来访方式")),
    Field("receivers", "接待人", ("接待人", "接待代表", "接待人员", "接访代表", "接访人", "代表", "代表姓名", "受理人")),
    Field(
        "words",
        "反映内容",
        (
            "反映内容(原话)", "反映内容", "反映内容原话", "反映问题", "反映的问题", "反映事项", "意见建议", "意见和建议", "意见建议内容",
            "主要内容", "内容", "来访事由", "诉求内容", "反映情况", "反映问题及建议", "反映的问题及建议", "问题及建议", "具体内容",
        ),
    ),
    Field("category", "类别", ("类别", "意见类别", "分类", "问题类别", "类型")),
    Field("nature", "诉求性质", ("诉求性质", "性质", "意见性质")),
    Field("urgent", "紧急", ("紧急", "是否紧急")),
    Field("on_spot_answer", "当场答复情况", ("当场答复情况", "当场答复", "现场答复", "现场答复情况", "答复情况")),
    Field("proposal", "拟办意见", ("拟办意见", "处理意见", "拟办", "办理意见")),
    Field("disposition", "处理方式", ("处理方式", "办理方式")),
    Field("unit", "承办单位", ("承办单位", "办理单位", "责任单位", "交办单位")),
    Field("replied", "是否回复", ("是否回复", "是否答复", "是否办结", "是否反馈"), labels=REPLIED_LABELS),
    Field("result", "办理结果", ("办理结果", "处理结果", "办理情况", "处理情况", "答复内容")),
    Field("fed_back_on", "反馈日期", ("反馈日期", "反馈时间", "答复日期", "回复日期")),
    Field("satisfaction", "满意度", ("满意度", "满意情况", "是否满意")),
    Field("recorder", "记录人", ("记录人", "登记人", "记录员")),
    Field("remark", "备注", ("备注", "说明", "备考")),
)  # fmt: skip
_TEMPLATE = (
    TemplateColumn("index", "", "", width=7),
    TemplateColumn("visit_number", "同一次来访的几条意见填同一个号；可以不填", "5", width=12),
    TemplateColumn("raised_on", "年-月-日，如 2024-03-05", "2024-03-05", width=13),
    TemplateColumn("name", "姓名；不愿留名填“匿名”", "王小福", width=12),
    TemplateColumn("gender", "男或女", "男", ("男", "女"), width=7),
    TemplateColumn("people", "来了几人，只填在第一条", "1", width=7),
    TemplateColumn("phone", "11 位手机或带区号的座机；没有填“无”", "14000000002", width=14),
    TemplateColumn("address", "住址或所在村(居)", "竹坑村四组", width=16),
    TemplateColumn("place", "在哪里接待的", "联络站", width=14),
    TemplateColumn("receivers", "几位的用“、”隔开", "张明、李芳", width=14),
    TemplateColumn("words", "反映的原话，一行一件", "村口的路灯坏了两盏，晚上看不见路。", width=40),
    TemplateColumn("category", "与设置里的类别一致", "基础设施", width=12),
    TemplateColumn("on_spot_answer", "当场答复了的才填", "", width=24),
    TemplateColumn("proposal", "准备怎样办理", "交镇城建办", width=18),
    TemplateColumn("remark", "没有意见的写明来意", "", width=16),
)
VISIT_FORM = SheetForm(
    "接待选民登记台账", VISIT_FIELDS, required=("name", "words"), entry=("name", "words"), template=_TEMPLATE
)

_SAID = 200  # characters that tell two matters apart; what paper cuts (documents.md) is longer
_PLAIN = (
    "raised_on", "phone", "address", "place", "channel", "on_behalf_of", "category", "nature", "urgent",
)  # fmt: skip


@dataclass(frozen=True)
class VisitLists:
    """What the station knows that a ledger may name.

    Args:
        villages: the short name of each village by all its names.
        categories / natures / channels: labels of the lists.
        uncounted: natures that are no 件 and stand in the column 备注.
    """

    villages: Mapping[str, str] = field(default_factory=dict)
    categories: frozenset[str] = frozenset()
    natures: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    uncounted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class VisitRow:
    """One line of the ledger: a visit with one of its opinions, or with none.

    Args:
        row_number: 1-based, as in Excel.
        visit: number of the visit within the sheet, from 0; lines of one visit share it.
        first: whether it is the visit's first line.
        visit_number / number: 登记号 and 编号 as in the sheet; labels.
        raised_on: ISO date of the visit.
        petitioner: who came; ``masked`` when the name is hidden for readers outside (张某).
        village: the visitor's village; ``told_village`` only where the sheet names it as such.
        words: as typed, empty for a visit without opinion; ``cut`` when paper has only their beginning.
        urgent: 紧急, or empty.
        on_spot_answer / route: what was answered at the table, or the legal channel told.
        proposal: 拟办意见, or where the matter went.
        result, fed_back_on, satisfaction, replied: what became of it, as far as told.
        void: 作废.
        notes: 备注 of a visit's first line; remark: of its other lines.
        day: whether the ledger is that of a reception day.
        columns: keys of the fields the sheet has.
        kin: keys of the other lines of the visit, by which a new line finds the visit that is registered.
        keys, digest, problems, notices, uid: as in `RosterRow`.
    """

    row_number: int
    visit: int
    first: bool
    visit_number: str
    number: str
    raised_on: str
    petitioner: Petitioner
    masked: bool
    gender: Gender
    phone: str
    no_phone: bool
    address: str
    village: str
    told_village: str
    on_behalf_of: str
    place: str
    channel: str
    receivers: tuple[str, ...]
    words: str
    cut: bool
    category: str
    nature: str
    urgent: str
    on_spot_answer: str
    route: str
    proposal: str
    result: str
    fed_back_on: str
    satisfaction: str
    replied: Replied
    void: bool
    recorder: str
    notes: str
    remark: str
    day: bool
    people_told: bool
    columns: frozenset[str]
    digest: str
    problems: tuple[CellProblem, ...] = ()
    notices: tuple[CellProblem, ...] = ()
    kin: tuple[str, ...] = ()
    uid: str = ""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Identity keys, the strongest first."""
        number, name = self.number or self.visit_number, self.petitioner.name
        if self.masked:  # the number tells more than what is left of the name
            return (
                (said_key(number, self.raised_on, self.words),)
                if number
                else (hidden_key(self.raised_on, name, self.words),)
            )
        return line_keys((number,), self.raised_on, name, self.words)

    @property
    def label(self) -> str:
        """The visitor's name."""
        return self.petitioner.name

    @property
    def values(self) -> dict[str, str]:
        """Canonical text of every field the sheet has a column for; what is hidden or cut in it says nothing."""
        told = set(self.columns)
        told |= {"village"} if "address" in told else set()
        told |= {"people"} if "name" in told else set()
        told |= {"on_behalf_of", "nature", "urgent"} if "remark" in told else set()
        return {key: text for key, text in self.said.items() if key in told}

    @property
    def said(self) -> dict[str, str]:
        """Canonical text of every field, whether or not the sheet has a column for it."""
        return {key: getattr(self, key) for key in _PLAIN} | {
            "name": "" if self.masked else self.petitioner.name,
            "people": str(self.petitioner.people) if self.people_told else "",
            "gender": "" if self.gender is Gender.UNKNOWN else self.gender.value,
            "village": self.told_village,
            "receivers": "、".join(self.receivers),
            "words": "" if self.cut else self.words,
            "remark": self.notes or self.remark,
        }


def line_keys(numbers: Iterable[str], on: str, name: str, words: str) -> tuple[str, ...]:
    """Return the identity keys of a line, strongest first.

    The first takes number, date, name and words; the others leave one out, so that a corrected cell is a change and
    no new matter. Of long words only what paper never cuts counts.

    Args:
        numbers: under which the line may be known; empty ones say nothing.
        on: ISO date.
    """
    said = _said(words)
    given = [number for number in dict.fromkeys(numbers) if number]
    keys = [f"all|{number}|{on}|{name}|{said}" for number in given or [""]]
    for number in given:
        keys += [f"date|{number}|{on}|{name}", said_key(number, on, words)]
        keys += [f"number|{number}|{name}|{said}"] if words else []
    if name:
        keys.append(f"said|{on}|{name}|{said}")
    return tuple(keys)


def said_key(number: str, on: str, words: str) -> str:
    """Return the key of what was said under a number, whoever said it."""
    return f"words|{number}|{on}|{_said(words)}"


def hidden_key(on: str, name: str, words: str) -> str:
    """Return the key by which a line finds its matter when the name is hidden for readers outside."""
    return f"hidden|{on}|{name[:1]}|{_said(words)}"


def _said(words: str) -> str:
    return short_digest(re.sub(r"[\s，。！？、,.!?]", "", uncut(words))[:_SAID])
