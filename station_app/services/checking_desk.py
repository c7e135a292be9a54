"""Checking the roster (名册核对): who is due, what came of asking, and where the walk was left."""

from dataclasses import dataclass, replace
from typing import Final

from station_app.domain.people import Deputy
from station_app.domain.problems import refuse
from station_app.domain.roster_check import OUTCOME_LABELS, Check, CheckScope, Outcome, RoundLine, check_round
from station_app.domain.text import LINE_LIMIT, clean_line, text_problem
from station_app.services.done import ROSTER, Done
from station_app.services.grouping import Grouping
from station_app.services.housekeeping import Housekeeping
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk
from station_app.storage.checks import CheckRecords
from station_app.storage.deputies import DeputyRecords
from station_app.storage.station_file import StationFile

_ROUND: Final = "check_round"
"""Name under which the place in a round is kept, outside the log."""


@dataclass(frozen=True)
class Round:
    """A round of checks.

    Args:
        begun: ISO date on which it began.
        lines: who belongs to it, in roster order.
        skipped: ids of those put off in this round.
        at: id of the deputy the clerk stood at when it was left, or None.
    """

    begun: str
    lines: tuple[RoundLine, ...]
    skipped: frozenset[int] = frozenset()
    at: int | None = None

    @property
    def done(self) -> int:
        """How many entries are checked."""
        return sum(not line.due for line in self.lines)


class CheckingDesk:
    """Walks through the roster and writes down what came of it."""

    def __init__(
        self, file: StationFile, settings: SettingsDesk, roster: Roster, grouping: Grouping, housekeeping: Housekeeping
    ) -> None:
        self._file = file
        self._settings = settings
        self._roster = roster
        self._grouping = grouping
        self._housekeeping = housekeeping
        self._checks = CheckRecords(file)
        self._deputies = DeputyRecords(file)

    def round(self, scope: CheckScope = CheckScope()) -> Round:  # noqa: B008 - frozen, and so shared by nobody
        """Return the round that is under way within a scope; a new one begins when the last one was finished."""
        today = self._file.clock.today()
        kept = self._housekeeping.kept_draft(_ROUND)
        body = kept.body if kept else {}
        begun = str(body.get("begun", today.isoformat()))
        months = self._settings.roster_rules().check_months
        deputies, groups = self._roster.deputies(), self._grouping.groups()
        lines = check_round(deputies, groups, self._checks.since(begun), today, months, begun)
        day = today.isoformat()
        if begun < day and not any(line.due or (line.last and line.last.on == day) for line in lines):
            return Round(day, ())
        within = tuple(line for line in lines if scope.holds(line.deputy, groups, day))
        return Round(begun, within, frozenset(body.get("skipped", ())), body.get("at"))

    def keep_place(self, walk: Round, at: int | None, skipped: frozenset[int]) -> None:
        """Remember where the walk stands and who was put off; nothing of that is in the log.

        Raises:
            NotAllowed: who is signed in only reads.
        """
        self._housekeeping.keep_draft(_ROUND, {"begun": walk.begun, "at": at, "skipped": sorted(skipped)})

    def history(self, deputy_id: int) -> list[Check]:
        """Return every check of an entry, the newest first."""
        return self._checks.of(deputy_id)

    def confirm(self, deputy_id: int) -> Done[None]:
        """Note that an entry was checked today and is right."""
        return self._note(deputy_id, Outcome.SAME, "")

    def change(self, deputy: Deputy, note: str = "") -> Done[None]:
        """Save what has changed and note that the entry was checked today.

        Raises:
            InvalidInput: with every problem of every field, see `Roster.save_deputy`; ``note`` is too long.
        """
        note = _cleaned(note)
        today, operator = self._file.clock.today().isoformat(), self._file.operator
        with self._file.write(f"核对名册：{OUTCOME_LABELS[Outcome.CHANGED]}") as step:
            self._roster.save_deputy(replace(deputy, checked_on=today, checked_by=operator))
            self._checks.add(step, Check(deputy.id, today, operator, Outcome.CHANGED, note))
        return Done(None, f"{deputy.name} 已改好，核对完毕", frozenset({ROSTER}), step.id)

    def unreached(self, deputy_id: int, note: str) -> Done[None]:
        """Note that a deputy could not be reached today; the entry stays due.

        Args:
            note: why, may be empty.

        Raises:
            InvalidInput: ``note`` is too long.
        """
        return self._note(deputy_id, Outcome.UNREACHED, note)

    def _note(self, deputy_id: int, outcome: Outcome, note: str) -> Done[None]:
        note = _cleaned(note)
        today, operator = self._file.clock.today().isoformat(), self._file.operator
        word = OUTCOME_LABELS[outcome]
        with self._file.write(f"核对名册：{word}") as step:
            self._checks.add(step, Check(deputy_id, today, operator, outcome, note))
            if outcome is Outcome.SAME:
                self._deputies.change_fields(step, deputy_id, checked_on=today, checked_by=operator)
        name = self._deputies.one(deputy_id).name
        return Done(None, f"{name} {word}", frozenset({ROSTER}), step.id)


def _cleaned(note: str) -> str:
    note = clean_line(note)
    refuse([text_problem("note", "说明", note, LINE_LIMIT)])
    return note
