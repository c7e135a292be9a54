"""Papers that were printed, as rows. What went out on paper is found by its code even after its printing was undone."""

from collections.abc import Callable, Sequence
from typing import Any

from station_app.domain.papers import Paper, PaperKind, new_code
from station_app.storage.change_log import Step
from station_app.storage.station_file import Row, StationFile

_PAPERS = """
    SELECT id, uid, kind, code, number, document_number, unit_id, recipient, copies_to, printed_on, printed_by,
        returned_on FROM papers
"""


class PaperRecords:
    """The tables of papers and of the matters on them."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def paper(self, paper_id: int) -> Paper:
        """Return one paper.

        Raises:
            KeyError: there is none.
        """
        found = self._papers("WHERE id = ?", [paper_id])
        if not found:
            raise KeyError(paper_id)
        return found[0]

    def by_code(self, code: str) -> Paper | None:
        """Return the paper with this return code, or None; one whose printing was undone lies somewhere all the same."""
        return next(iter(self._papers("WHERE code = ?", [code])), None)

    def of_opinion(self, opinion_id: int) -> list[Paper]:
        """Return the papers that are about a matter, the newest first."""
        return self._papers(
            "WHERE deleted_at IS NULL AND id IN (SELECT paper_id FROM paper_opinions WHERE opinion_id = ?)"
            " ORDER BY id DESC",
            [opinion_id],
        )

    def find(self, typed: str, most: int) -> list[Paper]:
        """Return the newest papers whose number or 发文字号 holds what was typed."""
        return self._papers(
            "WHERE deleted_at IS NULL AND (instr(replace(number, ' ', ''), ?) OR instr(document_number, ?))"
            " ORDER BY id DESC LIMIT ?",
            [typed.replace(" ", ""), typed, most],
        )

    def next_serial(self, kind: PaperKind, year: int) -> int:
        """Take the next serial of a kind; it is never given back, see `Numbers.next`."""
        series = f"paper.{kind}"
        self._file.plain_write(
            "INSERT INTO counters (series, year, last) VALUES (?, ?, 1)"
            " ON CONFLICT (series, year) DO UPDATE SET last = last + 1",
            [series, year],
        )
        return int(self._file.value("SELECT last FROM counters WHERE series = ? AND year = ?", [series, year]))

    def unused_code(self, random_below: Callable[[int], int]) -> str:
        """Return a return code that no paper ever had."""
        while True:
            code = new_code(random_below)
            if self._file.value("SELECT 1 FROM papers WHERE code = ?", [code]) is None:
                return code

    def add(self, step: Step, opinion_ids: Sequence[int], **values: Any) -> int:
        """Add a paper about matters, in their order on it; ``values`` are the columns of the table."""
        paper_id = step.insert("papers", **values)
        for position, opinion_id in enumerate(opinion_ids):
            step.insert("paper_opinions", paper_id=paper_id, opinion_id=opinion_id, position=position)
        return paper_id

    def mark_returned(self, step: Step, paper_id: int, on: str) -> None:
        """Note the ISO date a paper came back."""
        step.update("papers", paper_id, returned_on=on)

    def _papers(self, condition: str, parameters: Sequence[Any]) -> list[Paper]:
        return [self._paper(row) for row in self._file.rows(f"{_PAPERS} {condition}", parameters)]

    def _paper(self, row: Row) -> Paper:
        ids = self._file.tuples(
            "SELECT opinion_id FROM paper_opinions WHERE paper_id = ? ORDER BY position, id", [row["id"]]
        )
        return Paper(**{**row, "kind": PaperKind(row["kind"]), "opinion_ids": tuple(found for (found,) in ids)})
