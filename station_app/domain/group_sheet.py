"""A sheet of groups (编组一览表): a line a group, or a line a member; its columns, its rows, what tells them apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from station_app.domain.groups import GROUP_KIND_LABELS, GroupKind
from station_app.domain.people import Deputy
from station_app.domain.row_verdicts import CellProblem
from station_app.domain.sheet_form import SheetForm, TemplateColumn
from station_app.domain.sheet_mapping import Field

GROUP_FIELDS = (
    Field("index", "序号", ("序号", "序", "no", "no.")),
    Field("uid", "记录标识", ("uid", "记录标识", "唯一标识")),
    Field(
        "name",
        "小组名称",
        ("小组名称", "小组", "代表小组", "代表小组名称", "组名", "组别", "编组", "编组名称", "所在小组", "所属小组", "群名称", "群名"),
    ),
    Field(
        "kind", "类型", ("类型", "小组类型", "编组类型", "小组类别", "类别"),
        labels={code.value: word for code, word in GROUP_KIND_LABELS.items()},
    ),
    Field("leader", "组长", ("组长", "小组长", "召集人", "负责人", "组长姓名", "群主")),
    Field(
        "members",
        "成员(层级)",
        ("成员(层级)", "成员", "小组成员", "组员", "成员名单", "组成人员", "代表", "人员", "代表名单", "编组代表"),
    ),
    Field("member", "代表姓名", ("代表姓名", "姓名", "成员姓名", "组员姓名")),
    Field("is_leader", "是否组长", ("是否组长", "组内职务", "组内身份")),
    Field("level", "代表层级", ("代表层级", "层级", "级别", "代表级别")),
    Field("phone", "联系电话", ("联系电话", "电话", "手机", "手机号码", "联系方式")),
    Field("village", "代表所在村（居）", ("代表所在村(居)", "所在村", "所在村居")),
    Field("from_on", "编入日期", ("编入日期", "加入日期", "入组日期", "编入时间", "编组日期", "编组时间", "起始日期", "入群日期")),
    Field("to_on", "移出日期", ("移出日期", "退出日期", "离组日期", "移出时间", "退出时间", "截止日期")),
    Field(
        "places",
        "联系村(居)、网格",
        ("联系村(居)、网格", "联系村居、网格", "联系村(居)", "联系村居", "联系村", "联系村(居)网格", "联系网格", "联系片区", "包联村", "挂点村", "覆盖村居"),
    ),
    Field("households", "联系户数", ("联系户数", "户数", "联户数", "联系户")),
    Field("arrangement", "进站安排", ("进站安排", "进站时间", "值班安排", "轮值安排", "接待安排", "进站日期", "值班时间")),
    Field("people", "群人数", ("群人数", "群内人数")),
    Field("remark", "备注", ("备注", "说明", "备考")),
)  # fmt: skip
_TEMPLATE = (
    TemplateColumn("index", "", "", width=7),
    TemplateColumn("name", "一个小组一行", "竹坑片区小组", width=18),
    TemplateColumn(
        "kind", "片区、专业、进站编组或联系群", GROUP_KIND_LABELS[GroupKind.AREA], tuple(GROUP_KIND_LABELS.values()), 12
    ),
    TemplateColumn("leader", "代表名册里的姓名", "张明", width=10),
    TemplateColumn("members", "用“、”隔开；同名的写明层级", "张明(县)、李芳(镇)", width=36),
    TemplateColumn("places", "网格写在村后面的括号里", "竹坑村（第一网格）、上坪村", width=28),
    TemplateColumn("households", "户数", "60", width=10),
    TemplateColumn("arrangement", "什么时候进站，可以不填", "每月第一个圩日", width=18),
    TemplateColumn("remark", "可以不填", "", width=14),
)
GROUP_FORM = SheetForm(
    "编组一览表", GROUP_FIELDS, required=("name",), entry=("name", "members", "member"), template=_TEMPLATE
)


@dataclass(frozen=True)
class GroupRow:
    """A group with its members, or one member of a group.

    Args:
        row_number: 1-based, as in Excel.
        name: of the group.
        kind: None where neither sheet nor register tells.
        single: whether the line is one member (``members`` is that one).
        leader: who leads, None where the sheet does not say; of a single one whether that is the member.
        members: everybody the sheet names, the leader too.
        told_members: the members as compared: in roster order, namesakes told apart.
        from_on / to_on: ISO dates of the membership, or empty.
        places: villages with their grids; told_places: as compared.
        households, people: None where the sheet says nothing.
        columns: keys of the fields the sheet has.
        unknown: names that are on no roster; the rest can go in without them.
        digest, problems, notices, uid: as in `RosterRow`.
    """

    row_number: int
    name: str
    kind: GroupKind | None
    single: bool
    leader: Deputy | None
    members: tuple[Deputy, ...]
    told_members: str
    from_on: str
    to_on: str
    places: tuple[tuple[str, str], ...]
    told_places: str
    households: int | None
    people: int | None
    arrangement: str
    remark: str
    columns: frozenset[str]
    digest: str
    unknown: tuple[str, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    notices: tuple[CellProblem, ...] = ()
    uid: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The group's name; of a single member the group, who it is, and since when."""
        if not self.single:
            return (group_key(self.name),)
        return member_keys(self.name, self.members[0].id, self.from_on) if self.members else ()

    @property
    def label(self) -> str:
        """The group's name, or the member's."""
        return self.told_members if self.single else self.name

    @property
    def values(self) -> Mapping[str, str]:
        """Canonical text of what the sheet says; what a line of one member says of the group is for a new group only."""
        if self.single:
            told = {"is_leader": "是" if self.leader else "", "from_on": self.from_on, "to_on": self.to_on}
        else:
            told = {
                "name": self.name,
                "kind": self.kind or "",
                "leader": self.leader.name if self.leader else "",
                "members": self.told_members,
                "places": self.told_places,
                "households": "" if self.households is None else str(self.households),
                "people": "" if self.people is None else str(self.people),
                "arrangement": self.arrangement,
                "remark": self.remark,
            }
        return {key: text for key, text in told.items() if key in self.columns}


def group_key(name: str) -> str:
    """Return what a group is known by."""
    return f"group|{name}"


def member_keys(group: str, deputy_id: int, from_on: str) -> tuple[str, ...]:
    """Return what a membership is known by: with the day it began, and without."""
    since = (f"member|{group}|{deputy_id}|{from_on}",) if from_on else ()
    return (*since, f"member|{group}|{deputy_id}")
