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
    """Rows of the import memory. ``sheet_kind`` is ``roster`` or ``opinions``."""

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
