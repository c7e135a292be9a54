"""What the clerk sees first in the morning: the day's reception, what is to be done, the month so far."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from station_app.domain.agenda import TodoItem, todo
from station_app.domain.calendars import add_months
from station_app.domain.reception import ReceptionDay
from station_app.domain.terms import term_endings
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.reception_days import ReceptionDays
from station_app.services.reception_desk import ReceptionDesk
from station_app.services.settings_desk import SettingsDesk
from station_app.storage.deputies import DeputyRecords
from station_app.storage.terms import TermRecords
from station_app.support.clock import Clock

if TYPE_CHECKING:
    from station_app.domain.figure_tables import MonthLine
    from station_app.domain.figure_values import Figures


@dataclass(frozen=True)
class Agenda:
    """What the day asks for.

    Args:
        day: the reception that is open, today's or the next one; None without any.
        items: what is to be done, most pressing first.
    """

    day: ReceptionDay | None
    items: tuple[TodoItem, ...]


@dataclass(frozen=True)
class MonthSoFar:
    """The month at a glance.

    Args:
        now: the figures of this month up to today.
        before: those of last month up to the same day.
        months: what the last twelve months received and closed, oldest first.
    """

    now: "Figures"
    before: "Figures"
    months: "tuple[MonthLine, ...]"


class TodayBoard:
    """Reads what the page 今日 shows, fetching the matters once."""

    def __init__(
        self,
        clock: Clock,
        settings: SettingsDesk,
        days: ReceptionDays,
        reception: ReceptionDesk,
        opinions: OpinionDesk,
        deputies: DeputyRecords,
        terms: TermRecords,
    ) -> None:
        self._clock = clock
        self._settings = settings
        self._days = days
        self._reception = reception
        self._opinions = opinions
        self._deputies = deputies
        self._terms = terms

    def agenda(self) -> Agenda:
        """Return what the day asks for; quick, as the window waits for it."""
        today = self._clock.today()
        ahead = self._days.between(today.isoformat())
        cases = self._opinions.current(today.isoformat())
        limits, calendar = self._settings.limits(), self._settings.calendar()
        deputies, rules = self._deputies.all(), self._settings.roster_rules()
        endings = term_endings(self._terms.all(), deputies, today, rules.term_warn_days)
        items = todo(
            cases, today, limits, calendar, days=ahead, deputies=deputies, check_months=rules.check_months,
            endings=endings, organ_kind=self._settings.profile().organ_kind,
        )  # fmt: skip
        return Agenda(self._days.current(), tuple(items))

    def month(self) -> MonthSoFar:
        """Return the month so far beside last month, and the last twelve months."""
        from station_app.domain.figure_tables import months_in_a_row  # the first page is shown without figures
        from station_app.domain.figure_values import VisitCount
        from station_app.domain.figures import Rules, figures_of, lives_of
        from station_app.domain.periods import month_of, month_to_date, same_days_last_month

        today = self._clock.today()
        rules = Rules(self._settings.profile(), self._settings.limits(), self._settings.calendar(), today)
        span, span_before = month_to_date(today), same_days_last_month(today)
        # The chart's year holds all that the month's figures can ask for.
        cases = self._opinions.current(month_of(add_months(today, -11)).from_on)
        days = self._days.between(span_before.from_on, span.to_on)
        visits = [
            VisitCount(visit.id, visit.number, visit.day_id, visit.on, visit.counts, visit.people)
            for visit in self._reception.visits_between(span_before.from_on, span.to_on)
        ]
        lives = lives_of(cases, rules)
        return MonthSoFar(
            now=figures_of(lives, days, visits, span, rules),
            before=figures_of(lives, days, visits, span_before, rules),
            months=months_in_a_row(cases, month_of(today), rules),
        )
