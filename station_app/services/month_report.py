"""The month's summary (月报): figures, prose, charts and lists put together for paper and Excel."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from station_app.domain.figure_tables import Comparison, MonthLine
from station_app.domain.figure_values import Figures
from station_app.domain.figures import Rules
from station_app.domain.month_prose import month_prose
from station_app.domain.opinion_line import OpinionLine
from station_app.domain.reception import ReceptionDay


@dataclass(frozen=True)
class MonthReport:
    """Everything a month's summary says.

    Args:
        trend: the last twelve months, oldest first.
        lines: every opinion with its clock.
        days: every reception day; next month's are the plan.
        foot: the signature line of ledgers.
    """

    comparison: Comparison
    trend: Sequence[MonthLine]
    lines: Sequence[OpinionLine]
    days: Sequence[ReceptionDay]
    rules: Rules
    foot: tuple[str, ...]

    @property
    def figures(self) -> Figures:
        """The month's own figures."""
        return self.comparison.now

    @property
    def prose(self) -> str:
        """The paragraph of official prose."""
        return month_prose(self.comparison.now, self.rules.profile)

    def write(self, path: Path) -> None:
        """Write the summary as ``.pdf`` or ``.xlsx``."""
