"""Clocks (期限): from which event they run, how long, and why a date is what it is.

Clocks never stop: an extension moves the date, a re-hand-over counts anew, and only the cap of a deputies' suggestion
runs from the first hand-over. A day is over at its end: on the due date itself nothing is late.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from station_app.domain.calendars import WorkCalendar, add_months
from station_app.domain.limits import Limit, Limits, Measure
from station_app.domain.progress import Progress, State
from station_app.domain.station import Tier


class ClockKind(StrEnum):
    """What the clock waits for."""

    HAND_OVER = "hand_over"
    ANSWER = "answer"
    REHANDLE = "rehandle"
    FEEDBACK = "feedback"
    EVALUATION = "evaluation"
    RETURNING = "returning"
    ASSISTING = "assisting"


@dataclass(frozen=True)
class Clock:
    """A running limit.

    Args:
        start_on / due_on: the day of the event it runs from, and the last day in time.
        binding: whether a unit answers for it: past it the matter is 超期未答复. Matters with the county and the
            station's own steps are not bound so.
        limit: the limit it runs by, before extension and cap.
        why: Chinese sentences that explain the date step by step.
        warn_days: days before ``due_on`` from which it is 即将到期; None when it is not warned of.
    """

    kind: ClockKind
    start_on: date
    due_on: date
    binding: bool
    limit: Limit
    why: tuple[str, ...]
    warn_days: int | None = None


class Mark(StrEnum):
    """How a clock stands; word and mark together, never colour alone."""

    OVERDUE = "overdue"
    FOLLOW_UP_FULL = "follow_up_full"
    LATE = "late"
    DUE_SOON = "due_soon"
    IN_TIME = "in_time"


MARK_LABELS = {
    Mark.OVERDUE: "超期",
    Mark.FOLLOW_UP_FULL: "满跟踪期",
    Mark.LATE: "已过时限",
    Mark.DUE_SOON: "即将到期",
    Mark.IN_TIME: "期限内",
}


@dataclass(frozen=True)
class Standing:
    """How a clock stands on a day.

    Args:
        days: days left, 0 on the last day, negative when it is past.
        short: for a table cell: 超 6 天, 满 3 个月, 2 天, 今天.
        text: for the detail panel: 还剩 12 天：3 个月，自 2026-09-04 交办起.
    """

    mark: Mark
    days: int
    short: str
    text: str


def clock_of(
    progress: Progress, urgent: bool, limits: Limits, calendar: WorkCalendar, category: str = ""
) -> Clock | None:
    """Return the clock that runs now, or None when nothing is waited for.

    Args:
        progress: where the matter stands.
        urgent: whether it is marked 紧急: then it is handed over the same day.
        category: its 类别, which may have limits of its own.
    """
    match progress.state:
        case State.REGISTERED | State.STUDIED | State.RETURNED:
            return _hand_over_clock(progress, urgent or progress.urgent, limits, calendar)
        case State.HANDLING:
            return answer_clock(progress, limits, calendar, category)
        case State.ANSWERED:
            limit = limits.on(progress.answered_on).feedback
            return _clock(ClockKind.FEEDBACK, limit, progress.answered_on, "答复", calendar)
        case State.FED_BACK if not progress.rated_on:
            limit = limits.on(progress.fed_back_on).evaluation
            return _clock(ClockKind.EVALUATION, limit, progress.fed_back_on, "反馈", calendar)
        case _:
            return None


def answer_clock(progress: Progress, limits: Limits, calendar: WorkCalendar, category: str = "") -> Clock | None:
    """Return the clock of the last hand-over or re-handling, whether it was answered since or not.

    None for what was never handed over: an answer at the table has no limit.
    """
    start = progress.rehandled_on or progress.handed_on
    if not start:
        return None
    limits = limits.on(start)
    tier = progress.tier or Tier.TOWNSHIP
    verb, kind, cap = "交办", ClockKind.ANSWER, None
    if progress.rehandled_on:
        verb, kind, limit = "重新办理", ClockKind.REHANDLE, limits.rehandle
    elif tier is Tier.COUNTY:
        verb, limit = "报送县人大", limits.follow_up
    elif tier is Tier.SUGGESTION:
        limit, cap = limits.suggestion, (limits.suggestion_cap, progress.first_handed_on)
    else:
        usual = limits.answer_village if tier is Tier.VILLAGE else limits.answer_township
        limit = limits.answer_of(category, tier, usual)
    return _clock(
        kind,
        limit,
        start,
        verb,
        calendar,
        extension=(progress.extended_to, progress.extensions),
        cap=cap,
        binding=tier is not Tier.COUNTY,
        warn_days=limits.warn_days_long if limit.long else limits.warn_days,
    )


def side_clocks(progress: Progress, limits: Limits, calendar: WorkCalendar) -> list[Clock]:
    """Return the clocks that run beside the answer's: until when a unit may return it, and assisting units answer.

    They bind nobody to the station's figures; they are told in the detail only.
    """
    if progress.state is not State.HANDLING or not progress.handed_on or progress.tier is Tier.COUNTY:
        return []
    clocks = []
    if progress.received_on:
        limit = limits.on(progress.received_on).returning
        clocks.append(_clock(ClockKind.RETURNING, limit, progress.received_on, "签收", calendar))
    if progress.assisting:
        limit = limits.on(progress.handed_on).assisting
        clocks.append(_clock(ClockKind.ASSISTING, limit, progress.handed_on, "交办", calendar))
    return clocks


def answer_due(progress: Progress, limits: Limits, calendar: WorkCalendar, category: str = "") -> str:
    """Return the ISO date by which the matter was bound to be answered, or empty when no unit was bound.

    ``progress.answered_on`` past it is 逾期答复, else 按期答复.
    """
    clock = answer_clock(progress, limits, calendar, category)
    return clock.due_on.isoformat() if clock and clock.binding else ""


def _hand_over_clock(progress: Progress, urgent: bool, limits: Limits, calendar: WorkCalendar) -> Clock:
    start, verb = progress.raised_on, "登记"
    if progress.returned_on and progress.returned_on >= progress.handed_on:
        start, verb = progress.returned_on, "退回"
    elif progress.restarted_on:
        start, verb = progress.restarted_on[-1], "重新启动"
    limits = limits.on(start)
    if urgent:
        return _clock(ClockKind.HAND_OVER, limits.urgent, start, f"紧急事项{verb}", calendar)
    return _clock(ClockKind.HAND_OVER, limits.hand_over, start, verb, calendar)


@lru_cache(maxsize=65536)
def _clock(
    kind: ClockKind,
    limit: Limit,
    start: str,
    verb: str,
    calendar: WorkCalendar,
    *,
    extension: tuple[str, int] = ("", 0),
    cap: tuple[Limit, str] | None = None,
    binding: bool = False,
    warn_days: int | None = None,
) -> Clock:
    """Build a clock; many matters share a start, so it is remembered."""
    start_on = date.fromisoformat(start)
    due_on = due_date(start_on, limit, calendar)
    why = [f"{limit}，自 {start} {verb}起" if limit.amount else f"{start} {verb}，{limit}办理"]
    why += _notes(start_on, due_on, limit, calendar)
    extended_to, times = extension
    if extended_to:
        due_on = date.fromisoformat(extended_to)
        why.append(f"第 {times} 次延期至 {extended_to}" if times else f"{verb}时定为 {extended_to} 前")
    if cap:
        cap_on = due_date(date.fromisoformat(cap[1]), cap[0], calendar)
        if due_on > cap_on:
            due_on = cap_on
            why.append(f"自首次交办（{cap[1]}）起最长 {cap[0]}，不超过 {cap_on}")
    if kind is ClockKind.ANSWER and not binding:
        why.append("县级事项无法定时限，只作提醒")
    return Clock(kind, start_on, due_on, binding, limit, tuple(why), warn_days)


def due_date(start: date, limit: Limit, calendar: WorkCalendar) -> date:
    """Return the last day of ``limit`` counted from ``start``, which itself is not counted."""
    match limit.measure:
        case Measure.MONTH:
            return add_months(start, limit.amount)
        case Measure.WORKING_DAY:
            return calendar.add_working_days(start, limit.amount)
        case _:
            return start + timedelta(days=limit.amount)


def _notes(start: date, due: date, limit: Limit, calendar: WorkCalendar) -> list[str]:
    """Say what makes a date other than simple counting would give."""
    if limit.measure is Measure.MONTH and due.day != start.day:
        return [f"{due.month} 月没有 {start.day} 日，取月末 {due}"]
    if limit.measure is not Measure.WORKING_DAY:
        return []
    between = [start + timedelta(days=count) for count in range(1, (due - start).days)]
    off = [day for day in between if not calendar.is_workday(day)]
    names = list(dict.fromkeys(name for day in off if (name := calendar.holiday_name(day))))
    notes = []
    if off:
        notes.append(f"期间有 {len(off)} 个休息日{'（含' + '、'.join(names) + '）' if names else ''}，不计入")
    if makeup := sum(map(calendar.is_makeup_day, (*between, due))):
        notes.append(f"期间有 {makeup} 个调休上班日，计入")
    unknown = sorted({day.year for day in (start, due) if not calendar.known(day.year)})
    notes += [f"{year} 年放假安排未录入，按周一至周五推算" for year in unknown]
    return notes


def standing(clock: Clock, today: date) -> Standing:
    """Return how ``clock`` stands on ``today``."""
    days = (clock.due_on - today).days
    why = clock.why[0]
    moved = "".join(f"，{step}" for step in clock.why[1:] if "延期至" in step or "最长" in step or "定为" in step)
    reason = why + moved
    answering = clock.kind in {ClockKind.ANSWER, ClockKind.REHANDLE}
    if days < 0 and clock.binding:
        return Standing(Mark.OVERDUE, days, f"超 {-days} 天", f"已超 {-days} 天：{reason}")
    if days < 0 and answering:
        full = "跟踪期满" if moved else f"满 {clock.limit}"
        return Standing(Mark.FOLLOW_UP_FULL, days, full, f"跟踪期已满：{reason}")
    if days < 0:
        return Standing(Mark.LATE, days, f"过 {-days} 天", f"已过 {-days} 天：{reason}")
    mark = Mark.DUE_SOON if clock.warn_days is not None and days <= clock.warn_days else Mark.IN_TIME
    if days == 0:
        return Standing(mark, days, "今天", f"今天到期：{reason}")
    return Standing(mark, days, f"{days} 天", f"还剩 {days} 天：{reason}")


def is_overdue(progress: Progress, day: date, limits: Limits, calendar: WorkCalendar, category: str = "") -> bool:
    """Tell whether the matter is 超期未答复 at the end of ``day``: with a unit that is bound, and past its date."""
    clock = answer_clock(progress, limits, calendar, category) if progress.state is State.HANDLING else None
    return clock is not None and clock.binding and clock.due_on < day


def is_follow_up_full(
    progress: Progress, day: date, limits: Limits, calendar: WorkCalendar, category: str = ""
) -> bool:
    """Tell whether the matter is with the county and its follow-up period is over (满跟踪期) at the end of ``day``."""
    clock = answer_clock(progress, limits, calendar, category) if progress.state is State.HANDLING else None
    return clock is not None and not clock.binding and clock.due_on < day
