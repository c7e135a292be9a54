"""What can happen to an opinion: dated events, each kept for ever."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from station_app.domain.station import Tier


class EventKind(StrEnum):
    """What can happen to an opinion."""

    REGISTERED = "registered"
    STUDIED = "studied"
    HANDED_OVER = "handed_over"
    COUNTY_ASSIGNED = "county_assigned"
    RECEIVED = "received"
    RETURNED = "returned"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_GRANTED = "extension_granted"
    EXTENSION_REFUSED = "extension_refused"
    INTERIM = "interim"
    URGED = "urged"
    SUPERVISED = "supervised"
    INQUIRED = "inquired"
    ANSWERED = "answered"
    FED_BACK = "fed_back"
    RATED = "rated"
    REHANDLED = "rehandled"
    CLOSED = "closed"
    REDIRECTED = "redirected"
    ENDED = "ended"
    RESTARTED = "restarted"
    VOIDED = "voided"
    MERGED = "merged"
    UNMERGED = "unmerged"
    MARKED_URGENT = "marked_urgent"
    PROMISE_CHECKED = "promise_checked"
    PRINTED = "printed"
    WITHDRAWN_EVENT = "withdrawn_event"


EVENT_LABELS = {
    EventKind.REGISTERED: "登记",
    EventKind.STUDIED: "研究",
    EventKind.HANDED_OVER: "交办",
    EventKind.COUNTY_ASSIGNED: "县级交办",
    EventKind.RECEIVED: "签收",
    EventKind.RETURNED: "异议退回",
    EventKind.EXTENSION_ASKED: "延期申请",
    EventKind.EXTENSION_GRANTED: "同意延期",
    EventKind.EXTENSION_REFUSED: "不同意延期",
    EventKind.INTERIM: "阶段性答复",
    EventKind.URGED: "催办",
    EventKind.SUPERVISED: "督办",
    EventKind.INQUIRED: "询问办理情况",
    EventKind.ANSWERED: "答复",
    EventKind.FED_BACK: "反馈",
    EventKind.RATED: "评价",
    EventKind.REHANDLED: "重新办理",
    EventKind.CLOSED: "办结",
    EventKind.REDIRECTED: "引导",
    EventKind.ENDED: "终止",
    EventKind.RESTARTED: "重新启动",
    EventKind.VOIDED: "作废",
    EventKind.MERGED: "并案",
    EventKind.UNMERGED: "取消并案",
    EventKind.MARKED_URGENT: "列为紧急",
    EventKind.PROMISE_CHECKED: "承诺核实",
    EventKind.PRINTED: "打印",
    EventKind.WITHDRAWN_EVENT: "更正（撤回）",
}


class Satisfaction(StrEnum):
    """The petitioner's evaluation (满意度)."""

    SATISFIED = "satisfied"
    FAIRLY = "fairly"
    DISSATISFIED = "dissatisfied"
    UNRATED = "unrated"


SATISFACTION_LABELS = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.FAIRLY: "基本满意",
    Satisfaction.DISSATISFIED: "不满意",
    Satisfaction.UNRATED: "未评价",
}

ON_SPOT_WAY = "当场答复"
"""The ``way`` of an answer given at the table; it makes the disposition 当场答复."""

UNREACHABLE_WAY = "无法联系"
"""The ``way`` of a feedback that could not reach the petitioner; it closes without an evaluation."""

PROMISE_KEPT_WAY = "已兑现"
"""The ``way`` of a promise check that found the promise kept."""

PROMISE_NOT_YET_WAY = "尚未兑现"
"""The ``way`` of a promise check that found it not kept yet; a new ``due_on`` is set."""

PROMISE_GIVEN_UP_WAY = "无法兑现"
"""The ``way`` of a promise check that found that it cannot be kept."""


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact in the life of an opinion.

    Args:
        on: ISO date it happened (may lie before the day of entry).
        recorded_at: ISO time it was recorded.
        tier: of a hand-over: village, township, county (转办), suggestion.
        unit_id / unit: lead unit of a hand-over, answering unit of an answer.
        assisting / separate: the other units of a hand-over (协办, 分别办理); each of the latter answers for itself.
        text: what was said: 拟办意见, answer, reason, note.
        person: who decided (签批人), answered, was told.
        decision: 审批意见 of the one who signs.
        way: of an answer, feedback, urging: 电话, 书面, 当面, 当场答复, 无法联系 …
        answer_class: key of the answer class: A, B, C, D.
        due_on: a date set or granted; the promised date of an answer.
        route: legal channel told when redirected (人民法院, 信访局 …).
        amends: uid of the event this one takes the place of; a `WITHDRAWN_EVENT` only strikes it out.
        main_id: of a merging, the main opinion's id.
        attitude: of an evaluation of a deputies' suggestion, how content they were with the attitude; ``satisfaction`` is
            about the result.
    """

    kind: EventKind
    on: str
    id: int = 0
    uid: str = ""
    opinion_id: int = 0
    recorded_at: str = ""
    operator: str = ""
    tier: Tier | None = None
    unit_id: int | None = None
    unit: str = ""
    assisting: tuple[str, ...] = ()
    separate: tuple[str, ...] = ()
    text: str = ""
    person: str = ""
    phone: str = ""
    decision: str = ""
    way: str = ""
    answer_class: str = ""
    satisfaction: Satisfaction | None = None
    due_on: str = ""
    route: str = ""
    amends: str = ""
    main_id: int | None = None
    attitude: Satisfaction | None = None


def effective(events: Iterable[Event]) -> list[Event]:
    """Return the events that stand, in order of the day they happened, then of entry; struck-out ones left out.

    A registration comes first on its day, and a correction takes the place of the event it amends among those of the
    same day: corrected the day after, a matter settled on the spot stays settled.
    """
    listed = list(events)
    if _in_order(listed):
        return listed
    struck = {event.amends: event for event in listed if event.amends}
    if not struck:
        standing = listed
        places: dict[str, Event] = {}
    else:
        by_uid = {event.uid: event for event in listed}
        standing = [e for e in listed if e.uid not in struck and e.kind is not EventKind.WITHDRAWN_EVENT]
        places = {event.uid: _first_of(event, by_uid) for event in standing if event.amends}

    def place(event: Event) -> tuple[str, bool, str, int]:
        first = places.get(event.uid, event) if places else event
        return event.on, event.kind is not EventKind.REGISTERED, first.recorded_at, first.id

    return sorted(standing, key=place)


def _in_order(events: Sequence[Event]) -> bool:
    """Tell whether nothing was corrected and every event comes after the one before, as is usual."""
    on, recorded_at, last_id = "", "", 0
    for event in events:
        if event.amends or event.kind is EventKind.WITHDRAWN_EVENT or event.on < on:
            return False
        if event.on == on:
            late = (event.recorded_at, event.id) < (recorded_at, last_id)
            if late or event.kind is EventKind.REGISTERED:
                return False
        on, recorded_at, last_id = event.on, event.recorded_at, event.id
    return True


def _first_of(event: Event, by_uid: Mapping[str, Event]) -> Event:
    """Return the event at the beginning of a chain of corrections."""
    seen = {event.uid}
    while event.amends in by_uid and event.amends not in seen:
        event = by_uid[event.amends]
        seen.add(event.uid)
    return event
