"""What a grouping should be like (每个村有代表，每组有组长…), checked on a day with a list of what is not so."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from station_app.domain.groups import GROUP_KIND_LABELS, Group, GroupKind, HouseholdLink
from station_app.domain.people import Deputy, Level
from station_app.domain.station import Village
from station_app.domain.terms import Constituency

LEAST_DUTY_TEAM: Final = 2
"""A reception day is dealt two deputies by default."""
_MUCH_BIGGER: Final = 2
_BIGGER_BY: Final = 3


class Rule(StrEnum):
    """A rule of grouping; each can be switched off."""

    VILLAGE_HAS_DEPUTY = "village_has_deputy"
    VILLAGE_IN_ONE_GROUP = "village_in_one_group"
    GROUP_HAS_MEMBERS = "group_has_members"
    GROUP_HAS_LEADER = "group_has_leader"
    ONE_LEADER = "one_leader"
    ONE_AREA_GROUP = "one_area_group"
    DEPUTY_IN_AREA_GROUP = "deputy_in_area_group"
    MEMBER_HAS_MANDATE = "member_has_mandate"
    MEMBER_EXERCISES = "member_exercises"
    DUTY_TEAM_SIZE = "duty_team_size"
    SIZE_LIKE_OTHERS = "size_like_others"
    LEVELS_MIXED = "levels_mixed"
    CHAT_HAS_DEPUTY = "chat_has_deputy"
    VILLAGE_HAS_HOUSEHOLDS = "village_has_households"


RULE_LABELS: Final = {
    Rule.VILLAGE_HAS_DEPUTY: "每个村(居)都有代表",
    Rule.VILLAGE_IN_ONE_GROUP: "一个村(居)只归一个片区小组",
    Rule.GROUP_HAS_MEMBERS: "每个小组都有成员",
    Rule.GROUP_HAS_LEADER: "每个小组都有组长",
    Rule.ONE_LEADER: "一个小组只有一位组长",
    Rule.ONE_AREA_GROUP: "一位代表只在一个片区小组",
    Rule.DEPUTY_IN_AREA_GROUP: "每位代表都编入片区小组",
    Rule.MEMBER_HAS_MANDATE: "组员都是在任代表",
    Rule.MEMBER_EXERCISES: "组员没有暂停执行职务的",
    Rule.DUTY_TEAM_SIZE: f"进站编组至少 {LEAST_DUTY_TEAM} 人",
    Rule.SIZE_LIKE_OTHERS: "同类小组人数相近",
    Rule.LEVELS_MIXED: "各组混合编组（县级以上代表分到各组）",
    Rule.CHAT_HAS_DEPUTY: "每个联系群里都有代表",
    Rule.VILLAGE_HAS_HOUSEHOLDS: "每个村(居)都有联户",
}
"""In the order they are checked and listed."""

HINTS: Final = frozenset({Rule.MEMBER_EXERCISES, Rule.SIZE_LIKE_OTHERS, Rule.LEVELS_MIXED, Rule.VILLAGE_HAS_HOUSEHOLDS})
"""What is worth a look but not wrong by itself."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as a rule wants it.

    Args:
        words: a sentence that names group, deputy or village.
        todo: what the clerk can do about it.
        group_id / deputy_id / village_id: the place to go to; None where it is none.
    """

    rule: Rule
    words: str
    todo: str
    group_id: int | None = None
    deputy_id: int | None = None
    village_id: int | None = None

    @property
    def hint(self) -> bool:
        """Whether it is worth a look but not wrong by itself."""
        return self.rule in HINTS


@dataclass(frozen=True)
class Grouped:
    """The grouping of one day with what the rules need to know.

    Args:
        day: ISO date.
        groups: every group; those that do not exist that day are left out.
        deputies: every deputy, former ones too.
        villages: every village, retired ones too.
        constituencies: of every term.
        households: every household link.
    """

    day: str
    groups: tuple[Group, ...]
    deputies: tuple[Deputy, ...]
    villages: tuple[Village, ...]
    constituencies: tuple[Constituency, ...] = ()
    households: tuple[HouseholdLink, ...] = ()

    @cached_property
    def standing(self) -> tuple[Group, ...]:
        """The groups that exist that day."""
        return tuple(group for group in self.groups if group.exists_on(self.day))

    @cached_property
    def by_id(self) -> dict[int, Deputy]:
        """The deputies by id."""
        return {deputy.id: deputy for deputy in self.deputies}

    @cached_property
    def serving(self) -> tuple[Deputy, ...]:
        """The deputies who hold a mandate and belong to the station that day."""
        return tuple(deputy for deputy in self.deputies if deputy.serves_on(self.day))

    @cached_property
    def kept_villages(self) -> tuple[Village, ...]:
        """The villages in use."""
        return tuple(village for village in self.villages if not village.retired)

    @cached_property
    def served_by(self) -> dict[int, list[Group]]:
        """By village, the area groups that serve it."""
        found: dict[int, list[Group]] = defaultdict(list)
        for group in self.standing:
            if group.kind is GroupKind.AREA:
                for village_id in group.villages_on(self.day):
                    found[village_id].append(group)
        return found

    def members(self, group: Group) -> list[Deputy]:
        """Return the members of a group who serve that day, each once."""
        ids = dict.fromkeys(one.deputy_id for one in group.members_on(self.day))
        return [deputy for each in ids if (deputy := self.by_id.get(each)) and deputy.serves_on(self.day)]

    def of_kind(self, kind: GroupKind) -> list[Group]:
        """Return the groups of a kind that exist that day."""
        return [group for group in self.standing if group.kind is kind]


def is_higher(deputy: Deputy, day: str) -> bool:
    """Tell whether a deputy holds a mandate above the township's on a day (ISO date)."""
    return any(level is not Level.TOWNSHIP for level in deputy.levels_on(day))


def check_grouping(grouped: Grouped, off: Iterable[Rule] = ()) -> list[Finding]:
    """Return what is not as the rules want it, in the order of `RULE_LABELS`; hints come after what is wrong.

    Args:
        off: the rules that are switched off.
    """
    skipped = frozenset(off)
    found = [one for rule, check in _CHECKS.items() if rule not in skipped for one in check(grouped)]
    return sorted(found, key=lambda one: one.hint)


def _villages_have_deputies(grouped: Grouped) -> Iterator[Finding]:
    day = grouped.day
    elected = {
        (mandate.level, mandate.term, mandate.constituency)
        for deputy in grouped.serving
        for mandate in deputy.mandates
        if mandate.holds_on(day)
    }
    covered = {
        village_id
        for one in grouped.constituencies
        if (one.level, one.term, one.name) in elected
        for village_id in one.village_ids
    }
    covered |= {deputy.village_id for deputy in grouped.serving if deputy.village_id}
    for village in grouped.kept_villages:
        by_group = any(grouped.members(group) for group in grouped.served_by.get(village.id, ()))
        if village.id not in covered and not by_group:
            yield Finding(
                Rule.VILLAGE_HAS_DEPUTY,
                f"{village.short_name}没有代表：没有片区小组联系，选区里没有，也没有代表住在村里。",
                "把这个村(居)加到一个片区小组的“联系村(居)”里。",
                village_id=village.id,
            )


def _villages_in_one_group(grouped: Grouped) -> Iterator[Finding]:
    for village in grouped.kept_villages:
        groups = grouped.served_by.get(village.id, [])
        if len(groups) > 1:
            yield Finding(
                Rule.VILLAGE_IN_ONE_GROUP,
                f"{village.short_name}同时归 {len(groups)} 个片区小组联系：{_names(groups)}。",
                "在其中一个小组的“联系村(居)”里去掉它。",
                group_id=groups[-1].id,
                village_id=village.id,
            )


def _groups_have_members(grouped: Grouped) -> Iterator[Finding]:
    for group in grouped.standing:
        if group.kind is not GroupKind.CHAT and not grouped.members(group):
            yield Finding(
                Rule.GROUP_HAS_MEMBERS, f"{group.name}没有成员。", "加成员；不再需要的小组请撤销。", group_id=group.id
            )


def _groups_have_leaders(grouped: Grouped) -> Iterator[Finding]:
    for group in grouped.standing:
        members = grouped.members(group)
        ids = {deputy.id for deputy in members}
        if members and not any(one.leader and one.deputy_id in ids for one in group.members_on(grouped.day)):
            word = leader_word(group.kind)
            yield Finding(
                Rule.GROUP_HAS_LEADER, f"{group.name}没有{word}。", f"选一位成员，设为{word}。", group_id=group.id
            )


def _one_leader(grouped: Grouped) -> Iterator[Finding]:
    for group in grouped.standing:
        leaders = dict.fromkeys(one.deputy_id for one in group.members_on(grouped.day) if one.leader)
        if len(leaders) > 1:
            names = "、".join(_name(grouped, one) for one in leaders)
            yield Finding(
                Rule.ONE_LEADER,
                f"{group.name}有 {len(leaders)} 位{leader_word(group.kind)}：{names}。",
                f"选定一位，再按一次“设为{leader_word(group.kind)}”。",
                group_id=group.id,
            )


def _one_area_group(grouped: Grouped) -> Iterator[Finding]:
    found: dict[int, list[Group]] = defaultdict(list)
    for group in grouped.of_kind(GroupKind.AREA):
        for deputy_id in dict.fromkeys(one.deputy_id for one in group.members_on(grouped.day)):
            found[deputy_id].append(group)
    for deputy_id, groups in found.items():
        if len(groups) > 1:
            yield Finding(
                Rule.ONE_AREA_GROUP,
                f"{_name(grouped, deputy_id)}同时在 {len(groups)} 个片区小组：{_names(groups)}。",
                "从其中一个小组移出。",
                group_id=groups[-1].id,
                deputy_id=deputy_id,
            )


def _deputies_in_area_groups(grouped: Grouped) -> Iterator[Finding]:
    if not grouped.of_kind(GroupKind.AREA):
        return
    inside = {one.deputy_id for group in grouped.of_kind(GroupKind.AREA) for one in group.members_on(grouped.day)}
    for deputy in grouped.serving:
        if deputy.id not in inside:
            yield Finding(
                Rule.DEPUTY_IN_AREA_GROUP, f"{deputy.name}没有编入片区小组。", "编入一个片区小组。", deputy_id=deputy.id
            )


def _members_have_mandates(grouped: Grouped) -> Iterator[Finding]:
    for deputy, groups in _groups_of(grouped, tuple(GroupKind)):
        if not deputy.serves_on(grouped.day):
            yield Finding(
                Rule.MEMBER_HAS_MANDATE,
                f"{deputy.name}已不是本站在任代表，还在{_names(groups)}。",
                "移出小组，日期填离任那一天。",
                group_id=groups[0].id,
                deputy_id=deputy.id,
            )


def _members_exercise(grouped: Grouped) -> Iterator[Finding]:
    for deputy, groups in _groups_of(grouped, (GroupKind.AREA, GroupKind.DUTY)):
        suspended = not any(mandate.is_exercised_on(grouped.day) for mandate in deputy.mandates)
        if suspended and deputy.serves_on(grouped.day):
            yield Finding(
                Rule.MEMBER_EXERCISES,
                f"{deputy.name}暂时停止执行代表职务，还在{_names(groups)}。",
                "进站不会排到；需要时从进站编组移出。",
                group_id=groups[-1].id,
                deputy_id=deputy.id,
            )


def _groups_of(grouped: Grouped, kinds: tuple[GroupKind, ...]) -> Iterator[tuple[Deputy, list[Group]]]:
    """Yield everybody who is in a group of some kinds, with these groups."""
    found: dict[int, dict[int, Group]] = defaultdict(dict)
    for group in grouped.standing:
        if group.kind in kinds:
            for one in group.members_on(grouped.day):
                found[one.deputy_id][group.id] = group
    for deputy in grouped.deputies:
        if deputy.id in found:
            yield deputy, list(found[deputy.id].values())


def _duty_teams_big_enough(grouped: Grouped) -> Iterator[Finding]:
    for group in grouped.of_kind(GroupKind.DUTY):
        count = len(grouped.members(group))
        if 0 < count < LEAST_DUTY_TEAM:
            yield Finding(
                Rule.DUTY_TEAM_SIZE,
                f"{group.name}只有 {count} 人，排不满一次进站。",
                "加成员，或与别的组合并。",
                group_id=group.id,
            )


def _sizes_alike(grouped: Grouped) -> Iterator[Finding]:
    for kind in (GroupKind.AREA, GroupKind.DUTY):
        sizes = {group.id: len(grouped.members(group)) for group in grouped.of_kind(kind)}
        for group in grouped.of_kind(kind):
            others = [size for group_id, size in sizes.items() if group_id != group.id and size]
            mean = sum(others) / len(others) if others else 0
            own = sizes[group.id]
            if mean and own >= mean * _MUCH_BIGGER and own - mean >= _BIGGER_BY:
                yield Finding(
                    Rule.SIZE_LIKE_OTHERS,
                    f"{group.name}有 {own} 人，其他{GROUP_KIND_LABELS[kind]}平均 {mean:.1f} 人。",
                    "用“编组方案”重新均分，或移几位到别的组。",
                    group_id=group.id,
                )


def _levels_mixed(grouped: Grouped) -> Iterator[Finding]:
    for kind in (GroupKind.AREA, GroupKind.DUTY):
        higher = {
            group.id: sum(is_higher(deputy, grouped.day) for deputy in grouped.members(group))
            for group in grouped.of_kind(kind)
        }
        filled = [group for group in grouped.of_kind(kind) if grouped.members(group)]
        if sum(higher.values()) < len(filled):
            continue  # too few of them for every group
        for group in filled:
            if not higher[group.id]:
                yield Finding(
                    Rule.LEVELS_MIXED,
                    f"{group.name}没有县级以上代表，其他组有 {max(higher.values())} 位的。",
                    "混合编组：移一位县级以上代表过来。",
                    group_id=group.id,
                )


def _chats_have_deputies(grouped: Grouped) -> Iterator[Finding]:
    for group in grouped.of_kind(GroupKind.CHAT):
        if not grouped.members(group):
            yield Finding(
                Rule.CHAT_HAS_DEPUTY, f"{group.name}里没有代表。", "加一位入群的代表，或撤销这个群。", group_id=group.id
            )


def _villages_have_households(grouped: Grouped) -> Iterator[Finding]:
    linked = {one.village_id for one in grouped.households if one.holds_on(grouped.day) and one.households}
    by_number = {
        village_id
        for group in grouped.of_kind(GroupKind.AREA)
        if group.households
        for village_id in group.villages_on(grouped.day)
    }
    if not linked and not by_number:
        return  # nobody keeps households here
    for village in grouped.kept_villages:
        if village.id not in linked and village.id not in by_number:
            yield Finding(
                Rule.VILLAGE_HAS_HOUSEHOLDS,
                f"{village.short_name}还没有联户。",
                "在“联户”里给联系这个村(居)的代表登记户数。",
                village_id=village.id,
            )


def leader_word(kind: GroupKind) -> str:
    """Return what who leads a group of a kind is called."""
    return "联系代表" if kind is GroupKind.CHAT else "组长"


def _names(groups: Iterable[Group]) -> str:
    return "、".join(group.name for group in groups)


def _name(grouped: Grouped, deputy_id: int) -> str:
    deputy = grouped.by_id.get(deputy_id)
    return deputy.name if deputy else "（已删除的代表）"


_CHECKS: Final[dict[Rule, Callable[[Grouped], Iterator[Finding]]]] = {
    Rule.VILLAGE_HAS_DEPUTY: _villages_have_deputies,
    Rule.VILLAGE_IN_ONE_GROUP: _villages_in_one_group,
    Rule.GROUP_HAS_MEMBERS: _groups_have_members,
    Rule.GROUP_HAS_LEADER: _groups_have_leaders,
    Rule.ONE_LEADER: _one_leader,
    Rule.ONE_AREA_GROUP: _one_area_group,
    Rule.DEPUTY_IN_AREA_GROUP: _deputies_in_area_groups,
    Rule.MEMBER_HAS_MANDATE: _members_have_mandates,
    Rule.MEMBER_EXERCISES: _members_exercise,
    Rule.DUTY_TEAM_SIZE: _duty_teams_big_enough,
    Rule.SIZE_LIKE_OTHERS: _sizes_alike,
    Rule.LEVELS_MIXED: _levels_mixed,
    Rule.CHAT_HAS_DEPUTY: _chats_have_deputies,
    Rule.VILLAGE_HAS_HOUSEHOLDS: _villages_have_households,
}


def count_words(findings: Iterable[Finding]) -> str:
    """Return how many things are wrong or worth a look, e.g. 3 处问题、1 条提示, or 无问题."""
    counted = Counter(one.hint for one in findings)
    parts = [f"{counted[False]} 处问题"] if counted[False] else []
    parts += [f"{counted[True]} 条提示"] if counted[True] else []
    return "、".join(parts) or "无问题"
