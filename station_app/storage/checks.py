"""Checks of the roster as rows."""

from station_app.domain.roster_check import Check, Outcome
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile


class CheckRecords:
    """The rows of checks."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def since(self, day: str) -> list[Check]:
        """Return the checks from an ISO date on, the oldest first."""
        return self._checks("AND on_date >= ?", day)

    def of(self, deputy_id: int) -> list[Check]:
        """Return every check of a deputy's entry, the newest first."""
        return list(reversed(self._checks("AND deputy_id = ?", deputy_id)))

    def add(self, step: Step, check: Check) -> int:
        """Add what came of asking a deputy."""
        return step.insert(
            "checks", deputy_id=check.deputy_id, on_date=check.on, operator=check.operator, outcome=check.outcome,
            note=check.note,
        )  # fmt: skip

    def _checks(self, condition: str, parameter: str | int) -> list[Check]:
        return [
            Check(**{**row, "outcome": Outcome(row["outcome"])})
            for row in self._file.rows(
                'SELECT id, uid, deputy_id, on_date AS "on", operator, outcome, note FROM checks'
                f" WHERE deleted_at IS NULL {condition} ORDER BY on_date, id",
                [parameter],
            )
        ]
