"""The desk at which every opinion is followed to its end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from station_app.domain.answer_classes import class_problems
from station_app.domain.calendars import WorkCalendar
from station_app.domain.deadlines import Clock, clock_of, side_clocks
from station_app.domain.events import Event, EventKind, Satisfaction, effective
from station_app.domain.legality import correction_problem, progress_before
from station_app.domain.limits import Limits
from station_app.domain.merging import main_problem
from station_app.domain.move_draft import MoveDraft, cleaned, draft_problems, events_of
from station_app.domain.moves import MOVE_LABELS, Move, allowed_moves, move_problem
from station_app.domain.numbering import Series
from station_app.domain.operators import Right
from station_app.domain.opinion import Case, Openness, Source
from station_app.domain.problems import FieldProblem, InvalidInput, invalid, refuse
from station_app.domain.reception import date_problem
from station_app.domain.station import ListKey
from station_app.domain.text import LINE_LIMIT, WORDS_LIMIT, clean, clean_line, text_problem
from station_app.services.done import OPINIONS, Done
from station_app.services.labels import Labels
from station_app.services.reception_desk import DEFAULT_CATEGORY, DEFAULT_NATURE, short_title
from station_app.services.settings_desk import SettingsDesk
from station_app.storage.case_book import CaseBook, Snapshot
from station_app.storage.numbers import Numbers
from station_app.storage.opinions import OpinionRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords


@dataclass(frozen=True)
class DeputyOpinionDraft:
    """A deputy's own opinion, raised orally (代表意见); ``room_id`` is None for the station itself."""

    on: str
    proposer_id: int | None
    words: str
    title: str = ""
    category: str = ""
    nature: str = ""
    channel: str = "代表提出"
    village: str = ""
    openness: Openness = Openness.OPEN
    urgent: bool = False
    room_id: int | None = None


@dataclass(frozen=True)
class MovedDate:
    """An open opinion whose clock would end on another day."""

    case: Case
    now: date
    then: date


SYSTEM_OPERATOR = "系统"


class OpinionDesk:
    """Follows opinions: reads them, moves them on, registers deputies' own."""

    def __init__(self, file: StationFile, settings: SettingsDesk) -> None:
        self._file = file
        self._settings = settings
        self._records = OpinionRecords(file)
        self._book = CaseBook(file)
        self._asked = ("", "")
        self._answer: list[Case] = []
        self._stations = StationRecords(file)
        self._numbers = Numbers(file)

    # Reading

    def cases(self) -> list[Case]:
        """Return every opinion, oldest first; what did not change since the last time is the same object."""
        return list(self._book.cases())

    def current(self, since: str) -> list[Case]:
        """Return the opinions that are open, hold an unkept promise, or were touched since an ISO date."""
        return [
            case
            for case in self._maybe_current(since)
            if case.progress.is_open
            or case.progress.has_open_promise
            or any(event.on >= since for event in case.events)
        ]

    def _maybe_current(self, since: str) -> Sequence[Case]:
        if self._book.is_open():
            return self._book.cases()
        asked = (since, self._file.chain_head())
        if self._asked != asked:  # opening the file and the first page ask the same
            self._asked, self._answer = asked, self._records.maybe_current(since)
        return self._answer

    def is_read(self) -> bool:
        """Tell whether all opinions are in memory."""
        return self._book.is_open()

    def snapshot(self) -> Snapshot:
        """Return all opinions for another reader of the same file to adopt."""
        return self._book.snapshot()

    def adopt(self, snapshot: Snapshot) -> None:
        """Take over what a second reader has read on the worker thread."""
        self._book.adopt(snapshot)

    def raised_between(self, from_on: str, to_on: str) -> list[Case]:
        """Return the opinions raised between two ISO dates."""
        return self._records.raised_between(from_on, to_on)

    def of_visits(self, visit_ids: Collection[int]) -> list[Case]:
        """Return the opinions raised in any of these visits."""
        return self._records.of_visits(visit_ids)

    def case(self, case_id: int) -> Case:
        """Return one opinion."""
        return self._records.case(case_id)

    def clock(self, case: Case) -> Clock | None:
        """Return the clock that runs for an opinion now, or None."""
        return clock_of(case.progress, case.urgent, self._limits(), self._calendar(), case.category)

    def side_clocks(self, case: Case) -> list[Clock]:
        """Return until when a unit may return an opinion, and assisting units give theirs."""
        return side_clocks(case.progress, self._limits(), self._calendar())

    def moved_by(self, limits: Limits) -> list[MovedDate]:
        """Return the open opinions whose running clock would end on another day under other limits."""
        moved = []
        for case in self.current(self._file.clock.today().isoformat()):
            now = self.clock(case) if case.progress.is_open else None
            then = clock_of(case.progress, case.urgent, limits, self._calendar(), case.category)
            if now and then and now.due_on != then.due_on:
                moved.append(MovedDate(case, now.due_on, then.due_on))
        return moved

    def moves(self, case: Case) -> tuple[Move, ...]:
        """Return what may be done with an opinion now, the likely first."""
        return allowed_moves(case.progress)

    def problems(self, case: Case, draft: MoveDraft) -> tuple[FieldProblem, ...]:
        """Return why a move cannot be done with an opinion, field by field; nothing is written."""
        try:
            self._check(case, cleaned(draft))
        except InvalidInput as wrong:
            return wrong.problems
        return ()

    # Writing

    def register_deputy_opinion(self, draft: DeputyOpinionDraft) -> Done[int]:
        """Register what a deputy raised; it gets a number like any other.

        Raises:
            InvalidInput: with every problem of every field.
        """
        draft = replace(draft, words=clean(draft.words), title=clean_line(draft.title))
        labels = Labels(self._stations)
        problems = [
            date_problem("on", draft.on, self._file.clock.today()),
            None if draft.proposer_id else FieldProblem("proposer_id", "请选择提出意见的代表。"),
            None if draft.words else FieldProblem("words", "请填写反映内容。"),
            text_problem("words", "反映内容", draft.words, WORDS_LIMIT),
            text_problem("title", "标题", draft.title, LINE_LIMIT),
            labels.list_problem("category", ListKey.CATEGORY, draft.category),
            labels.list_problem("nature", ListKey.NATURE, draft.nature),
            labels.list_problem("channel", ListKey.CHANNEL, draft.channel),
            labels.village_problem("village", draft.village),
        ]
        refuse(problems)
        profile = self._stations.profile()
        village = labels.village(draft.village)
        with self._file.write(f"登记代表意见 {draft.on}", Right.REGISTER) as step:
            number = self._numbers.next(Series.OPINION, profile.code, date.fromisoformat(draft.on).year)
            case_id = self._records.add(
                step,
                number=number,
                source=Source.DEPUTY,
                proposer_id=draft.proposer_id,
                title=draft.title or short_title(draft.words),
                words=draft.words,
                category_id=labels.choice_id(ListKey.CATEGORY, draft.category or DEFAULT_CATEGORY),
                nature_id=labels.choice_id(ListKey.NATURE, draft.nature or DEFAULT_NATURE),
                channel_id=labels.choice_id(ListKey.CHANNEL, draft.channel),
                village_id=village.id if village else None,
                openness=draft.openness,
                urgent=int(draft.urgent),
                raised_on=draft.on,
                recorder=self._file.operator,
                station_id=draft.room_id,
            )
            self._records.add_event(step, case_id, Event(EventKind.REGISTERED, draft.on), self._file.operator)
        return Done(case_id, f"已登记 {number}", frozenset({OPINIONS}), step.id)

    def correct_words(
        self, case_id: int, title: str, category: str, village: str, *, urgent: bool, room: int | None = None
    ) -> Done[None]:
        """Correct title, category, village and urgency of an opinion; the words are the visitor's own and stay.

        Args:
            room: of a deputy's own opinion its room, `STATION_ITSELF` for the station; None leaves it as it is.
        """
        labels = Labels(self._stations)
        problems = [
            None if clean_line(title) else FieldProblem("title", "请填写标题。"),
            text_problem("title", "标题", title, LINE_LIMIT),
            labels.list_problem("category", ListKey.CATEGORY, category),
            labels.village_problem("village", village),
        ]
        refuse(problems)
        found = labels.village(village)
        number = self._records.number(case_id)
        with self._file.write(f"更正意见 {number}") as step:
            self._records.change(
                step,
                case_id,
                title=clean_line(title),
                category_id=labels.choice_id(ListKey.CATEGORY, category),
                village_id=found.id if found else None,
                urgent=int(urgent),
                **({} if room is None else {"station_id": room or None}),
            )
        return Done(None, f"已更正 {number}", frozenset({OPINIONS}), step.id)

    def move(self, case_id: int, draft: MoveDraft) -> Done[Case]:
        """Do one move with an opinion: a dated event (two or three where one save says all).

        Raises:
            InvalidInput: the move is not allowed now, or a field is wrong.
        """
        case = self._records.case(case_id)
        draft = cleaned(draft)
        self._check(case, draft)
        label = f"{MOVE_LABELS[draft.move]} {case.number}"
        with self._file.write(label) as step:
            for event in events_of(draft, case.progress):
                self._records.add_event(
                    step, case_id, event, self._file.operator, draft.assisting_ids, draft.separate_ids
                )
        return Done(self._records.case(case_id), label, frozenset({OPINIONS}), step.id)

    def correct_event(self, case_id: int, event_uid: str, draft: MoveDraft | None, reason: str) -> Done[Case]:
        """Correct a mistaken event by a correcting one; both stay in the history.

        Args:
            draft: the same move said rightly; None strikes the event out (撤回).
            reason: why; needed to strike out.

        Raises:
            InvalidInput: what came after would not hold any more, or a field is wrong.
        """
        case = self._records.case(case_id)
        amended = next(event for event in case.events if event.uid == event_uid)
        reason = clean(reason)
        refuse(
            [
                None if draft or reason else FieldProblem("reason", "请写明撤回的理由。"),
                text_problem("reason", "理由", reason, LINE_LIMIT),
            ]
        )
        if draft is None:
            amending = Event(EventKind.WITHDRAWN_EVENT, amended.on, text=reason)
        else:
            draft = cleaned(draft)
            before = progress_before(case.events, amended)
            refuse(
                [
                    date_problem("on", draft.on, self._file.clock.today()),
                    *draft_problems(draft, before, self._stations.units(), None),
                    *class_problems(
                        draft.answer_class, draft.due_on, self._settings.answer_classes().at(amended.recorded_at)
                    ),
                ]
            )
            amending = self._with_units(replace(events_of(draft, before)[0], kind=amended.kind), draft)
        if problem := correction_problem(case.events, amended, amending):
            raise invalid("on" if draft else "reason", problem)
        label = f"更正办理过程 {case.number}"
        with self._file.write(label) as step:
            ids = (draft.assisting_ids, draft.separate_ids) if draft else ()
            self._records.add_event(step, case_id, replace(amending, amends=event_uid), self._file.operator, *ids)
        return Done(self._records.case(case_id), label, frozenset({OPINIONS}), step.id)

    def move_many(self, case_ids: Sequence[int], draft: MoveDraft) -> Done[int]:
        """Do the same move with several opinions, in one step: hand over, urge, feed back together.

        Raises:
            InvalidInput: one of them does not allow it, and its number is told; nothing is written.
        """
        label = f"{MOVE_LABELS[draft.move]} {len(case_ids)} 件"
        with self._file.write(label) as step:
            for case_id in case_ids:
                try:
                    self.move(case_id, draft)
                except InvalidInput as wrong:
                    number = self._records.number(case_id)
                    raise InvalidInput(
                        FieldProblem(problem.field, f"{number}：{problem.message}") for problem in wrong.problems
                    ) from wrong
        return Done(len(case_ids), f"已{label}", frozenset({OPINIONS}), step.id)

    def close_unrated(self) -> int:
        """Close what was fed back and not evaluated within the limit (逾期未评), operator 系统.

        Returns:
            How many matters were closed; nothing is written when there are none.
        """
        today = self._file.clock.today()
        limits, calendar = self._limits(), self._calendar()
        late = []
        for case in self.current(today.isoformat()):
            if not (case.progress.fed_back_on and case.progress.is_open):
                continue
            clock = clock_of(case.progress, case.urgent, limits, calendar, case.category)
            if clock and EventKind.FED_BACK in {e.kind for e in case.events} and clock.due_on < today:
                late.append((case, clock))
        if late:
            with self._file.write(f"逾期未评，自动办结 {len(late)} 件", None) as step:
                for case, clock in late:
                    on = clock.due_on.isoformat()
                    for event in (
                        Event(EventKind.RATED, on, satisfaction=Satisfaction.UNRATED, text="逾期未评"),
                        Event(EventKind.CLOSED, on, text="逾期未评"),
                    ):
                        self._records.add_event(step, case.id, event, SYSTEM_OPERATOR)
        return len(late)

    # Behind the desk

    def _limits(self) -> Limits:
        return self._settings.limits()

    def _calendar(self) -> WorkCalendar:
        return self._settings.calendar()

    def _check(self, case: Case, draft: MoveDraft) -> None:
        if refusal := move_problem(case.progress, draft.move):
            raise invalid("move", refusal)
        clock = self.clock(case)
        problems = [
            date_problem("on", draft.on, self._file.clock.today()),
            self._order_problem(case, draft),
            *draft_problems(draft, case.progress, self._stations.units(), clock.due_on if clock else None),
            *class_problems(draft.answer_class, draft.due_on, self._settings.answer_classes()),
            self._main_problem(case, draft) if draft.main_id else None,
            self._joined_problem(case) if draft.move is Move.VOID else None,
        ]
        refuse(problems)

    def _with_units(self, event: Event, draft: MoveDraft) -> Event:
        """Return an event with the names of its units, as it will be read back."""
        names = {unit.id: unit.name for unit in self._stations.units()}
        return replace(
            event,
            unit=names.get(event.unit_id or 0, ""),
            assisting=tuple(names.get(unit_id, "") for unit_id in draft.assisting_ids),
            separate=tuple(names.get(unit_id, "") for unit_id in draft.separate_ids),
        )

    def _order_problem(self, case: Case, draft: MoveDraft) -> FieldProblem | None:
        standing = effective(case.events)
        latest = max((event.on for event in standing if event.kind is not EventKind.PRINTED), default="")
        return FieldProblem("on", f"日期不能早于上一步的 {latest}。") if draft.on < latest else None

    def _joined_problem(self, case: Case) -> FieldProblem | None:
        """Return why a main matter cannot be made void: those merged into it would belong to nothing."""
        joined = self._records.merged_into(case.id)
        numbers = "、".join(one.number for one in joined)
        return FieldProblem("text", f"{numbers} 已并入此件，请先取消并案再作废。") if joined else None

    def _main_problem(self, case: Case, draft: MoveDraft) -> FieldProblem | None:
        try:
            main = self._records.case(draft.main_id or 0)
        except KeyError:
            main = None
        return main_problem(main, case.id, has_joined=bool(self._records.merged_into(case.id)))
