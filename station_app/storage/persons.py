"""Entries of one person made into one, wherever they are referred to; and who are two people after all."""

from collections import Counter
from typing import Any, Final

from station_app.domain.attachment import Owner
from station_app.domain.groups import Membership
from station_app.domain.united_rows import UNITED, united_memberships
from station_app.storage.change_log import Step
from station_app.storage.groups import GroupRecords
from station_app.storage.schema import RECORD_TABLES
from station_app.storage.station_file import Row, StationFile

_DEPUTIES: Final = "deputies"


class PersonRecords:
    """Moves everything that refers to one entry of the roster to another one."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def references(self) -> list[tuple[str, str]]:
        """Return every table and column that refers to a deputy, as the file itself tells it."""
        return [
            (table, str(column))
            for table in sorted(RECORD_TABLES)
            for (column,) in self._file.tuples(
                'SELECT "from" FROM pragma_foreign_key_list(?) WHERE "table" = ? ORDER BY 1', [table, _DEPUTIES]
            )
        ]

    def counts(self, deputy_id: int) -> dict[str, int]:
        """Return how many records of each table refer to a deputy; tables without any are left out."""
        found: Counter[str] = Counter()
        for table, column in self.references():
            found[table] += int(
                self._file.value(f"SELECT count(*) FROM {table} WHERE {column} = ? AND deleted_at IS NULL", [deputy_id])
            )
        found["attachments"] = len(self._attached(deputy_id))
        return {table: count for table, count in found.items() if count}

    def apart(self) -> set[frozenset[str]]:
        """Return the pairs of uids that were said to be two people."""
        rows = self._file.tuples("SELECT first_uid, second_uid FROM namesakes WHERE deleted_at IS NULL")
        return {frozenset(row) for row in rows}

    def keep_apart(self, step: Step, first_uid: str, second_uid: str) -> None:
        """Remember that two entries are two people."""
        first, second = sorted((first_uid, second_uid))
        step.insert("namesakes", first_uid=first, second_uid=second)

    def unite(self, step: Step, kept_id: int, other_id: int) -> None:
        """Move all that refers to one deputy to another, and mark the one as deleted.

        What both say stays once: of two rows that say the same the other one's is marked as deleted, and what only it
        knew is added to the one that stays. Rows that were deleted before move along: who brings one back finds it
        where it belongs. Those deleted now stay with the other one: who brings that back brings them back with it.
        """
        references = self.references()
        moving = {reference: self._referring(*reference, other_id) for reference in references}
        self._place_who_was_always_here(step, kept_id, other_id)
        for table, column in references:
            if table == "memberships":
                self._unite_memberships(step, kept_id, other_id)
            elif table in UNITED and column == "deputy_id":
                self._unite_rows(step, table, kept_id, other_id)
            deleted = self._referring(table, column, other_id)
            for record_id, deleted_before in moving[table, column].items():
                if deleted_before or not deleted[record_id]:
                    step.update(table, record_id, **{column: kept_id})
        self._stand_in_for_nobody_oneself(step, kept_id)
        self._move_attachments(step, kept_id, other_id)
        self._move_memory(step, kept_id, other_id)
        step.delete(_DEPUTIES, other_id)

    def _referring(self, table: str, column: str, deputy_id: int) -> dict[int, bool]:
        """Return the rows that refer to a deputy: id, and whether it is marked as deleted."""
        rows = self._file.tuples(
            f"SELECT id, deleted_at IS NOT NULL FROM {table} WHERE {column} = ? ORDER BY id", [deputy_id]
        )
        return {record_id: bool(deleted) for record_id, deleted in rows}

    def _unite_rows(self, step: Step, table: str, kept_id: int, other_id: int) -> None:
        unite = UNITED[table]
        mine, theirs = self._rows(table, kept_id), self._rows(table, other_id)
        for row in theirs:
            current = row
            while match := next(((own, new) for own in mine if (new := unite(own, current)) is not None), None):
                own, new = match
                step.delete(table, current["id"])  # first: of some there may be only one at a time
                step.update(table, own["id"], **new)
                mine.remove(own)
                current = {**own, **new}
            mine.append(current)

    def _unite_memberships(self, step: Step, kept_id: int, other_id: int) -> None:
        mine, theirs = self._memberships(kept_id), self._memberships(other_id)
        if not theirs:
            return
        united = united_memberships(mine, theirs)
        GroupRecords(self._file).write_members(step, [*mine, *theirs], united)

    def _memberships(self, deputy_id: int) -> list[Membership]:
        names = ("group_id", "deputy_id", "from_on", "to_on", "id", "uid")
        return [
            Membership(leader=bool(row["leader"]), **{name: row[name] for name in names})
            for row in self._rows("memberships", deputy_id)
        ]

    def _place_who_was_always_here(self, step: Step, kept_id: int, other_id: int) -> None:
        """Say that somebody belongs here of whom one entry says nothing about it, which means just that.

        Else the other entry's time elsewhere, or before leaving, would be all that is known.
        """
        known = {deputy_id: self._rows("placements", deputy_id) for deputy_id in (kept_id, other_id)}
        told = [row for rows in known.values() for row in rows]
        if told and not all(known.values()) and all(row["to_on"] for row in told):
            step.insert("placements", deputy_id=kept_id, from_on=max(row["to_on"] for row in told))

    def _stand_in_for_nobody_oneself(self, step: Step, kept_id: int) -> None:
        for (record_id,) in self._file.tuples(
            "SELECT id FROM attendance WHERE deputy_id = ?1 AND stands_in_for = ?1", [kept_id]
        ):
            step.update("attendance", record_id, stands_in_for=None)

    def _move_attachments(self, step: Step, kept_id: int, other_id: int) -> None:
        """Move what is attached, behind the kept one's own; the same content stays once."""
        own = {row["sha256"]: row["id"] for row in self._attached(kept_id)}
        photo = self._file.value("SELECT photo_id FROM deputies WHERE id = ?", [kept_id])
        last = max((row["position"] for row in self._attached(kept_id)), default=-1)
        for row in self._attached(other_id, deleted=True):
            if row["deleted_at"] is not None or row["sha256"] not in own:
                last += 1
                step.update("attachments", row["id"], owner_id=kept_id, position=last)
                continue
            step.delete("attachments", row["id"])
            if photo == row["id"]:
                step.update(_DEPUTIES, kept_id, photo_id=own[row["sha256"]])

    def _move_memory(self, step: Step, kept_id: int, other_id: int) -> None:
        """Let the other entry's row of an imported sheet mean the kept one; who was told apart from it stays apart."""
        kept, other = (
            str(self._file.value("SELECT uid FROM deputies WHERE id = ?", [one])) for one in (kept_id, other_id)
        )
        known = {
            kind for (kind,) in self._file.tuples("SELECT sheet_kind FROM imported_rows WHERE record_uid = ?", [kept])
        }
        for record_id, kind in self._file.tuples(
            "SELECT id, sheet_kind FROM imported_rows WHERE record_uid = ? AND deleted_at IS NULL", [other]
        ):
            if kind not in known:
                step.update("imported_rows", record_id, record_uid=kept)
        apart = self.apart()
        for record_id, *pair in self._file.tuples(
            "SELECT id, first_uid, second_uid FROM namesakes WHERE ? IN (first_uid, second_uid) AND deleted_at IS NULL",
            [other],
        ):
            third = next(uid for uid in pair if uid != other)
            if third == kept or frozenset((kept, third)) in apart:
                step.delete("namesakes", record_id)
            else:
                first, second = sorted((kept, third))
                step.update("namesakes", record_id, first_uid=first, second_uid=second)

    def _rows(self, table: str, deputy_id: int) -> list[Row]:
        return self._file.rows(
            f"SELECT * FROM {table} WHERE deputy_id = ? AND deleted_at IS NULL ORDER BY id", [deputy_id]
        )

    def _attached(self, deputy_id: int, *, deleted: bool = False) -> list[dict[str, Any]]:
        return self._file.rows(
            "SELECT * FROM attachments WHERE owner = ? AND owner_id = ? AND (? OR deleted_at IS NULL) ORDER BY position, id",
            [Owner.DEPUTY, deputy_id, deleted],
        )
