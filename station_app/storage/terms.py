"""Terms and constituencies as rows."""

from collections import defaultdict

from station_app.domain.people import Level
from station_app.domain.terms import Constituency, Term
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile


class TermRecords:
    """The rows of terms and constituencies."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def all(self) -> list[Term]:
        """Return every term, highest level first, the newest first within a level."""
        rows = self._file.rows(
            "SELECT id, uid, level, name, from_on, to_on FROM terms WHERE deleted_at IS NULL ORDER BY from_on DESC, id DESC"
        )
        terms = [Term(**{**row, "level": Level(row["level"])}) for row in rows]
        return sorted(terms, key=lambda term: list(Level).index(term.level))

    def save(self, step: Step, term: Term) -> int:
        """Create (id 0) or change a term."""
        values = {"level": term.level, "name": term.name, "from_on": term.from_on, "to_on": term.to_on}
        if not term.id:
            return step.insert("terms", **values)
        step.update("terms", term.id, **values)
        return term.id

    def delete(self, step: Step, term_id: int) -> None:
        """Mark a term as deleted."""
        step.delete("terms", term_id)

    def delete_constituency(self, step: Step, constituency_id: int) -> None:
        """Mark a constituency as deleted."""
        step.delete("constituencies", constituency_id)

    def constituencies(self) -> list[Constituency]:
        """Return every constituency of every term, in hand-set order."""
        villages: dict[int, list[int]] = defaultdict(list)
        for constituency_id, village_id in self._file.tuples(
            "SELECT constituency_id, village_id FROM constituency_villages WHERE deleted_at IS NULL ORDER BY id"
        ):
            villages[constituency_id].append(village_id)
        return [
            Constituency(**{**row, "level": Level(row["level"])}, village_ids=tuple(villages[row["id"]]))
            for row in self._file.rows(
                "SELECT id, uid, level, term, name, seats, position FROM constituencies"
                " WHERE deleted_at IS NULL ORDER BY position, id"
            )
        ]

    def save_constituency(self, step: Step, constituency: Constituency) -> int:
        """Create (id 0) or change a constituency and the villages it covers."""
        values = {
            "level": constituency.level, "term": constituency.term, "name": constituency.name,
            "seats": constituency.seats, "position": constituency.position,
        }  # fmt: skip
        record_id = constituency.id or step.insert("constituencies", **values)
        if constituency.id:
            step.update("constituencies", record_id, **values)
        present = dict(
            self._file.tuples(
                "SELECT village_id, id FROM constituency_villages WHERE constituency_id = ? AND deleted_at IS NULL",
                [record_id],
            )
        )
        for village_id in present.keys() - set(constituency.village_ids):
            step.delete("constituency_villages", present[village_id])
        for village_id in constituency.village_ids:
            if village_id not in present:
                step.insert("constituency_villages", constituency_id=record_id, village_id=village_id)
        return record_id
