"""The table at which visitors are registered."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from station_app.domain.events import ON_SPOT_WAY, Event, EventKind, effective
from station_app.domain.merging import main_problem
from station_app.domain.numbering import Series
from station_app.domain.operators import Right
from station_app.domain.opinion import Case, Source
from station_app.domain.problems import FieldProblem, InvalidInput, invalid
from station_app.domain.progress import Disposition
from station_app.domain.reception import (
    DayKind,
    OpinionDraft,
    Receiver,
    Visit,
    VisitDraft,
    VisitorDraft,
    check_visit,
)
from station_app.domain.station import ListKey, Village
from station_app.domain.text import clean, clean_line, clean_name, clean_phone
from station_app.services.done import DAYS, OPINIONS, VISITS, Done
from station_app.services.labels import Labels
from station_app.storage.change_log import Step
from station_app.storage.numbers import Numbers
from station_app.storage.opinions import OpinionRecords
from station_app.storage.receptions import ReceptionRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support import pinyin

DEFAULT_CATEGORY = "其他"
DEFAULT_NATURE = "意见"
_TITLE_LENGTH = 20


@dataclass(frozen=True)
class Registered:
    """A visit that has its numbers.

    Args:
        visit_number: 登记号.
        case_numbers: 编号 of its opinions, in order.
    """

    visit_id: int
    visit_number: str
    case_ids: tuple[int, ...]
    case_numbers: tuple[str, ...]


class ReceptionDesk:
    """Registers visits and corrects them."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = ReceptionRecords(file)
        self._opinions = OpinionRecords(file)
        self._stations = StationRecords(file)
        self._numbers = Numbers(file)

    # Reading

    def visits_of_day(self, day_id: int) -> list[Visit]:
        """Return the visits of a reception day in order."""
        return self._records.visits_of_day(day_id)

    def visits_between(self, from_on: str, to_on: str) -> list[Visit]:
        """Return the visits between two ISO dates."""
        return self._records.visits_between(from_on, to_on)

    def outside_counts(self, room: int | None = None) -> dict[int, int]:
        """Return how many visits came outside any reception day (日常来访), by year.

        Args:
            room: only to this room; `STATION_ITSELF` for the station itself, None for all.
        """
        return self._records.outside_counts(room)

    def visit(self, visit_id: int) -> Visit:
        """Return one visit."""
        return self._records.visit(visit_id)

    def is_registered(self, visit_id: int) -> bool:
        """Tell whether a visit is there: neither deleted nor taken back."""
        try:
            self._records.visit(visit_id)
        except KeyError:
            return False
        return True

    def cases_of_visit(self, visit_id: int) -> list[Case]:
        """Return the opinions raised in a visit."""
        return self._opinions.of_visit(visit_id)

    def open_forms(self) -> list[str]:
        """Return numbers of printed blank forms that are not entered yet."""
        return self._numbers.open_forms()

    def draft_of(self, visit_id: int) -> VisitDraft:
        """Return a registered visit as the form shows it for correction, with its opinions."""
        visit = self._records.visit(visit_id)
        opinions = tuple(
            OpinionDraft(
                words=case.words, title=case.title, category=case.category, nature=case.nature, channel=case.channel,
                village=case.village, openness=case.openness, urgent=case.urgent,
                disposition=case.progress.disposition, answer=case.progress.answer, route=case.progress.route,
            )
            for case in self._opinions.of_visit(visit_id)
        )  # fmt: skip
        visitor = VisitorDraft(**{field.name: getattr(visit, field.name) for field in fields(VisitorDraft)})
        return VisitDraft(
            on=visit.on, visitor=visitor, receivers=visit.receivers, opinions=opinions, at=visit.at, place=visit.place,
            channel=visit.channel, day_id=visit.day_id, form_number=visit.number, notes=visit.notes, paper=visit.paper,
            room_id=visit.room_id,
        )  # fmt: skip

    # Visits

    def register_visit(self, draft: VisitDraft) -> Done[Registered]:
        """Register a visit with its opinions: one save, one number each.

        Raises:
            InvalidInput: with every problem of every field; nothing is written.
        """
        labels = Labels(self._stations)
        draft = self._ready(draft, labels)
        with self._file.write(f"登记来访 {draft.on}", Right.REGISTER) as step:
            registered = self._write_visit(step, draft, labels)
        numbers = "、".join(registered.case_numbers) or registered.visit_number
        return Done(registered, f"已登记 {numbers}", frozenset({VISITS, OPINIONS, DAYS}), step.id)

    def correct_visit(self, visit_id: int, draft: VisitDraft) -> Done[None]:
        """Correct what was registered about a visit and the words of its opinions; moves are not touched here.

        Raises:
            InvalidInput: with every problem of every field.
        """
        cases = self._opinions.of_visit(visit_id)
        labels = Labels(self._stations)
        draft = self._ready(draft, labels, registered=True)
        if len(draft.opinions) < len(cases):
            raise invalid("opinions", "已登记的意见不能在这里删除，请在“意见”页作废。")
        visit = self._records.visit(visit_id)
        moved = [(case, _moved_events(case, draft.on)) for case in cases if case.raised_on != draft.on]
        with self._file.write(f"更正登记 {visit.number}") as step:
            self._records.save_visit(step, visit_id, self._visit_values(draft, visit.number, labels), draft.receivers)
            for case, opinion in zip(cases, draft.opinions, strict=False):
                self._opinions.change(step, case.id, **self._opinion_values(draft, opinion, labels))
            for case, events in moved:
                self._opinions.change(step, case.id, raised_on=draft.on)
                for event in events:
                    self._opinions.add_event(step, case.id, event, self._file.operator)
            for position, opinion in enumerate(draft.opinions[len(cases) :], len(cases)):
                self._write_opinion(step, draft, opinion, visit_id, position, labels)
        return Done(None, f"已更正 {visit.number}", frozenset({VISITS, OPINIONS}), step.id)

    def delete_visit(self, visit_id: int) -> Done[None]:
        """Delete a visit that was registered by mistake; its number is not used again.

        Raises:
            InvalidInput: opinions were raised in it: those are made void instead.
        """
        visit = self._records.visit(visit_id)
        if self._opinions.of_visit(visit_id):
            raise invalid("visit", f"来访 {visit.number} 登记了意见，不能删除。意见登记错了的，请在“意见”页作废。")
        with self._file.write(f"删除来访 {visit.number}") as step:
            step.delete("visits", visit_id)
        return Done(None, f"已删除来访 {visit.number}", frozenset({VISITS, DAYS}), step.id)

    def print_blank_forms(self, count: int) -> Done[list[str]]:
        """Reserve the numbers of blank forms that are printed beforehand.

        Raises:
            InvalidInput: the count is not between 1 and 200.
        """
        if not 1 <= count <= 200:
            raise invalid("count", "一次可印 1 到 200 张空白登记表。")
        profile = self._stations.profile()
        with self._file.write(f"预印空白登记表 {count} 张", Right.REGISTER) as step:
            numbers = self._numbers.reserve(step, Series.VISIT, profile.code, self._file.clock.today().year, count)
        return Done(numbers, f"已预留表号 {numbers[0]} 至 {numbers[-1]}", frozenset({VISITS}), step.id)

    # Behind the counter

    def _ready(self, draft: VisitDraft, labels: Labels, *, registered: bool = False) -> VisitDraft:
        """Return the draft cleaned, with defaults filled in.

        Raises:
            InvalidInput: with every problem of every field.
        """
        draft = _cleaned(draft)
        if not draft.place:
            draft = replace(draft, place=self._place_of(draft))
        to_check = draft
        if registered:
            # A registered opinion may have been handed over since: its disposition is history, not input.
            opinions = tuple(replace(opinion, disposition=Disposition.STUDYING) for opinion in draft.opinions)
            to_check = replace(draft, opinions=opinions)
        problems = check_visit(to_check, self._file.clock.today())
        problems.extend(_label_problems(draft, labels))
        problems.extend(self._main_problems(draft))
        if problems:
            raise InvalidInput(problems)
        return draft

    def _place_of(self, draft: VisitDraft) -> str:
        """Return where a visit takes place unless it says so: at its reception day's place, else at its room's."""
        if draft.day_id:
            return self._records.day(draft.day_id).place
        if not draft.room_id:
            return ""
        from station_app.storage.rooms import RoomRecords  # most stations have no rooms

        return next(room.place for room in RoomRecords(self._file).all() if room.id == draft.room_id)

    def _main_problems(self, draft: VisitDraft) -> list[FieldProblem]:
        """Return why an opinion cannot be merged into the matter chosen for it."""
        problems = []
        for index, opinion in enumerate(draft.opinions):
            if opinion.main_id is not None:
                main = next(iter(self._opinions.by_id([opinion.main_id])), None)
                if problem := main_problem(main, None, has_joined=False):
                    problems.append(FieldProblem(f"opinions.{index}.words", problem.message))
        return problems

    def _write_visit(self, step: Step, draft: VisitDraft, labels: Labels) -> Registered:
        profile = self._stations.profile()
        year = date.fromisoformat(draft.on).year
        number = (
            self._numbers.take_form(profile.code, draft.form_number)
            if draft.form_number
            else self._numbers.next(Series.VISIT, profile.code, year)
        )
        values = {**self._visit_values(draft, number, labels), "recorder": self._file.operator}
        visit_id = self._records.save_visit(step, None, values, draft.receivers)
        written = [
            self._write_opinion(step, draft, opinion, visit_id, position, labels)
            for position, opinion in enumerate(draft.opinions)
        ]
        return Registered(
            visit_id, number, tuple(case_id for case_id, _ in written), tuple(number for _, number in written)
        )

    def _visit_values(self, draft: VisitDraft, number: str, labels: Labels) -> dict[str, Any]:
        visitor = draft.visitor
        village, group = _place_of(visitor, labels)
        return {
            "number": number,
            "on_date": draft.on,
            "at_time": draft.at,
            "day_id": draft.day_id,
            "place": draft.place,
            "channel_id": labels.choice_id(ListKey.CHANNEL, self._channel(draft)),
            "name": visitor.name,
            "pinyin": pinyin.spelling(visitor.name).replace(" ", ""),
            "initials": " ".join(pinyin.initials(visitor.name)),
            "anonymous": int(visitor.anonymous),
            "gender": visitor.gender,
            "phone": visitor.phone,
            "no_phone": int(visitor.no_phone or (visitor.anonymous and not visitor.phone)),
            "address": visitor.address,
            "village_id": village.id if village else None,
            "village_group": group,
            "people": visitor.people,
            "on_behalf_of": visitor.on_behalf_of,
            "notes": draft.notes,
            "paper": int(draft.paper),
            # On a reception day the room is the day's: told once, so that the two cannot differ.
            "station_id": draft.room_id if draft.day_id is None else None,
        }

    def _write_opinion(
        self, step: Step, draft: VisitDraft, opinion: OpinionDraft, visit_id: int, position: int, labels: Labels
    ) -> tuple[int, str]:
        profile = self._stations.profile()
        number = self._numbers.next(Series.OPINION, profile.code, date.fromisoformat(draft.on).year)
        case_id = self._opinions.add(
            step,
            number=number,
            source=Source.VOTER,
            visit_id=visit_id,
            position=position,
            raised_on=draft.on,
            recorder=self._file.operator,
            **self._opinion_values(draft, opinion, labels),
        )
        for event in _opening_events(draft, opinion):
            self._opinions.add_event(step, case_id, event, self._file.operator)
        return case_id, number

    def _opinion_values(self, draft: VisitDraft, opinion: OpinionDraft, labels: Labels) -> dict[str, Any]:
        village = labels.village(opinion.village) if opinion.village else _place_of(draft.visitor, labels)[0]
        return {
            "title": opinion.title or short_title(opinion.words),
            "words": opinion.words,
            "category_id": labels.choice_id(ListKey.CATEGORY, opinion.category or DEFAULT_CATEGORY),
            "nature_id": labels.choice_id(ListKey.NATURE, opinion.nature or DEFAULT_NATURE),
            "channel_id": labels.choice_id(ListKey.CHANNEL, opinion.channel or self._channel(draft)),
            "village_id": village.id if village else None,
            "openness": opinion.openness,
            "urgent": int(opinion.urgent),
        }

    def _channel(self, draft: VisitDraft) -> str:
        if draft.channel:
            return draft.channel
        if draft.day_id is None:
            return "日常来访"
        return "流动接待" if self._records.day(draft.day_id).kind is DayKind.MOBILE else "接待日"


def _moved_events(case: Case, on: str) -> list[Event]:
    """Return the correcting events that move what was registered on a wrong day to ``on``.

    What was answered or redirected at the table happened at the registration and moves with it.

    Raises:
        InvalidInput: something happened to the opinion before ``on``.
    """
    at_the_table = case.progress.disposition in {Disposition.ON_SPOT, Disposition.REDIRECTED}
    standing = effective(case.events)
    moved = [
        event
        for event in standing
        if event.kind is EventKind.REGISTERED or (at_the_table and event.on == case.raised_on)
    ]
    later = [event.on for event in standing if event not in moved]
    if later and min(later) < on:
        raise invalid("date", f"{case.number} 在 {min(later)} 已有办理记录，登记日期不能晚于这一天。")
    return [replace(event, on=on, amends=event.uid, recorded_at="") for event in moved]


def _label_problems(draft: VisitDraft, labels: Labels) -> list[FieldProblem]:
    problems = [labels.list_problem("channel", ListKey.CHANNEL, draft.channel)]
    for index, opinion in enumerate(draft.opinions):
        at = f"opinions.{index}"
        problems += [
            labels.list_problem(f"{at}.category", ListKey.CATEGORY, opinion.category),
            labels.list_problem(f"{at}.nature", ListKey.NATURE, opinion.nature),
            labels.list_problem(f"{at}.channel", ListKey.CHANNEL, opinion.channel),
            labels.village_problem(f"{at}.village", opinion.village),
        ]
    return [problem for problem in problems if problem]


def _place_of(visitor: VisitorDraft, labels: Labels) -> tuple[Village | None, str]:
    """Return village and villagers' group of a visitor: the village chosen, else the one the address tells."""
    place = labels.place_in(visitor.address)
    village = labels.village(visitor.village or place.village)
    return village, f"{place.group}组" if place.group else ""


def short_title(words: str) -> str:
    """Return a short title from the words: their first clause, at most 20 characters."""
    first = re.split(r"[。！？；\n]", words.strip(), maxsplit=1)[0]
    if len(first) > _TITLE_LENGTH:
        first = re.split("[，,：]", first, maxsplit=1)[0]
    return first if len(first) <= _TITLE_LENGTH else first[: _TITLE_LENGTH - 1] + "…"


def _cleaned(draft: VisitDraft) -> VisitDraft:
    visitor = draft.visitor
    return replace(
        draft,
        place=clean_line(draft.place),
        form_number=clean_line(draft.form_number),
        notes=clean(draft.notes),
        visitor=replace(
            visitor,
            name=clean_name(visitor.name),
            phone=clean_phone(visitor.phone),
            address=clean_line(visitor.address),
            on_behalf_of=clean_name(visitor.on_behalf_of),
        ),
        receivers=tuple(Receiver(clean_name(r.name), r.deputy_id, r.staff_id) for r in draft.receivers),
        opinions=tuple(
            replace(
                opinion,
                words=clean(opinion.words),
                title=clean_line(opinion.title),
                answer=clean(opinion.answer),
                route=clean_line(opinion.route),
            )
            for opinion in draft.opinions
        ),
    )


def _opening_events(draft: VisitDraft, opinion: OpinionDraft) -> list[Event]:
    """Return the events of registering: an answer at the table is answered, fed back and closed in one save."""
    events = [Event(EventKind.REGISTERED, draft.on)]
    if opinion.main_id is not None:
        events.append(Event(EventKind.MERGED, draft.on, main_id=opinion.main_id))
    if opinion.disposition is Disposition.ON_SPOT:
        person = "、".join(receiver.name for receiver in draft.receivers)
        events += [
            Event(EventKind.ANSWERED, draft.on, text=opinion.answer, way=ON_SPOT_WAY, answer_class="A", person=person),
            Event(EventKind.FED_BACK, draft.on, way="当面", person=person),
            Event(EventKind.CLOSED, draft.on),
        ]
    elif opinion.disposition is Disposition.REDIRECTED:
        events.append(Event(EventKind.REDIRECTED, draft.on, route=opinion.route))
    return events
