"""Who comes to the invented station when, with what, and how it is registered."""

from collections import deque
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random

from station_app.domain.calendars import WorkCalendar
from station_app.domain.numbering import Series
from station_app.domain.opinion import Openness, Source
from station_app.domain.people import Gender
from station_app.domain.reception import DayKind, DayState, Receiver
from station_app.domain.station import ListKey
from station_app.services.demo_course import Course
from station_app.services.demo_days import DemoDay
from station_app.services.demo_diary import Diary, clock_text, office_minute
from station_app.services.demo_lists import people
from station_app.services.demo_matters import Happening, Matter, Waiting
from station_app.services.demo_people import CLERK, HEAD, PLACE, Town, Voter, Voters
from station_app.services.demo_suggestions import SuggestionBook
from station_app.services.demo_texts import Scene, Theme, original_words, pick_theme, pick_voice, short_title
from station_app.storage.change_log import Step
from station_app.storage.numbers import Numbers
from station_app.storage.opinions import OpinionRecords
from station_app.storage.receptions import ReceptionRecords
from station_app.storage.station_file import StationFile
from station_app.support import pinyin

CODE = "HX"
HELPER = "谢芸"
_PER_VISIT = (0, 1, 2, 3)
_PER_VISIT_WEIGHTS = (10, 68, 18, 4)
_OFF_DAY_CHANNELS = ("日常来访", "电话", "走访", "网格", "微信群", "意见箱", "上门服务")
_OFF_DAY_WEIGHTS = (36, 20, 20, 9, 8, 3, 4)
_DEPUTY_CHANNELS = ("代表提出", "代表提出", "走访", "调研视察", "走访")
_ON_BEHALF_OF = ("邻居老人", "父亲", "母亲", "组里群众", "在外务工的儿子", "隔壁五保老人", "婆婆")
_MERGE_WITHIN = 60
_BLANK_FORMS = 20


@dataclass(frozen=True)
class VisitPlan:
    """A visit to come.

    Args:
        on: the day of the visit; ``minute`` its time.
        day: its reception day, or None.
        opinions: how many opinions are raised.
        paper: written on a paper form and entered the next working day.
    """

    on: date
    minute: int
    day: DemoDay | None
    opinions: int
    paper: bool = False


class VisitBook:
    """Plans the visits and the deputies' own opinions, and registers them as time goes on."""

    def __init__(
        self,
        rng: Random,
        file: StationFile,
        diary: Diary,
        town: Town,
        calendar: WorkCalendar,
        first: date,
        today: date,
    ) -> None:
        self._rng = rng
        self._diary = diary
        self._town = town
        self._calendar = calendar
        self._first = first
        self._today = today
        self._voters = Voters(rng, town.villages)
        self._waiting = Waiting(today)
        self._visits = ReceptionRecords(file)
        self._opinions = OpinionRecords(file)
        self._suggestions = SuggestionBook(file, town, calendar)
        self._numbers = Numbers(file)
        self._lately: deque[str] = deque(maxlen=24)
        self._recent: dict[tuple[str, str], Matter] = {}
        self._forms: list[str] = []

    # Planning

    def put(self, days: list[DemoDay], opinions: int) -> None:
        """Put ``opinions`` opinions into the diary: 85 of 100 from visits, the rest deputies' own."""
        from_deputies = round(opinions * 0.15)
        plans = self._plans(days, self._opinions_per_visit(opinions - from_deputies))
        for plan in plans:
            minute = office_minute(self._rng) if plan.paper else plan.minute
            self._diary.put(self._entered_on(plan), minute, partial(self._register_visit, plan, minute))
        office_days = self._office_days()
        for _ in range(from_deputies):
            on, minute = self._rng.choice(office_days), office_minute(self._rng)
            self._diary.put(on, minute, partial(self._register_deputy_opinion, on, minute))
        print_on = office_days[-min(40, len(office_days))]
        self._diary.put(print_on, 530, self._print_blank_forms)

    def _opinions_per_visit(self, total: int) -> list[int]:
        """Return the number of opinions of each visit, so that they sum up to ``total``."""
        rng = self._rng
        count = max(1, round(total / 1.16))
        numbers = rng.choices(_PER_VISIT, _PER_VISIT_WEIGHTS, k=count)
        missing = total - sum(numbers)
        while missing:
            index = rng.randrange(count)
            step = 1 if missing > 0 else -1
            if 0 <= numbers[index] + step <= 3:
                numbers[index] += step
                missing -= step
        return numbers

    def _office_days(self) -> list[date]:
        length = (self._today - self._first).days
        days = (self._first + timedelta(days=count) for count in range(length))
        return [day for day in days if self._calendar.is_workday(day)]

    def _plans(self, days: list[DemoDay], numbers: list[int]) -> list[VisitPlan]:
        """Spread the visits: six of ten on reception days, the others on working days in between."""
        rng = self._rng
        held = [day for day in days if day.fate is DayState.HELD and day.on < self._today]
        liveliness = {DayKind.MOBILE: 1.25, DayKind.FIXED: 0.85, DayKind.JOINT: 1.4}
        weights = [liveliness[day.kind] * rng.uniform(0.6, 1.4) * self._growth(day.on) for day in held]
        on_paper = {
            day.on
            for day in held
            if day.kind is DayKind.MOBILE
            and rng.random() < 0.4
            and self._calendar.workday_on_or_after(day.on + timedelta(days=1)) < self._today
        }
        office_days = self._office_days()
        received = round(len(numbers) * 0.62) if held else 0
        plans = []
        for day, number in zip(rng.choices(held, weights, k=received), numbers[:received], strict=True):
            minute = rng.randint(day.starts, day.ends - 5)
            plans.append(VisitPlan(day.on, minute, day, number, paper=day.on in on_paper))
        # Every one of the last days has somebody, so that the day's lists are never empty.
        lately = office_days[-5:] if len(numbers) >= 50 else []
        rest = numbers[received:]
        growth = [self._growth(on) for on in office_days]
        others = [*lately, *rng.choices(office_days, growth, k=len(rest) - len(lately))]
        plans += [VisitPlan(on, office_minute(rng), None, number) for on, number in zip(others, rest, strict=True)]
        return plans

    def _growth(self, on: date) -> float:
        """Return how much is going on: half as much again at the end as at the beginning."""
        return 1 + 0.5 * (on - self._first).days / (self._today - self._first).days

    def _entered_on(self, plan: VisitPlan) -> date:
        """Return the day a visit is entered: a paper form the next working day."""
        return self._calendar.workday_on_or_after(plan.on + timedelta(days=1)) if plan.paper else plan.on

    def _print_blank_forms(self, step: Step) -> None:
        self._forms = self._numbers.reserve(step, Series.VISIT, CODE, self._diary.clock.today().year, _BLANK_FORMS)

    # Registering

    def _register_visit(self, plan: VisitPlan, minute: int, step: Step) -> None:
        rng = self._rng
        voter = self._voters.next()
        channel = self._channel(plan)
        anonymous = rng.random() < (0.6 if channel == "意见箱" else 0.045)
        no_phone = anonymous or rng.random() < 0.08
        people_count = 1 if anonymous else rng.choices((1, 2, rng.randint(3, 6), rng.randint(7, 15)), (80, 12, 6, 2))[0]
        on_behalf_of = rng.choice(_ON_BEHALF_OF) if not anonymous and people_count == 1 and rng.random() < 0.07 else ""
        receivers = self._receivers(plan, channel)
        recorder = HELPER if plan.paper or rng.random() < 0.15 else CLERK
        visit_id = self._visits.save_visit(
            step,
            None,
            {
                **self._who(voter, anonymous=anonymous, no_phone=no_phone),
                "number": self._visit_number(plan),
                "on_date": plan.on.isoformat(),
                "at_time": clock_text(plan.minute),
                "day_id": plan.day.id if plan.day else None,
                "place": self._place(plan, channel, voter),
                "channel_id": self._town.choices[ListKey.CHANNEL, channel],
                "people": people_count,
                "on_behalf_of": on_behalf_of,
                "notes": rng.choice(people()["notes"]) if not plan.opinions else "",
                "paper": int(plan.paper),
                "recorder": recorder,
            },
            receivers,
        )
        names = "、".join(receiver.name for receiver in receivers)
        for position in range(plan.opinions):
            theme = self._theme(plan.on.month)
            scene = replace(
                self._scene(theme, plan.on.month, voter), people=people_count, on_behalf_of=on_behalf_of,
                voice=pick_voice(rng, theme),
            )  # fmt: skip
            matter = Matter(
                theme, scene, plan.on, self._diary.clock.today(), minute, names, not no_phone or bool(on_behalf_of),
                self._urgent(theme, plan.on), recorder,
            )  # fmt: skip
            self._register(step, matter, {"visit_id": visit_id, "position": position, "source": Source.VOTER}, channel)

    def _register_deputy_opinion(self, on: date, minute: int, step: Step) -> None:
        rng = self._rng
        deputy = rng.choice(self._town.serving(on))
        theme = self._theme(on.month, deputy=True)
        village = next(place for place in self._town.villages if place.id == deputy.village_id)
        if theme.where == "town":
            village = rng.choice(self._town.villages[-2:])
        group = rng.randint(1, village.groups) if theme.where == "village" else 0
        scene = Scene(village.name, group, on.month, deputy=True, voice=pick_voice(rng, theme, deputy=True))
        matter = Matter(theme, scene, on, on, minute, deputy.name, True, self._urgent(theme, on))
        values = {"proposer_id": deputy.id, "source": Source.DEPUTY}
        self._register(step, matter, values, rng.choice(_DEPUTY_CHANNELS))

    def _register(self, step: Step, matter: Matter, values: dict[str, object], channel: str) -> None:
        """Write an opinion, and put what becomes of it into the diary."""
        rng, theme, scene, choices = self._rng, matter.theme, matter.scene, self._town.choices
        matter.number = self._numbers.next(Series.OPINION, CODE, matter.raised_on.year)
        village = next((place for place in self._town.villages if place.name == scene.village), None)
        title = short_title(rng, theme, scene)
        matter.id = self._opinions.add(
            step,
            number=matter.number,
            title=title,
            words=original_words(rng, theme, scene),
            category_id=choices[ListKey.CATEGORY, theme.category],
            nature_id=choices[ListKey.NATURE, self._nature(theme, scene)],
            channel_id=choices[ListKey.CHANNEL, channel],
            village_id=village.id if village else None,
            openness=rng.choices(list(Openness), (80, 15, 5))[0],
            urgent=int(matter.urgent),
            raised_on=matter.raised_on.isoformat(),
            recorder=matter.recorder,
            **values,
        )
        matter.main = self._main_of(matter)
        for happening in Course(rng, self._calendar, self._town, self._waiting, matter).events():
            if happening.day == matter.entered_on and happening.minute == matter.minute:
                self._add_event(matter, title, happening, step)
            else:
                self._diary.put(happening.day, happening.minute, partial(self._add_event, matter, title, happening))

    def _add_event(self, matter: Matter, title: str, happening: Happening, step: Step) -> None:
        for event in self._suggestions.events(step, matter, title, happening.event):
            self._opinions.add_event(
                step, matter.id, event, happening.operator, happening.assisting, happening.separate
            )

    def _main_of(self, matter: Matter) -> Matter | None:
        """Return an open matter of the same kind and village to merge with, or None."""
        theme, key = matter.theme, (matter.theme.key, matter.scene.village)
        if theme.redirect or theme.asks_only:
            return None
        main = self._recent.get(key)
        close = main is not None and (matter.entered_on - main.entered_on).days <= _MERGE_WITHIN
        if main and close and main.tier and main.open_until > matter.entered_on + timedelta(days=8):
            return main if self._rng.random() < 0.75 else None
        self._recent[key] = matter
        return None

    def _theme(self, month: int, *, deputy: bool = False) -> Theme:
        """Return a theme that was not brought up just now."""
        theme = pick_theme(self._rng, month, deputy=deputy)
        while theme.key in self._lately:
            theme = pick_theme(self._rng, month, deputy=deputy)
        self._lately.append(theme.key)
        return theme

    # Who, where, by whom

    def _channel(self, plan: VisitPlan) -> str:
        if plan.day is None:
            return self._rng.choices(_OFF_DAY_CHANNELS, _OFF_DAY_WEIGHTS)[0]
        return "流动接待" if plan.day.kind is DayKind.MOBILE else "接待日"

    def _place(self, plan: VisitPlan, channel: str, voter: Voter) -> str:
        if plan.day:
            return plan.day.place
        return (
            PLACE
            if channel in {"日常来访", "意见箱"}
            else voter.village.name
            if channel not in {"电话", "微信群"}
            else ""
        )

    def _visit_number(self, plan: VisitPlan) -> str:
        if plan.paper and self._forms and self._forms[0].startswith(f"D{plan.on.year}"):
            return self._forms.pop(0)
        return self._numbers.next(Series.VISIT, CODE, plan.on.year)

    def _who(self, voter: Voter, *, anonymous: bool, no_phone: bool) -> dict[str, object]:
        name = "" if anonymous else voter.name
        group = self._rng.random() < 0.85
        address = "" if anonymous else voter.address if group else voter.village.name
        return {
            "name": name,
            "pinyin": pinyin.spelling(name).replace(" ", ""),
            "initials": " ".join(pinyin.initials(name)) if name else "",
            "anonymous": int(anonymous),
            "gender": Gender.UNKNOWN if anonymous and self._rng.random() < 0.5 else voter.gender,
            "phone": "" if no_phone else voter.phone,
            "no_phone": int(no_phone),
            "address": address,
            "village_id": None if anonymous and self._rng.random() < 0.6 else voter.village.id,
            "village_group": f"{voter.group}组" if group and not anonymous else "",
        }

    def _receivers(self, plan: VisitPlan, channel: str) -> tuple[Receiver, ...]:
        rng, staff = self._rng, self._town.staff
        if plan.day and plan.day.present:
            present = plan.day.present
            chosen = present if rng.random() < 0.55 else [rng.choice(present)]
            return tuple(Receiver(deputy.name, deputy_id=deputy.id) for deputy in chosen)
        if channel in {"走访", "网格", "上门服务"} or (channel == "微信群" and rng.random() < 0.6):
            deputy = rng.choice(self._town.serving(plan.on))
            return (Receiver(deputy.name, deputy_id=deputy.id),)
        name = rng.choices((CLERK, HELPER, HEAD), (80, 12, 8))[0]
        return (Receiver(name, staff_id=staff[name]),)

    def _scene(self, theme: Theme, month: int, voter: Voter) -> Scene:
        """Return the place a voter speaks of: mostly their own."""
        rng = self._rng
        if theme.where == "town":
            return Scene(rng.choice(self._town.villages[-2:]).name, 0, month)
        if rng.random() < 0.03:
            return Scene("镇里", 0, month)
        return Scene(voter.village.name, voter.group if rng.random() < 0.7 else 0, month)

    def _nature(self, theme: Theme, scene: Scene) -> str:
        if scene.deputy:
            return "建议" if self._rng.random() < 0.65 else "意见"
        return self._rng.choice(theme.natures)

    def _urgent(self, theme: Theme, on: date) -> bool:
        """Tell whether a matter is urgent; the last days have one, so that today's list begins with it."""
        lately = 0 < (self._today - on).days <= 14
        return bool(theme.urgent) and (self._rng.random() < theme.urgent or (lately and self._waiting.wants("urgent")))
