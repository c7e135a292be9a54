"""Reading the log: steps and their changes, filtered, newest first, never all at once."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from station_app.domain.log_line import LogFilter, LogStep
from station_app.domain.record_words import ATTACHED_TO, OWNERS, TABLE_TITLES
from station_app.storage.station_file import StationFile

_LABELS: Final = {
    "stations": "name",
    "staff": "name",
    "villages": "name",
    "units": "name",
    "choices": "label",
    "deputies": "name",
    "groups": "name",
    "reception_days": "on_date",
    "visits": "number",
    "opinions": "number",
    "suggestions": "title",
    "holidays": "on_date",
    "settings": "key",
    "reserved_numbers": "number",
    "imported_rows": "''",
    "issued_summaries": "period_from || ' 至 ' || period_to",
    "attachments": "name",
    "operators": "name",
    "erasures": "asked_on",
    "papers": "number",
    "terms": "name",
    "constituencies": "name",
    "sheet_mappings": "''",
    "namesakes": "''",
}
"""What a record is called by; records that belong to another one are called like that one, and after what follows."""
_APART: Final = {
    "grids": "name",
    "mandates": "coalesce(nullif(constituency, ''), term)",
    "memberships": "(SELECT name FROM groups WHERE id = memberships.group_id)",
    "household_links": "name",
    "group_villages": "(SELECT name FROM villages WHERE id = group_villages.village_id)",
    "attendance": "(SELECT name FROM deputies WHERE id = attendance.deputy_id)",
    "visit_receivers": "name",
    "event_units": "(SELECT name FROM units WHERE id = event_units.unit_id)",
    "paper_opinions": "(SELECT number FROM opinions WHERE id = paper_opinions.opinion_id)",
    "suggestion_signers": "(SELECT name FROM deputies WHERE id = suggestion_signers.deputy_id)",
    "constituency_villages": "(SELECT name FROM villages WHERE id = constituency_villages.village_id)",
    "leaves": "from_on",
    "placements": "from_on",
    "checks": "on_date",
    "group_grids": "(SELECT name FROM grids WHERE id = group_grids.grid_id)",
    "station_villages": "(SELECT name FROM villages WHERE id = station_villages.village_id)",
}
"""What tells a record from the others that belong to the same one: whose attendance it is."""
_EVENT_NAME: Final = "on_date || ' ' || kind"

Record = tuple[str, str]
"""Table and uid."""


@dataclass(frozen=True)
class LoggedChange:
    """One change as the log keeps it; both images are None when a person's data were erased."""

    step_id: int
    table: str
    uid: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class LogBook:
    """The steps and changes of one file."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def steps(self, wanted: LogFilter, most: int, before: int | None = None) -> list[LogStep]:
        """Return the newest wanted steps.

        Args:
            most: how many at most.
            before: only steps with a lower id, to go on where the last call ended.
        """
        where, parameters = _where(wanted)
        if before is not None:
            where, parameters = f"{where} AND s.id < ?", [*parameters, before]
        found = self._file.tuples(
            "SELECT s.id, s.at, s.operator, s.label, s.undoes, (SELECT u.id FROM steps u WHERE u.undoes = s.id)"
            f" FROM steps s WHERE {where} ORDER BY s.id DESC LIMIT ?",
            [*parameters, most],
        )
        return [LogStep(*row) for row in found]

    def count(self, wanted: LogFilter) -> int:
        """Return how many steps are wanted."""
        where, parameters = _where(wanted)
        return int(self._file.value(f"SELECT count(*) FROM steps s WHERE {where}", parameters))

    def operators(self) -> list[str]:
        """Return everybody who ever did a step, in the order they first did."""
        return [str(row[0]) for row in self._file.tuples("SELECT operator FROM steps GROUP BY 1 ORDER BY min(id)")]

    def years(self) -> list[str]:
        """Return the years that have steps, the newest first."""
        return [str(row[0]) for row in self._file.tuples("SELECT DISTINCT substr(at, 1, 4) FROM steps ORDER BY 1 DESC")]

    def tables(self) -> set[str]:
        """Return the tables of which a record was ever touched."""
        asked = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM changes WHERE entity = '{table}')" for table in TABLE_TITLES
        )
        return {str(row[0]) for row in self._file.tuples(asked)}

    def touched(self, step_ids: Iterable[int]) -> dict[int, list[tuple[str, int, str]]]:
        """Return by step which tables it touched, how many records of each, and the uid of the oldest of them."""
        found: dict[int, list[tuple[str, int, str]]] = {}
        for step_id, *about in self._file.tuples(
            "SELECT step_id, entity, count(DISTINCT uid), min(uid) FROM changes"
            " WHERE step_id IN (SELECT value FROM json_each(?)) GROUP BY step_id, entity",
            [json.dumps(list(step_ids))],
        ):
            found.setdefault(step_id, []).append((about[0], about[1], about[2]))
        return found

    def changes(self, step_ids: Iterable[int], record: Record | None = None) -> Iterator[LoggedChange]:
        """Yield the changes of steps, newest step first, within a step in the order they were made.

        Args:
            record: only those of this record and what belongs to it.
        """
        where = "1"
        parameters: list[Any] = []
        if record is not None:
            family, parameters = _family(record[0], "uid = ?", [record[1]])
            where = f"(entity, uid) IN ({family})"
        for step_id, table, uid, before, after in self._file.tuples(
            "SELECT step_id, entity, uid, before, after FROM changes"
            f" WHERE step_id IN (SELECT value FROM json_each(?)) AND {where} ORDER BY step_id DESC, id",
            [json.dumps(list(step_ids)), *parameters],
        ):
            yield LoggedChange(step_id, table, uid, _image(before), _image(after))

    def columns(self, table: str) -> list[str]:
        """Return the columns of a table in the order they were thought of."""
        found = self._file.tuples("SELECT name FROM pragma_table_info(?) ORDER BY cid", [table])
        return [str(row[0]) for row in found]

    def owner(self, record: Record) -> Record:
        """Return the record that this one belongs to (an event's opinion), or itself."""
        above = self._above(record)
        return self.owner(above) if above else record

    def _above(self, record: Record) -> Record | None:
        table, uid = record
        if table == "erasures":
            found = self._file.tuples("SELECT entity, record_uid FROM erasures WHERE uid = ?", [uid])
        elif table == "attachments":
            at = self._file.tuples("SELECT owner, owner_id FROM attachments WHERE uid = ?", [uid])
            found = [(of, self._file.value(f"SELECT uid FROM {_known(of)} WHERE id = ?", [key])) for of, key in at]
        elif table in OWNERS:
            column, parent = OWNERS[table]
            uids = self._file.tuples(
                f"SELECT uid FROM {parent} WHERE id = (SELECT {column} FROM {table} WHERE uid = ?)", [uid]
            )
            found = [(parent, one) for (one,) in uids]
        else:
            found = []
        return (found[0][0], found[0][1]) if found else None

    def labels(self, table: str, uids: Iterable[str]) -> dict[str, str]:
        """Return what records are called by, by uid."""
        found = self._file.tuples(
            f"SELECT uid, {_called(table)} FROM {table} WHERE uid IN (SELECT value FROM json_each(?))",
            [json.dumps(list(uids))],
        )
        return {uid: str(text) for uid, text in found}

    def names(self, table: str, keys: Iterable[Any]) -> dict[Any, str]:
        """Return what references point to, by id (of an event also by uid: its date and kind)."""
        label = _EVENT_NAME if table == "events" else _called(table)
        found = self._file.tuples(
            f"SELECT id, uid, {label} FROM {table} WHERE id IN (SELECT value FROM json_each(?1))"
            " OR uid IN (SELECT value FROM json_each(?1))",
            [json.dumps(list(keys))],
        )
        return {key: str(text) for record_id, uid, text in found for key in (record_id, uid)}


def _where(wanted: LogFilter) -> tuple[str, list[Any]]:
    """Return the condition on ``steps s`` and its parameters."""
    parts: list[str] = ["1"]
    parameters: list[Any] = []
    if wanted.period:
        parts.append("s.at >= ? AND s.at < ? || '~'")
        parameters += [wanted.period, wanted.period]
    if wanted.operator:
        parts.append("s.operator = ?")
        parameters.append(wanted.operator)
    if wanted.kinds:
        marks = ", ".join("?" * len(wanted.kinds))
        parts.append(f"s.id IN (SELECT c.step_id FROM changes c WHERE c.entity IN ({marks}))")
        parameters += wanted.kinds
    if wanted.typed:
        pattern = "%" + wanted.typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        families = [_family(table, f"{label} LIKE ? ESCAPE '\\'", [pattern]) for table, label in _LABELS.items()]
        records = " UNION ALL ".join(family for family, _ in families)
        parts.append(
            f"(s.label LIKE ? ESCAPE '\\'"
            f" OR s.id IN (SELECT c.step_id FROM changes c WHERE (c.entity, c.uid) IN ({records})))"
        )
        parameters += [pattern, *(one for _, values in families for one in values)]
    if wanted.record:
        family, values = _family(wanted.record[0], "uid = ?", [wanted.record[1]])
        parts.append(f"s.id IN (SELECT c.step_id FROM changes c WHERE (c.entity, c.uid) IN ({family}))")
        parameters += values
    return " AND ".join(parts), parameters


def _family(table: str, condition: str, values: list[Any]) -> tuple[str, list[Any]]:
    """Return a query for table and uid of the records that fulfil a condition, of what belongs to them, and so on down."""
    own = f"FROM {_known(table)} WHERE {condition}"
    belonging = {child: f"{column} IN (SELECT id {own})" for child, (column, of) in OWNERS.items() if of == table}
    if table in ATTACHED_TO:
        belonging["attachments"] = f"owner = '{table}' AND owner_id IN (SELECT id {own})"
    if table != "erasures":
        belonging["erasures"] = f"entity = '{table}' AND record_uid IN (SELECT uid {own})"
    queries, parameters = [f"SELECT '{table}', uid {own}"], list(values)
    for child, theirs in belonging.items():
        below, more = _family(child, theirs, values)
        queries.append(below)
        parameters += more
    return " UNION ALL ".join(queries), parameters


def _known(table: str) -> str:
    """Return ``table`` if it is a table of records; names come from the log, and go into SQL text."""
    if table not in TABLE_TITLES:
        raise KeyError(table)
    return table


def _called(table: str) -> str:
    """Return the expression for what a row of ``table`` is called by."""
    if table not in OWNERS:
        return _LABELS[table]
    column, owner = OWNERS[table]
    of = f"(SELECT {_called(owner)} FROM {owner} WHERE id = {table}.{column})"
    return f"{of} || ' ' || {_APART[table]}" if table in _APART else of


def _image(text: str | None) -> dict[str, Any] | None:
    image: dict[str, Any] | None = json.loads(text) if text is not None else None
    return image
