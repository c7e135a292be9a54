"""The register of terms and constituencies, and who represented a village on a day."""

from dataclasses import replace
from pathlib import Path

from station_app.domain.people import Level, level_label
from station_app.domain.problems import refuse
from station_app.domain.representation import Representative, who_represents
from station_app.domain.terms import (
    Constituency,
    Term,
    TermEnding,
    constituency_problems,
    proposed_constituencies,
    proposed_terms,
    term_endings,
    term_problems,
)
from station_app.domain.text import clean_line
from station_app.services.done import ROSTER, Done
from station_app.services.grouping import Grouping
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk
from station_app.storage.station_file import StationFile
from station_app.storage.terms import TermRecords


class TermsDesk:
    """Keeps terms and constituencies, and answers who represented a village."""

    def __init__(self, file: StationFile, settings: SettingsDesk, roster: Roster, grouping: Grouping) -> None:
        self._file = file
        self._settings = settings
        self._roster = roster
        self._grouping = grouping
        self._records = TermRecords(file)

    # Terms

    def terms(self) -> list[Term]:
        """Return every registered term, highest level first, the newest first within a level."""
        return self._records.all()

    def proposals(self) -> list[Term]:
        """Return the terms that mandates name and nobody registered, in the same order."""
        return proposed_terms(self._roster.deputies(), self._records.all())

    def endings(self) -> list[TermEnding]:
        """Return the terms in use that are over or end soon."""
        days = self._settings.roster_rules().term_warn_days
        return term_endings(self._records.all(), self._roster.deputies(), self._file.clock.today(), days)

    def level_word(self, level: Level) -> str:
        """Return the level's word here: 县, 镇 or 乡 …."""
        return level_label(level, self._settings.profile().organ_kind)

    def save_term(self, term: Term) -> Done[int]:
        """Register (id 0) or correct a term.

        Raises:
            InvalidInput: the name is missing or taken, a date is none, or they are the wrong way round.
        """
        term = replace(term, name=clean_line(term.name))
        refuse(term_problems(term, self._records.all()))
        with self._file.write("修改届次" if term.id else "登记届次") as step:
            term_id = self._records.save(step, term)
        return Done(term_id, f"已保存 {self.level_word(term.level)}{term.name}", frozenset({ROSTER}), step.id)

    def register_proposals(self) -> Done[int]:
        """Register every term that mandates name, in one step."""
        proposed = self.proposals()
        with self._file.write("登记届次") as step:
            for term in proposed:
                self._records.save(step, term)
        return Done(len(proposed), f"已登记 {len(proposed)} 个届次", frozenset({ROSTER}), step.id)

    def delete_term(self, term_id: int) -> Done[None]:
        """Take a term off the register; mandates keep its name."""
        with self._file.write("删除届次") as step:
            self._records.delete(step, term_id)
        return Done(None, "已删除届次", frozenset({ROSTER}), step.id)

    # Constituencies

    def constituencies(self, level: Level, term: str) -> list[Constituency]:
        """Return the registered constituencies of a term, in hand-set order."""
        return [one for one in self._records.constituencies() if (one.level, one.term) == (level, term)]

    def proposed_constituencies(self, level: Level, term: str) -> list[Constituency]:
        """Return the constituencies that mandates of the term name and nobody registered."""
        return proposed_constituencies(
            self._roster.deputies(), self._records.constituencies(), self._settings.villages(), (level, term)
        )

    def save_constituency(self, one: Constituency) -> Done[int]:
        """Register (id 0) or change a constituency and the villages it covers.

        Raises:
            InvalidInput: the name is missing, too long, or taken in this term.
        """
        one = replace(one, name=clean_line(one.name))
        refuse(constituency_problems(one, self._records.constituencies()))
        with self._file.write("修改选区" if one.id else "登记选区") as step:
            saved = self._records.save_constituency(step, one)
        return Done(saved, f"已保存 {one.name}", frozenset({ROSTER}), step.id)

    def register_constituencies(self, level: Level, term: str) -> Done[int]:
        """Register every constituency that mandates of a term name, with the villages they name, in one step."""
        proposed = self.proposed_constituencies(level, term)
        first = 1 + len(self.constituencies(level, term))
        with self._file.write("登记选区") as step:
            for position, one in enumerate(proposed, first):
                self._records.save_constituency(step, replace(one, position=position))
        return Done(len(proposed), f"已登记 {len(proposed)} 个选区", frozenset({ROSTER}), step.id)

    def delete_constituency(self, constituency_id: int) -> Done[None]:
        """Take a constituency off the register; mandates keep its name."""
        with self._file.write("删除选区") as step:
            self._records.delete_constituency(step, constituency_id)
        return Done(None, "已删除选区", frozenset({ROSTER}), step.id)

    # Who represented a village

    def who_represents(self, village_id: int, day: str) -> list[Representative]:
        """Return who represented a village on ``day`` (ISO date), see `domain.representation`."""
        villages = self._settings.villages()
        village = next(one for one in villages if one.id == village_id)
        return who_represents(
            village, day, self._file.clock.today(), self._roster.deputies(), self._records.constituencies(),
            self._grouping.groups(), villages,
        )  # fmt: skip

    def write_representation(self, village_id: int, day: str, path: Path) -> None:
        """Write who represented a village on ``day`` as PDF.

        Raises:
            StationFault: the file cannot be written.
        """
        from station_app.documents.columns import Sheet
        from station_app.documents.pdf_ledger import write_ledger_pdf
        from station_app.documents.representation_ledger import REPRESENTATION_LEDGER, representation_rows

        profile = self._settings.profile()
        village = next(one for one in self._settings.villages() if one.id == village_id)
        rows = representation_rows(self.who_represents(village_id, day), self.level_word)
        sheet = Sheet(
            title=f"{village.name}的人大代表",
            head=(f"联络站：{profile.name}", f"{day} 在任", f"打印日期：{self._file.clock.today().isoformat()}"),
            columns=REPRESENTATION_LEDGER.columns,
            rows=tuple(rows),
            total={"": f"合计　{len({one.deputy_id for one in rows})} 位"},
            foot=(),
            demo=profile.demo,
            landscape=False,
        )
        write_ledger_pdf(path, sheet)
