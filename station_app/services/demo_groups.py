"""The invented station's groups over two terms, its grids and chats, and the households deputies keep contact with."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from station_app.domain.groups import Grid, Group, GroupKind, HouseholdLink, Membership
from station_app.domain.people import Deputy, Level
from station_app.services.demo_lists import invented_phone, people
from station_app.services.demo_terms import current_term, term_before
from station_app.services.demo_texts import group_name
from station_app.storage.change_log import Step
from station_app.storage.groups import GroupRecords
from station_app.storage.station_file import StationFile

_DAYS_TO_GROUP: Final = 25
"""Days after a term's beginning at which its deputies are grouped."""
_MEMBERS_PER_DUTY_TEAM: Final = 12
_GRIDS: Final = "一二三四"
_FIELD_WORDS: Final = (
    ("种", "养", "农", "合作社", "护林", "蜂", "茶"),
    ("建", "公路", "供电", "水务", "书记", "站长"),
    ("学", "医", "教师", "文化", "药", "妇联", "幼儿"),
    ("经理", "厂", "电商", "创业", "个体", "商行", "豆腐"),
)
_EVERY_WITH_A_LIST: Final = 8
"""Of so many deputies one keeps the list of households, the others their number."""


class GroupBook:
    """Writes groups, grids and households.

    Args:
        rng: draws what no day or matter depends on.
        villages: id by name.
    """

    def __init__(self, file: StationFile, step: Step, rng: Random, villages: Mapping[str, int], today: date) -> None:
        self._records = GroupRecords(file)
        self._step = step
        self._rng = rng
        self._villages = villages
        self._today = today.isoformat()
        term = current_term(Level.TOWNSHIP, today)
        self._founded = _grouped_after(term_before(term).from_on)
        self._regrouped = _grouped_after(term.from_on)

    def put(self, deputies: Sequence[Deputy], former: Sequence[Deputy]) -> tuple[tuple[Deputy, ...], ...]:
        """Write everything; return the duty teams.

        Args:
            deputies: who served in the register's time.
            former: who served in the term before.
        """
        grids = self._grids()
        serving = [deputy for deputy in deputies if any(not mandate.to_on for mandate in deputy.mandates)]
        teams = _duty_teams(serving)
        turn = dict.fromkeys(GroupKind, 0)
        for position, (kind_text, name, served, households, arrangement) in enumerate(people()["groups"]):
            kind = GroupKind(kind_text)
            area = kind is GroupKind.AREA
            near = tuple(grid for village in served for grid in grids[village]) if "社区" in "".join(served) else ()
            group = Group(
                0, "", name, kind, tuple(self._villages[village] for village in served), households, arrangement,
                position=position, grid_ids=near, from_on=self._founded if area else self._regrouped,
            )  # fmt: skip
            if area:
                self._area_group(
                    group, [d for d in deputies if d.village in served], [d for d in former if d.village in served]
                )
            elif kind is GroupKind.FIELD:
                self._group(group, [deputy for deputy in serving if _field_of(deputy) == turn[kind]])
            else:
                self._group(group, teams[turn[kind]])
            turn[kind] += 1
        self._chats(serving)
        self._households(serving, grids)
        return teams

    def _area_group(self, group: Group, members: Sequence[Deputy], former: Sequence[Deputy]) -> None:
        """Write a group of two terms: who led it in the first was one of those who left then."""
        group_id = self._records.save(self._step, group, self._founded)
        leader, leader_before = _leader(members), former[0].id
        for deputy in (*members, *former):
            begun = max(self._founded, min(mandate.from_on for mandate in deputy.mandates), _came(deputy))
            ended = _left(deputy)
            if begun < self._regrouped:
                until = min(self._regrouped, ended or self._regrouped)
                self._join(group_id, deputy.id, begun, until, leader=deputy.id == leader_before)
            if not ended or ended > self._regrouped:
                self._join(group_id, deputy.id, max(begun, self._regrouped), ended, leader=deputy.id == leader)

    def _group(self, group: Group, members: Sequence[Deputy]) -> int:
        """Write a group of the current term."""
        group_id = self._records.save(self._step, group, self._regrouped)
        leader = _leader(members)
        for deputy in members:
            begun = max(self._regrouped, min(m.from_on for m in deputy.mandates if not m.to_on), _came(deputy))
            self._join(group_id, deputy.id, begun, _left(deputy), leader=deputy.id == leader)
        return group_id

    def _join(self, group_id: int, deputy_id: int, from_on: str, to_on: str, *, leader: bool) -> None:
        self._records.join(self._step, Membership(group_id, deputy_id, from_on, to_on, leader=leader))

    def _grids(self) -> dict[str, tuple[int, ...]]:
        return {
            village: tuple(
                self._records.save_grid(self._step, Grid(0, "", self._villages[village], f"第{_GRIDS[place]}网格"))
                for place in range(2 + groups // 5)
            )
            for village, groups in people()["villages"]
        }

    def _chats(self, serving: Sequence[Deputy]) -> None:
        for position, village in enumerate(self._villages):
            here = [deputy for deputy in serving if deputy.village == village]
            chat = Group(
                0, "", f"{village}村民联系群" if village.endswith("村") else f"{village}居民联系群", GroupKind.CHAT,
                (self._villages[village],), position=100 + position, people=self._rng.randrange(160, 460),
                from_on=self._regrouped,
            )  # fmt: skip
            self._group(chat, here[:6])

    def _households(self, serving: Sequence[Deputy], grids: Mapping[str, tuple[int, ...]]) -> None:
        rng, named = self._rng, people()
        for place, deputy in enumerate(serving):
            if not any(mandate.level is Level.TOWNSHIP for mandate in deputy.mandates):
                continue
            link = HouseholdLink(
                deputy.id, deputy.village_id, rng.randint(6, 15), grid_id=rng.choice(grids[deputy.village]),
                from_on=max(self._regrouped, deputy.mandates[-1].from_on),
            )  # fmt: skip
            if place % _EVERY_WITH_A_LIST:
                self._records.save_household(self._step, link)
                continue
            for house in range(rng.randint(5, 7)):
                name = (
                    f"{rng.choice(named['surnames'])}{rng.choice(named['male_first'])}{rng.choice(named['male_last'])}"
                )
                address = f"{deputy.village}{group_name(1 + house)}{rng.randint(1, 60)}号"
                listed = replace(link, households=1, name=name, address=address, phone=invented_phone(rng))
                self._records.save_household(self._step, listed)


def _grouped_after(begun: str) -> str:
    return (date.fromisoformat(begun) + timedelta(days=_DAYS_TO_GROUP)).isoformat()


def _came(deputy: Deputy) -> str:
    """Return the day a deputy came from another station; empty for those always here."""
    return max((placement.from_on for placement in deputy.placements if placement.came_from), default="")


def _left(deputy: Deputy) -> str:
    """Return the day from which a deputy is here no more, or empty."""
    if went := next((placement.to_on for placement in deputy.placements if placement.went_to), ""):
        return went
    if any(not mandate.to_on for mandate in deputy.mandates):
        return ""
    last = max(mandate.to_on for mandate in deputy.mandates)
    return (date.fromisoformat(last) + timedelta(days=1)).isoformat()


def _leader(members: Sequence[Deputy]) -> int:
    staying = [deputy for deputy in members if not _left(deputy)]
    return next((d.id for d in staying if "书记" in d.post or "主席" in d.post), staying[0].id)


def _field_of(deputy: Deputy) -> int:
    for field, words in reversed(tuple(enumerate(_FIELD_WORDS))):
        if any(word in deputy.post for word in words):
            return field
    return deputy.roster_order % 4


def _duty_teams(serving: Sequence[Deputy]) -> tuple[tuple[Deputy, ...], ...]:
    """Return three teams of deputies of several levels, spread over the villages."""
    chosen = [deputy for deputy in serving if deputy.roster_order % 2 or len(deputy.mandates) > 1]
    return tuple(tuple(chosen[team::3][:_MEMBERS_PER_DUTY_TEAM]) for team in range(3))
