"""The rooms and posts of the station as rows: they stand in the table of stations, below the station itself."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from station_app.domain.rooms import Room
from station_app.domain.station import Branch, StationKind
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile

_FIELDS: Final = ("name", "kind", "branch", "place", "phone", "position", "retired")
_BELONGING: Final = ("reception_days", "visits", "opinions", "groups", "placements")
"""Tables whose records may belong to a room."""


class RoomRecords:
    """Rows of rooms and posts."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def all(self) -> list[Room]:
        """Return the rooms in hand-set order, retired ones last."""
        villages: dict[int, list[int]] = defaultdict(list)
        for room_id, village_id in self._file.tuples(
            "SELECT station_id, village_id FROM station_villages WHERE deleted_at IS NULL ORDER BY id"
        ):
            villages[room_id].append(village_id)
        fields = ", ".join(f"r.{name}" for name in _FIELDS)
        return [
            Room(
                **{
                    **row,
                    "kind": StationKind(row["kind"]),
                    "branch": Branch(row["branch"]),
                    "retired": bool(row["retired"]),
                    "village_ids": tuple(villages[row["id"]]),
                }
            )
            for row in self._file.rows(
                f"SELECT r.id, r.uid, {fields}, s.id AS staff_id, coalesce(s.name, '') AS staff FROM stations r"
                " LEFT JOIN staff s ON s.station_id = r.id AND s.deleted_at IS NULL"
                " WHERE r.parent_id IS NOT NULL AND r.deleted_at IS NULL"
                " GROUP BY r.id ORDER BY r.retired, r.position, r.id"
            )
        ]

    def any(self) -> bool:
        """Tell whether the station has any room, retired ones too."""
        return bool(
            self._file.value(
                "SELECT EXISTS (SELECT 1 FROM stations WHERE parent_id IS NOT NULL AND deleted_at IS NULL)"
            )
        )

    def save(self, step: Step, room: Room) -> int:
        """Create (id 0) or change a room with its villages and who is in charge."""
        values = {name: getattr(room, name) for name in _FIELDS} | {"retired": int(room.retired)}
        if room.id:
            room_id = room.id
            step.update("stations", room_id, **values)
        else:
            parent_id, organ_kind = self._file.tuples(
                "SELECT id, organ_kind FROM stations WHERE parent_id IS NULL ORDER BY id LIMIT 1"
            )[0]
            room_id = step.insert("stations", parent_id=parent_id, organ_kind=organ_kind, **values)
        self._serve(step, room_id, room.village_ids)
        for (staff_id,) in self._file.tuples("SELECT id FROM staff WHERE station_id = ?", [room_id]):
            if staff_id != room.staff_id:
                step.update("staff", staff_id, station_id=None)
        if room.staff_id is not None:
            step.update("staff", room.staff_id, station_id=room_id)
        return room_id

    def delete(self, step: Step, room_id: int) -> None:
        """Delete a room that was entered by mistake."""
        step.delete("stations", room_id)

    def arrange(self, step: Step, ids: Sequence[int]) -> None:
        """Put the rooms into a hand-set order."""
        for position, room_id in enumerate(ids):
            step.update("stations", room_id, position=position)

    def is_used(self, room_id: int) -> bool:
        """Tell whether any day, visit, opinion, group or deputy belongs to a room."""
        return any(
            self._file.value(
                f"SELECT EXISTS (SELECT 1 FROM {table} WHERE station_id = ? AND deleted_at IS NULL)", [room_id]
            )
            for table in _BELONGING
        )

    def last_of(self, table: str) -> int | None:
        """Return the room of the reception day, visit outside a day or opinion that was entered last.

        Args:
            table: ``reception_days``, ``visits`` or ``opinions``.
        """
        outside = {"visits": "AND day_id IS NULL", "opinions": "AND visit_id IS NULL"}.get(table, "")
        found = self._file.value(
            f"SELECT station_id FROM {table} WHERE deleted_at IS NULL {outside} ORDER BY id DESC LIMIT 1"
        )
        return None if found is None else int(found)

    def _serve(self, step: Step, room_id: int, village_ids: Sequence[int]) -> None:
        present = dict(
            self._file.tuples(
                "SELECT village_id, id FROM station_villages WHERE station_id = ? AND deleted_at IS NULL", [room_id]
            )
        )
        for village_id in present.keys() - set(village_ids):
            step.delete("station_villages", present[village_id])
        for village_id in dict.fromkeys(village_ids):
            if village_id not in present:
                step.insert("station_villages", station_id=room_id, village_id=village_id)
