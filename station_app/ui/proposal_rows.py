"""The tables of a proposal: its teams, the deputies of one, the villages of one."""

from dataclasses import dataclass

from PySide6.QtCore import QSettings

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.grouping_proposal import Proposal, Team
from station_app.domain.grouping_rules import Grouped, is_higher
from station_app.domain.people import Deputy, level_label
from station_app.domain.station import OrganKind, Village
from station_app.support import pinyin
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.member_table import with_leader_word
from station_app.ui.theme import Tone

OUTSIDE = -1
"""Place of the row of who is left out."""


@dataclass(frozen=True)
class TeamRow:
    """A team of the proposal, or who is left out.

    Args:
        at: its number in the proposal from 0 on, or `OUTSIDE`.
        higher: how many hold a level above the township's.
        wrong: how many rules it does not keep.
    """

    at: int
    team: Team
    leader: str
    higher: int
    villages: str
    wrong: int


@dataclass(frozen=True)
class SeatRow:
    """A deputy in a team.

    Args:
        now: name of the group of this kind the deputy is in now, or empty.
        moves: whether that is another one than proposed.
    """

    deputy: Deputy
    levels: str
    village: str
    now: str
    moves: bool
    leads: bool


@dataclass(frozen=True)
class VillageRow:
    """A village of a team with the number of deputies who live there."""

    village: Village
    residents: int


_TEAMS: Ledger[TeamRow] = Ledger(
    "proposal_teams",
    "编组方案",
    (
        Column("name", "小组", lambda row: row.team.name, Kind.TEXT, 16),
        Column("size", "人数", lambda row: len(row.team.deputy_ids), Kind.COUNT, 7),
        Column("higher", "县级以上", lambda row: row.higher, Kind.COUNT, 9),
        Column("leader", "组长", lambda row: row.leader, Kind.LABEL, 9),
        Column("wrong", "检查", lambda row: f"{row.wrong} 处" if row.wrong else "", Kind.LABEL, 8),
        Column("villages", "村(居)", lambda row: row.villages, Kind.TEXT, 18, shown=False),
    ),
)
_SEATS: Ledger[SeatRow] = Ledger(
    "proposal_seats",
    "成员",
    (
        Column(
            "name", "姓名", lambda row: with_leader_word(row.deputy.name, "组长" if row.leads else ""), Kind.TEXT, 17
        ),
        Column("levels", "层级", lambda row: row.levels, Kind.LABEL, 9),
        Column("village", "住在", lambda row: row.village, Kind.LABEL, 9),
        Column("now", "现在", lambda row: row.now, Kind.TEXT, 14),
        Column("post", "工作单位及职务", lambda row: row.deputy.post, Kind.TEXT, 18, shown=False),
    ),
)
_VILLAGES: Ledger[VillageRow] = Ledger(
    "proposal_villages",
    "村(居)",
    (
        Column("name", "村(居)", lambda row: row.village.short_name, Kind.TEXT, 14),
        Column("residents", "住村代表", lambda row: row.residents, Kind.COUNT, 10),
    ),
)


def team_table(settings: QSettings) -> LedgerTable:
    """Return the table of teams; its rows are known by their number."""
    marks = {"wrong": lambda row: Mark(f"{row.wrong} 处", Tone.WARNING) if row.wrong else None}
    return LedgerTable(
        _TEAMS,
        lambda row: row.at,
        settings,
        marks=marks,
        stretch="name",
        yielding=("higher", "leader", "wrong"),
        widths={"name": 18},
    )


def seat_table(settings: QSettings) -> LedgerTable:
    """Return the table of a team's deputies; its rows are known by the deputy's id."""
    return LedgerTable(
        _SEATS,
        lambda row: row.deputy.id,
        settings,
        marks={
            "now": lambda row: Mark(row.now, Tone.WARNING) if row.moves else None,
        },
        sort_keys={"name": lambda row: pinyin.sort_key(row.deputy.name)},
        stretch="now",
        yielding=("village",),
    )


def village_table(settings: QSettings) -> LedgerTable:
    """Return the table of a team's villages; its rows are known by the village's id."""
    return LedgerTable(_VILLAGES, lambda row: row.village.id, settings, stretch="name")


class ProposalRows:
    """Makes the rows of a proposal.

    Args:
        grouped: the grouping it begins from.
        organ: for the words of levels.
    """

    def __init__(self, grouped: Grouped, organ: OrganKind) -> None:
        self._grouped = grouped
        self._organ = organ
        self._villages = {village.id: village for village in grouped.villages}

    def teams(self, proposal: Proposal) -> list[TeamRow]:
        """Return a row for each team, and one for who is left out."""
        known = self._grouped.by_id
        wrong: dict[int, int] = {}
        for one in proposal.findings(self._grouped):
            if one.group_id is not None:
                wrong[one.group_id] = wrong.get(one.group_id, 0) + 1
        rows = [
            TeamRow(
                at,
                team,
                known[team.leader_id].name if team.leader_id else "",
                sum(is_higher(known[one], self._grouped.day) for one in team.deputy_ids),
                "、".join(self._villages[one].short_name for one in team.village_ids),
                wrong.get(team.group_id or -(at + 1), 0),
            )
            for at, team in enumerate(proposal.teams)
        ]
        if proposal.left_out:
            rows.append(TeamRow(OUTSIDE, Team("未编入", deputy_ids=proposal.left_out), "", 0, "", 0))
        return rows

    def seats(self, proposal: Proposal, row: TeamRow | None) -> list[SeatRow]:
        """Return a row for each deputy of a team, in roster order."""
        if row is None:
            return []
        day = self._grouped.day
        now = {one.deputy_id: group for group in self._grouped.of_kind(proposal.kind) for one in group.members_on(day)}
        deputies = [self._grouped.by_id[one] for one in row.team.deputy_ids]
        return [
            SeatRow(
                one,
                "、".join(level_label(level, self._organ) for level in one.levels_on(day)),
                self._villages[one.village_id].short_name if one.village_id in self._villages else "",
                now[one.id].name if one.id in now else "",
                one.id in now and now[one.id].id != row.team.group_id,
                one.id == row.team.leader_id,
            )
            for one in sorted(deputies, key=lambda one: (one.id != row.team.leader_id, one.roster_order, one.id))
        ]

    def villages(self, row: TeamRow | None) -> list[VillageRow]:
        """Return a row for each village of a team."""
        if row is None:
            return []
        return [VillageRow(self._villages[one], len(self.residents(one))) for one in row.team.village_ids]

    def residents(self, village_id: int) -> list[int]:
        """Return the ids of the deputies who live in a village."""
        return [deputy.id for deputy in self._grouped.serving if deputy.village_id == village_id]
