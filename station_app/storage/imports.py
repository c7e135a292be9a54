"""What was imported from which row: the memory that makes a second import change nothing."""

import json
from dataclasses import dataclass
from typing import Any

from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile


@dataclass(frozen=True)
class ImportedRow:
    """A record and the values a sheet last gave it."""

    id: int
    record_uid: str
    digest: str
    values: dict[str, Any]


class ImportRecords:
    """Rows of the import memory; ``sheet_kind`` is a `SheetKind`."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def all(self, sheet_kind: str) -> list[ImportedRow]:
        """Return everything remembered for one kind of sheet."""
        return [
            ImportedRow(row["id"], row["record_uid"], row["digest"], json.loads(row["row_values"]))
            for row in self._file.rows(
                "SELECT id, record_uid, digest, row_values FROM imported_rows"
                " WHERE sheet_kind = ? AND deleted_at IS NULL ORDER BY id",
                [sheet_kind],
            )
        ]

    def last_step(self) -> int:
        """Return the last step of the log."""
        return int(self._file.value("SELECT coalesce(max(id), 0) FROM steps"))

    def remember(self, step: Step, sheet_kind: str, record_uid: str, digest: str, values: dict[str, Any]) -> None:
        """Remember what a row gave a record."""
        text = json.dumps(values, ensure_ascii=False, sort_keys=True)
        known = self._file.value(
            "SELECT id FROM imported_rows WHERE sheet_kind = ? AND record_uid = ? AND deleted_at IS NULL",
            [sheet_kind, record_uid],
        )
        if known is None:
            step.insert("imported_rows", sheet_kind=sheet_kind, record_uid=record_uid, digest=digest, row_values=text)
        else:
            step.update("imported_rows", known, digest=digest, row_values=text)


class MappingRecords:
    """What the clerk said the columns of a sheet mean, by the digest of its titles."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def all(self, sheet_kind: str) -> dict[str, dict[str, str]]:
        """Return field keys by column letter, by digest; a column that is not imported has the empty key."""
        return {
            row["titles_digest"]: json.loads(row["columns"])
            for row in self._file.rows(
                "SELECT titles_digest, columns FROM sheet_mappings WHERE sheet_kind = ? AND deleted_at IS NULL",
                [sheet_kind],
            )
        }

    def remember(self, step: Step, sheet_kind: str, titles_digest: str, columns: dict[str, str]) -> None:
        """Remember what the columns under these titles mean, instead of what was remembered before."""
        text = json.dumps(columns, ensure_ascii=False, sort_keys=True)
        known = self._file.value(
            "SELECT id FROM sheet_mappings WHERE sheet_kind = ? AND titles_digest = ? AND deleted_at IS NULL",
            [sheet_kind, titles_digest],
        )
        if known is None:
            step.insert("sheet_mappings", sheet_kind=sheet_kind, titles_digest=titles_digest, columns=text)
        else:
            step.update("sheet_mappings", known, columns=text)
