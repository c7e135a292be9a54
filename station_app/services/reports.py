"""What the station hands out: ledgers, forms, and the month's set, as files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from station_app import PROGRAM_NAME, VERSION
from station_app.domain.carried_over import CarriedOver, carried_over
from station_app.domain.figure_tables import Comparison, compare, months_in_a_row, ties_by_month
from station_app.domain.figure_values import Figure, Figures
from station_app.domain.figure_words import CLOSING_TITLE
from station_app.domain.figures import compute
from station_app.domain.opinion import Case
from station_app.domain.periods import Period
from station_app.domain.room_figures import room_table
from station_app.domain.rooms import is_wanted
from station_app.services.books import BOOK_LABELS, Book, Books, Selection
from station_app.services.grouping import Grouping
from station_app.services.month_report import MonthReport
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.reception_days import ReceptionDays
from station_app.services.reception_desk import ReceptionDesk
from station_app.services.rooms_desk import RoomsDesk
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk
from station_app.services.sheet_files import write_sheet
from station_app.services.suggestion_desk import SuggestionDesk
from station_app.services.visit_forms import VisitForms
from station_app.storage.issued import IssuedRecords
from station_app.support.clock import Clock
from station_app.support.faults import Cancelled
from station_app.support.safe_file import safe_name

Progress = Callable[[float, str], None]
"""Told the part done (0 … 1) and a Chinese word about it."""
Cancel = Callable[[], bool]


def _silent(_part: float, _word: str) -> None:
    return


def _never() -> bool:
    return False


@dataclass(frozen=True)
class MonthSet:
    """The files of a month and what they say in one paragraph."""

    files: tuple[Path, ...]
    summary: str
    figures: Figures


class Reports:
    """Writes ledgers, forms and the month's set. Reads only."""

    def __init__(
        self,
        clock: Clock,
        operator: str,
        settings: SettingsDesk,
        days: ReceptionDays,
        reception: ReceptionDesk,
        opinions: OpinionDesk,
        roster: Roster,
        issued: IssuedRecords,
        suggestions: SuggestionDesk,
        grouping: Grouping,
        rooms: RoomsDesk,
    ) -> None:
        self._issued = issued
        self._clock = clock
        self._settings = settings
        self._days = days
        self._reception = reception
        self._opinions = opinions
        self._rooms = rooms
        self.books = Books(clock, operator, settings, days, reception, opinions, roster, suggestions, grouping, rooms)
        self.forms = VisitForms(settings, reception)

    # Figures

    def figures(self, period: Period) -> Figures:
        """Return all figures of a period."""
        return compute(
            self._opinions.cases(), self._days.between(), self.books.visit_counts(), period, self.books.rules()
        )

    def figures_of_room(self, period: Period, room: int) -> Figures:
        """Return all figures of a period of one room.

        Args:
            room: its id, `STATION_ITSELF` for the station's own.
        """
        cases = [case for case in self._opinions.cases() if is_wanted(case.room_id, room)]
        days = [day for day in self._days.between() if is_wanted(day.room_id, room)]
        visits = [visit for visit in self.books.visit_counts() if is_wanted(visit.room_id, room)]
        return compute(cases, days, visits, period, self.books.rules())

    def comparison(self, period: Period) -> Comparison:
        """Return the figures of a period beside what they are compared with."""
        return compare(
            self._opinions.cases(), self._days.between(), self.books.visit_counts(), period, self.books.rules()
        )

    def untied_months(self) -> list[str]:
        """Return the months, ``YYYY-MM``, whose figures do not tie."""
        ties = ties_by_month(self._opinions.cases(), self.books.rules())
        return [month.from_on[:7] for month, tie in ties if not tie.ok]

    # Files

    def write_ledger(
        self, selection: Selection, path: Path, progress: Progress = _silent, cancelled: Cancel = _never
    ) -> None:
        """Write a book to ``path``; the suffix, ``.pdf`` or ``.xlsx``, says as what.

        Raises:
            StationFault: the file cannot be written.
            Cancelled: the clerk asked to stop; no file is left.
        """
        write_sheet(self.books.sheet(selection), path, progress, cancelled)

    def export(
        self,
        selection: Selection,
        format_: str,
        folder: Path,
        progress: Progress = _silent,
        cancelled: Cancel = _never,
    ) -> Path:
        """Write a book into a folder under its own name and return the file.

        Args:
            format_: ``pdf`` or ``xlsx``.
        """
        path = folder / self.file_name(selection, format_)
        self.write_ledger(selection, path, progress, cancelled)
        return path

    def unprintable(self, selection: Selection) -> dict[str, str]:
        """Return the characters of a book that no face has, each with the text it occurs in; paper shows them as 〓."""
        from station_app.documents.pdf_ledger import missing_in_ledger

        return missing_in_ledger(self.books.sheet(selection))

    def file_name(self, selection: Selection, format_: str) -> str:
        """Return the name a book is exported under: 意见建议办理台账_2026年10月.xlsx."""
        when = self._days.one(selection.day_id).on if selection.day_id is not None else selection.title
        room = "" if selection.room is None else self.books.room_name(selection.room)
        parts = [BOOK_LABELS[selection.book], room, when, "隐去个人信息" if selection.redacted else ""]
        return safe_name("_".join(part for part in parts if part), f".{format_}")

    def write_month_paper(
        self,
        month: Period,
        path: Path,
        progress: Progress = _silent,
        cancelled: Cancel = _never,
        *,
        by_room: bool = False,
    ) -> None:
        """Write the month's summary (月报) as ``.pdf`` or ``.xlsx``.

        Args:
            by_room: print the figures by room (按站室), too.

        Raises:
            StationFault: the file cannot be written.
            Cancelled: the clerk asked to stop.
        """
        progress(0.0, "月报")
        report = replace(self.month_report(month), rooms_on_paper=by_room)
        if cancelled():
            raise Cancelled
        report.write(path)

    def month_set(
        self, month: Period, folder: Path, progress: Progress = _silent, cancelled: Cancel = _never
    ) -> MonthSet:
        """Write the month's set: 月报 and two ledgers, PDF and Excel each.

        Raises:
            StationFault: a file cannot be written; those written before stay and are whole.
            Cancelled: the clerk asked to stop; files written before stay and are whole.
        """
        report = self.month_report(month)
        files = []
        jobs: list[tuple[str, Callable[[Path], None]]] = [
            (safe_name(f"工作月报_{month.title}", suffix), report.write) for suffix in (".pdf", ".xlsx")
        ]
        for book in (Book.VISITS, Book.OPINIONS):
            selection = Selection(book, month.from_on, month.to_on, month.title)
            writer = self._ledger_writer(selection, cancelled)
            jobs.extend((self.file_name(selection, format_), writer) for format_ in ("pdf", "xlsx"))
        for done, (name, write) in enumerate(jobs):
            progress(done / len(jobs), name)
            if cancelled():
                raise Cancelled
            write(folder / name)
            files.append(folder / name)
        progress(1.0, "完成")
        return MonthSet(tuple(files), report.prose, report.figures)

    def _ledger_writer(self, selection: Selection, cancelled: Cancel) -> Callable[[Path], None]:
        return lambda path: self.write_ledger(selection, path, cancelled=cancelled)

    def month_report(self, month: Period) -> MonthReport:
        """Return everything a month's summary says now."""
        cases = self._opinions.cases()
        days = self._days.between()
        rules = self.books.rules()
        visits = self.books.visit_counts()
        comparison = compare(cases, days, visits, month, rules)
        rooms = self._rooms.all()
        return MonthReport(
            comparison=comparison,
            trend=months_in_a_row(cases, month, rules),
            cases=cases,
            days=days,
            rules=rules,
            foot=self.books.foot(),
            program=f"{PROGRAM_NAME} {VERSION}",
            carried=self.carried_over(month.day_before, cases, comparison.now["opening"]),
            rooms=room_table(rooms, cases, days, visits, month, rules) if rooms else None,
        )

    def carried_over(self, day: str, cases: Sequence[Case], now: Figure) -> CarriedOver | None:
        """Return what became of the month that ends on ``day`` since it was reported, or None where it was not.

        Args:
            day: ISO date.
            now: the matters open at the end of that day by what is recorded now.
        """
        issued = self._issued.ending_on(day)
        if issued is None:
            return None
        from station_app.documents.month_paper import numbers_behind

        reported = numbers_behind(self._issued.xlsx(issued.id), CLOSING_TITLE)
        return carried_over(issued.period, issued.on, issued.at, reported, cases, now.cases)
