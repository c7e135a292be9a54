"""Reception days, attendance and visits as rows."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, Final

from station_app.domain.people import Gender, Level
from station_app.domain.reception import (
    Attendance,
    DayKind,
    DayState,
    Presence,
    Receiver,
    ReceptionDay,
    Visit,
)
from station_app.storage.change_log import Step
from station_app.storage.station_file import Row, StationFile

_DAY_FIELDS: Final = (
    "starts", "ends", "place", "kind", "state", "topic", "with_units", "announced_on", "reason",
)  # fmt: skip
_VISIT_SQL: Final = """
    SELECT v.id, v.uid, v.number, v.on_date, v.at_time, v.place, c.label AS channel, c.counts, v.day_id, v.name,
        v.anonymous, v.gender, v.phone, v.no_phone, v.address, v.village_id,
        coalesce(nullif(g.short_name, ''), g.name, '') AS village, v.village_group, v.people, v.on_behalf_of,
        v.recorder, v.notes, v.paper, v.pinyin, v.revision,
        CASE WHEN v.day_id IS NULL THEN v.station_id ELSE r.station_id END AS room_id
    FROM visits v JOIN choices c ON c.id = v.channel_id LEFT JOIN villages g ON g.id = v.village_id
        LEFT JOIN reception_days r ON r.id = v.day_id
    WHERE v.deleted_at IS NULL
"""


class ReceptionRecords:
    """Rows of reception days and visits."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def open_days(self) -> list[ReceptionDay]:
        """Return the reception days that are going on (接待中), oldest first."""
        dates = self._file.tuples("SELECT on_date FROM reception_days WHERE state = 'open' AND deleted_at IS NULL")
        found = {day.id: day for (on,) in dates for day in self.days(on, on) if day.state is DayState.OPEN}
        return sorted(found.values(), key=lambda day: (day.on, day.id))

    def days(self, from_on: str = "", to_on: str = "9999") -> list[ReceptionDay]:
        """Return the reception days between two ISO dates (inclusive), oldest first."""
        attendance: dict[int, list[Attendance]] = defaultdict(list)
        for row in self._file.rows(
            "SELECT a.id, a.uid, a.day_id, a.deputy_id, d.name, a.level, a.presence, a.arrived_at, a.stands_in_for"
            " FROM attendance a JOIN deputies d ON d.id = a.deputy_id"
            " JOIN reception_days r ON r.id = a.day_id AND r.on_date BETWEEN ? AND ?"
            " WHERE a.deleted_at IS NULL ORDER BY a.id",
            [from_on, to_on],
        ):
            attendance[row.pop("day_id")].append(_attendance(row))
        fields = ", ".join(f"r.{name}" for name in _DAY_FIELDS)
        return [
            ReceptionDay(
                **{name: row[name] for name in _DAY_FIELDS if name not in {"kind", "state"}},
                id=row["id"],
                uid=row["uid"],
                on=row["on_date"],
                kind=DayKind(row["kind"]),
                state=DayState(row["state"]),
                market=bool(row["market"]),
                visits=row["visits"],
                people=row["people"],
                attendance=tuple(attendance[row["id"]]),
                room_id=row["station_id"],
            )
            for row in self._file.rows(
                f"SELECT r.id, r.uid, r.on_date, r.market, r.station_id, {fields}, count(v.id) AS visits,"
                " coalesce(sum(v.people), 0) AS people FROM reception_days r"
                " LEFT JOIN visits v ON v.day_id = r.id AND v.deleted_at IS NULL"
                " WHERE r.deleted_at IS NULL AND r.on_date BETWEEN ? AND ? GROUP BY r.id ORDER BY r.on_date, r.id",
                [from_on, to_on],
            )
        ]

    def day(self, day_id: int) -> ReceptionDay:
        """Return one reception day.

        Raises:
            KeyError: there is none.
        """
        on = self._file.value("SELECT on_date FROM reception_days WHERE id = ? AND deleted_at IS NULL", [day_id])
        for day in self.days(on, on) if on else ():
            if day.id == day_id:
                return day
        raise KeyError(day_id)

    def save_day(self, step: Step, day: ReceptionDay) -> int:
        """Create (id 0) or change a reception day without its attendance."""
        values: dict[str, Any] = {name: getattr(day, name) for name in _DAY_FIELDS}
        values |= {"on_date": day.on, "market": int(day.market), "station_id": day.room_id}
        if day.id:
            step.update("reception_days", day.id, **values)
            return day.id
        return step.insert("reception_days", **values)

    def save_attendance(self, step: Step, day_id: int, attendance: Attendance) -> None:
        """Create (id 0) or change one deputy's attendance on a day."""
        values = {
            "level": attendance.level, "presence": attendance.presence, "arrived_at": attendance.arrived_at,
            "stands_in_for": attendance.stands_in_for,
        }  # fmt: skip
        if attendance.id:
            step.update("attendance", attendance.id, **values)
        else:
            step.insert("attendance", day_id=day_id, deputy_id=attendance.deputy_id, **values)

    def attendance_uid(self, day_id: int, deputy_id: int) -> str:
        """Return the uid of a deputy's attendance on a day."""
        return str(
            self._file.value(
                "SELECT uid FROM attendance WHERE day_id = ? AND deputy_id = ? AND deleted_at IS NULL",
                [day_id, deputy_id],
            )
        )

    def remove_attendance(self, step: Step, attendance_id: int) -> None:
        """Take a deputy off a day."""
        step.delete("attendance", attendance_id)

    def visits(self, condition: str = "", parameters: tuple[Any, ...] = ()) -> list[Visit]:
        """Return visits, oldest first.

        Args:
            condition: SQL beginning with AND over the alias ``v``; only from within this room.
        """
        rows = self._file.rows(f"{_VISIT_SQL} {condition} ORDER BY v.on_date, v.id", parameters)
        receivers = self._receivers(condition, parameters)
        return [_visit(row, tuple(receivers.get(row["id"], ()))) for row in rows]

    def visits_between(self, from_on: str, to_on: str) -> list[Visit]:
        """Return the visits between two ISO dates, inclusive."""
        return self.visits("AND v.on_date BETWEEN ? AND ?", (from_on, to_on))

    def visits_of_day(self, day_id: int) -> list[Visit]:
        """Return the visits of a reception day."""
        return self.visits("AND v.day_id = ?", (day_id,))

    def outside_counts(self, room: int | None = None) -> dict[int, int]:
        """Return how many visits came outside any reception day, by year.

        Args:
            room: only to this room; 0 for the station itself, None for all.
        """
        rows = self._file.tuples(
            "SELECT CAST(substr(on_date, 1, 4) AS INTEGER), count(*) FROM visits"
            " WHERE day_id IS NULL AND deleted_at IS NULL AND (? IS NULL OR coalesce(station_id, 0) = ?) GROUP BY 1",
            [room, room],
        )
        return dict(rows)

    def erased(self) -> frozenset[str]:
        """Return the uids of visits whose visitor asked for the personal data to be erased."""
        rows = self._file.tuples("SELECT record_uid FROM erasures WHERE entity = 'visits' AND deleted_at IS NULL")
        return frozenset(uid for (uid,) in rows)

    def visit(self, visit_id: int) -> Visit:
        """Return one visit.

        Raises:
            KeyError: there is none.
        """
        found = self.visits("AND v.id = ?", (visit_id,))
        if not found:
            raise KeyError(visit_id)
        return found[0]

    def by_id(self, ids: Collection[int]) -> list[Visit]:
        """Return the visits with these ids."""
        return self.visits(f"AND v.id IN ({', '.join(str(int(one)) for one in ids)})")

    def earlier_visits(self, name: str, phone: str, limit: int = 20) -> list[Visit]:
        """Return visits of what may be the same person: same phone, or same name; newest first."""
        found = self.visits("AND ((v.phone = ? AND v.phone <> '') OR (v.name = ? AND v.name <> ''))", (phone, name))
        return found[::-1][:limit]

    def save_visit(
        self, step: Step, visit_id: int | None, values: dict[str, Any], receivers: tuple[Receiver, ...]
    ) -> int:
        """Create or change a visit and who received it; ``values`` are the columns of the table."""
        if visit_id is None:
            visit_id = step.insert("visits", **values)
        else:
            step.update("visits", visit_id, **values)
        present = self._file.rows(
            "SELECT id, name, deputy_id, staff_id FROM visit_receivers"
            " WHERE visit_id = ? AND deleted_at IS NULL ORDER BY position",
            [visit_id],
        )
        if [Receiver(row["name"], row["deputy_id"], row["staff_id"]) for row in present] != list(receivers):
            for row in present:
                step.delete("visit_receivers", row["id"])
            for position, receiver in enumerate(receivers):
                step.insert(
                    "visit_receivers", visit_id=visit_id, position=position, name=receiver.name,
                    deputy_id=receiver.deputy_id, staff_id=receiver.staff_id,
                )  # fmt: skip
        return visit_id

    def _receivers(self, condition: str, parameters: tuple[Any, ...]) -> dict[int, list[Receiver]]:
        """Return who received each visit that meets ``condition``, as in `visits`."""
        chosen = f"AND visit_id IN (SELECT v.id FROM visits v WHERE v.deleted_at IS NULL {condition})"
        found: dict[int, list[Receiver]] = defaultdict(list)
        for owner, name, deputy_id, staff_id in self._file.tuples(
            "SELECT visit_id, name, deputy_id, staff_id FROM visit_receivers"
            f" WHERE deleted_at IS NULL {chosen if condition else ''} ORDER BY visit_id, position",
            parameters,
        ):
            found[owner].append(Receiver(name, deputy_id, staff_id))
        return found


def _attendance(row: Row) -> Attendance:
    level = Level(row["level"]) if row["level"] else None
    return Attendance(**{**row, "level": level, "presence": Presence(row["presence"])})


def _visit(row: Row, receivers: tuple[Receiver, ...]) -> Visit:
    values = {**row, "on": row["on_date"], "at": row["at_time"], "gender": Gender(row["gender"])}
    for name in ("counts", "anonymous", "no_phone", "paper"):
        values[name] = bool(row[name])
    del values["on_date"], values["at_time"]
    return Visit(**values, receivers=receivers)
