"""What the timeline of a matter says about each event, and what its clock says."""

from collections.abc import Sequence

from station_app.domain.answer_classes import AnswerClasses
from station_app.domain.deadlines import Clock, ClockKind, Mark, Standing
from station_app.domain.events import (
    EVENT_LABELS,
    ON_SPOT_WAY,
    SATISFACTION_LABELS,
    Event,
    EventKind,
    effective,
)
from station_app.domain.opinion import Case
from station_app.domain.progress import Progress, State
from station_app.domain.station import Tier
from station_app.domain.suggestion import MEETING_WAY
from station_app.services.opinion_desk import SYSTEM_OPERATOR
from station_app.ui.charts import Moment
from station_app.ui.theme import Tone

HAND_OVER_WORDS = {
    Tier.VILLAGE: "村(居)办理",
    Tier.TOWNSHIP: "交办",
    Tier.COUNTY: "报县人大（转办）",
    Tier.SUGGESTION: "转为代表建议",
}


def moments(case: Case, stand: Standing | None, today: str, classes: AnswerClasses) -> list[Moment]:
    """Return what happened, oldest first, mistaken steps struck through before what took their place, and what is
    waited for now.

    Args:
        today: ISO date.
        classes: what the letters of answers mean.
    """
    by_uid = {event.uid: event for event in case.events}
    amended_by = {event.amends: event for event in case.events if event.amends}
    happened = [
        Moment(
            _short_day(event.on, today),
            headline(event, case),
            _struck_detail(event, amending, today)
            if (amending := amended_by.get(event.uid))
            else _detail(event, today, classes, by_uid.get(event.amends)),
            struck=event.uid in amended_by,
        )
        for event in _with_mistaken(case.events)
    ]
    if case.progress.is_open:
        happened.append(Moment("今天", _waiting(case.progress, stand), now=True))
    return happened


def _with_mistaken(events: Sequence[Event]) -> list[Event]:
    """Return all events but the strikings-out, a mistaken one just before what took its place, else on its day."""
    amended_by = {event.amends: event for event in events if event.amends}
    listed = effective(events)
    for event in sorted((one for one in events if one.uid in amended_by), key=lambda one: one.id, reverse=True):
        following = amended_by[event.uid]
        if following in listed:
            place = listed.index(following)
        else:
            place = next(
                (place for place, one in enumerate(listed) if (one.on, one.id) > (event.on, event.id)), len(listed)
            )
        listed.insert(place, event)
    return listed


def _struck_detail(event: Event, amending: Event, today: str) -> str:
    """Return what a mistaken step said, who took it back or corrected it, when, and why."""
    said = f"原记：{event.text}\n" if event.text else ""
    entered = _short_day(amending.recorded_at[:10], today)
    if amending.kind is EventKind.WITHDRAWN_EVENT:
        return f"{said}{amending.operator} {entered} 撤回：{amending.text}"
    return f"{said}{amending.operator} {entered} 更正，以下一行为准"


def _short_day(day: str, today: str) -> str:
    return day[5:] if day[:4] == today[:4] else day


def headline(event: Event, case: Case) -> str:
    """Return what an event is called on the timeline, with who did it."""
    said = [event.unit, event.person]
    match event.kind:
        case EventKind.REGISTERED:
            word = f"{case.channel}登记"
            said = [f"{'、'.join(case.receivers)} 接待"] if case.receivers else []
        case EventKind.HANDED_OVER:
            word = HAND_OVER_WORDS[event.tier or Tier.TOWNSHIP]
        case EventKind.STUDIED:
            word, said = EVENT_LABELS[event.kind], []
        case EventKind.ANSWERED if event.way == ON_SPOT_WAY:
            word = event.way
        case EventKind.ANSWERED:
            word = f"答复（{event.answer_class} 类）" if event.answer_class else "答复"
            said.append(event.phone)
        case EventKind.RATED:
            word = f"评价：{SATISFACTION_LABELS[event.satisfaction] if event.satisfaction else ''}"
            if event.attitude:
                word += f"，态度{SATISFACTION_LABELS[event.attitude]}"
            said = [event.way]
        case EventKind.INTERIM if event.way == MEETING_WAY:
            word = event.way
        case EventKind.REDIRECTED:
            word = f"引导：已告知 {event.route}"
        case _:
            word = f"{EVENT_LABELS[event.kind]}{f'（{event.way}）' if event.way else ''}"
    return "　".join(part for part in (word, *said) if part)


def _detail(event: Event, today: str, classes: AnswerClasses, mistaken: Event | None) -> str:
    parts = [event.text]
    if event.kind is EventKind.ANSWERED and classes.meaning(event.answer_class, event.recorded_at):
        parts.insert(0, classes.said(event.answer_class, event.recorded_at))
    if event.kind is EventKind.STUDIED and (event.decision or event.person):
        signed = f"（签批人 {event.person}）" if event.person else ""
        parts.append(f"审批意见：{event.decision or '—'}{signed}")
    if event.assisting:
        parts.append(f"协办：{'、'.join(event.assisting)}")
    if event.separate:
        parts.append(f"分别办理：{'、'.join(event.separate)}")
    if event.due_on:
        word = "承诺" if event.kind in {EventKind.ANSWERED, EventKind.PROMISE_CHECKED} else "期限"
        parts.append(f"{word}：{event.due_on}")
    if mistaken is not None:
        parts.append(f"更正了原来的“{_short_day(mistaken.on, today)} {EVENT_LABELS[mistaken.kind]}”")
    parts.append(_recorded(event, today))
    return "\n".join(part for part in parts if part)


def _recorded(event: Event, today: str) -> str:
    """Say who recorded an event, and when it was entered later than it happened (补记)."""
    if event.operator == SYSTEM_OPERATOR:
        return "系统自动办理"
    entered = event.recorded_at[:10]
    if not event.operator or entered <= event.on:
        return event.operator and f"{event.operator} 记"
    return f"{event.operator} {_short_day(entered, today)} 补记"


_WAITING = {
    State.REGISTERED: "待研究",
    State.STUDIED: "待交办",
    State.RETURNED: "退回，待重新交办",
    State.ANSWERED: "已答复，待反馈",
    State.FED_BACK: "已反馈，待评价",
}


def _waiting(progress: Progress, stand: Standing | None) -> str:
    """Say what an open matter waits for."""
    if progress.state is State.FED_BACK and progress.rated_on:
        return "已评价，待办结"
    if progress.state in _WAITING:
        return _WAITING[progress.state]
    if stand and stand.mark is Mark.OVERDUE:
        return "超期未答复，待催办"
    if stand and stand.mark is Mark.FOLLOW_UP_FULL:
        return "跟踪期满，待询问"
    return "等县级答复" if progress.tier is Tier.COUNTY else "等承办单位答复"


_CLOCK_WORDS = {
    ClockKind.HAND_OVER: "交办时限",
    ClockKind.ANSWER: "答复期限",
    ClockKind.REHANDLE: "重新办理期限",
    ClockKind.FEEDBACK: "反馈时限",
    ClockKind.EVALUATION: "评价时限",
    ClockKind.RETURNING: "退回期限",
    ClockKind.ASSISTING: "协办意见期限",
}
_CLOCK_TONES = {
    Mark.OVERDUE: Tone.DANGER,
    Mark.FOLLOW_UP_FULL: Tone.WARNING,
    Mark.LATE: Tone.WARNING,
    Mark.DUE_SOON: Tone.WARNING,
    Mark.IN_TIME: Tone.QUIET,
}


def clock_words(
    progress: Progress, clock: Clock, stand: Standing, today: str, beside: Sequence[Clock] = ()
) -> tuple[str, str, Tone]:
    """Return title, explanation and tone of the box that says why a limit is what it is, one step a line.

    Args:
        today: ISO date.
        beside: the clocks that run beside it, which bind nobody.
    """
    head, _, reason = stand.text.partition("：")
    word = _CLOCK_WORDS[clock.kind]
    if clock.kind is ClockKind.ANSWER and not clock.binding:
        word = "跟踪期"
    title = f"{word}：{head.removeprefix(word)}（{clock.due_on}）"
    steps = [reason, *(step for step in clock.why[1:] if step not in reason)]
    if clock.kind is ClockKind.EVALUATION:
        steps.append("过期未评的，按“未评价”自动办结")
    if progress.urged_on and progress.state is State.HANDLING:
        word = "询问" if progress.tier is Tier.COUNTY else "催办"
        steps.append(f"{_short_day(progress.urged_on, today)} 已{word}，共 {progress.urged_count} 次")
    if progress.county_assigned_on and progress.state is State.HANDLING:
        steps.append(f"县级 {_short_day(progress.county_assigned_on, today)} 交{progress.unit}")
    steps += _also(progress)
    steps += [f"{_CLOCK_WORDS[one.kind]} {one.due_on}（{'；'.join(one.why)}）" for one in beside]
    return title, "；\n".join(steps) + "。", _CLOCK_TONES[stand.mark]


def _also(progress: Progress) -> list[str]:
    """Say what waits for whom, and how often it was given back or put off."""
    said = []
    if progress.state is State.HANDLING and progress.waited_for:
        said.append(f"分别办理，还等{'、'.join(progress.waited_for)}答复")
    if progress.extension_asked_on:
        said.append(f"{progress.extension_asked_on} 申请延至 {progress.extension_wanted}，待批")
    if progress.returns:
        handed = f"，首次交办 {progress.first_handed_on}" if progress.first_handed_on != progress.handed_on else ""
        said.append(f"异议退回 {progress.returns} 次{handed}")
    if progress.promise_delays:
        said.append(f"承诺已延后 {progress.promise_delays} 次")
    return said
