"""The rooms and posts of a station (站室): 联络室, 联络点 and houses below it, some of them for a park, enterprise or trade."""

from collections.abc import Iterable
from dataclasses import dataclass

from station_app.domain.problems import FieldProblem
from station_app.domain.station import Branch, StationKind
from station_app.domain.text import LINE_LIMIT, NAME_LIMIT, phone_problem, text_problem

OWN_NAME = "本站"
"""What the station itself is called beside its rooms."""
STATION_ITSELF = 0
"""The key of the station itself where a room is chosen; records hold None for it."""
ROOM_KINDS = (StationKind.OFFICE, StationKind.POINT, StationKind.HOUSE)
"""What hangs below a station."""


@dataclass(frozen=True)
class Room:
    """A room or post of the station.

    Args:
        kind: one of `ROOM_KINDS`.
        branch: whom it is for, beside the villages.
        place: proposed for its reception days.
        village_ids: the villages it serves; proposed first.
        staff_id / staff: who of the station's people is in charge, and the name; None and empty for nobody.
        retired: no longer chosen; what was held and raised there stays.
    """

    name: str
    kind: StationKind = StationKind.OFFICE
    branch: Branch = Branch.GENERAL
    place: str = ""
    phone: str = ""
    village_ids: tuple[int, ...] = ()
    staff_id: int | None = None
    staff: str = ""
    position: int = 0
    retired: bool = False
    id: int = 0
    uid: str = ""


def room_problems(room: Room, others: Iterable[Room], station_name: str) -> list[FieldProblem | None]:
    """Return what is wrong with a room; None stands for a check that passed.

    Args:
        others: the other rooms of the station.
    """
    others = list(others)
    taken = {station_name, OWN_NAME, *(one.name for one in others)}
    in_charge = next((one for one in others if one.staff_id == room.staff_id is not None), None)
    return [
        None if room.name else FieldProblem("name", "请填写站室名称。"),
        FieldProblem("name", f"已经有“{room.name}”。") if room.name in taken else None,
        text_problem("name", "站室名称", room.name, NAME_LIMIT),
        text_problem("place", "地点", room.place, LINE_LIMIT),
        phone_problem("phone", room.phone, "没有就空着。"),
        FieldProblem("staff_id", f"{in_charge.staff}已经负责“{in_charge.name}”，一人只负责一处。")
        if in_charge
        else None,
    ]


def room_names(rooms: Iterable[Room]) -> dict[int | None, str]:
    """Return what each room is called by id, and under None the station itself; empty without any room."""
    names: dict[int | None, str] = {None: OWN_NAME}
    names.update((room.id, room.name) for room in rooms)
    return names if len(names) > 1 else {}


def is_wanted(room_id: int | None, wanted: int | None) -> bool:
    """Tell whether what belongs to ``room_id`` is asked for; ``wanted`` None asks for everything."""
    return wanted is None or (room_id or STATION_ITSELF) == wanted
