"""What the clerk sees first in the morning: the day's reception, what is to be done, the month so far."""

from dataclasses import dataclass

from station_app.domain.agenda import TodoItem, todo
from station_app.domain.calendars import add_months
from station_app.domain.figure_tables import MonthLine, months_in_a_row
from station_app.domain.figure_values import Figures, VisitCount
from station_app.domain.figures import Rules, figures_of, lives_of
from station_app.domain.periods import month_of, month_to_date, same_days_last_month
from station_app.domain.reception import ReceptionDay
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.reception_days import ReceptionDays
from station_app.services.reception_desk import ReceptionDesk
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk
from station_app.support.clock import Clock


@dataclass(frozen=True)
class Board:
    """One look at the day.

    Args:
        day: the reception that is open, today's or the next one; None without any.
        items: what is to be done, most pressing first.
        now: the figures of this month up to today.
        before: those of last month up to the same day.
        months: what the last twelve months received and closed, oldest first.
    """

    day: ReceptionDay | None
    items: tuple[TodoItem, ...]
    now: Figures
    before: Figures
    months: tuple[MonthLine, ...]


class TodayBoard:
    """Reads what the page 今日 shows, fetching the matters once."""

    def __init__(
        self,
        clock: Clock,
        settings: SettingsDesk,
        days: ReceptionDays,
        reception: ReceptionDesk,
        opinions: OpinionDesk,
        roster: Roster,
    ) -> None:
        self._clock = clock
        self._settings = settings
        self._days = days
        self._reception = reception
        self._opinions = opinions
        self._roster = roster

    def board(self) -> Board:
        """Return the day as it stands now."""
        today = self._clock.today()
        profile, limits = self._settings.profile(), self._settings.limits()
        calendar = self._settings.calendar()
        rules = Rules(profile, limits, calendar, today)
        days = self._days.between()
        span, span_before = month_to_date(today), same_days_last_month(today)
        # The chart's year holds all that the month's figures and the list of things to do can ask for.
        cases = self._opinions.current(month_of(add_months(today, -11)).from_on)
        visits = [
            VisitCount(visit.id, visit.number, visit.day_id, visit.on, visit.counts, visit.people)
            for visit in self._reception.visits_between(span_before.from_on, span.to_on)
        ]
        lives = lives_of(cases, rules)
        ahead = [day for day in days if day.on >= today.isoformat()]
        return Board(
            day=self._days.current(),
            items=tuple(todo(cases, today, limits, calendar, days=ahead, deputies=self._roster.deputies())),
            now=figures_of(lives, days, visits, span, rules),
            before=figures_of(lives, days, visits, span_before, rules),
            months=months_in_a_row(cases, month_of(today), rules),
        )
