"""The course of one invented matter: its dated events from registration to closing, as the rules of moves allow."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from station_app.domain.calendars import WorkCalendar, add_months
from station_app.domain.events import ON_SPOT_WAY, PROMISE_NOT_YET_WAY, UNREACHABLE_WAY, Event, EventKind, Satisfaction
from station_app.domain.station import Tier
from station_app.services import demo_texts as texts
from station_app.services.demo_diary import moment, office_minute
from station_app.services.demo_matters import Happening, Matter, Outcome, Waiting, promise_day, satisfaction
from station_app.services.demo_people import CLERK, HEAD, Office, Town
from station_app.services.demo_texts import fill

SYSTEM = "系统"
_OFTEN_MISTAKEN = ("镇城建办", "镇综合行政执法队", "镇环卫所", "镇水务站")
_LAST_MINUTE = 1290  # what the program closes by itself is written in the evening of the limit's last day


@dataclass
class Course:
    """Tells what happens to a matter, in order; the reader stops at the first day that has not come yet."""

    rng: Random
    calendar: WorkCalendar
    town: Town
    waiting: Waiting
    matter: Matter
    _day: date = field(default=date.min, init=False)
    _minute: int = field(default=0, init=False)
    _handed: date = field(default=date.min, init=False)
    _promised: date | None = field(default=None, init=False)
    _separate: Office | None = field(default=None, init=False)

    def events(self) -> list[Happening]:
        """Return what has happened before today."""
        self._day, self._minute = self.matter.entered_on, self.matter.minute
        past: list[Happening] = []
        for happening in self._life():
            if happening.day >= self.waiting.today:
                return past
            past.append(happening)
        self.matter.open_until = past[-1].day
        return past

    def _life(self) -> Iterator[Happening]:
        rng, matter, theme = self.rng, self.matter, self.matter.theme
        yield self._at_the_table(EventKind.REGISTERED, operator=matter.recorder)
        if theme.redirect:
            yield from self._redirected()
        elif rng.random() < (theme.spot_share if not matter.scene.deputy else 0):
            yield from self._answered_at_the_table()
        elif rng.random() < 0.007:
            yield self._on(self._after(2), EventKind.VOIDED, text=rng.choice(texts.VOID_REASONS))
        else:
            yield from self._handled()

    def _redirected(self) -> Iterator[Happening]:
        route = self.matter.theme.redirect
        text = f"您反映的事项依法应通过法定渠道反映，请向{route}提出。"
        if self.rng.random() < 0.7:
            yield self._at_the_table(EventKind.REDIRECTED, route=route, text=text)
            return
        yield self._studied("redirect", route)
        yield self._on(self._after(1), EventKind.REDIRECTED, route=route, text=text)

    def _answered_at_the_table(self) -> Iterator[Happening]:
        rng, matter = self.rng, self.matter
        text, person = texts.spot_answer(rng, matter.theme, matter.scene), matter.receivers
        yield self._at_the_table(EventKind.ANSWERED, text=text, way=ON_SPOT_WAY, answer_class="A", person=person)
        yield self._at_the_table(EventKind.FED_BACK, way="当面", person=person)
        if rng.random() < 0.75:
            content = Satisfaction.SATISFIED if rng.random() < 0.85 else Satisfaction.FAIRLY
            yield self._at_the_table(EventKind.RATED, satisfaction=content, way="当面")
        yield self._at_the_table(EventKind.CLOSED)

    def _handled(self) -> Iterator[Happening]:
        rng, matter = self.rng, self.matter
        tier, office = self._way()
        matter.tier, matter.office = tier, office
        first = self._first_office(tier, office)
        yield self._studied(tier.value, first.name)
        if matter.main:
            text = f"与 {matter.main.number} 反映同一事项，并案办理。"
            yield self._same_time(EventKind.MERGED, main_id=matter.main.id, text=text)
        yield from self._handed_over(tier, first)
        if first is not office:
            yield from self._returned(office)
        if rng.random() < 0.012:
            yield self._on(self._after(3), EventKind.ENDED, text=rng.choice(texts.WITHDRAWALS))
            return
        yield from self._until_content(tier)
        if not self._promised and rng.random() < 0.015:
            yield from self._restarted(tier)

    def _way(self) -> tuple[Tier, Office]:
        """Return who is to handle it; what is merged goes the way of the main matter."""
        rng, theme, town = self.rng, self.matter.theme, self.town
        main = self.matter.main
        if main and main.tier and main.office:
            return main.tier, main.office
        chance = rng.random()
        if theme.county and not self.matter.urgent and chance < theme.county_share * 0.75:
            return Tier.COUNTY, town.offices[theme.county]
        suggests = 0.14 if self.matter.scene.deputy else 0.012
        if not self.matter.urgent and rng.random() < suggests:
            return Tier.SUGGESTION, town.offices[theme.county or theme.unit]
        in_village = self.matter.scene.village.endswith(("村", "社区"))
        if in_village and rng.random() < theme.village_share:
            return Tier.VILLAGE, town.committee(self.matter.scene.village)
        return Tier.TOWNSHIP, town.offices[theme.unit]

    def _studied(self, way: str, name: str) -> Happening:
        rng, matter = self.rng, self.matter
        wait = 0 if matter.urgent else rng.choice((0, 1, 1, 2, 2, 3))
        if way == "redirect":
            wait = 1
        day = self._after(wait)
        if not matter.urgent:
            day = self.waiting.held("study", matter.raised_on, matter.raised_on + timedelta(days=5), day)
        return self._on(
            day,
            EventKind.STUDIED,
            text=fill(rng, rng.choice(texts.PROPOSALS[way]), 单位=name),
            decision="同意",
            person=HEAD,
        )

    def _handed_over(self, tier: Tier, office: Office) -> Iterator[Happening]:
        rng, matter = self.rng, self.matter
        studied = self._day
        day = self._after(0 if matter.urgent else rng.choice((0, 0, 1, 1, 2)))
        if not matter.urgent:
            day = self.waiting.held("hand_over", studied, studied + timedelta(days=5), day)
        helper = self.town.offices.get(matter.theme.helper)
        helps = helper if tier is Tier.TOWNSHIP and helper is not office else None
        # What is merged, or went to the wrong office first, is not handled apart.
        apart = helps is not None and office is matter.office and not matter.main and rng.random() < 0.4
        self._separate = helps if apart else None
        separate = (helps.id,) if helps and apart else ()
        assisting = (helps.id,) if helps and not apart and rng.random() < 0.6 else ()
        # What goes up to the county goes to its standing committee; only that hands it to a department.
        unit_id = None if tier is Tier.COUNTY else office.id
        yield self._on(
            day, EventKind.HANDED_OVER, tier=tier, unit_id=unit_id, assisting=assisting, separate_ids=separate
        )
        self._handed = self._day
        if tier is Tier.COUNTY:
            yield self._on(self._after(rng.randint(4, 11)), EventKind.COUNTY_ASSIGNED, unit_id=office.id)
            return
        if rng.random() < 0.85:
            yield self._on(self._after(0 if matter.urgent else rng.choice((0, 1, 1, 2))), EventKind.RECEIVED)

    def _first_office(self, tier: Tier, office: Office) -> Office:
        """Return the office it is handed to first: now and then one that will say it is not theirs."""
        others = [self.town.offices[name] for name in _OFTEN_MISTAKEN if name != office.name]
        lately = 8 <= (self.waiting.today - self._day).days <= 14 and self.waiting.wants("return")
        mistaken = tier is Tier.TOWNSHIP and not self.matter.main and (self.rng.random() < 0.045 or lately)
        return self.rng.choice(others) if mistaken else office

    def _returned(self, office: Office) -> Iterator[Happening]:
        """The first office returns it, and it is handed to the right one."""
        rng = self.rng
        reason = fill(rng, rng.choice(texts.RETURN_REASONS), 单位=office.name)
        yield self._on(self._after(rng.randint(1, 4)), EventKind.RETURNED, text=reason)
        day = self._after(rng.randint(1, 3))
        day = self.waiting.held("return", self._day, self._day + timedelta(days=9), day)
        yield self._on(day, EventKind.HANDED_OVER, tier=Tier.TOWNSHIP, unit_id=office.id)
        self._handed = self._day

    def _until_content(self, tier: Tier) -> Iterator[Happening]:
        """Answer, tell and be judged, again until the petitioner is content or silent."""
        yield from self._answered(tier, self._handed, 1)
        told, content = self._told(1)
        yield from told
        if not content:
            yield from self._answered(tier, self._day, 2)
            told, _content = self._told(2)
            yield from told
        yield from self._promise_checked()

    def _answered(self, tier: Tier, start: date, attempt: int) -> Iterator[Happening]:
        rng, matter = self.rng, self.matter
        office = matter.office or self.town.offices[matter.theme.unit]
        due, day = self._answer_days(tier, start, attempt)
        main = matter.main.outcome if matter.main and attempt == 1 else None
        if main and main.answered_on > self._day:
            day = main.answered_on
        if attempt == 1 and not main and tier in {Tier.TOWNSHIP, Tier.VILLAGE} and rng.random() < 0.07:
            granted = rng.random() < 0.75
            if granted:
                day = self._office_day(add_months(due, 1) - timedelta(days=rng.randint(1, 12)))
            yield from self._extended(start, due, granted=granted)
            due = add_months(due, 1) if granted else due
        day = self._staged_answer(tier, due, day)
        yield from self._pressed(tier, start, due, day)
        letter, text, promised = self._answer_text(attempt)
        if main and day == main.answered_on:
            letter, text, promised = main.letter, main.text, None
        if self._separate:
            yield self._part_answered(self._separate, start, day)
        answered = self._on(
            max(day, self._day), EventKind.ANSWERED, unit_id=office.id, person=office.contact, phone=office.phone,
            text=text, answer_class=letter, way=rng.choice(("书面", "书面", "书面", "当面", "电话")),
            due_on=promised.isoformat() if promised else "",
        )  # fmt: skip
        self._promised = promised
        if attempt == 1:
            matter.outcome = Outcome(answered.day, letter, text)
        yield answered

    def _part_answered(self, office: Office, start: date, day: date) -> Happening:
        """The other of two units that handle it separately answers for itself, some days before."""
        on = self._office_day(max(self._day, start + (day - start) * 2 // 3))
        return self._on(
            on, EventKind.ANSWERED, unit_id=office.id, person=office.contact, phone=office.phone,
            text=self.rng.choice(texts.PART_ANSWERS), answer_class="A", way="书面",
        )  # fmt: skip

    def _answer_days(self, tier: Tier, start: date, attempt: int) -> tuple[date, date]:
        """Return by when and on which day a unit answers."""
        rng = self.rng
        months, quick, slow, usual = {
            Tier.COUNTY: (3, 30, 95, 62),
            Tier.SUGGESTION: (3, 35, 88, 65),
            Tier.TOWNSHIP: (1, 5, 30, 22),
            Tier.VILLAGE: (1, 2, 25, 8),
        }[tier if attempt == 1 else Tier.TOWNSHIP]
        due = add_months(start, months)
        if rng.random() < 0.03 and tier is not Tier.SUGGESTION:
            return due, self._office_day(due + timedelta(days=rng.randint(1, 9)))
        limit = due if tier is not Tier.COUNTY else date.max
        if self.matter.urgent and months == 1:
            quick, slow, usual = 1, 14, 4
        wanted = start + timedelta(days=round(rng.triangular(quick, slow, usual)))
        return due, min(
            self._office_day(wanted), self.calendar.workday_on_or_before(min(limit, wanted + timedelta(30)))
        )

    def _staged_answer(self, tier: Tier, due: date, day: date) -> date:
        """Let a few be overdue, nearly due, or past the follow-up period today."""
        soon, late = due - timedelta(days=3), due + timedelta(days=9)
        if tier is Tier.COUNTY:
            return self.waiting.held("county", due + timedelta(days=1), due + timedelta(days=25), day)
        if tier is Tier.SUGGESTION:
            return day
        if self.matter.urgent:
            return self.waiting.held("urgent", self._handed, self._handed + timedelta(days=16), day)
        day = self.waiting.held("overdue", due + timedelta(days=1), late, day)
        return self.waiting.held("due_soon", soon, due, day)

    def _extended(self, start: date, due: date, *, granted: bool) -> Iterator[Happening]:
        """The unit asks for a month more, and the township's head decides."""
        rng, wanted = self.rng, add_months(due, 1).isoformat()
        asked = max(self._day, self.calendar.workday_on_or_before(start + timedelta(days=rng.randint(16, 24))))
        yield self._on(asked, EventKind.EXTENSION_ASKED, text=rng.choice(texts.EXTENSION_REASONS), due_on=wanted)
        decided = self.waiting.held("extension", self._day, due, self._after(1))
        if granted:
            yield self._on(decided, EventKind.EXTENSION_GRANTED, due_on=wanted, person=HEAD, decision="同意")
            return
        yield self._on(decided, EventKind.EXTENSION_REFUSED, text=rng.choice(texts.REFUSAL_REASONS), person=HEAD)

    def _pressed(self, tier: Tier, start: date, due: date, day: date) -> Iterator[Happening]:
        """Interim answers, urging and inquiring between hand-over and answer."""
        rng = self.rng
        length = (min(day, due) - start).days
        if length > 12 and rng.random() < (0.3 if tier in {Tier.COUNTY, Tier.SUGGESTION} else 0.07):
            yield from self._note_between(EventKind.INTERIM, start, length // 2, day, texts.INTERIM_ANSWERS, "电话")
        if tier is Tier.COUNTY:
            if length > 45:
                yield from self._note_between(EventKind.INQUIRED, start, length - 15, day, texts.INQUIRE_NOTES, "电话")
            return
        if day > due or (length > 20 and rng.random() < 0.2):
            ahead = (due - start).days + (2 if day > due else -4)
            yield from self._note_between(EventKind.URGED, start, ahead, day, texts.URGE_NOTES, "电话")
        if (day - due).days > 5 and rng.random() < 0.6:
            after = (due - start).days + 5
            yield from self._note_between(EventKind.SUPERVISED, start, after, day, texts.SUPERVISE_NOTES, "书面")

    def _note_between(
        self, kind: EventKind, start: date, days: int, until: date, notes: tuple[str, ...], way: str
    ) -> Iterator[Happening]:
        on = self._office_day(start + timedelta(days=days))
        if self._day < on < until:
            yield self._on(on, kind, text=self.rng.choice(notes), way=way, person=CLERK)

    def _answer_text(self, attempt: int) -> tuple[str, str, date | None]:
        """Return class, text and promised day of an answer."""
        rng, theme = self.rng, self.matter.theme
        if attempt > 1:
            return "A", rng.choice(texts.SECOND_ANSWERS), None
        letter = rng.choices("ABCD", (66, 16, 11, 7))[0]
        if letter != "A" and letter not in theme.answers and rng.random() < 0.7:
            letter = "A"
        promised, words = None, ""
        if letter == "B":
            promised = promise_day(self.rng, self._day, self.waiting)
            words = texts.promise_words(promised)
        return letter, texts.answer(rng, theme, self.matter.scene, letter, words), promised

    def _told(self, attempt: int) -> tuple[list[Happening], bool]:
        """Return what telling the petitioner came to, and whether the matter is over with it."""
        rng, matter = self.rng, self.matter
        answered = self._day
        day = self.waiting.held(
            "feedback", answered, answered + timedelta(days=6), self._after(rng.choice((0, 1, 1, 2, 3, 4)))
        )
        if not matter.reachable or rng.random() < 0.015:
            text = (
                "未留联系方式，已在村务公开栏公示办理情况。"
                if not matter.reachable
                else "三次不同日期联系未果，已请村里转告。"
            )
            return [
                self._on(day, EventKind.FED_BACK, way=UNREACHABLE_WAY, text=text),
                self._same_time(EventKind.CLOSED),
            ], True
        way = rng.choice(("电话", "电话", "电话", "当面", "微信", "上门"))
        told = self._on(day, EventKind.FED_BACK, way=way, person=CLERK, text=rng.choice(texts.FEEDBACK_NOTES))
        chance = rng.random()
        if chance > 0.84 and not matter.scene.deputy:
            return [told, *self._unrated()], True
        content = satisfaction(self.rng, self.matter, attempt)
        if chance < 0.6:
            return [told, *self._judged(content, way, None)], content is not Satisfaction.DISSATISFIED
        later = self.waiting.held("rating", self._day, self._day + timedelta(days=12), self._after(rng.randint(1, 10)))
        return [told, *self._judged(content, way, later)], content is not Satisfaction.DISSATISFIED

    def _judged(self, content: Satisfaction, way: str, day: date | None) -> list[Happening]:
        reason = self.rng.choice(texts.DISSATISFIED_REASONS) if content is Satisfaction.DISSATISFIED else ""
        values: dict[str, Any] = {"satisfaction": content, "text": reason, "way": way}
        rated = self._on(day, EventKind.RATED, **values) if day else self._same_time(EventKind.RATED, **values)
        if content is Satisfaction.DISSATISFIED:
            return [rated, self._same_time(EventKind.REHANDLED, text=reason)]
        return [rated, self._same_time(EventKind.CLOSED)]

    def _unrated(self) -> list[Happening]:
        """Nobody answers the question: the program closes when the limit is over."""
        self._day, self._minute = self.calendar.add_working_days(self._day, 15), _LAST_MINUTE
        rated = self._same_time(EventKind.RATED, satisfaction=Satisfaction.UNRATED, text="逾期未评", operator=SYSTEM)
        return [rated, self._same_time(EventKind.CLOSED, text="逾期未评", operator=SYSTEM)]

    def _promise_checked(self) -> Iterator[Happening]:
        rng, promised = self.rng, self._promised
        while promised and promised < self.waiting.today:
            day = self._office_day(max(promised + timedelta(days=rng.randint(0, 8)), self._day + timedelta(days=1)))
            # What fell due just now is left for the clerk.
            if (self.waiting.today - promised).days < 7:
                return
            way = rng.choices(tuple(texts.PROMISE_NOTES), (78, 16, 6))[0]
            later = add_months(promised, 2) if way == PROMISE_NOT_YET_WAY else None
            yield self._on(
                day, EventKind.PROMISE_CHECKED, way=way, person=CLERK, text=rng.choice(texts.PROMISE_NOTES[way]),
                due_on=later.isoformat() if later else "",
            )  # fmt: skip
            promised = later

    def _restarted(self, tier: Tier) -> Iterator[Happening]:
        rng = self.rng
        day = self._office_day(self._day + timedelta(days=rng.randint(30, 150)))
        yield self._on(day, EventKind.RESTARTED, text=rng.choice(texts.RESTART_REASONS))
        yield from self._handed_over(tier, self.matter.office or self.town.offices[self.matter.theme.unit])
        yield from self._until_content(tier)

    # Days and minutes

    def _after(self, working_days: int) -> date:
        """Return the working day so many after the last event; the same day counts when offices work on it."""
        if working_days == 0:
            return self.calendar.workday_on_or_after(self._day)
        return self.calendar.add_working_days(self._day, working_days)

    def _office_day(self, day: date) -> date:
        return self.calendar.workday_on_or_after(day)

    def _on(self, day: date, kind: EventKind, **values: Any) -> Happening:
        if day > self._day:
            self._day, self._minute = day, office_minute(self.rng)
        else:
            self._minute = min(self._minute + self.rng.randint(2, 20), _LAST_MINUTE)
        return self._same_time(kind, **values)

    def _same_time(
        self, kind: EventKind, *, operator: str = CLERK, assisting: tuple[int, ...] = (),
        separate_ids: tuple[int, ...] = (), **values: Any,
    ) -> Happening:  # fmt: skip
        stamp = moment(self._day, self._minute).isoformat(timespec="seconds")
        event = Event(kind, self._day.isoformat(), recorded_at=stamp, **values)
        return Happening(self._day, self._minute, event, operator, assisting, separate_ids)

    def _at_the_table(self, kind: EventKind, *, operator: str = "", **values: Any) -> Happening:
        """Return an event of the day the matter was raised, entered together with it."""
        matter = self.matter
        stamp = moment(matter.entered_on, matter.minute).isoformat(timespec="seconds")
        event = Event(kind, matter.raised_on.isoformat(), recorded_at=stamp, **values)
        return Happening(matter.entered_on, matter.minute, event, operator or matter.recorder)
