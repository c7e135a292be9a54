"""The books about groups of deputies: 编组一览表 and 联系群众一览表 (domain.md, Books)."""

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.group_lines import ContactLine, GroupLine

GROUP_LEDGER: Ledger[GroupLine] = Ledger(
    "groups",
    "编组一览表",
    (
        Column("index", "序号", lambda line: line.index, Kind.COUNT, 5),
        Column("name", "小组名称", lambda line: line.name, Kind.TEXT, 14),
        Column("kind", "类型", lambda line: line.kind, Kind.LABEL, 9),
        Column("leader", "组长", lambda line: line.leader, Kind.LABEL, 9),
        Column("members", "成员(层级)", lambda line: line.members, Kind.TEXT, 42),
        Column("people", "人数", lambda line: line.people, Kind.COUNT, 5, shown=False),
        Column("places", "联系村(居)、网格", lambda line: line.places, Kind.TEXT, 24),
        Column("households", "联系户数", lambda line: line.households, Kind.COUNT, 8),
        Column("arrangement", "进站安排", lambda line: line.arrangement, Kind.TEXT, 16),
        Column("remark", "备注", lambda line: line.remark, Kind.TEXT, 9),
    ),
)

CONTACT_LEDGER: Ledger[ContactLine] = Ledger(
    "contacts",
    "联系群众一览表",
    (
        Column("index", "序号", lambda line: line.index, Kind.COUNT, 5),
        Column("name", "代表姓名", lambda line: line.name, Kind.LABEL, 9),
        Column("levels", "层级", lambda line: line.levels, Kind.LABEL, 8),
        Column("post", "单位及职务", lambda line: line.post, Kind.TEXT, 22),
        Column("groups", "代表小组", lambda line: line.groups, Kind.TEXT, 14, shown=False),
        Column("places", "联系村(居)、网格", lambda line: line.places, Kind.TEXT, 26),
        Column("households", "联系户数", lambda line: line.households, Kind.COUNT, 8),
        Column("chats", "联系群(入群)", lambda line: line.chats, Kind.TEXT, 20),
        Column("phone", "联系电话", lambda line: line.phone, Kind.CODE, 12.5),
        Column("remark", "备注", lambda line: line.remark, Kind.TEXT, 9),
    ),
)
