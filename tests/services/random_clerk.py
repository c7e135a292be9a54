"""A clerk who does anything at all with a few matters, and what should have come of it."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from station_app.domain.events import Event, EventKind, Satisfaction
from station_app.domain.legality import MOVE_OF_EVENT
from station_app.domain.move_draft import EVENT_OF_MOVE, MoveDraft
from station_app.domain.moves import Move
from station_app.domain.progress import State
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import StationProfile, Tier, Unit
from station_app.station import Desks
from station_app.support.clock import Clock
from tests.domain import slow_history as slow

UNITS = {
    1: ("镇水务站", Tier.TOWNSHIP),
    2: ("镇城建办", Tier.TOWNSHIP),
    3: ("竹坑村委会", Tier.VILLAGE),
    4: ("县水利局", Tier.COUNTY),
}
K = EventKind


@dataclass
class Entry:
    """One step of a matter as the clerk knows it: ``place`` is where it was entered first, whatever corrected it."""

    place: int
    event: Event


class Matter:
    """The clerk's own book about one matter."""

    def __init__(self, case_id: int, raised_on: str) -> None:
        self.id = case_id
        self.entries = [Entry(0, Event(K.REGISTERED, raised_on))]
        self.seen = 1

    def history(self) -> list[Event]:
        """Return what happened, by day and then by entry, the registration first on its day."""
        listed = sorted(self.entries, key=lambda e: (e.event.on, e.event.kind is not K.REGISTERED, e.place))
        return [entry.event for entry in listed]

    def copy(self) -> "Matter":
        """Return the book as it is now."""
        made = Matter(self.id, "")
        made.entries, made.seen = [replace(entry) for entry in self.entries], self.seen
        return made


class RandomClerk:
    """Works a station by chance; the same seed does the same."""

    def __init__(self, path: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.day = date(2026, 8, 28)
        clock = Clock(lambda: datetime.combine(self.day, time(9)).astimezone())
        profile = StationProfile(name="禾溪镇人大代表联络站", organ_name="禾溪镇", county_name="清源县", demo=True)
        self.desks = Desks.create(path, clock, profile, "肖敏")
        for name, tier in UNITS.values():
            self.desks.settings.save_unit(Unit(0, "", name, tier))
        self.matters = [self._register() for _ in range(3)]

    def _register(self) -> Matter:
        on = self.day.isoformat()
        draft = VisitDraft(
            on=on,
            visitor=VisitorDraft(name="刘发根", no_phone=True),
            receivers=(Receiver("肖敏"),),
            opinions=(OpinionDraft("沟渠淤塞，晚稻灌不上水。"),),
        )
        return Matter(self.desks.reception.register_visit(draft).value.case_ids[0], on)

    def pass_time(self) -> None:
        """Let some days go by."""
        self.day += timedelta(days=self.random.choice((0, 0, 1, 2, 5, 9, 20)))

    def some_day(self, history: list[Event]) -> str:
        """Return a day that may be entered: not before the last step and not after today."""
        span = (self.day - date.fromisoformat(history[-1].on)).days
        return (self.day - timedelta(days=self.random.randint(0, min(span, 6)))).isoformat()

    def some_draft(self, matter: Matter, move: Move) -> MoveDraft:  # noqa: PLR0911 - one line a move
        """Return a draft of a move that lacks nothing."""
        history = matter.history()
        on = self.some_day(history)
        draft = MoveDraft(move, on, text=f"{move}的话", person="李工")
        later = (date.fromisoformat(on) + timedelta(days=self.random.randint(1, 90))).isoformat()
        pick = self.random.choice
        match move:
            case Move.HAND_OVER:
                return self._hand_over(draft, later)
            case Move.ASSIGN_AT_COUNTY:
                return replace(draft, unit_id=4)
            case Move.ANSWER | Move.ANSWER_ON_SPOT:
                waited_for = slow.still_waited_for(history)
                unit = pick([None, *(key for key, (name, _) in UNITS.items() if name in waited_for)])
                promised = pick(("", later)) if move is Move.ANSWER else ""
                return replace(draft, answer_class="B" if promised else pick("ABC"), due_on=promised, unit_id=unit)
            case Move.ASK_EXTENSION | Move.GRANT_EXTENSION:
                due, _bound = slow.clock(history) or (on, False)
                longer = date.fromisoformat(max(due, on)) + timedelta(days=self.random.randint(1, 40))
                return replace(draft, due_on=longer.isoformat())
            case Move.FEED_BACK:
                return replace(draft, way=pick(("电话", "当面", "书面", "无法联系")), satisfaction=None)
            case Move.RATE:
                return replace(draft, satisfaction=pick((Satisfaction.FAIRLY, Satisfaction.DISSATISFIED)))
            case Move.CHECK_PROMISE:
                way = pick(("已兑现", "尚未兑现", "无法兑现"))
                return replace(draft, way=way, due_on=later if way == "尚未兑现" else "")
            case Move.REDIRECT:
                return replace(draft, route="人民法院")
            case Move.END:
                return replace(draft, way="撤回")
            case Move.MERGE:
                return replace(draft, main_id=pick([one.id for one in self.matters if one is not matter]))
            case _:
                return draft

    def _hand_over(self, draft: MoveDraft, later: str) -> MoveDraft:
        pick = self.random.choice
        tier = pick(list(Tier))
        if tier not in {Tier.VILLAGE, Tier.TOWNSHIP}:
            return replace(draft, tier=tier)
        return replace(
            draft,
            tier=tier,
            unit_id=3 if tier is Tier.VILLAGE else 1,
            assisting_ids=pick(((), (4,))),
            separate_ids=pick(((), (2,))),
            due_on=pick(("", "", later)),
        )

    def wanted(self, matter: Matter, draft: MoveDraft) -> bool:
        """Tell whether a move should be taken, by the rules alone."""
        history = matter.history()
        given = slow.hand_over(history)
        unit = UNITS[draft.unit_id][0] if draft.unit_id else given.unit if given else ""
        way = "当场答复" if draft.move is Move.ANSWER_ON_SPOT else draft.way
        event = Event(EVENT_OF_MOVE[draft.move], draft.on, way=way, unit=unit, satisfaction=draft.satisfaction)
        if not slow.may(history, event):
            return False
        if draft.move is Move.RATE and slow.state(history) is State.CLOSED:
            return False  # only the program's own closing may be followed by an evaluation, by a correction
        clock = slow.clock(history)
        if draft.move is Move.ASK_EXTENSION:
            return clock is not None and draft.on <= clock[0]
        return draft.move is not Move.MERGE or self._may_join(matter, draft.main_id)

    def _may_join(self, matter: Matter, main_id: int | None) -> bool:
        """Tell whether a matter may go into another: no chains, and nothing into what is void."""
        mains = {one.id: slow.facts(one.history())["main_id"] for one in self.matters}
        main = next(one for one in self.matters if one.id == main_id)
        return not mains[main.id] and matter.id not in mains.values() and slow.state(main.history()) is not State.VOID

    def note(self, matter: Matter) -> list[Event]:
        """Enter into the book what the last move added to the file, and return it."""
        events = self.desks.opinions.case(matter.id).events
        added = list(events[matter.seen :])
        for event in added:
            matter.seen += 1
            struck = next((one for one in matter.entries if one.event.uid == event.amends), None)
            if not event.amends:
                matter.entries.append(Entry(matter.seen, event))
            elif struck is not None and event.kind is K.WITHDRAWN_EVENT:
                matter.entries.remove(struck)
            elif struck is not None:
                struck.event = event
        return added

    def correctable(self, matter: Matter) -> list[Event]:
        """Return the steps that can be named in a correction."""
        return [entry.event for entry in matter.entries if entry.event.kind in MOVE_OF_EVENT]
