"""What the columns of a sheet's table mean, and a row of it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from station_app.domain.raw_sheet import Cell, column_letter

LAST_COLUMN = 16_384  # XFD, the last one there is


@dataclass(frozen=True)
class Field:
    """What a column may mean.

    Args:
        key: stable English key.
        title: how previews name it.
        synonyms: titles as offices write them, without blanks and line breaks, half-width.
        second: key for a further column with the same meaning (a second phone), or empty.
        labels: Chinese words of the codes its canonical values are made of; empty where the values are words.
        dated: whether every column that has a day as its title means this field (days across, ticks below).
    """

    key: str
    title: str
    synonyms: tuple[str, ...]
    second: str = ""
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    dated: bool = False

    def told(self, value: str) -> str:
        """Return a canonical value as the clerk reads it: ``county,township`` → 县、镇."""
        return "、".join(self.labels.get(part, part) for part in value.split(",")) if self.labels else value


@dataclass(frozen=True)
class MappedColumn:
    """One column of the sheet.

    Args:
        index: 0-based.
        title: as written in the header, or empty where only the cells below are filled.
        key: of the field it means, or empty: it is not imported.
        guessed: the title only resembles the field's; the clerk should look at it.
    """

    index: int
    title: str
    key: str = ""
    guessed: bool = False

    @property
    def letter(self) -> str:
        """The letters above the column."""
        return column_letter(self.index)


@dataclass(frozen=True)
class SheetMapping:
    """Where a table is and what its columns mean.

    Args:
        sheet: name of the worksheet.
        header_rows: 1-based numbers of the header's rows.
        columns: the columns from left to right, recognised or not.
        heading: texts above the header (title, 填报单位 …), one a row.
        other_sheets: further worksheets that hold such a table too and are not read.
        further: the same table again, beside it or below it with a header of its own.
        left / right: 0-based columns between which the table's rows lie.
        last_row: 1-based, where another table begins below; 0 for the end of the sheet.
    """

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[MappedColumn, ...]
    heading: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
    further: tuple["SheetMapping", ...] = ()
    left: int = 0
    right: int = LAST_COLUMN
    last_row: int = 0

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of the fields the sheet has."""
        return frozenset(column.key for column in self.columns if column.key)

    @property
    def unrecognised(self) -> tuple[MappedColumn, ...]:
        """Columns with a title nobody knows the meaning of; they are not imported."""
        return tuple(column for column in self.columns if column.title and not column.key)

    @property
    def guessed(self) -> bool:
        """Whether the meaning of a column is only a guess."""
        return any(column.guessed for column in self.columns)

    def column(self, key: str) -> MappedColumn | None:
        """Return the column of a field, or None when the sheet does not have it."""
        return next((column for column in self.columns if column.key == key), None)

    def without_guesses(self) -> "SheetMapping":
        """Return the mapping with only what is sure."""
        if not self.guessed:
            return self
        return self.with_keys({column.index: "" if column.guessed else column.key for column in self.columns})

    def with_keys(self, keys: Mapping[int, str]) -> "SheetMapping":
        """Return the mapping as the clerk corrected it; the same columns of further parts mean the same.

        Args:
            keys: field key by 0-based column; empty for a column that is not imported.
        """
        columns = tuple(dataclasses.replace(c, key=keys.get(c.index, ""), guessed=False) for c in self.columns)
        return dataclasses.replace(self, columns=columns, further=tuple(_alike(part, columns) for part in self.further))


def _alike(part: SheetMapping, columns: tuple[MappedColumn, ...]) -> SheetMapping:
    """Return a further part whose columns mean what those of the first part with the same titles do."""
    if [column.title for column in part.columns] == [column.title for column in columns]:
        meant = zip(part.columns, columns, strict=True)
        return dataclasses.replace(
            part, columns=tuple(dataclasses.replace(own, key=first.key, guessed=False) for own, first in meant)
        )
    keys = {column.title: column.key for column in columns if column.title}
    return dataclasses.replace(
        part,
        columns=tuple(
            dataclasses.replace(own, key=keys.get(own.title, own.key), guessed=False) for own in part.columns
        ),
    )


@dataclass(frozen=True)
class DataRow:
    """A row with data.

    Args:
        number: 1-based, as in Excel; the rows of two tables side by side share it.
        cells: by field key.
        mapping: the part of the table it stands in.
    """

    number: int
    cells: dict[str, Cell]
    mapping: SheetMapping


@dataclass(frozen=True)
class SkippedRow:
    """A row below the header that is no entry: a total, a note, a separator, a repeated header."""

    number: int
    reason: str
