"""The papers of the roster: the 公示牌 on the station's wall and the 名册核对表, filled and written."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from station_app.documents.check_list import CheckLine, CheckList, CheckPart, write_check_list
from station_app.documents.check_list import unprintable as missing_in_check_list
from station_app.documents.wall_cards import WallCard, WallRoster, WallSection
from station_app.domain.attachment import Owner
from station_app.domain.groups import GroupKind
from station_app.domain.people import Deputy, Level, level_label
from station_app.domain.roster_order import in_order
from station_app.services.attachments_desk import AttachmentsDesk
from station_app.services.group_rows import GroupRows
from station_app.services.grouping import Grouping
from station_app.services.reception_days import ReceptionDays
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk
from station_app.support.clock import Clock
from station_app.support.faults import StationFault

Progress = Callable[[float, str], None]
Cancel = Callable[[], bool]

WALL_TITLE: Final = "代表公示牌"
CHECK_TITLE: Final = "名册核对表"
_NUMERALS: Final = "十一二三四五六七八九"
_OTHERS: Final = "其他代表"
_FEW: Final = 3
_Part = tuple[str, str, list[Deputy]]
"""Title, note, deputies."""


def _silent(_part: float, _word: str) -> None:
    return


def _never() -> bool:
    return False


class Arranged(StrEnum):
    """How the deputies stand on the 公示牌."""

    AREA = "area"
    LEVEL = "level"
    ROSTER = "roster"


ARRANGED_LABELS = {Arranged.AREA: "按片区小组", Arranged.LEVEL: "按代表层级", Arranged.ROSTER: "按名册顺序"}


@dataclass(frozen=True)
class WallChoice:
    """What the clerk chooses for a 公示牌.

    Args:
        paper: ``A4`` or ``A3``.
        phones: True prints the phones of deputies who agreed to that.
        hours: 接待时间 as printed, or empty.
    """

    arranged: Arranged = Arranged.AREA
    paper: str = "A3"
    landscape: bool = False
    phones: bool = True
    hours: str = ""


class RosterPapers:
    """Fills and writes the papers of the roster. Reads only."""

    def __init__(
        self,
        clock: Clock,
        settings: SettingsDesk,
        roster: Roster,
        grouping: Grouping,
        days: ReceptionDays,
        attachments: AttachmentsDesk,
    ) -> None:
        self._clock = clock
        self._settings = settings
        self._roster = roster
        self._grouping = grouping
        self._days = days
        self._attachments = attachments

    # 公示牌

    def usual_hours(self) -> str:
        """Return 接待时间 as the market days and the last reception day suggest it, or nothing."""
        profile = self._settings.profile()
        days = [day for day in self._days.between(to_on=self._clock.today().isoformat()) if day.starts]
        hours = f"{days[-1].starts}–{days[-1].ends}" if days else ""
        endings = "、".join(_NUMERALS[one] for one in profile.market_endings if 0 <= one < len(_NUMERALS))
        return f"农历逢{endings}{profile.market_word} {hours}".strip() if endings else ""

    def wall(self, choice: WallChoice) -> WallRoster:
        """Return the 公示牌 as it stands today; deputies whose mandates ended or are suspended are not on it."""
        profile, today = self._settings.profile(), self._clock.today()
        rows = self._rows()
        shown = [deputy for deputy in rows.deputies.values() if not _is_suspended(deputy, today.isoformat())]
        facts = (("站址", profile.place), ("接待时间", choice.hours), ("联系电话", profile.phone))

        def card(deputy: Deputy) -> WallCard:
            return self._card(deputy, rows, phones=choice.phones)

        parts = [("", "", shown)]
        if choice.arranged is Arranged.AREA:
            parts = _by_area(shown, rows)
        elif choice.arranged is Arranged.LEVEL:
            parts = self._by_level(shown)
        return WallRoster(
            station=profile.name,
            sections=tuple(WallSection(title, tuple(map(card, those)), note) for title, note, those in parts if those),
            facts=tuple((label, value) for label, value in facts if value),
            date=f"{today.year}年{today.month}月",
            paper=choice.paper,
            landscape=choice.landscape,
            demo=profile.demo,
        )

    def write_wall(
        self, choice: WallChoice, path: Path, progress: Progress = _silent, cancelled: Cancel = _never
    ) -> dict[str, str]:
        """Write the 公示牌 as PDF and return the characters no face has, each with the text it occurs in.

        Raises:
            StationFault: the file cannot be written.
            Cancelled: the clerk asked to stop; no file is left.
        """
        from station_app.documents.wall_roster import unprintable, write_wall_roster

        board = self.wall(choice)

        def tell(done: int, of: int) -> None:
            progress(done / of if of else 1.0, WALL_TITLE)

        write_wall_roster(path, board, tell, cancelled)
        return unprintable(board)

    def _by_level(self, deputies: list[Deputy]) -> list[_Part]:
        """Return each deputy once, under the highest level; levels of very few stand under one heading."""
        kind, on = self._settings.profile().organ_kind, self._clock.today().isoformat()
        highest = {deputy.id: deputy.levels_on(on)[0] for deputy in deputies}
        parts: list[tuple[list[str], list[Deputy]]] = []
        for level in Level:
            those = [deputy for deputy in deputies if highest[deputy.id] is level]
            if those and parts and len(parts[-1][1]) < _FEW:
                parts[-1][0].append(level_label(level, kind))
                parts[-1][1].extend(those)
            elif those:
                parts.append(([level_label(level, kind)], those))
        return [(f"{'、'.join(labels)}人大代表", "", those) for labels, those in parts]

    def _card(self, deputy: Deputy, rows: GroupRows, *, phones: bool) -> WallCard:
        on = self._clock.today().isoformat()
        districts = dict.fromkeys(one.constituency for one in deputy.mandates if one.holds_on(on) and one.constituency)
        return WallCard(
            name=deputy.name,
            levels=f"{rows.levels(deputy)}人大代表",
            post=deputy.post or "、".join(districts),
            places="、".join(rows.villages_of(deputy)),
            phone=deputy.phone if phones and deputy.phone_public else "",
            photo=None if deputy.photo_id is None else lambda: self._photo(deputy),
        )

    def _photo(self, deputy: Deputy) -> bytes | None:
        """Return the file of the portrait, or None where the attachments are away."""
        photos = self._attachments.of(Owner.DEPUTY, deputy.id)
        kept = next((one for one in photos if one.id == deputy.photo_id), None)
        try:
            return self._attachments.content(kept) if kept is not None else None
        except StationFault:
            return None

    # 名册核对表

    def check_list(self, *, by_group: bool) -> CheckList:
        """Return the 名册核对表 of everybody who serves, suspended or not.

        Args:
            by_group: each area group on pages of its own, those without one at the end.
        """
        profile, today = self._settings.profile(), self._clock.today().isoformat()
        kind = profile.organ_kind
        villages = {village.id: village.short_name for village in self._settings.villages()}
        arranged = in_order(self._roster.serving(), self._settings.roster_order(), today)
        serving = {deputy.id: deputy for deputy in arranged}

        def line(deputy: Deputy) -> CheckLine:
            levels = "、".join(level_label(level, kind) for level in deputy.levels_on(today))
            village = villages.get(deputy.village_id or 0, deputy.village)
            return CheckLine(
                deputy.name, levels, deputy.post, deputy.phone, deputy.birth_month, deputy.party, village,
                deputy.checked_on,
            )  # fmt: skip

        parts: list[tuple[str, list[Deputy]]] = [("", list(serving.values()))]
        if by_group:
            parts, left = [], dict(serving)
            for group in self._grouping.groups():
                if group.kind is GroupKind.AREA and group.exists_on(today):
                    ids = [member.deputy_id for member in group.members_on(today)]
                    parts.append((group.name, [left.pop(one) for one in ids if one in left]))
            parts.append(("未编组的代表" if parts else "", list(left.values())))
        filled = tuple(CheckPart(title, tuple(map(line, those))) for title, those in parts if those)
        return CheckList(profile.name, today, filled or (CheckPart("", ()),), profile.demo)

    def write_check_list(
        self, path: Path, *, by_group: bool, progress: Progress = _silent, cancelled: Cancel = _never
    ) -> dict[str, str]:
        """Write the 名册核对表 as PDF and return the characters no face has; raises as `write_wall`."""
        paper = self.check_list(by_group=by_group)

        def tell(done: int, of: int) -> None:
            progress(done / of, CHECK_TITLE)

        write_check_list(path, paper, tell, cancelled)
        return missing_in_check_list(paper)

    def _rows(self) -> GroupRows:
        return GroupRows(self._settings, self._roster, self._grouping, self._clock.today().isoformat())


def _is_suspended(deputy: Deputy, on: str) -> bool:
    """Tell whether any mandate in force on ``on`` is suspended: nobody is shown in public at half."""
    return any(mandate.holds_on(on) and not mandate.is_exercised_on(on) for mandate in deputy.mandates)


def _by_area(deputies: list[Deputy], rows: GroupRows) -> list[_Part]:
    """Return the area groups with their notes, then those in none; each deputy once."""
    parts, placed = [], set[int]()
    present = {deputy.id: deputy for deputy in deputies}
    for group in rows.groups:
        if group.kind is not GroupKind.AREA:
            continue
        members = [one for one in rows.members(group) if one.id in present and one.id not in placed]
        placed |= {one.id for one in members}
        leader, places = rows.leader(group), "、".join(rows.villages(group))
        note = "　".join(part for part in (f"组长：{leader}" * bool(leader), f"联系{places}" * bool(places)) if part)
        parts.append((group.name, note, members))
    others = [deputy for deputy in deputies if deputy.id not in placed]
    return [*parts, (_OTHERS if placed else "", "", others)]
