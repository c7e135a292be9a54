"""The groups deputies work in, with dated members, villages and grids, and the households they keep contact with."""

from dataclasses import dataclass
from enum import StrEnum


class GroupKind(StrEnum):
    """Kind of a deputies' group; a chat is a messaging group of villagers that deputies have joined (入群)."""

    AREA = "area"
    FIELD = "field"
    DUTY = "duty"
    CHAT = "chat"


GROUP_KIND_LABELS = {
    GroupKind.AREA: "片区小组",
    GroupKind.FIELD: "专业小组",
    GroupKind.DUTY: "进站编组",
    GroupKind.CHAT: "联系群",
}


@dataclass(frozen=True)
class Membership:
    """A deputy's dated membership in a group; ``to_on`` is the day of leaving, on which it counts no more."""

    group_id: int
    deputy_id: int
    from_on: str
    to_on: str = ""
    leader: bool = False
    id: int = 0
    uid: str = ""

    def holds_on(self, day: str) -> bool:
        """Tell whether the deputy is a member on ``day`` (ISO date)."""
        return self.from_on <= day and (not self.to_on or day < self.to_on)


@dataclass(frozen=True)
class Served:
    """A village or grid a group keeps contact with, from–to; ``to_on`` is the day on which it counts no more.

    Args:
        place_id: of the village or grid.
        from_on: ISO date, or empty when nobody wrote it down: ever since.
    """

    place_id: int
    from_on: str = ""
    to_on: str = ""

    def holds_on(self, day: str) -> bool:
        """Tell whether the place is served on ``day`` (ISO date)."""
        return self.from_on <= day and (not self.to_on or day < self.to_on)


@dataclass(frozen=True)
class Group:
    """A group of deputies (代表小组、编组、联系群) with the villages and grids it keeps contact with.

    Args:
        village_ids / grid_ids: those served now; what they were on another day tell ``villages`` and ``grids``.
        households: number of households in contact, of an area group.
        people: number of people in a chat.
        arrangement: when the group is on duty (进站安排), free text.
        from_on / to_on: ISO dates between which the group exists; empty while it does.
        station_id: the room or post where it is on duty, None for the station itself.
    """

    id: int
    uid: str
    name: str
    kind: GroupKind
    village_ids: tuple[int, ...] = ()
    households: int | None = None
    arrangement: str = ""
    remark: str = ""
    position: int = 0
    memberships: tuple[Membership, ...] = ()
    grid_ids: tuple[int, ...] = ()
    people: int | None = None
    from_on: str = ""
    to_on: str = ""
    station_id: int | None = None
    villages: tuple[Served, ...] = ()
    grids: tuple[Served, ...] = ()

    def exists_on(self, day: str) -> bool:
        """Tell whether the group exists on ``day`` (ISO date)."""
        return self.from_on <= day and (not self.to_on or day < self.to_on)

    def members_on(self, day: str) -> tuple[Membership, ...]:
        """Return the memberships in force on ``day``, the leader first."""
        return tuple(member for member in self.memberships if member.holds_on(day))

    def villages_on(self, day: str) -> tuple[int, ...]:
        """Return the ids of the villages served on ``day``."""
        return tuple(one.place_id for one in self.villages if one.holds_on(day))


@dataclass(frozen=True)
class Grid:
    """A grid (网格) of a village."""

    id: int
    uid: str
    village_id: int
    name: str


@dataclass(frozen=True)
class HouseholdLink:
    """Households or voters a deputy keeps contact with (联户): a number of them, or one by name.

    Args:
        households: how many; 1 for one by name.
        name: of the household, or empty for a mere number.
        from_on / to_on: ISO dates; ``to_on`` is the day on which it counts no more.
    """

    deputy_id: int
    village_id: int | None = None
    households: int = 1
    name: str = ""
    grid_id: int | None = None
    address: str = ""
    phone: str = ""
    remark: str = ""
    from_on: str = ""
    to_on: str = ""
    id: int = 0
    uid: str = ""

    def holds_on(self, day: str) -> bool:
        """Tell whether contact is kept on ``day`` (ISO date)."""
        return self.from_on <= day and (not self.to_on or day < self.to_on)
