"""Unfinished forms: kept in the file outside the change log."""

import json
from typing import Any

from station_app.domain.kept_draft import KeptDraft
from station_app.storage.station_file import Row, StationFile


class Drafts:
    """Keeps what is being typed, by form and record (empty for a new one)."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def keep(self, form: str, record_uid: str, body: dict[str, Any]) -> str:
        """Keep an unfinished form and return the ISO time it was kept."""
        at = self._file.clock.stamp()
        self._file.plain_write(
            "INSERT INTO drafts (form, record_uid, saved_at, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (form, record_uid) DO UPDATE SET saved_at = excluded.saved_at, body = excluded.body",
            [form, record_uid, at, json.dumps(body, ensure_ascii=False)],
        )
        return at

    def kept(self, form: str, record_uid: str = "") -> KeptDraft | None:
        """Return what was kept for a form, or None."""
        found = self._file.rows(
            "SELECT form, record_uid, saved_at, body FROM drafts WHERE form = ? AND record_uid = ?", [form, record_uid]
        )
        return _read(found[0]) if found else None

    def all_of(self, form: str) -> list[KeptDraft]:
        """Return everything that was kept for a form, newest first."""
        rows = self._file.rows(
            "SELECT form, record_uid, saved_at, body FROM drafts WHERE form = ? ORDER BY saved_at DESC, record_uid DESC",
            [form],
        )
        return [_read(row) for row in rows]

    def everything(self) -> list[KeptDraft]:
        """Return everything that was kept, newest first."""
        return [
            _read(row)
            for row in self._file.rows(
                "SELECT form, record_uid, saved_at, body FROM drafts ORDER BY saved_at DESC, record_uid DESC"
            )
        ]

    def drop(self, form: str, record_uid: str = "") -> None:
        """Forget an unfinished form: it was saved or thrown away."""
        self._file.plain_write("DELETE FROM drafts WHERE form = ? AND record_uid = ?", [form, record_uid])


def _read(row: Row) -> KeptDraft:
    return KeptDraft(**{**row, "body": json.loads(row["body"])})
