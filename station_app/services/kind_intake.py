"""What one kind of spreadsheet brings to the import; everything else is done once, by `Intake`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Protocol, TypeVar, runtime_checkable

from station_app.documents.columns import Column
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.row_verdicts import Known, RowVerdict, SheetRow
from station_app.domain.sheet_form import SheetForm
from station_app.domain.sheet_mapping import SheetMapping, SkippedRow
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile

Row = TypeVar("Row", bound=SheetRow)


class KindIntake(Protocol[Row]):
    """One kind: its fields, how a row is read and compared, and how it is written."""

    form: ClassVar[SheetForm]
    """Title, fields and template of the kind."""
    columns: ClassVar[tuple[Column[Any], ...]]
    """What the preview shows of a row."""

    def __init__(self, file: StationFile) -> None:
        """Serve an open file."""

    def read(self, sheet: RawSheet, mapping: SheetMapping) -> tuple[tuple[Row, ...], tuple[SkippedRow, ...]]:
        """Return the entries of a worksheet and the rows that are none; nothing is compared or written."""

    def known(self) -> list[Known]:
        """Return everything registered that a row may be about."""

    def villages(self, row: Row, /) -> Iterable[str]:
        """Return names of villages the row needs; unknown ones are added before `take_in`."""

    def take_in(self, step: Step, pairs: Sequence[tuple[Row, RowVerdict]]) -> Iterator[str]:
        """Write each new or changed row, in order, and yield the uid of its record.

        What was imported is remembered by the caller (`ImportRecords`), row by row.
        """


@runtime_checkable
class Sparing(Protocol[Row]):
    """A kind whose rows may go in without a part that cannot be taken in, when the clerk ticks them."""

    def rest(self, row: Row) -> Row | None:
        """Return a row that is a problem without what is wrong with it, or None where nothing sensible is left."""
