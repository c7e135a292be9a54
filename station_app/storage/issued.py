"""Summaries that were reported: rows with the very files, written once, and whether the log still vouches for them."""

import hashlib
from dataclasses import replace

from station_app.domain.issued import Issued
from station_app.domain.periods import Period, month
from station_app.storage.change_log import Step
from station_app.storage.station_file import Row, StationFile

_ALL = """
    SELECT i.id, i.uid, i.period_from, i.issued_on, i.issued_by, i.issued_to, i.closing_open, i.note, i.chain_head,
        i.pdf_sha256, i.created_at,
        (SELECT json_extract(c.after, '$.xlsx') FROM changes c
            WHERE c.entity = 'issued_summaries' AND c.uid = i.uid AND c.before IS NULL ORDER BY c.id LIMIT 1) xlsx_sha256
    FROM issued_summaries i
"""


class IssuedRecords:
    """The table of reported summaries."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def all(self) -> list[Issued]:
        """Return every report that stands, oldest first."""
        found: list[Issued] = []
        months: set[str] = set()
        for row in self._file.rows(f"{_ALL} WHERE i.deleted_at IS NULL ORDER BY i.id"):
            one = _issued(row)
            found.append(replace(one, corrects=one.period.from_on in months))
            months.add(one.period.from_on)
        return found

    def latest(self, period: Period) -> Issued | None:
        """Return the last report of a month, or None."""
        return next((one for one in reversed(self.all()) if one.period == period), None)

    def ending_on(self, day: str) -> Issued | None:
        """Return the last report of the month that ends on an ISO date, or None."""
        return next((one for one in reversed(self.all()) if one.period.to_on == day), None)

    def pdf(self, issued_id: int) -> bytes:
        """Return the PDF as it was reported."""
        return bytes(self._file.value("SELECT pdf FROM issued_summaries WHERE id = ?", [issued_id]))

    def xlsx(self, issued_id: int) -> bytes:
        """Return the workbook as it was reported."""
        return bytes(self._file.value("SELECT xlsx FROM issued_summaries WHERE id = ?", [issued_id]))

    def add(self, step: Step, issued: Issued, pdf: bytes, xlsx: bytes) -> int:
        """Keep a report with its files; return its id."""
        return step.insert(
            "issued_summaries",
            period_from=issued.period.from_on,
            period_to=issued.period.to_on,
            issued_on=issued.on,
            issued_by=issued.by,
            issued_to=issued.to,
            closing_open=issued.closing,
            note=issued.note,
            chain_head=issued.chain_head,
            pdf_sha256=issued.pdf_sha256,
            pdf=pdf,
            xlsx=xlsx,
        )

    def first_unvouched(self) -> Issued | None:
        """Return the first report, deleted ones too, that log or files contradict; None when all is well.

        Its mark must be one of the log's: otherwise the end of the log was cut off, or it is another log. Its files
        must be the bytes whose hashes the log holds.
        """
        for row in self._file.rows(f"{_ALL} ORDER BY i.id"):
            known = self._file.value("SELECT 1 FROM steps WHERE mac = ?", [row["chain_head"]])
            pdf, xlsx = (hashlib.sha256(read(row["id"])).hexdigest() for read in (self.pdf, self.xlsx))
            if not known or (pdf, xlsx) != (row["pdf_sha256"], row["xlsx_sha256"]):
                return _issued(row)
        return None


def _issued(row: Row) -> Issued:
    return Issued(
        row["id"], row["uid"], month(row["period_from"][:7]), row["issued_on"], row["issued_by"], row["issued_to"],
        row["closing_open"], row["note"], row["chain_head"], row["pdf_sha256"], row["xlsx_sha256"] or "",
        row["created_at"],
    )  # fmt: skip
