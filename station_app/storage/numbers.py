"""Serial numbers: taken inside the transaction, unique, never reused, not even after an undo."""

from station_app.domain.numbering import DEFAULT_PATTERNS, NumberPattern, Series
from station_app.domain.problems import invalid
from station_app.storage.change_log import Step
from station_app.storage.settings import Settings
from station_app.storage.station_file import StationFile


class Numbers:
    """Gives out 编号 and 登记号."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._settings = Settings(file)

    def pattern(self, series: Series) -> NumberPattern:
        """Return the pattern the station has set for a series."""
        text = self._settings.get(f"number_pattern.{series}")
        return NumberPattern(text) if text else DEFAULT_PATTERNS[series]

    def next(self, series: Series, code: str, year: int) -> str:
        """Take the next number of the year; must be called within a running step.

        The counter stands outside the change log: an undo never gives a number back. A number that is
        taken already (a pattern was changed, a ledger imported) is passed over.
        """
        pattern = self.pattern(series)
        while True:
            self._file.plain_write(
                "INSERT INTO counters (series, year, last) VALUES (?, ?, 1)"
                " ON CONFLICT (series, year) DO UPDATE SET last = last + 1",
                [series, year],
            )
            serial = self._file.value("SELECT last FROM counters WHERE series = ? AND year = ?", [series, year])
            number = pattern.number(code, year, serial)
            if not self._is_taken(series, number):
                return number

    def given(self, year: int) -> dict[str, int]:
        """Return the last serial of the year by series, of papers too (``paper.‹kind›``); given back or not."""
        return dict(self._file.tuples("SELECT series, last FROM counters WHERE year = ? ORDER BY series", [year]))

    def is_free(self, series: Series, code: str, number: str) -> bool:
        """Tell whether a number follows the station's pattern and was given to nothing here, not even to what is deleted."""
        return self.pattern(series).matches(code, number) and not self._is_taken(series, number)

    def _is_taken(self, series: Series, number: str) -> bool:
        table = "visits" if series is Series.VISIT else "opinions"
        return bool(
            self._file.value(
                f"SELECT EXISTS (SELECT 1 FROM {table} WHERE number = ?)"
                " OR EXISTS (SELECT 1 FROM reserved_numbers WHERE series = ? AND number = ?)",
                [number, series, number],
            )
        )

    def reserve(self, step: Step, series: Series, code: str, year: int, count: int) -> list[str]:
        """Take ``count`` numbers for blank forms that are printed beforehand."""
        numbers = [self.next(series, code, year) for _ in range(count)]
        for number in numbers:
            step.insert("reserved_numbers", series=series, number=number, printed_at=step.at)
        return numbers

    def take_form(self, code: str, number: str) -> str:
        """Return a visit number read off a paper form, after checking that it may be used.

        Raises:
            InvalidInput: it is used already, or looks like ours but was never printed.
        """
        taken = self._file.tuples("SELECT deleted_at FROM visits WHERE number = ?", [number])
        if taken and taken[0][0]:
            raise invalid("form_number", f"表号 {number} 登记过又删除了，请在“最近删除”里恢复，不用再录一遍。")
        if taken:
            raise invalid("form_number", f"表号 {number} 已经登记过，请核对纸质表上的号码。")
        reserved = self._file.value(
            "SELECT 1 FROM reserved_numbers WHERE series = ? AND number = ?", [Series.VISIT, number]
        )
        if not reserved and self.pattern(Series.VISIT).matches(code, number):
            raise invalid("form_number", f"没有印过表号 {number}，请核对；不是本程序印的表请留空，由程序编号。")
        return number

    def open_forms(self) -> list[str]:
        """Return the numbers of printed blank forms that were not entered yet."""
        return [
            str(row[0])
            for row in self._file.tuples(
                "SELECT number FROM reserved_numbers WHERE series = 'visit' AND deleted_at IS NULL"
                " AND number NOT IN (SELECT number FROM visits) ORDER BY id"
            )
        ]
