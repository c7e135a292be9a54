"""The desk at which every opinion is followed to its end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from station_app.domain.calendars import WorkCalendar
from station_app.domain.deadlines import Clock, Limits, clock_of
from station_app.domain.events import ON_SPOT_WAY, UNREACHABLE_WAY, Event, EventKind, Satisfaction
from station_app.domain.moves import MOVE_LABELS, Move, allowed_moves, move_problem
from station_app.domain.numbering import Series
from station_app.domain.operators import Right
from station_app.domain.opinion import Case, Openness, Source
from station_app.domain.problems import FieldProblem, invalid, refuse
from station_app.domain.reception import date_problem
from station_app.domain.station import ListKey, Tier
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
class MoveDraft:
    """A short form as typed. Each move uses the fields it needs.

    Args:
        on: ISO date it happened.
        text: 拟办意见, answer, note, reason.
        person: 签批人, who answered, who was told, who urged.
        decision: 审批意见.
        tier / unit_id / assisting_ids: of a hand-over.
        due_on: ISO date of an agreed limit, or of the promise in an answer; empty for the default.
        answer_class: key of the answer class.
        way: of an answer, feedback or urging.
        satisfaction: of an evaluation.
        route: the channel told.
        close: whether an evaluation closes the matter at once.
    """

    move: Move
    on: str
    text: str = ""
    person: str = ""
    phone: str = ""
    decision: str = ""
    tier: Tier | None = None
    unit_id: int | None = None
    assisting_ids: tuple[int, ...] = ()
    due_on: str = ""
    answer_class: str = ""
    way: str = ""
    satisfaction: Satisfaction | None = None
    route: str = ""


@dataclass(frozen=True)
class DeputyOpinionDraft:
    """A deputy's own opinion, raised orally (代表意见)."""

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


_EVENT_OF_MOVE = {
    Move.STUDY: EventKind.STUDIED,
    Move.HAND_OVER: EventKind.HANDED_OVER,
    Move.ANSWER_ON_SPOT: EventKind.ANSWERED,
    Move.REDIRECT: EventKind.REDIRECTED,
    Move.RECEIVE: EventKind.RECEIVED,
    Move.ASSIGN_AT_COUNTY: EventKind.COUNTY_ASSIGNED,
    Move.URGE: EventKind.URGED,
    Move.INQUIRE: EventKind.INQUIRED,
    Move.INTERIM: EventKind.INTERIM,
    Move.ANSWER: EventKind.ANSWERED,
    Move.FEED_BACK: EventKind.FED_BACK,
    Move.RATE: EventKind.RATED,
    Move.CLOSE: EventKind.CLOSED,
}
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
            or (case.progress.promised_on and not case.progress.promise_kept_on)
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
        return clock_of(case.progress, case.urgent, self._limits(), self._calendar())

    def moves(self, case: Case) -> tuple[Move, ...]:
        """Return what may be done with an opinion now, the likely first."""
        return allowed_moves(case.progress)

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
            )
            self._records.add_event(step, case_id, Event(EventKind.REGISTERED, draft.on), self._file.operator)
        return Done(case_id, f"已登记 {number}", frozenset({OPINIONS}), step.id)

    def correct_words(self, case_id: int, title: str, category: str, village: str, *, urgent: bool) -> Done[None]:
        """Correct title, category, village and urgency of an opinion; the words are the visitor's own and stay."""
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
            )
        return Done(None, f"已更正 {number}", frozenset({OPINIONS}), step.id)

    def move(self, case_id: int, draft: MoveDraft) -> Done[Case]:
        """Do one move with an opinion: a dated event (two or three where one save says all).

        Raises:
            InvalidInput: the move is not allowed now, or a field is wrong.
        """
        case = self._records.case(case_id)
        draft = _cleaned(draft)
        self._check(case, draft)
        label = f"{MOVE_LABELS[draft.move]} {case.number}"
        with self._file.write(label) as step:
            for event in self._events(case, draft):
                self._records.add_event(step, case_id, event, self._file.operator, draft.assisting_ids)
        return Done(self._records.case(case_id), label, frozenset({OPINIONS}), step.id)

    def hand_over_many(self, case_ids: Sequence[int], draft: MoveDraft) -> Done[int]:
        """Hand several opinions over in one step.

        Raises:
            InvalidInput: one of them cannot be handed over; none is.
        """
        with self._file.write(f"交办 {len(case_ids)} 件") as step:
            for case_id in case_ids:
                self.move(case_id, draft)
        return Done(len(case_ids), f"已交办 {len(case_ids)} 件", frozenset({OPINIONS}), step.id)

    def close_unrated(self) -> int:
        """Close what was fed back and not evaluated within the limit (逾期未评), operator 系统.

        Returns:
            How many matters were closed; nothing is written when there are none.
        """
        today = self._file.clock.today()
        late = []
        for case in self.current(today.isoformat()):
            clock = self.clock(case) if case.progress.fed_back_on and case.progress.is_open else None
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

    def _events(self, case: Case, draft: MoveDraft) -> list[Event]:
        main = Event(
            kind=_EVENT_OF_MOVE[draft.move],
            on=draft.on,
            tier=draft.tier if draft.move is Move.HAND_OVER else None,
            unit_id=draft.unit_id if draft.unit_id or draft.move is not Move.ANSWER else case.progress.unit_id,
            text=draft.text,
            person=draft.person,
            phone=draft.phone,
            decision=draft.decision,
            way=draft.way,
            answer_class=draft.answer_class,
            satisfaction=draft.satisfaction,
            due_on=draft.due_on,
            route=draft.route,
        )
        closed = Event(EventKind.CLOSED, draft.on)
        if draft.move is Move.ANSWER_ON_SPOT:
            told = Event(EventKind.FED_BACK, draft.on, way="当面", person=draft.person)
            rated = [Event(EventKind.RATED, draft.on, satisfaction=draft.satisfaction)] if draft.satisfaction else []
            return [replace(main, way=ON_SPOT_WAY, satisfaction=None), told, *rated, closed]
        if draft.move is Move.FEED_BACK and draft.way == UNREACHABLE_WAY:
            return [main, closed]
        if draft.move is Move.FEED_BACK and draft.satisfaction:
            return [replace(main, satisfaction=None), *_rating(draft)]
        if draft.move is Move.RATE:
            return _rating(draft)
        return [main]

    def _check(self, case: Case, draft: MoveDraft) -> None:
        refusal = move_problem(case.progress, draft.move)
        if refusal:
            raise invalid("move", refusal)
        problems = [date_problem("on", draft.on, self._file.clock.today())]
        latest = max((event.on for event in case.events), default="")
        if draft.on < latest:
            problems.append(FieldProblem("on", f"日期不能早于上一步的 {latest}。"))
        problems += [*_missing(draft), *self._unit_problems(draft)]
        if draft.due_on:
            problems.append(_due_problem(draft))
        problems += [
            text_problem("text", "内容", draft.text, WORDS_LIMIT),
            text_problem("person", "姓名", draft.person, LINE_LIMIT),
            text_problem("route", "引导渠道", draft.route, LINE_LIMIT),
            text_problem("phone", "联系电话", draft.phone, LINE_LIMIT),
            text_problem("decision", "审批意见", draft.decision, WORDS_LIMIT),
            text_problem("way", "方式", draft.way, LINE_LIMIT),
        ]
        refuse(problems)

    def _unit_problems(self, draft: MoveDraft) -> list[FieldProblem]:
        if draft.move not in {Move.HAND_OVER, Move.ASSIGN_AT_COUNTY}:
            return []
        if draft.move is Move.HAND_OVER and draft.tier is None:
            return [FieldProblem("tier", "请选择办理层级。")]
        unit = next((unit for unit in self._stations.units() if unit.id == draft.unit_id), None)
        if draft.move is Move.ASSIGN_AT_COUNTY and (unit is None or unit.tier is not Tier.COUNTY):
            return [FieldProblem("unit_id", "请选择县级承办单位。")]
        # What goes up to the county goes to its standing committee; only that hands it to a department.
        needs_unit = draft.tier in {Tier.TOWNSHIP, Tier.VILLAGE}
        if needs_unit and (unit is None or unit.tier is not draft.tier):
            return [FieldProblem("unit_id", "请选择与办理层级相符的承办单位。")]
        if draft.tier is Tier.COUNTY and unit is not None:
            return [
                FieldProblem("unit_id", "转办是报县人大常委会，由其交县级部门；县级承办单位请在“登记县级交办”时填写。")
            ]
        return []


def _rating(draft: MoveDraft) -> list[Event]:
    """Return the events of an evaluation: content closes, discontent is handled again."""
    rated = Event(EventKind.RATED, draft.on, satisfaction=draft.satisfaction, text=draft.text, way=draft.way)
    if draft.satisfaction is Satisfaction.DISSATISFIED:
        return [rated, Event(EventKind.REHANDLED, draft.on, text=draft.text)]
    return [rated, Event(EventKind.CLOSED, draft.on)]


def _cleaned(draft: MoveDraft) -> MoveDraft:
    return replace(
        draft,
        text=clean(draft.text),
        person=clean_line(draft.person),
        phone=clean_line(draft.phone),
        decision=clean_line(draft.decision),
        way=clean_line(draft.way),
        route=clean_line(draft.route),
    )


def _missing(draft: MoveDraft) -> list[FieldProblem]:
    problems = []
    if draft.move in {Move.ANSWER, Move.ANSWER_ON_SPOT, Move.INTERIM} and not draft.text:
        problems.append(FieldProblem("text", "请填写答复内容。"))
    if draft.move is Move.STUDY and not draft.text:
        problems.append(FieldProblem("text", "请填写拟办意见。"))
    if draft.move is Move.ANSWER and not draft.answer_class:
        problems.append(FieldProblem("answer_class", "请选择答复类别。"))
    if draft.move is Move.REDIRECT and not draft.route:
        problems.append(FieldProblem("route", "请写明告知了哪个渠道，如“县人民法院”。"))
    if draft.move is Move.FEED_BACK and not draft.way:
        problems.append(FieldProblem("way", "请选择反馈方式。"))
    if draft.move is Move.RATE and draft.satisfaction is None:
        problems.append(FieldProblem("satisfaction", "请选择满意度。"))
    if draft.satisfaction is Satisfaction.DISSATISFIED and not draft.text:
        problems.append(FieldProblem("text", "不满意的，请写明原因，便于重新办理。"))
    return problems


def _due_problem(draft: MoveDraft) -> FieldProblem | None:
    try:
        due = date.fromisoformat(draft.due_on)
    except ValueError:
        return FieldProblem("due_on", f"“{draft.due_on}”不是有效日期，请按 2026-11-05 的样子填写。")
    return FieldProblem("due_on", "期限不能早于办理日期。") if due.isoformat() < draft.on else None
