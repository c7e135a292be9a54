"""期初在办 against the closing figure last reported: what was entered or corrected since, matter by matter."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from station_app.domain.events import EVENT_LABELS, Event, EventKind
from station_app.domain.opinion import Case
from station_app.domain.periods import Period

_BACK = frozenset({EventKind.CLOSED, EventKind.REDIRECTED, EventKind.ENDED, EventKind.VOIDED})


@dataclass(frozen=True)
class Correction:
    """One matter that changed a month already reported.

    Args:
        number: 编号.
        change: +1 where it is open now and was not reported as open, −1 the other way round.
        reason: why, e.g. ``补录：2026-10-28 提出，2026-11-05 录入``.
    """

    number: str
    change: int
    reason: str


@dataclass(frozen=True)
class CarriedOver:
    """How the closing figure that was reported became what is carried over now.

    Args:
        period: the month that was reported.
        issued_on: ISO date of the report.
        reported: its 期末在办.
        corrections: 以前月份补录更正, singly.
    """

    period: Period
    issued_on: str
    reported: int
    corrections: tuple[Correction, ...]

    @property
    def now(self) -> int:
        """What is carried over: reported ± corrections."""
        return self.reported + sum(one.change for one in self.corrections)

    @property
    def sum_words(self) -> str:
        """The sum as papers write it: 42＋2－1＝43."""
        more = sum(one.change > 0 for one in self.corrections)
        less = len(self.corrections) - more
        return f"{self.reported}{f'＋{more}' if more else ''}{f'－{less}' if less else ''}＝{self.now}"


def carried_over(
    period: Period, issued_on: str, issued_at: str, reported: Collection[str], cases: Iterable[Case], now: Iterable[str]
) -> CarriedOver:
    """Return what became of a reported month.

    Args:
        period: that month.
        issued_on: ISO date of the report.
        issued_at: ISO time at which it was fixed; what was recorded from then on is late.
        reported: 编号 of the matters reported as open at its end.
        cases: every matter.
        now: 编号 of the matters that are open at its end by what is recorded now.
    """
    by_number = {case.number: case for case in cases}
    before, after = set(reported), set(now)
    corrections = [
        *(
            Correction(one, 1, _reason(by_number.get(one), period, issued_at, known=False))
            for one in sorted(after - before)
        ),
        *(
            Correction(one, -1, _reason(by_number.get(one), period, issued_at, known=True))
            for one in sorted(before - after)
        ),
    ]
    return CarriedOver(period, issued_on, len(before), tuple(corrections))


def _reason(case: Case | None, period: Period, issued_at: str, *, known: bool) -> str:
    """Return why a matter is counted otherwise; one that was reported as open was known, so it is no late entry."""
    if case is None:
        return "登记已删除"
    late = [event for event in case.events if event.recorded_at >= issued_at and event.on <= period.to_on]
    if not known and case.events and min(event.recorded_at for event in case.events) >= issued_at:
        return f"补录：{case.raised_on} 提出，{_day(late[0]) if late else ''} 录入"
    told = next((event for event in reversed(late) if event.kind in _BACK), late[-1] if late else None)
    if told is None:
        return "更正：提出日期、计数或办理记录有改动"
    word = "补记" if told.kind is not EventKind.WITHDRAWN_EVENT and not told.amends else "更正"
    return f"{word}：{told.on} {EVENT_LABELS[told.kind]}，{_day(told)} 录入"


def _day(event: Event) -> str:
    return event.recorded_at[:10]
