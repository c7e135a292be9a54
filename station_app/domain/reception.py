"""Reception days, who attended, who came, and what a visit must say to be registered."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from station_app.domain.opinion import Openness
from station_app.domain.people import Gender, Level
from station_app.domain.problems import FieldProblem
from station_app.domain.progress import Disposition
from station_app.domain.text import (
    LINE_LIMIT,
    NAME_LIMIT,
    WORDS_LIMIT,
    phone_problem,
    text_problem,
)


class DayKind(StrEnum):
    """How a reception day is held."""

    FIXED = "fixed"
    MOBILE = "mobile"
    JOINT = "joint"


DAY_KIND_LABELS = {DayKind.FIXED: "站内接待", DayKind.MOBILE: "流动接待", DayKind.JOINT: "联合接待"}


class DayState(StrEnum):
    """Where a reception day stands."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    OPEN = "open"
    HELD = "held"
    NOT_HELD = "not_held"
    MOVED = "moved"
    CANCELLED = "cancelled"


DAY_STATE_LABELS = {
    DayState.PLANNED: "计划",
    DayState.ANNOUNCED: "已公告",
    DayState.OPEN: "接待中",
    DayState.HELD: "已接待",
    DayState.NOT_HELD: "未开展",
    DayState.MOVED: "改期",
    DayState.CANCELLED: "取消",
}


class Presence(StrEnum):
    """A deputy's attendance on a reception day (签到)."""

    PLANNED = "planned"
    PRESENT = "present"
    LEAVE = "leave"
    ABSENT = "absent"


PRESENCE_LABELS = {
    Presence.PLANNED: "应到",
    Presence.PRESENT: "已签到",
    Presence.LEAVE: "请假",
    Presence.ABSENT: "缺席",
}


@dataclass(frozen=True)
class Attendance:
    """One deputy on one reception day; ``level`` is the level attended in (本次参加身份)."""

    deputy_id: int
    name: str
    level: Level | None
    presence: Presence = Presence.PLANNED
    arrived_at: str = ""
    stands_in_for: int | None = None
    id: int = 0
    uid: str = ""


@dataclass(frozen=True)
class ReceptionDay:
    """A reception day (接待日). ``on`` is an ISO date, ``starts``/``ends`` are ``HH:MM``.

    Args:
        with_units: names of the units present at a joint reception.
        market: whether it falls on a market day.
        reason: why it was not held, moved or cancelled.
        visits / people: registered so far.
        room_id: the room or post it is held in, None for the station itself.
    """

    on: str
    starts: str = "09:00"
    ends: str = "11:30"
    place: str = ""
    kind: DayKind = DayKind.FIXED
    state: DayState = DayState.PLANNED
    topic: str = ""
    with_units: str = ""
    market: bool = False
    announced_on: str = ""
    reason: str = ""
    attendance: tuple[Attendance, ...] = ()
    visits: int = 0
    people: int = 0
    id: int = 0
    uid: str = ""
    room_id: int | None = None


@dataclass(frozen=True)
class Receiver:
    """Who received a visit: a deputy, one of the staff, or a name only (a hired helper, an old ledger)."""

    name: str
    deputy_id: int | None = None
    staff_id: int | None = None


@dataclass(frozen=True)
class OpinionDraft:
    """One matter as typed. Words are kept as typed beside the clerk's short title.

    Args:
        category / nature / channel / village: labels; empty for the default.
        disposition: only `ON_SPOT` (with ``answer``), `REDIRECTED` (with ``route``) or `STUDYING`.
        answer: what was answered at the table.
        route: the legal channel told.
        main_id: of a registered matter that this one is merged into in the same step (并案); None for none.
    """

    words: str
    title: str = ""
    category: str = ""
    nature: str = ""
    channel: str = ""
    village: str = ""
    openness: Openness = Openness.OPEN
    urgent: bool = False
    disposition: Disposition = Disposition.STUDYING
    answer: str = ""
    route: str = ""
    main_id: int | None = None


@dataclass(frozen=True)
class VisitorDraft:
    """The person at the table as typed."""

    name: str = ""
    anonymous: bool = False
    gender: Gender = Gender.UNKNOWN
    phone: str = ""
    no_phone: bool = False
    address: str = ""
    village: str = ""
    people: int = 1
    on_behalf_of: str = ""


@dataclass(frozen=True)
class VisitDraft:
    """A visit as typed, before it has a number.

    Args:
        on: ISO date of the visit.
        at: ``HH:MM`` or empty.
        form_number: number on a paper form that was printed beforehand, or empty.
        paper: True when entered from paper (补录).
        room_id: the room or post of a visit outside a reception day, None for the station itself; on a day it is the day's.
    """

    on: str
    visitor: VisitorDraft
    receivers: tuple[Receiver, ...] = ()
    opinions: tuple[OpinionDraft, ...] = ()
    at: str = ""
    place: str = ""
    channel: str = ""
    day_id: int | None = None
    form_number: str = ""
    notes: str = ""
    paper: bool = False
    room_id: int | None = None


@dataclass(frozen=True)
class Visit:
    """A registered visit (接待登记); ``number`` is its 登记号."""

    id: int
    uid: str
    number: str
    on: str
    at: str
    place: str
    channel: str
    counts: bool
    day_id: int | None
    name: str
    anonymous: bool
    gender: Gender
    phone: str
    no_phone: bool
    address: str
    village_id: int | None
    village: str
    village_group: str
    people: int
    on_behalf_of: str
    receivers: tuple[Receiver, ...]
    recorder: str
    notes: str
    paper: bool = False
    pinyin: str = ""
    revision: int = 1
    room_id: int | None = None

    @property
    def shown_name(self) -> str:
        """The name as lists show it."""
        name = "匿名" if self.anonymous else self.name
        return f"{name}等{self.people}人" if self.people > 1 else name


@dataclass(frozen=True)
class VisitLine:
    """One row of the reception ledger (接待选民登记台账): a visit with one of its opinions, or with none.

    Args:
        people: number of people, only on the visit's first row; None on the others.
        case_number: 编号 of the opinion, empty for a visit without opinion.
        room: 站室; empty in a station without rooms.
    """

    index: int
    visit_id: int
    visit_number: str
    case_number: str
    on: str
    name: str
    gender: str
    phone: str
    address: str
    people: int | None
    words: str
    category: str
    on_spot_answer: str
    proposal: str
    receivers: str
    remark: str
    place: str = ""
    disposition: str = ""
    unit: str = ""
    result: str = ""
    fed_back_on: str = ""
    satisfaction: str = ""
    recorder: str = ""
    room: str = ""


def check_visit(draft: VisitDraft, today: date) -> list[FieldProblem]:
    """Return what keeps a visit from being registered, in the order of the form.

    Required are the name (or 不愿留名), a phone or an address (or 未留电话), the words of each opinion,
    and a receiver; a visit without any opinion needs a note of what it was about.
    """
    problems: list[FieldProblem | None] = [date_problem("date", draft.on, today), _time_problem("time", draft.at)]
    visitor = draft.visitor
    if not visitor.name and not visitor.anonymous:
        problems.append(FieldProblem("visitor.name", "请填写选民姓名；不愿留名的请按“不愿留名”。"))
    problems.append(text_problem("visitor.name", "选民姓名", visitor.name, NAME_LIMIT))
    problems.append(phone_problem("visitor.phone", visitor.phone))
    if not (visitor.phone or visitor.address or visitor.village or visitor.no_phone or visitor.anonymous):
        problems.append(FieldProblem("visitor.phone", "请填写联系电话或住址；都没有的请按“未留电话”。"))
    problems.append(text_problem("visitor.address", "住址", visitor.address, LINE_LIMIT))
    if not 1 <= visitor.people <= 9999:
        problems.append(FieldProblem("visitor.people", "人数请填 1 到 9999 之间的整数。"))
    problems.append(text_problem("visitor.on_behalf_of", "代谁反映", visitor.on_behalf_of, NAME_LIMIT))
    problems.append(text_problem("form_number", "表号", draft.form_number, NAME_LIMIT))
    problems.append(text_problem("place", "接待地点", draft.place, LINE_LIMIT))
    if not draft.receivers:
        problems.append(FieldProblem("receivers", "请填写接待人。"))
    problems.extend(text_problem("receivers", "接待人", receiver.name, NAME_LIMIT) for receiver in draft.receivers)
    for index, opinion in enumerate(draft.opinions):
        problems.extend(_opinion_problems(f"opinions.{index}", opinion))
    if not draft.opinions and not draft.notes:
        problems.append(FieldProblem("opinions.0.words", "请填写反映内容；只是来访、没有意见的，请在备注写明来意。"))
    problems.append(text_problem("notes", "备注", draft.notes, WORDS_LIMIT))
    return [problem for problem in problems if problem]


def _opinion_problems(at: str, opinion: OpinionDraft) -> list[FieldProblem | None]:
    problems: list[FieldProblem | None] = []
    if not opinion.words:
        problems.append(FieldProblem(f"{at}.words", "请填写反映内容（尽量用选民原话）。"))
    problems.append(text_problem(f"{at}.words", "反映内容", opinion.words, WORDS_LIMIT))
    problems.append(text_problem(f"{at}.title", "标题", opinion.title, LINE_LIMIT))
    problems.append(text_problem(f"{at}.answer", "当场答复情况", opinion.answer, WORDS_LIMIT))
    problems.append(text_problem(f"{at}.route", "引导渠道", opinion.route, LINE_LIMIT))
    if opinion.disposition is Disposition.ON_SPOT and not opinion.answer:
        problems.append(FieldProblem(f"{at}.answer", "当场答复的，请写明怎样答复。"))
    if opinion.disposition is Disposition.REDIRECTED and not opinion.route:
        problems.append(FieldProblem(f"{at}.route", "引导的，请写明告知了哪个渠道，如“县人民法院”。"))
    if opinion.disposition not in {Disposition.ON_SPOT, Disposition.REDIRECTED, Disposition.STUDYING}:
        problems.append(
            FieldProblem(f"{at}.disposition", "登记时只能选：正在研究、当场答复、引导；交办请在登记后办理。")
        )
    return problems


def date_problem(field: str, text: str, today: date) -> FieldProblem | None:
    """Return why ``text`` is no usable date of something that has happened, or None."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return FieldProblem(field, f"“{text}”不是有效日期，请按 2026-11-05 的样子填写。")
    if len(text) != 10:
        return FieldProblem(field, f"“{text}”不是有效日期，请按 2026-11-05 的样子填写。")
    if day > today:
        return FieldProblem(field, "日期在今天之后，请核对。")
    if day.year < 1954:
        return FieldProblem(field, "日期太早，请核对。")
    return None


def _time_problem(field: str, text: str) -> FieldProblem | None:
    hours, colon, minutes = text.partition(":")
    good = not text or (
        colon and len(hours) == len(minutes) == 2 and text.replace(":", "").isascii()
        and hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60
    )  # fmt: skip
    return None if good else FieldProblem(field, "时间请按 09:30 的样子填写。")
