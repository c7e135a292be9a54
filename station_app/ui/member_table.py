"""The table of a group's members on a day, and of everybody who is in no group."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSettings

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.grouping_rules import Grouped, leader_word
from station_app.domain.groups import Group, Membership
from station_app.domain.people import Deputy, level_label
from station_app.domain.station import OrganKind
from station_app.support import pinyin
from station_app.ui.groups_panel import Place
from station_app.ui.ledger_table import LedgerTable


@dataclass(frozen=True)
class MemberLine:
    """A row: a deputy in a group, or in none.

    Args:
        levels: e.g. 县、镇.
        village: where the deputy lives, or empty.
        about: post of the deputy; where several groups are shown together, the group's name.
    """

    deputy: Deputy
    levels: str
    village: str
    about: str
    group: Group | None = None
    membership: Membership | None = None

    @property
    def key(self) -> tuple[int, int]:
        """Group (0 for none) and deputy."""
        return (self.group.id if self.group else 0, self.deputy.id)

    @property
    def leads(self) -> bool:
        """Whether the deputy leads the group."""
        return self.membership is not None and self.membership.leader

    @property
    def word(self) -> str:
        """组长 or 联系代表 of who leads, else empty."""
        return leader_word(self.group.kind) if self.group and self.leads else ""


def with_leader_word(name: str, word: str) -> str:
    """Return a name with what its bearer is in the group: 钟龑（组长）."""
    return f"{name}（{word}）" if word else name


_LEDGER: Ledger[MemberLine] = Ledger(
    "group_members",
    "小组成员",
    (
        Column("name", "姓名", lambda line: with_leader_word(line.deputy.name, line.word), Kind.TEXT, 17),
        Column("levels", "层级", lambda line: line.levels, Kind.LABEL, 9),
        Column("village", "住在", lambda line: line.village, Kind.LABEL, 9),
        Column("since", "编入日期", lambda line: line.membership.from_on if line.membership else "", Kind.DATE, 11),
        Column("about", "职务、小组", lambda line: line.about, Kind.TEXT, 18),
    ),
)


def member_table(settings: QSettings) -> LedgerTable:
    """Return the table; its rows are known by `MemberLine.key`."""
    return LedgerTable(
        _LEDGER,
        lambda line: line.key,
        settings,
        sort_keys={"name": lambda line: pinyin.sort_key(line.deputy.name)},
        by_pinyin=("village", "about"),
        stretch="name",
        yielding=("about", "village"),
    )


def member_lines(grouped: Grouped, place: Place, organ: OrganKind) -> list[MemberLine]:
    """Return the rows of a place of the tree: leaders first, then in roster order."""
    villages = {village.id: village.short_name for village in grouped.villages}

    def line(deputy: Deputy, group: Group | None = None, membership: Membership | None = None) -> MemberLine:
        levels = "、".join(level_label(level, organ) for level in deputy.levels_on(grouped.day))
        about = group.name if group and place.group_id is None else deputy.post
        return MemberLine(deputy, levels, villages.get(deputy.village_id or 0, ""), about, group, membership)

    wanted = _groups_at(grouped, place)
    if not wanted and place.kind is None:
        inside = {one.deputy_id for group in grouped.standing for one in group.members_on(grouped.day)}
        return [line(one) for one in grouped.serving if not (place.ungrouped and one.id in inside)]
    return [
        line(deputy, group, one)
        for group in wanted
        for one in group.members_on(grouped.day)
        if (deputy := grouped.by_id.get(one.deputy_id))
    ]


def _groups_at(grouped: Grouped, place: Place) -> Sequence[Group]:
    if place.group_id is not None:
        return [group for group in grouped.groups if group.id == place.group_id]
    return grouped.of_kind(place.kind) if place.kind is not None else ()
