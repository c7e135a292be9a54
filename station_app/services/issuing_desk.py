"""The desk at which a month's summary is reported (定稿报送): its files are kept and never changed."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from station_app.domain.issued import Issued, IssueDraft, Standing, issue_problems, note_words
from station_app.domain.periods import Period
from station_app.domain.problems import invalid, refuse
from station_app.services.done import REPORTS, Done
from station_app.services.month_report import Issue, MonthReport
from station_app.services.reports import Reports
from station_app.storage.issued import IssuedRecords
from station_app.storage.station_file import StationFile
from station_app.support.faults import StationFault
from station_app.support.safe_file import safe_name, write_file

_SIGNS: Final = {1: "增加", -1: "减少"}


@dataclass(frozen=True)
class Packed:
    """A summary ready to be kept, with its files.

    Args:
        issued: what is known of it; its id and uid come with keeping.
        pdf / xlsx: the files.
    """

    issued: Issued
    pdf: bytes
    xlsx: bytes


class IssuingDesk:
    """Reports months, lists what was reported, tells what changed since."""

    def __init__(self, file: StationFile, reports: Reports) -> None:
        self._file = file
        self._reports = reports
        self._records = IssuedRecords(file)

    def listed(self) -> list[Issued]:
        """Return every summary that was reported, newest first."""
        return self._records.all()[::-1]

    def latest(self, month: Period) -> Issued | None:
        """Return the last report of a month, or None."""
        return self._records.latest(month)

    def last_receiver(self) -> str:
        """Return to whom was reported last; empty the first time."""
        return next((one.to for one in self.listed()), "")

    def standing(self, month: Period) -> Standing:
        """Return how a month stands before it is reported; it takes a moment in a large register."""
        return self._standing(self._reports.month_report(month))

    def changes_since(self, issued: Issued) -> tuple[str, ...]:
        """Return what would read otherwise in a summary if it were made now, one line each; takes a moment."""
        return self._changes(issued, self._reports.month_report(issued.period))

    def pack(self, month: Period, typed: IssueDraft) -> Packed:
        """Make the files of a report. It takes a moment and writes nothing, so it may run over a second opening.

        Raises:
            InvalidInput: fields ``month``, ``on``, ``to``, ``note``, ``signed_by``.
            StationFault: the disk refuses.
        """
        draft, report = typed.cleaned(), self._reports.month_report(month)
        standing = self._standing(report)
        refuse(issue_problems(draft, standing, self._file.clock.today()))
        head, note = self._file.chain_head(), note_words(draft, standing)
        issue = Issue(date.fromisoformat(draft.on), head, note, standing.changes)
        try:
            pdf, xlsx = replace(report, issue=issue).files()
        except OSError as error:
            raise StationFault("月报没有写成。", "登记簿没有受影响。", "请检查磁盘空间后重试。") from error
        sums = [hashlib.sha256(content).hexdigest() for content in (pdf, xlsx)]
        issued = Issued(
            0, "", month, draft.on, self._file.operator, draft.to, standing.closing, note, head, sums[0], sums[1], "",
            standing.before is not None,
        )  # fmt: skip
        return Packed(issued, pdf, xlsx)

    def keep(self, packed: Packed) -> Done[Issued]:
        """Keep a packed summary as the one that is reported. Undo takes it off the list; the log keeps it.

        Raises:
            InvalidInput: something was saved since it was packed, so the paper names another end of the log.
            NotAllowed: the operator may not.
            StationFault: the disk refuses; nothing is reported.
        """
        if self._file.chain_head() != packed.issued.chain_head:
            raise invalid("month", "排版的时候登记簿有了新的改动，请再按一次“定稿报送”。")
        month = packed.issued.period
        issued = replace(packed.issued, by=self._file.operator)
        with self._file.write(f"定稿报送 {month.title}工作月报") as step:
            issued_id = self._records.add(step, issued, packed.pdf, packed.xlsx)
        kept = next(one for one in self.listed() if one.id == issued_id)
        return Done(kept, f"已定稿报送 {month.title}工作月报", frozenset({REPORTS}), step.id)

    def content(self, issued: Issued, format_: str) -> bytes:
        """Return a kept file as it was reported.

        Args:
            format_: ``pdf`` or ``xlsx``.

        Raises:
            StationFault: its bytes are not those that were reported.
        """
        of_pdf = format_ == "pdf"
        content = (self._records.pdf if of_pdf else self._records.xlsx)(issued.id)
        if hashlib.sha256(content).hexdigest() != (issued.pdf_sha256 if of_pdf else issued.xlsx_sha256):
            raise StationFault(
                f"{issued.name}保存的文件被改动过，与报出时的校验码不符。",
                "没有打开它，登记簿的其他内容不受影响。",
                "请在“操作记录”里核对记录，并与报出的纸质件或备份核对。",
            )
        return content

    def save(self, issued: Issued, path: Path) -> None:
        """Write a kept file where the clerk wants it; the suffix says which. Raises as `content`, or the disk refuses."""
        content = self.content(issued, path.suffix.lstrip(".").lower())
        write_file(path, lambda stream: stream.write(content))

    def file_name(self, issued: Issued, format_: str) -> str:
        """Return the name under which a kept file is proposed: 工作月报_2026年10月_报送2026-11-02.pdf."""
        return safe_name(f"工作月报_{issued.period.title}_{issued.kind}{issued.on}", f".{format_}")

    def _standing(self, report: MonthReport) -> Standing:
        month = report.figures.period
        before = self._records.latest(month)
        changes = self._changes(before, report) if before else ()
        return Standing(
            month, not report.is_running, report.comparison.ties, report.figures.count("closing"), before, changes
        )

    def _changes(self, issued: Issued, report: MonthReport) -> tuple[str, ...]:
        from station_app.documents.month_paper import figures_in

        old = figures_in(self._records.xlsx(issued.id))
        new = {row[0]: row[1] for row in report.paper(working=False).figures}
        lines = [
            f"{item.strip('　')}由{old[item]}改为{text}" for item, text in new.items() if old.get(item, text) != text
        ]
        carried = self._reports.carried_over(issued.period.to_on, report.cases, report.figures["closing"])
        if carried is not None and self._records.latest(issued.period) == issued:
            lines += [f"在办{_SIGNS[one.change]} {one.number}（{one.reason}）" for one in carried.corrections]
        return tuple(lines)
