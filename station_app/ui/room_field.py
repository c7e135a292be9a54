"""The field that says which room of the station something belongs to (站室), and what is proposed from it."""

from collections.abc import Iterable, Sequence

from station_app.domain.rooms import OWN_NAME, STATION_ITSELF, Room
from station_app.domain.station import Village
from station_app.ui.choice_fields import ChoiceField


class RoomField(ChoiceField):
    """One of the station's rooms in use, or the station itself.

    Args:
        rooms: every room, those out of use too.
        also: the room a record belongs to, offered even when it is out of use.
    """

    def __init__(self, rooms: Sequence[Room] = (), also: int | None = None, *, wide: bool = False) -> None:
        super().__init__("站室", required=True, wide=wide)
        self.offer(rooms, also)

    def offer(self, rooms: Sequence[Room], also: int | None = None) -> None:
        """Offer other rooms; arguments as for a new field."""
        usable = [(room.id, room.name) for room in rooms if not room.retired or room.id == also]
        self.set_choices([(STATION_ITSELF, OWN_NAME), *usable])

    def room_id(self) -> int | None:
        """Return the room chosen, or None for the station itself."""
        chosen = self.value()
        return chosen if isinstance(chosen, int) and chosen != STATION_ITSELF else None

    def show_room(self, room_id: int | None) -> None:
        """Show a room as chosen."""
        self.set_value(STATION_ITSELF if room_id is None else room_id)


def villages_first_of(room: Room | None, villages: Iterable[Village]) -> list[str]:
    """Return the short names of the villages in use, those that a room serves before the others."""
    near = room.village_ids if room else ()
    usable = sorted((one for one in villages if not one.retired), key=lambda one: one.id not in near)
    return [one.short_name or one.name for one in usable]
