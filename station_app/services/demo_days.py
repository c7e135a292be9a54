"""The invented station's reception days: planned by the lunar calendar and the first Fridays, announced and held."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from random import Random

from station_app.domain.calendars import WorkCalendar, is_market_day, lunar_days_in, nth_weekday
from station_app.domain.people import Deputy, Level
from station_app.domain.reception import Attendance, DayKind, DayState, Presence, ReceptionDay
from station_app.services.demo_diary import Diary, clock_text
from station_app.services.demo_people import (
    FACTORY_PLACE,
    FACTORY_ROOM,
    MARKET_ENDINGS,
    MARKET_PLACE,
    MARKET_ROOM,
    PLACE,
    Town,
)
from station_app.storage.change_log import Step
from station_app.storage.receptions import ReceptionRecords

LUNAR_DAYS = (7, 24)
"""初七、廿四: both are market days of the endings 4 and 7."""

_FRIDAY = 4
_TOPICS = ("农田水利", "人居环境", "道路交通", "教育医疗", "养老社保", "产业发展", "安全生产")
_JOINT_UNITS = ("镇城建办、镇水务站", "镇民政办、镇卫生院", "镇综合行政执法队、镇环卫所", "镇农技站、镇水务站")
_NOT_HELD = {
    DayKind.MOBILE: ("连日大雨，圩场停开，接待未开展。", "圩场临时消毒关闭，接待未开展。"),
    DayKind.FIXED: ("接待代表集中参加防汛值守，接待未开展。", "全镇停电检修，接待未开展。"),
    DayKind.JOINT: ("联合单位参加应急演练，接待未开展。", "全镇停电检修，接待未开展。"),
}
_FROZEN = "道路结冰，群众出行不便，接待未开展。"
_FROST_MONTHS = {12, 1, 2}
_FACTORY_MONTHS = {2, 5, 8, 10}
"""In these the first Friday is held at the factory."""
_MOVED = ("与镇人民代表大会会议冲突，改期。", "接待室检修，改期。", "与县人大视察活动冲突，改期。")
_CANCELLED = "代表参加县人民代表大会会议，本次取消。"


@dataclass
class DemoDay:
    """A reception day in the making.

    Args:
        team: index of the duty team.
        fate: how it ends; `PLANNED` for one that is still to come.
        makes_up: the day it makes up for or takes the place of.
        announced_on: when its announcement is posted.
        present: the deputies who came, filled when it is held.
    """

    on: date
    kind: DayKind
    team: int
    rule: str
    reason: str = ""
    fate: DayState = DayState.HELD
    makes_up: "DemoDay | None" = None
    announced_on: date = date.min
    id: int = 0
    present: list[Deputy] = field(default_factory=list)

    @property
    def starts(self) -> int:
        """First minute of the reception."""
        return 510 if self.kind is DayKind.MOBILE else 540

    @property
    def room(self) -> str:
        """The room it is held in; empty for the station itself."""
        if self.kind is DayKind.MOBILE:
            return MARKET_ROOM
        away = self.kind is DayKind.FIXED and not self.makes_up and self.on.month in _FACTORY_MONTHS
        return FACTORY_ROOM if away else ""

    @property
    def place(self) -> str:
        """Where it is held."""
        return {MARKET_ROOM: MARKET_PLACE, FACTORY_ROOM: FACTORY_PLACE}.get(self.room, PLACE)

    @property
    def ends(self) -> int:
        """Last minute of the reception."""
        return 720 if self.kind is DayKind.JOINT else 690


def plan_days(rng: Random, calendar: WorkCalendar, first: date, today: date) -> list[DemoDay]:
    """Return the reception days from ``first`` to the end of the year that is planned by ``today``.

    A market day stays where it is; a first Friday on a holiday goes to the next working day.
    """
    last_year = today.year + (today >= _planned_on(calendar, today.year + 1))
    market = {day for year in range(first.year, last_year + 1) for day in lunar_days_in(year, LUNAR_DAYS)}
    days = [
        DemoDay(day, DayKind.MOBILE, 0 if _is_seventh(day) else 1, "农历初七" if _is_seventh(day) else "农历廿四")
        for day in market
        if day >= first
    ]
    for year in range(first.year, last_year + 1):
        for month in range(1, 13):
            friday = nth_weekday(year, month, _FRIDAY, 1)
            on = calendar.workday_on_or_after(friday) if friday else first
            if friday and on >= first and on not in market:
                kind = DayKind.JOINT if month % 3 == 0 else DayKind.FIXED
                name = calendar.holiday_name(friday) or "休息日"
                moved = f"第一个星期五逢{name}，顺延" if on != friday else ""
                days.append(DemoDay(on, kind, 2, "每月第一个星期五", moved))
    days.sort(key=lambda day: day.on)
    days += _mishaps(rng, calendar, [day for day in days if day.on < today], {day.on for day in days}, today)
    days.sort(key=lambda day: day.on)
    for day in days:
        ahead = day.on - timedelta(days=rng.randint(3, 5))
        # A make-up day is not announced before the day it makes up for.
        since = day.makes_up.on if day.makes_up and day.makes_up.fate is DayState.NOT_HELD else first
        day.announced_on = min(max(calendar.workday_on_or_before(ahead), since), day.on)
        if day.on >= today:
            day.fate = DayState.PLANNED
    return days


def _is_seventh(day: date) -> bool:
    return is_market_day(day, (7,))


def _planned_on(calendar: WorkCalendar, year: int) -> date:
    """Return the day on which the plan of ``year`` is entered."""
    return calendar.workday_on_or_after(date(year - 1, 12, 20))


def _mishaps(rng: Random, calendar: WorkCalendar, past: list[DemoDay], taken: set[date], today: date) -> list[DemoDay]:
    """Let a few days go wrong; return the days that make up for them."""
    candidates = [day for day in past if (today - day.on).days > 12]
    count = max(1, len(past) // 36)
    wrong = rng.sample(candidates, min(len(candidates), 2 * count + 1))
    more = []
    for index, day in enumerate(wrong):
        if index == 2 * count:
            day.fate, day.reason = DayState.CANCELLED, _CANCELLED
            continue
        not_held = index < count
        day.fate = DayState.NOT_HELD if not_held else DayState.MOVED
        frozen = not_held and day.on.month in _FROST_MONTHS
        day.reason = _FROZEN if frozen else rng.choice(_NOT_HELD[day.kind] if not_held else _MOVED)
        on = calendar.workday_on_or_after(day.on + timedelta(days=rng.randint(3, 6)))
        while on in taken:
            on = calendar.workday_on_or_after(on + timedelta(days=1))
        taken.add(on)
        word = "补" if not_held else "改期自"
        more.append(DemoDay(on, DayKind.FIXED, day.team, "单次", f"{word}{day.on.month}月{day.on.day}日", makes_up=day))
    return more


class DayBook:
    """Writes the reception days into the file as time goes on.

    Args:
        diary: where the entries are put.
        records: the rows.
    """

    def __init__(
        self, rng: Random, diary: Diary, records: ReceptionRecords, town: Town, calendar: WorkCalendar, today: date
    ) -> None:
        self._rng = rng
        self._diary = diary
        self._records = records
        self._town = town
        self._calendar = calendar
        self._today = today
        self._turn = [0, 0, 0]

    def put(self, days: list[DemoDay], first: date) -> None:
        """Put every day's planning, announcing and holding into the diary."""
        for day in days:
            planned = max(_planned_on(self._calendar, day.on.year), self._calendar.workday_on_or_after(first))
            if day.makes_up:
                planned = day.makes_up.on if day.makes_up.fate is DayState.NOT_HELD else day.makes_up.announced_on
            self._put(min(planned, day.on), 485, partial(self._plan, day))
            if day.fate in {DayState.MOVED, DayState.CANCELLED}:
                self._put(day.announced_on, 500, partial(self._end, day))
                continue
            self._put(max(day.announced_on, planned), 498, partial(self._announce, day))
            if day.fate is DayState.NOT_HELD:
                self._put(day.on, 480, partial(self._end, day))
            elif day.fate is DayState.HELD:
                self._put(day.on, day.starts - 1, partial(self._sign_in, day))
                self._put(day.on, day.ends, partial(self._end, day))

    def _put(self, on: date, minute: int, entry: partial[None]) -> None:
        if on < self._today:
            self._diary.put(on, minute, entry)

    def _plan(self, day: DemoDay, step: Step) -> None:
        rng = self._rng
        joint = day.kind is DayKind.JOINT
        day.id = self._records.save_day(
            step,
            ReceptionDay(
                on=day.on.isoformat(),
                starts=clock_text(day.starts),
                ends=clock_text(day.ends),
                place=day.place,
                room_id=self._town.rooms.get(day.room),
                kind=day.kind,
                topic=rng.choice(_TOPICS) if joint or rng.random() < 0.25 else "",
                with_units=rng.choice(_JOINT_UNITS) if joint else "",
                market=is_market_day(day.on, MARKET_ENDINGS),
                reason=day.reason if day.fate in {DayState.HELD, DayState.PLANNED} else "",
            ),
        )
        link = {"makes_up_id": day.makes_up.id} if day.makes_up else {}
        step.update("reception_days", day.id, rule=day.rule, **link)
        if day.makes_up and day.makes_up.fate is DayState.MOVED:
            step.update("reception_days", day.makes_up.id, moved_to_id=day.id)
        for deputy in self._on_duty(day, 3 if joint else 2):
            self._records.save_attendance(step, day.id, Attendance(deputy.id, "", _level(rng, deputy, day)))

    def _on_duty(self, day: DemoDay, count: int) -> list[Deputy]:
        team = self._town.teams[day.team]
        start = self._turn[day.team]
        self._turn[day.team] += count
        in_turn = [team[(start + offset) % len(team)] for offset in range(len(team))]
        return [deputy for deputy in in_turn if deputy.is_dealt_duty_on(day.on.isoformat())][:count]

    def _announce(self, day: DemoDay, step: Step) -> None:
        kept = self._records.day(day.id)
        self._records.save_day(
            step, replace(kept, state=DayState.ANNOUNCED, announced_on=self._diary.clock.today().isoformat())
        )

    def _sign_in(self, day: DemoDay, step: Step) -> None:
        """Note who came; somebody stands in for a deputy on leave."""
        rng, known = self._rng, {deputy.id: deputy for deputy in self._town.deputies}
        planned = self._records.day(day.id).attendance
        for index, one in enumerate(planned):
            chance = rng.random()
            # The first one always comes: a reception without any deputy is none.
            presence = Presence.PRESENT if index == 0 or chance < 0.88 else Presence.LEAVE
            presence = Presence.ABSENT if index and chance > 0.975 else presence
            arrived = clock_text(day.starts - rng.randint(1, 14)) if presence is Presence.PRESENT else ""
            self._records.save_attendance(step, day.id, replace(one, presence=presence, arrived_at=arrived))
            if presence is Presence.PRESENT:
                day.present.append(known[one.deputy_id])
            elif presence is Presence.LEAVE and rng.random() < 0.7:
                absent = {other.deputy_id for other in planned} | {deputy.id for deputy in day.present}
                free = [deputy for deputy in self._town.serving(day.on) if deputy.id not in absent]
                stand_in = rng.choice(free)
                day.present.append(stand_in)
                attendance = Attendance(
                    stand_in.id, "", _level(rng, stand_in, day), Presence.PRESENT,
                    clock_text(day.starts - rng.randint(0, 6)), one.deputy_id,
                )  # fmt: skip
                self._records.save_attendance(step, day.id, attendance)

    def _end(self, day: DemoDay, step: Step) -> None:
        kept = self._records.day(day.id)
        reason = day.reason or kept.reason
        self._records.save_day(step, replace(kept, state=day.fate, reason=reason))


def _level(rng: Random, deputy: Deputy, day: DemoDay) -> Level | None:
    levels = deputy.levels_on(day.on.isoformat())
    return (levels[0] if rng.random() < 0.35 else levels[-1]) if levels else None
