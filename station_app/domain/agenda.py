"""What the clerk must do today (待办事项)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from station_app.domain.calendars import WorkCalendar
from station_app.domain.deadlines import Clock, Mark, Standing, clock_of, standing
from station_app.domain.limits import Limits
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.domain.people import Deputy, level_label
from station_app.domain.progress import Progress, State
from station_app.domain.reception import DayState, ReceptionDay
from station_app.domain.roster_check import CHECK_MONTHS, outdated
from station_app.domain.station import OrganKind, Tier
from station_app.domain.terms import TermEnding


class TodoGroup(StrEnum):
    """The groups of the day's list, most pressing first."""

    URGENT = "urgent"
    OVERDUE = "overdue"
    FOLLOW_UP_FULL = "follow_up_full"
    DUE_SOON = "due_soon"
    TO_STUDY = "to_study"
    TO_HAND_OVER = "to_hand_over"
    TO_URGE = "to_urge"
    TO_FEED_BACK = "to_feed_back"
    TO_RATE = "to_rate"
    PROMISE = "promise"
    ANNOUNCE = "announce"
    TERM = "term"
    ROSTER = "roster"


TODO_LABELS = {
    TodoGroup.URGENT: "紧急",
    TodoGroup.OVERDUE: "超期",
    TodoGroup.FOLLOW_UP_FULL: "满跟踪期",
    TodoGroup.DUE_SOON: "即将到期",
    TodoGroup.TO_STUDY: "待研究",
    TodoGroup.TO_HAND_OVER: "待交办",
    TodoGroup.TO_URGE: "待催办",
    TodoGroup.TO_FEED_BACK: "待反馈",
    TodoGroup.TO_RATE: "待评价",
    TodoGroup.PROMISE: "承诺到期",
    TodoGroup.ANNOUNCE: "公告该贴了",
    TodoGroup.TERM: "届次将满",
    TodoGroup.ROSTER: "名册久未核对",
}
_GROUP_ORDER = {group: index for index, group in enumerate(TodoGroup)}


@dataclass(frozen=True)
class TodoItem:
    """One thing to do.

    Args:
        title: the matter's title, or what is to be done.
        unit: who has it now, or empty.
        due: short text of the limit: 已超 6 天, 还剩 2 天, 登记第 2 天.
        move: the likely move, or None where the list itself leads elsewhere (announcement, roster).
        case_id / number: the matter, or None and empty.
        day_id: the reception day to announce, or None.
        deputy_ids: the deputies to check.
        due_on: the date the group is sorted by; None last.
    """

    group: TodoGroup
    title: str
    unit: str = ""
    due: str = ""
    move: Move | None = None
    case_id: int | None = None
    number: str = ""
    day_id: int | None = None
    deputy_ids: tuple[int, ...] = ()
    due_on: date | None = None


def todo(
    cases: Iterable[Case],
    today: date,
    limits: Limits,
    calendar: WorkCalendar,
    *,
    days: Iterable[ReceptionDay] = (),
    deputies: Iterable[Deputy] = (),
    check_months: int = CHECK_MONTHS,
    endings: Iterable[TermEnding] = (),
    organ_kind: OrganKind = OrganKind.TOWN,
) -> list[TodoItem]:
    """Return what is to be done on ``today``, most pressing first.

    Args:
        cases: the open matters and those with a promise; others are passed over. Each stands in one group only,
            except that a promise comes back beside it.
        days: reception days from today on.
        deputies: the roster.
        check_months: an entry is to be checked when that was so many months ago.
        endings: the terms that end soon or are over.
        organ_kind: for the word of the lowest level.
    """
    items: list[TodoItem] = []
    for case in cases:
        if case.progress.is_open and (item := _matter(case, today, limits, calendar)):
            items.append(item)
        items.extend(_promise(case, today, limits))
    items.extend(_announcements(days, today, limits, calendar))
    items.extend(_endings(endings, today, organ_kind))
    items.extend(_unchecked(deputies, today, check_months))
    items.sort(key=lambda item: (_GROUP_ORDER[item.group], item.due_on or date.max, item.number))
    return items


def _matter(case: Case, today: date, limits: Limits, calendar: WorkCalendar) -> TodoItem | None:
    """Return what is to be done with an open matter, or None while it is in time with its unit."""
    progress = case.progress
    clock = clock_of(progress, case.urgent, limits, calendar, case.category)
    stand = standing(clock, today) if clock else None
    group = _group(case, stand)
    if group is None and clock and _is_quiet(progress, clock, today, limits):
        group = TodoGroup.TO_URGE
    if group is None:
        return None
    return TodoItem(
        group=group,
        title=case.title or case.words,
        unit=_unit(case),
        due=_due(case, stand, clock.start_on if clock else today, today),
        move=_likely_move(case, stand, today, limits),
        case_id=case.id,
        number=case.number,
        due_on=clock.due_on if clock else None,
    )


_GROUP_OF_MARK = {
    Mark.OVERDUE: TodoGroup.OVERDUE,
    Mark.FOLLOW_UP_FULL: TodoGroup.FOLLOW_UP_FULL,
    Mark.DUE_SOON: TodoGroup.DUE_SOON,
}
_GROUP_OF_STATE = {
    State.REGISTERED: TodoGroup.TO_STUDY,
    State.STUDIED: TodoGroup.TO_HAND_OVER,
    State.RETURNED: TodoGroup.TO_HAND_OVER,
    State.ANSWERED: TodoGroup.TO_FEED_BACK,
    State.FED_BACK: TodoGroup.TO_RATE,
}


def _group(case: Case, stand: Standing | None) -> TodoGroup | None:
    state = case.progress.state
    if (case.urgent or case.progress.urgent) and state not in {State.ANSWERED, State.FED_BACK}:
        return TodoGroup.URGENT
    if state is State.HANDLING:
        return _GROUP_OF_MARK.get(stand.mark) if stand else None
    return _GROUP_OF_STATE[state]


def _is_quiet(progress: Progress, clock: Clock, today: date, limits: Limits) -> bool:
    """Tell whether half the limit is over and nothing was heard of a unit: neither receipt nor an interim answer."""
    half = clock.start_on + (clock.due_on - clock.start_on) / 2
    heard = progress.received_on or progress.interim_on
    return clock.binding and today > half and not heard and not _urged_lately(progress, today, limits)


def _urged_lately(progress: Progress, today: date, limits: Limits) -> bool:
    quiet_until = today - timedelta(days=limits.urge_again_days)
    return progress.urged_on > quiet_until.isoformat()


def _unit(case: Case) -> str:
    progress = case.progress
    unit = f"县人大转办 {progress.unit}".rstrip() if progress.tier is Tier.COUNTY else progress.unit
    if progress.state is State.ANSWERED and progress.answer_class:
        return f"{unit} 已答复 {progress.answer_class}类".lstrip()
    return unit


_DAY_COUNT_WORDS = {
    State.REGISTERED: "登记",
    State.STUDIED: "登记",
    State.RETURNED: "退回",
    State.ANSWERED: "答复",
    State.FED_BACK: "反馈",
}


def _due(case: Case, stand: Standing | None, start: date, today: date) -> str:
    if stand is None:
        return "已评价"
    state = case.progress.state
    if state is State.HANDLING:
        return {
            Mark.OVERDUE: f"已超 {-stand.days} 天",
            Mark.FOLLOW_UP_FULL: stand.short,
        }.get(stand.mark, "今天到期" if stand.days == 0 else f"还剩 {stand.days} 天")
    if stand.mark is Mark.LATE:
        return f"已过 {-stand.days} 天"
    word = "重启" if case.progress.restarted_on and state is State.STUDIED else _DAY_COUNT_WORDS[state]
    return f"{word}第 {(today - start).days + 1} 天"


def _likely_move(case: Case, stand: Standing | None, today: date, limits: Limits) -> Move:
    progress = case.progress
    match progress.state:
        case State.REGISTERED:
            return Move.STUDY
        case State.STUDIED | State.RETURNED:
            return Move.HAND_OVER
        case State.ANSWERED:
            return Move.FEED_BACK
        case State.FED_BACK:
            expired = stand is None or stand.mark is Mark.LATE
            return Move.CLOSE if expired or progress.unreachable else Move.RATE
        case _:
            pass
    if _urged_lately(progress, today, limits):
        return Move.ANSWER
    return Move.INQUIRE if progress.tier is Tier.COUNTY else Move.URGE


def _promise(case: Case, today: date, limits: Limits) -> Iterator[TodoItem]:
    """Yield the promise that falls due; promises stay outside 在办, so closed matters come back here."""
    progress = case.progress
    if not progress.has_open_promise:
        return
    promised = date.fromisoformat(progress.promised_on)
    days = (promised - today).days
    if days > limits.warn_days_long:
        return
    yield TodoItem(
        group=TodoGroup.PROMISE,
        title=f"{case.title or case.words}（承诺 {promised.month}月{promised.day}日）",
        unit=progress.answered_by or progress.unit,
        due=f"已过 {-days} 天" if days < 0 else f"{promised.month}月{promised.day}日",
        move=Move.CHECK_PROMISE,
        case_id=case.id,
        number=case.number,
        due_on=promised,
    )


def _announcements(
    days: Iterable[ReceptionDay], today: date, limits: Limits, calendar: WorkCalendar
) -> Iterator[TodoItem]:
    """Yield the planned days whose notice is to be posted; when the last day for it is off, the working day before."""
    for day in days:
        on = date.fromisoformat(day.on)
        post_on = on - timedelta(days=limits.announce_days)
        if day.state is DayState.PLANNED and calendar.workday_on_or_before(post_on) <= today <= on:
            yield TodoItem(
                group=TodoGroup.ANNOUNCE,
                title=f"{on.month}月{on.day}日接待公告",
                unit=day.place,
                due=f"{post_on.month}月{post_on.day}日前张贴"
                if today <= post_on
                else f"应于{post_on.month}月{post_on.day}日前张贴",
                day_id=day.id,
                due_on=post_on,
            )


def _endings(endings: Iterable[TermEnding], today: date, organ_kind: OrganKind) -> Iterator[TodoItem]:
    """Yield the terms that end soon or are over: the change of term is to be prepared."""
    for one in endings:
        ends_on = date.fromisoformat(one.ends_on)
        days = (ends_on - today).days
        yield TodoItem(
            group=TodoGroup.TERM,
            title=one.told(level_label(one.level, organ_kind)),
            due=f"已过 {-days} 天" if one.over else f"还剩 {days} 天",
            due_on=ends_on,
        )


def _unchecked(deputies: Iterable[Deputy], today: date, months: int) -> Iterator[TodoItem]:
    """Yield one line for the serving deputies whose entry was last checked too long ago, or never."""
    old, never = outdated(deputies, today, months)
    span = "一年以上" if months == CHECK_MONTHS else f"超过 {months} 个月"
    parts = [f"{len(old)} 名代表{span}未核对"] if old else []
    if never:
        parts.append(f"{len(never)} 名{'' if old else '代表'}从未核对")
    if parts:
        yield TodoItem(group=TodoGroup.ROSTER, title="，".join(parts), deputy_ids=old + never)
