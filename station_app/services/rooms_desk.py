"""The rooms and posts of the station (站室): kept, put in order, taken out of use; and which one is likely meant."""

from collections.abc import Sequence
from dataclasses import replace

from station_app.domain.problems import invalid, refuse
from station_app.domain.rooms import Room, room_names, room_problems
from station_app.domain.text import clean_line, clean_phone
from station_app.services.done import EVERYTHING, Done
from station_app.storage.rooms import RoomRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords


class RoomsDesk:
    """Keeps the rooms. A station without any need not know of them."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = RoomRecords(file)

    def any(self) -> bool:
        """Tell whether the station has any room, retired ones too."""
        return self._records.any()

    def all(self) -> list[Room]:
        """Return the rooms in hand-set order, retired ones last."""
        return self._records.all()

    def names(self) -> dict[int | None, str]:
        """Return what each room is called by id, and under None the station itself; empty without any room."""
        return room_names(self._records.all())

    def room(self, room_id: int | None) -> Room | None:
        """Return one room, or None for the station itself."""
        return next((one for one in self._records.all() if one.id == room_id), None)

    def last_of_days(self) -> int | None:
        """Return the room the last reception day was entered for, unless it is out of use."""
        return self._usable(self._records.last_of("reception_days"))

    def last_of_visits(self) -> int | None:
        """Return the room of the last visit outside a reception day, unless it is out of use."""
        return self._usable(self._records.last_of("visits"))

    def last_of_opinions(self) -> int | None:
        """Return the room of the last opinion a deputy raised, unless it is out of use."""
        return self._usable(self._records.last_of("opinions"))

    def save(self, room: Room) -> Done[int]:
        """Create (id 0) or change a room with its villages and who is in charge.

        Raises:
            InvalidInput: the name is missing or taken, or the person is in charge elsewhere.
        """
        rooms = self._records.all()
        room = replace(
            room,
            name=clean_line(room.name),
            place=clean_line(room.place),
            phone=clean_phone(room.phone),
            position=room.position if room.id else len(rooms),
        )
        others = [one for one in rooms if one.id != room.id]
        refuse(room_problems(room, others, StationRecords(self._file).profile().name))
        with self._file.write(f"保存站室 {room.name}") as step:
            room_id = self._records.save(step, room)
        return Done(room_id, f"已保存 {room.name}", EVERYTHING, step.id)

    def arrange(self, ids: Sequence[int]) -> Done[None]:
        """Put the rooms into a hand-set order.

        Args:
            ids: all of them in the wanted order.
        """
        with self._file.write("调整顺序") as step:
            self._records.arrange(step, ids)
        return Done(None, "已调整顺序", EVERYTHING, step.id)

    def delete(self, room_id: int) -> Done[None]:
        """Delete a room that was entered by mistake.

        Raises:
            InvalidInput: days, visits, opinions, groups or deputies belong to it: then it is taken out of use instead.
        """
        room = next(one for one in self._records.all() if one.id == room_id)
        if self._records.is_used(room_id):
            raise invalid(
                "room", f"“{room.name}”已有接待日、登记、小组或代表，不能删除，请用“停用”；以前的记录都保留。"
            )
        with self._file.write(f"删除站室 {room.name}") as step:
            self._records.delete(step, room_id)
        return Done(None, f"已删除 {room.name}", EVERYTHING, step.id)

    def _usable(self, room_id: int | None) -> int | None:
        room = self.room(room_id)
        return room.id if room and not room.retired else None
