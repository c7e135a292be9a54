"""The change of term (换届): begun from the roster, beside the new list, carried out as one step after a backup."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from station_app.domain.backup import Occasion
from station_app.domain.operators import Right
from station_app.domain.people import Deputy, Level, level_label
from station_app.domain.problems import FieldProblem, InvalidInput
from station_app.domain.roster_sheet import RosterRow
from station_app.domain.sheet_mapping import SheetMapping
from station_app.domain.term_change import (
    TAKEN_FIELDS,
    Fate,
    TermChange,
    changed_deputies,
    day_after,
    day_before,
    elected,
    groups_end,
)
from station_app.domain.term_checks import Finding, findings
from station_app.domain.term_list import Listed
from station_app.domain.terms import Constituency, Term, next_term, own_level, proposed_terms, terms_in_use, villages_in
from station_app.services.done import EVERYTHING, Done
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk
from station_app.services.sheet_villages import add_villages, unknown_villages, village_ids
from station_app.storage.change_log import Step
from station_app.storage.deputies import DeputyRecords
from station_app.storage.groups import GroupRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.storage.terms import TermRecords
from station_app.support import pinyin
from station_app.support.faults import NotAllowed

if TYPE_CHECKING:
    from station_app.services.intake import OpenedSheet


@dataclass(frozen=True)
class NewList:
    """The new list as read.

    Args:
        name: of the file.
        rows: the people on it.
        left_out: why rows were left out, a sentence each.
    """

    name: str
    rows: tuple[Listed, ...]
    left_out: tuple[str, ...]


class TermChangeDesk:
    """Prepares and carries out a change of term."""

    def __init__(self, file: StationFile, settings: SettingsDesk, roster: Roster) -> None:
        self._file = file
        self._settings = settings
        self._roster = roster
        self._deputies = DeputyRecords(file)
        self._groups = GroupRecords(file)
        self._terms = TermRecords(file)
        self._stations = StationRecords(file)

    def begin(self, level: Level) -> TermChange:
        """Return a draft for a level: the term in use ends where it was to end, or yesterday when nobody knows."""
        deputies, today = self._roster.deputies(), self._file.clock.today().isoformat()
        name = terms_in_use(deputies, today).get(level, "")
        known = {(one.level, one.name): one for one in (*proposed_terms(deputies, ()), *self._terms.all())}
        term = known.get((level, name), Term(level, name))
        ends_on = term.ends_on or day_before(today)
        following = next((one for one in self._terms.all() if one.level is level and one.from_on > ends_on), None)
        if following is not None and name:  # somebody registered already when the new term begins
            ends_on = day_before(following.from_on)
        begins_on = day_after(ends_on)
        new_name = following.name if following else next_term(name)
        until = following.to_on if following else ""
        return TermChange(level, name, new_name, ends_on, begins_on, until).fitted(deputies)

    def fitted(self, change: TermChange) -> TermChange:
        """Return a draft for the roster as it is now."""
        return change.fitted(self._roster.deputies())

    def own_level(self) -> Level:
        """Return the level of the station's own congress, see `domain.terms.own_level`."""
        return own_level(self._settings.profile())

    def open_list(self, path: Path, cancelled: Callable[[], bool] = lambda: False) -> "OpenedSheet":
        """Read the new list and find its columns; nothing is compared yet.

        Raises:
            InvalidInput: it is no spreadsheet, empty, or hostile (field ``sheet``).
            StationFault: the file cannot be read.
            Cancelled: the clerk asked to stop.
        """
        from station_app.services.intake import Intake, SheetKind

        return Intake(self._file).open(path, SheetKind.ROSTER, cancelled=cancelled)

    def listed(self, opened: "OpenedSheet", mapping: SheetMapping, level: Level) -> NewList:
        """Return the deputies of a level on a list; nothing is compared or written.

        Args:
            mapping: what the columns mean; what is only guessed in it is left out.

        Raises:
            InvalidInput: no column holds names (field ``sheet``).
        """
        from station_app.services.intake import Intake

        # A list without a level column or a telling title is about the level that was chosen.
        mapping = replace(mapping, heading=(*mapping.heading, f"{level_label(level)}人大代表"))
        rows: list[Listed] = []
        left_out: list[str] = []
        for line in Intake(self._file).judge(opened, mapping).rows:
            row = line.row
            assert isinstance(row, RosterRow)
            if row.problems:
                left_out.append(f"第 {row.row_number} 行：{row.problems[0].reason}")
            elif row.deputy.mandates and all(one.level is not level for one in row.deputy.mandates):
                left_out.append(f"第 {row.row_number} 行 {row.deputy.name}：不是这一级的代表。")
            else:
                rows.append(_listed(row, level))
        return NewList(opened.path.name, tuple(rows), tuple(left_out))

    def findings(self, change: TermChange) -> list[Finding]:
        """Return what is missing or does not fit, what blocks first."""
        found = findings(change, self._roster.deputies(), self._terms.constituencies(), self._file.clock.today())
        begun = next((one.from_on for one in self._terms.all() if _named(one, change.level, change.old_term)), "")
        if begun > change.ends_on:
            text = f"{change.old_term} {begun} 才开始，终止日期 {change.ends_on} 不能早于这一天，请核对。"
            found.insert(0, Finding(text, blocks=True))
        return found

    def carry_out(self, change: TermChange) -> Done[dict[str, int]]:
        """Write a change of term: a verified backup, then one step that can be undone whole.

        Raises:
            NotAllowed: who is signed in may not.
            InvalidInput: something blocks it, see `findings` (field ``change``).
            StationFault: the backup or the file failed; nothing was written.
        """
        if Right.KEEP not in self._file.rights:
            raise NotAllowed  # before the backup, which would be for nothing
        if wrong := [one for one in self.findings(change) if one.blocks]:
            raise InvalidInput([FieldProblem("change", one.text) for one in wrong])
        self._file.back_up(Occasion.BEFORE_TERM_CHANGE)
        deputies = self._roster.deputies()
        with self._file.write(f"换届 {change.new_term}") as step:
            self._write_terms(step, change)
            named = unknown_villages(self._file, (one.sheet.get("village", "") for one in elected(change) if one.take))
            add_villages(self._file, step, named)
            for deputy in changed_deputies(change, deputies, village_ids(self._file)):
                self._write(step, deputy)
                if deputy.id and (on := groups_end(change, deputy)):
                    self._groups.end_memberships(step, deputy.id, on)
        counts = {fate.value: change.count(fate) for fate in Fate} | {"new": len(change.newcomers)}
        told = f"换届完成：连任 {counts['carried']}，离任 {counts['ended']}，新任 {counts['new']}"
        return Done(counts, told, EVERYTHING, step.id)

    def _write(self, step: Step, deputy: Deputy) -> None:
        spelled = pinyin.indexed(deputy.name)
        if deputy.id:
            self._deputies.change(step, deputy, *spelled)
        else:
            self._deputies.add(step, deputy, *spelled)

    def _write_terms(self, step: Step, change: TermChange) -> None:
        """Register both terms; 本届以来 begins with the new one, at once or on its day (`SettingsDesk.follow_term`)."""
        known = {one.name: one for one in self._terms.all() if one.level is change.level}
        old = known.get(change.old_term, Term(change.level, change.old_term))
        if change.old_term:
            self._terms.save(step, replace(old, to_on=change.ends_on))
        new = known.get(change.new_term, Term(change.level, change.new_term))
        self._terms.save(step, replace(new, from_on=change.begins_on, to_on=change.until))
        self._write_constituencies(step, change)
        if change.level is self.own_level() and change.begins_on <= self._file.clock.today().isoformat():
            profile = replace(self._stations.profile(), term_name=change.new_term, term_from=change.begins_on)
            self._stations.save_profile(step, profile)

    def _write_constituencies(self, step: Step, change: TermChange) -> None:
        """Register the constituencies of the new term: those of the old one, and what mandates name beside them."""
        registered = self._terms.constituencies()
        present = {one.name for one in registered if (one.level, one.term) == (change.level, change.new_term)}
        copied = [
            replace(one, term=change.new_term, id=0, uid="")
            for one in registered
            if change.keep_constituencies
            and (one.level, one.term) == (change.level, change.old_term)
            and one.name not in present
        ]
        present |= {one.name for one in copied}
        villages = self._settings.villages()
        counted = Counter(one.constituency for one in elected(change) if one.constituency)
        named = [
            Constituency(change.level, change.new_term, name, villages_in(name, villages), position=1000 + place)
            for place, name in enumerate(name for name in counted if name not in present)
        ]
        for one in (*copied, *named):
            self._terms.save_constituency(step, one)


def _named(term: Term, level: Level, name: str) -> bool:
    return (term.level, term.name) == (level, name)


def _listed(row: RosterRow, level: Level) -> Listed:
    mandate = next((one for one in row.deputy.mandates if one.level is level), None)
    values = {key: row.values.get(key, "") for key in TAKEN_FIELDS}
    return Listed(
        row.row_number,
        row.deputy.name,
        row.keys,
        mandate.constituency if mandate else "",
        mandate.card_number if mandate else "",
        {key: text for key, text in values.items() if text},
        row.uid,
    )
