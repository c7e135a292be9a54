"""One row of the opinion ledger (意见建议办理台账): an opinion with its clock, as screen and paper show it."""

from dataclasses import dataclass, replace

from station_app.domain.deadlines import Clock, Mark, Standing, answer_clock, clock_of, standing
from station_app.domain.figures import Rules
from station_app.domain.opinion import Case
from station_app.domain.progress import disposition_labels
from station_app.domain.text import masked_phone

REDACTED_NAME = "某"


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """An opinion on one row.

    Args:
        case: the opinion.
        index: 序号 from 1.
        village / disposition: as the station says it: 全街道/其他, 街道交办.
        due_on: ISO date at which the running clock ends, or empty.
        mark: short text of how the clock stands: 超 6 天, 2 天, 满 3 个月; empty without a clock.
        overdue / due_soon / follow_up_full: how the clock stands.
        answer_due_on: ISO date by which the answer is or was due, or empty.
        answered_late: whether the answer came after that date.
        clock / stand: the running clock and how it stands on the day the line was made for.
        room: 站室; empty in a station without rooms.
    """

    case: Case
    index: int = 0
    village: str = ""
    disposition: str = ""
    due_on: str = ""
    mark: str = ""
    overdue: bool = False
    due_soon: bool = False
    follow_up_full: bool = False
    answer_due_on: str = ""
    answered_late: bool = False
    clock: Clock | None = None
    stand: Standing | None = None
    room: str = ""


def opinion_line(case: Case, index: int, rules: Rules) -> OpinionLine:
    """Return an opinion with its clocks as they stand today, in the station's words; ``index`` is its 序号."""
    clock = clock_of(case.progress, case.urgent, rules.limits, rules.calendar, case.category)
    stand = standing(clock, rules.today) if clock else None
    answering = answer_clock(case.progress, rules.limits, rules.calendar, case.category)
    due = answering.due_on.isoformat() if answering else ""
    return OpinionLine(
        case=case,
        index=index,
        village=case.village or rules.profile.whole_place,
        disposition=disposition_labels(rules.profile)[case.progress.disposition],
        due_on=clock.due_on.isoformat() if clock else "",
        mark=stand.short if stand else "",
        overdue=stand is not None and stand.mark is Mark.OVERDUE,
        due_soon=stand is not None and stand.mark is Mark.DUE_SOON,
        follow_up_full=stand is not None and stand.mark is Mark.FOLLOW_UP_FULL,
        answer_due_on=due,
        answered_late=bool(answering and answering.binding and case.progress.answered_on > due),
        clock=clock,
        stand=stand,
        room=rules.rooms.get(case.room_id, ""),
    )


def redacted_name(name: str) -> str:
    """Return a name as the redacted version prints it: the surname and 某."""
    return name if name == "匿名" or not name else f"{name[0]}{REDACTED_NAME}"


def redact(case: Case) -> Case:
    """Return an opinion without what tells who raised it; village and matter stay."""
    return replace(
        case, petitioner=redacted_name(case.petitioner), phone=masked_phone(case.phone), address=case.village
    )
