"""Taking in sign-in sheets: who attended which reception day, in which level; days that are missing are made."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from station_app.documents.columns import Column, Kind
from station_app.domain.attendance_sheet import (
    ATTENDANCE_FORM,
    AttendanceRow,
    KnownDays,
    attendance_key,
    read_attendance_table,
    told_presence,
)
from station_app.domain.calendars import is_market_day
from station_app.domain.named_deputies import NamedDeputies
from station_app.domain.people import level_label
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.reception import PRESENCE_LABELS, Attendance, DayKind, DayState, Presence, ReceptionDay
from station_app.domain.row_verdicts import Known, RowVerdict
from station_app.domain.sheet_form import SheetForm
from station_app.domain.sheet_mapping import SheetMapping, SkippedRow
from station_app.storage.change_log import Step
from station_app.storage.deputies import DeputyRecords
from station_app.storage.imports import ImportRecords
from station_app.storage.receptions import ReceptionRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords

_KIND = "attendance"


class AttendanceIntake:
    """The kind 代表签到表."""

    form: ClassVar[SheetForm] = ATTENDANCE_FORM
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column[AttendanceRow]("name", "姓名", lambda row: row.written, Kind.LABEL, 10),
        Column[AttendanceRow]("on", "接待日期", lambda row: row.on, Kind.DATE, 11),
        Column[AttendanceRow]("presence", "签到", lambda row: PRESENCE_LABELS[row.presence], Kind.LABEL, 8),
        Column[AttendanceRow]("level", "层级", lambda row: level_label(row.level) if row.level else "", Kind.LABEL, 6),
        Column[AttendanceRow]("place", "地点", lambda row: row.place, Kind.TEXT, 14),
    )

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._receptions = ReceptionRecords(file)
        self._deputies = DeputyRecords(file)
        self._stations = StationRecords(file)
        self._imports = ImportRecords(file)

    def read(self, sheet: RawSheet, mapping: SheetMapping) -> tuple[tuple[AttendanceRow, ...], tuple[SkippedRow, ...]]:
        """Return who attended when by a worksheet, and the rows that say nothing of it."""
        days: dict[str, list[ReceptionDay]] = defaultdict(list)
        for day in self._receptions.days():
            days[day.on].append(day)
        profile, today = self._stations.profile(), self._file.clock.today().isoformat()
        known = KnownDays(
            days,
            NamedDeputies(self._deputies.all(), today, profile.organ_kind),
            profile.place or profile.name,
            today,
        )
        return read_attendance_table(sheet, mapping, known)

    def villages(self, _row: AttendanceRow) -> Iterable[str]:
        """Return nothing: a sign-in sheet needs no village."""
        return ()

    def known(self) -> list[Known]:
        """Return everybody's attendance on every reception day."""
        remembered = {row.record_uid: row for row in self._imports.all(_KIND)}
        names = {deputy.id: deputy.name for deputy in self._deputies.all()}
        known = []
        for day in self._receptions.days():
            for one in day.attendance:
                memory = remembered.get(one.uid)
                known.append(
                    Known(
                        uid=one.uid,
                        keys=(attendance_key(day.id, day.on, one.deputy_id),),
                        current={
                            "level": "" if one.presence is Presence.PLANNED else one.level or "",
                            "presence": told_presence(one.presence),
                            "arrived_at": one.arrived_at,
                            "stands_in_for": names.get(one.stands_in_for or 0, ""),
                        },
                        digest=memory.digest if memory else "",
                        imported=memory.values if memory else None,
                        label=one.name,
                    )
                )
        return known

    def take_in(self, step: Step, pairs: Sequence[tuple[AttendanceRow, RowVerdict]]) -> Iterator[str]:
        """Write who attended, make missing days, and yield the uids of the attendances."""
        days = {day.id: day for day in self._receptions.days()}
        made: dict[str, ReceptionDay] = {}
        for row, verdict in pairs:
            day = days.get(row.day_id) or made.get(row.on) or self._make_day(step, row)
            if row.day_id == 0:
                made[row.on] = day
            if day.state in {DayState.PLANNED, DayState.ANNOUNCED}:
                day = days[day.id] = replace(day, state=DayState.HELD)
                self._receptions.save_day(step, day)
            yield self._write(step, day, row, verdict)

    def _make_day(self, step: Step, row: AttendanceRow) -> ReceptionDay:
        market = is_market_day(date.fromisoformat(row.on), self._stations.profile().market_endings)
        kind = DayKind.MOBILE if "流动" in row.place else DayKind.FIXED
        day = ReceptionDay(row.on, place=row.place, kind=kind, state=DayState.HELD, market=market)
        return replace(day, id=self._receptions.save_day(step, day))

    def _write(self, step: Step, day: ReceptionDay, row: AttendanceRow, verdict: RowVerdict) -> str:
        assert row.deputy is not None  # a row without is a problem
        arrived = row.arrived_at or (day.starts if row.presence is Presence.PRESENT else "")
        stood_for = row.stands_in_for.id if row.stands_in_for else None
        told = Attendance(row.deputy.id, row.deputy.name, row.level, row.presence, arrived, stood_for)
        registered = next((one for one in day.attendance if one.uid == verdict.uid), None)
        if registered is not None:
            fields = {difference.field for difference in verdict.differences if difference.applies}
            fields |= {"arrived_at"} if "presence" in fields else set()
            told = replace(registered, **{key: getattr(told, key) for key in fields})
        self._receptions.save_attendance(step, day.id, told)
        return self._receptions.attendance_uid(day.id, row.deputy.id)
