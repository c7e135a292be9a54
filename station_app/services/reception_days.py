"""The reception days: kept, opened, signed in at, ended or called off."""

import re
from dataclasses import replace
from datetime import date

from station_app.domain.calendars import is_market_day
from station_app.domain.operators import Right
from station_app.domain.people import Level
from station_app.domain.problems import FieldProblem, InvalidInput, invalid, refuse
from station_app.domain.reception import DAY_STATE_LABELS, Attendance, DayState, Presence, ReceptionDay
from station_app.domain.text import LINE_LIMIT, clean_line, text_problem
from station_app.services.done import DAYS, Done
from station_app.storage.change_log import Step
from station_app.storage.deputies import DeputyRecords
from station_app.storage.receptions import ReceptionRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords


class ReceptionDays:
    """Leads the reception days."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = ReceptionRecords(file)

    def between(self, from_on: str = "", to_on: str = "9999") -> list[ReceptionDay]:
        """Return the reception days between two ISO dates, oldest first."""
        return self._records.days(from_on, to_on)

    def one(self, day_id: int) -> ReceptionDay:
        """Return one reception day."""
        return self._records.day(day_id)

    def current(self) -> ReceptionDay | None:
        """Return the day that is open, else today's, else the next one planned; None without any."""
        today = self._file.clock.today().isoformat()
        days = self._records.days(today)
        open_days = self._records.open_days()
        waiting = [day for day in days if day.state in {DayState.PLANNED, DayState.ANNOUNCED}]
        held_today = [day for day in days if day.on == today and day.state is DayState.HELD]
        return next(iter(open_days + [day for day in waiting if day.on == today] + held_today + waiting), None)

    def save(self, day: ReceptionDay, deputy_ids: tuple[int, ...] = ()) -> Done[int]:
        """Create (id 0) or change a reception day and who is planned for it.

        Raises:
            InvalidInput: the date or the times are wrong.
        """
        day = replace(day, place=clean_line(day.place), topic=clean_line(day.topic), reason=clean_line(day.reason))
        problems = _day_problems(day)
        if problems:
            raise InvalidInput(problems)
        with self._file.write(f"接待日 {day.on}") as step:
            day_id = self._records.save_day(step, day)
            self._plan(step, day_id, day, deputy_ids)
        return Done(day_id, f"已保存接待日 {day.on}", frozenset({DAYS}), step.id)

    def open(self, day_id: int) -> Done[None]:
        """Begin a reception (开始接待).

        Raises:
            InvalidInput: it lies in the future, or is over.
        """
        day = self._records.day(day_id)
        if day.on > self._file.clock.today().isoformat():
            raise invalid("day", f"接待日是 {day.on}，还没有到。")
        if day.state not in {DayState.PLANNED, DayState.ANNOUNCED, DayState.HELD}:
            raise invalid("day", f"这个接待日是“{DAY_STATE_LABELS[day.state]}”，不能开始接待。")
        return self._change_state(day, DayState.OPEN, "开始接待")

    def end(self, day_id: int) -> Done[None]:
        """End a reception (结束接待)."""
        return self._change_state(self._records.day(day_id), DayState.HELD, "结束接待")

    def announce(self, day_id: int) -> Done[None]:
        """Note that the announcement of a day was posted today."""
        day = replace(self._records.day(day_id), announced_on=self._file.clock.today().isoformat())
        return self._change_state(day, DayState.ANNOUNCED, "公告接待日")

    def delete(self, day_id: int) -> Done[None]:
        """Delete a day that was planned by mistake.

        Raises:
            InvalidInput: it was announced or begun, or visits were registered: then it is called off instead.
        """
        day = self._records.day(day_id)
        if day.state is not DayState.PLANNED or day.visits:
            raise invalid("state", "只有还没公告、没有登记来访的接待日可以删除；其他的请按“未开展、改期、取消”登记。")
        with self._file.write(f"删除接待日 {day.on}") as step:
            step.delete("reception_days", day_id)
        return Done(None, f"已删除接待日 {day.on}", frozenset({DAYS}), step.id)

    def call_off(self, day_id: int, state: DayState, reason: str) -> Done[None]:
        """Note that a day was not held, moved or cancelled, and why.

        Raises:
            InvalidInput: no reason is given.
        """
        if not clean_line(reason):
            raise invalid("reason", "请写明原因。")
        refuse([text_problem("reason", "原因", clean_line(reason), LINE_LIMIT)])
        day = replace(self._records.day(day_id), reason=clean_line(reason))
        return self._change_state(day, state, DAY_STATE_LABELS[state])

    def move_to(self, day_id: int, on: str, reason: str) -> Done[int]:
        """Move a day to another date: the old one stays as 改期 with the reason, a new one takes over its plan.

        Raises:
            InvalidInput: the new date is none or the same, or no reason is given.
        """
        day = self._records.day(day_id)
        new = replace(day, id=0, on=on, state=DayState.PLANNED, announced_on="", reason="", visits=0, people=0)
        problems = _day_problems(new)
        if on == day.on:
            problems.append(FieldProblem("on", "新日期和原来的一样，请核对。"))
        if not clean_line(reason):
            problems.append(FieldProblem("reason", "请写明原因。"))
        refuse([*problems, text_problem("reason", "原因", clean_line(reason), LINE_LIMIT)])
        endings = StationRecords(self._file).profile().market_endings
        new = replace(new, market=is_market_day(date.fromisoformat(on), endings))
        with self._file.write(f"改期 {day.on} 至 {on}") as step:
            self._records.save_day(
                step, replace(day, state=DayState.MOVED, reason=f"{clean_line(reason)}（改到 {on}）")
            )
            new_id = self._records.save_day(step, new)
            self._plan(step, new_id, new, tuple(one.deputy_id for one in day.attendance))
        return Done(new_id, f"已改期到 {on}", frozenset({DAYS}), step.id)

    def sign_in(self, day_id: int, deputy_id: int, presence: Presence, level: Level | None = None) -> Done[None]:
        """Note a deputy's presence on a day (签到、请假、缺席); one not planned is added."""
        day = self._records.day(day_id)
        now = f"{self._file.clock.now():%H:%M}"
        today = day.on == self._file.clock.today().isoformat()
        arrived = (now if today else day.starts) if presence is Presence.PRESENT else ""
        known = next((one for one in day.attendance if one.deputy_id == deputy_id), None)
        attendance = replace(
            known or Attendance(deputy_id, "", level or self._level_of(deputy_id, day.on)),
            presence=presence, arrived_at=arrived,
        )  # fmt: skip
        if level:
            attendance = replace(attendance, level=level)
        with self._file.write(f"签到 {day.on}", Right.REGISTER) as step:
            self._records.save_attendance(step, day_id, attendance)
        return Done(None, f"已记录签到（{day.on}）", frozenset({DAYS}), step.id)

    def take_off(self, day_id: int, deputy_id: int) -> Done[None]:
        """Take a deputy off a day's list."""
        day = self._records.day(day_id)
        with self._file.write(f"调整接待代表 {day.on}") as step:
            for attendance in day.attendance:
                if attendance.deputy_id == deputy_id:
                    self._records.remove_attendance(step, attendance.id)
        return Done(None, "已从接待日移出", frozenset({DAYS}), step.id)

    def _level_of(self, deputy_id: int, on: str) -> Level | None:
        levels = DeputyRecords(self._file).one(deputy_id).levels_on(on)
        # A deputy of several levels attends, unless said otherwise, in the capacity nearest to the voters.
        return levels[-1] if levels else None

    def _plan(self, step: Step, day_id: int, day: ReceptionDay, deputy_ids: tuple[int, ...]) -> None:
        planned = {one.deputy_id: one for one in (self._records.day(day_id).attendance if day.id else ())}
        for deputy_id in deputy_ids:
            if deputy_id not in planned:
                attendance = Attendance(deputy_id, "", self._level_of(deputy_id, day.on))
                self._records.save_attendance(step, day_id, attendance)
        for deputy_id, attendance in planned.items():
            if deputy_ids and deputy_id not in deputy_ids and attendance.presence is Presence.PLANNED:
                self._records.remove_attendance(step, attendance.id)

    def _change_state(self, day: ReceptionDay, state: DayState, label: str) -> Done[None]:
        with self._file.write(f"{label} {day.on}") as step:
            self._records.save_day(step, replace(day, state=state))
        return Done(None, f"{label}：{day.on}", frozenset({DAYS}), step.id)


def _day_problems(day: ReceptionDay) -> list[FieldProblem]:
    problems = []
    try:
        whole = date.fromisoformat(day.on).isoformat() == day.on
    except ValueError:
        whole = False
    if not whole:
        problems.append(FieldProblem("on", f"“{day.on}”不是有效日期，请按 2026-11-05 的样子填写。"))
    if not (
        day.starts < day.ends
        and all(re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", at) for at in (day.starts, day.ends))
    ):
        problems.append(FieldProblem("starts", "时间请按 09:00 至 11:30 的样子填写，结束要晚于开始。"))
    if not day.place:
        problems.append(FieldProblem("place", "请填写接待地点。"))
    for field, label, text in (
        ("place", "接待地点", day.place),
        ("topic", "主题", day.topic),
        ("with_units", "参加单位", day.with_units),
        ("reason", "原因", day.reason),
    ):
        if problem := text_problem(field, label, text, LINE_LIMIT):
            problems.append(problem)
    return problems
