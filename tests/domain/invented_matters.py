"""Invented matters for the tests of the domain, by hand and at random."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from station_app.domain.events import ON_SPOT_WAY, Event, EventKind, Satisfaction
from station_app.domain.opinion import Case, Openness, Source
from station_app.domain.progress import Progress, State
from station_app.domain.station import Tier
from station_app.domain.unfolding import derive

K = EventKind
_uids = count(1)


def event(kind: EventKind, on: str, **values: Any) -> Event:
    """Return an event with a uid of its own, recorded after every event made before it."""
    serial = next(_uids)
    stamp = f"{2027 + serial // 10**6}-01-01T00:00:00.{serial % 10**6:06d}+08:00"
    return Event(kind, on, id=serial, uid=f"event-{serial}", recorded_at=stamp, **values)


def case(events: Iterable[Event], number: int = 1, **values: Any) -> Case:
    """Return a matter with its events and plain values for all the rest."""
    listed = tuple(events)
    progress = derive(listed)
    plain: dict[str, Any] = {
        "id": number,
        "uid": f"case-{number}",
        "number": f"HX-2026-{number:04d}",
        "source": Source.VOTER,
        "title": "桥头护栏破损",
        "words": "桥头护栏坏了好多年",
        "category": "交通",
        "nature": "意见",
        "counts": True,
        "channel": "接待日",
        "village_id": None,
        "village": "上坪村",
        "openness": Openness.OPEN,
        "urgent": False,
        "raised_on": progress.raised_on,
        "petitioner": "钟秀英",
        "phone": "14000001234",
        "address": "",
        "people": 1,
        "receivers": ("钟龚",),
        "visit_id": None,
        "day_id": None,
        "recorder": "肖敏",
        "remark": "",
        "events": listed,
        "progress": progress,
    }
    return Case(**{**plain, **values})


_NEXT: dict[State, tuple[EventKind, ...]] = {
    State.REGISTERED: (K.STUDIED, K.HANDED_OVER, K.ANSWERED, K.REDIRECTED, K.ENDED, K.VOIDED, K.MARKED_URGENT),
    State.STUDIED: (K.HANDED_OVER, K.HANDED_OVER, K.ANSWERED, K.REDIRECTED, K.ENDED),
    State.HANDLING: (
        K.ANSWERED,
        K.ANSWERED,
        K.RETURNED,
        K.EXTENSION_GRANTED,
        K.URGED,
        K.INTERIM,
        K.RECEIVED,
        K.COUNTY_ASSIGNED,
        K.REDIRECTED,
        K.ENDED,
    ),
    State.RETURNED: (K.HANDED_OVER, K.STUDIED, K.REDIRECTED),
    State.ANSWERED: (K.FED_BACK, K.FED_BACK, K.ENDED, K.CLOSED),
    State.FED_BACK: (K.RATED, K.CLOSED, K.CLOSED, K.REHANDLED),
    State.CLOSED: (K.RESTARTED, K.PROMISE_CHECKED, K.RATED),
    State.REDIRECTED: (K.RESTARTED, K.VOIDED),
    State.ENDED: (K.RESTARTED,),
}


def _after(kind: EventKind, day: date, draw: st.DrawFn) -> Event:
    """Return an event of ``kind`` with the values it needs."""
    on = day.isoformat()
    later = (day + timedelta(days=draw(st.integers(1, 60)))).isoformat()
    match kind:
        case K.HANDED_OVER:
            return event(kind, on, tier=draw(st.sampled_from(Tier)), unit=draw(st.sampled_from(("镇城建办", "农技站"))))
        case K.ANSWERED:
            promised = later if draw(st.booleans()) else ""
            return event(kind, on, way=draw(st.sampled_from(("", ON_SPOT_WAY))), answer_class="A", due_on=promised)
        case K.EXTENSION_GRANTED:
            return event(kind, on, due_on=later)
        case K.RATED:
            return event(kind, on, satisfaction=draw(st.sampled_from(Satisfaction)))
        case _:
            return event(kind, on)


@st.composite
def lives(draw: st.DrawFn, first: date = date(2025, 11, 1), days: int = 200) -> tuple[Event, ...]:
    """Draw the events of one matter: legal moves on days that never go back, often several on the same day.

    Now and then one of them turns out to have been a mistake and is struck out.
    """
    day = first + timedelta(days=draw(st.integers(0, days)))
    events = [event(K.REGISTERED, day.isoformat())]
    for _ in range(draw(st.integers(0, 14))):
        state = derive(events).state
        if state not in _NEXT:
            break
        day += timedelta(days=draw(st.sampled_from((0, 0, 1, 3, 10, 40))))
        events.append(_after(draw(st.sampled_from(_NEXT[state])), day, draw))
    if len(events) > 1 and draw(st.integers(0, 4)) == 0:
        mistaken = draw(st.sampled_from(events[1:]))
        events.append(event(K.WITHDRAWN_EVENT, day.isoformat(), amends=mistaken.uid))
    return tuple(events)


@st.composite
def matters(draw: st.DrawFn, most: int = 12) -> list[Case]:
    """Draw matters of every kind, void ones and ones that do not count among them."""
    return [
        case(
            draw(lives()),
            number,
            source=draw(st.sampled_from(Source)),
            category=draw(st.sampled_from(("交通", "教育", "其他", ""))),
            nature=(nature := draw(st.sampled_from(("意见", "建议", "咨询")))),
            counts=nature != "咨询",
            village=draw(st.sampled_from(("上坪村", "下坝村", ""))),
            channel=draw(st.sampled_from(("接待日", "电话"))),
        )
        for number in range(1, draw(st.integers(0, most)) + 1)
    ]


def progress_on(events: Iterable[Event], day: str) -> Progress:
    """Return the progress by going through the days the slow way: only what had happened by then is looked at.

    Corrections recorded later still hold for the day, so struck-out events are left out by hand.
    """
    listed = list(events)
    struck = {each.amends for each in listed if each.amends}
    return derive([each for each in listed if each.uid not in struck and each.on <= day])
