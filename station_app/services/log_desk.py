"""The log to be looked through and handed out: who changed what, when, before and after."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from station_app.documents.columns import Sheet
from station_app.documents.ledgers import LOG_LEDGER
from station_app.domain.events import EVENT_LABELS, EventKind
from station_app.domain.log_line import (
    ACT_LABELS,
    ERASED_WORDS,
    Act,
    ChangedField,
    ChangedRecord,
    LogFilter,
    LogLine,
    LogStep,
)
from station_app.domain.record_words import (
    FLAGS,
    OWNERS,
    REFERENCES,
    TABLE_TITLES,
    UNSPOKEN,
    column_title,
    moment,
    reading,
    with_belonging,
)
from station_app.services.sheet_files import write_sheet
from station_app.storage.log_book import LogBook, LoggedChange
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support.safe_file import safe_name

PAGE = 500
"""Steps that are read at a time."""

MOST_ON_PAPER = 5000
"""Steps that are printed or exported at most; the paper says so when there were more."""

_LONGEST_CELL = 280  # characters; longer ones go on in the next line, so that nothing of a change is cut off on paper
_TABLE_ORDER = {table: place for place, table in enumerate(TABLE_TITLES)}


class LogDesk:
    """Reads the log. Reads only."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._book = LogBook(file)

    def steps(self, wanted: LogFilter, most: int = PAGE, before: int | None = None) -> list[LogStep]:
        """Return the newest wanted steps, with what they touched.

        Args:
            before: only steps with a lower id, to go on where the last call ended.
        """
        steps = self._book.steps(wanted, most, before)
        about = self.about(step.id for step in steps)
        return [replace(step, about=about.get(step.id, "")) for step in steps]

    def about(self, step_ids: Iterable[int]) -> dict[int, str]:
        """Return by step what it touched: ``来访 2026-0012、意见建议 3 条``."""
        touched = self._book.touched(step_ids)
        first: dict[str, set[str]] = defaultdict(set)
        for table, _, uid in (one for group in touched.values() for one in group):
            first[table].add(uid)
        labels = {table: self._labels(table, uids) for table, uids in first.items()}
        return {step_id: _about(one, labels) for step_id, one in touched.items()}

    def count(self, wanted: LogFilter) -> int:
        """Return how many steps are wanted."""
        return self._book.count(wanted)

    def operators(self) -> list[str]:
        """Return everybody who ever did a step."""
        return self._book.operators()

    def years(self) -> list[str]:
        """Return the years that have steps, the newest first."""
        return self._book.years()

    def kinds(self) -> list[str]:
        """Return the kinds of records that occur in the log; what belongs to another record counts for that one."""
        found = self._book.tables()
        return [table for table in TABLE_TITLES if table not in OWNERS and found & set(with_belonging(table))]

    def step(self, step_id: int) -> LogStep | None:
        """Return one step, or None when there is no such step."""
        found = self.steps(LogFilter(), 1, before=step_id + 1)
        return found[0] if found and found[0].id == step_id else None

    def record_name(self, record: tuple[str, str]) -> str:
        """Return kind and label of a record: ``意见建议 HX-2026-0012``."""
        table, uid = record
        return f"{TABLE_TITLES[table]} {self._labels(table, [uid]).get(uid, '')}".strip()

    def names(self, records: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Return what records are called by."""
        uids: dict[str, set[str]] = defaultdict(set)
        for table, uid in records:
            uids[table].add(uid)
        return {
            (table, uid): name for table, wanted in uids.items() for uid, name in self._labels(table, wanted).items()
        }

    def owner(self, record: tuple[str, str]) -> tuple[str, str]:
        """Return the record that this one belongs to (an event's opinion), or itself."""
        return self._book.owner(record)

    def records(
        self, step_ids: Iterable[int], record: tuple[str, str] | None = None, most: int | None = None
    ) -> list[ChangedRecord]:
        """Return what steps did, newest step first.

        Args:
            record: only this record and what belongs to it.
            most: how many changes at most, or None for all.
        """
        changes = list(islice(self._book.changes(step_ids, record), most))
        uids: dict[str, set[str]] = defaultdict(set)
        for change in changes:
            uids[change.table].add(change.uid)
        labels = {table: self._labels(table, found) for table, found in uids.items()}
        name_of = self._names(changes)
        columns = {table: self._book.columns(table) for table in uids}
        return [
            ChangedRecord(
                change.step_id,
                change.table,
                change.uid,
                f"{TABLE_TITLES[change.table]} {labels[change.table].get(change.uid, '')}".strip(),
                _act(change),
                _fields(change, columns[change.table], name_of),
            )
            for change in changes
        ]

    def lines(self, wanted: LogFilter, most: int = MOST_ON_PAPER) -> list[LogLine]:
        """Return the log as lines, one for each field that changed; a new record is one line."""
        steps = {step.id: step for step in self._book.steps(wanted, most)}
        lines: list[LogLine] = []
        for record in self.records(steps, wanted.record):
            step = steps[record.step_id]
            for field in _on_paper(record):
                lines.append(
                    LogLine(
                        len(lines) + 1, moment(step.at), step.operator, step.label, record.name,
                        field.title, field.before, field.after, step.standing,
                    )
                )  # fmt: skip
        return lines

    def sheet(self, wanted: LogFilter, title: str, most: int = MOST_ON_PAPER) -> Sheet:
        """Return the log, filled and ready to be written.

        Args:
            title: what is listed, e.g. ``2026年11月　操作员：肖敏``.
            most: how many steps at most; the head says so when there were more.
        """
        profile = StationRecords(self._file).profile()
        lines = self.lines(wanted, most)
        steps = self.count(wanted)
        of = f"共 {steps} 步" if steps <= most else f"最近 {most} 步，共 {steps} 步"
        return Sheet(
            title=LOG_LEDGER.title,
            head=(f"填报单位：{profile.name}", f"{title}　{of}", f"打印日期：{self._file.clock.today().isoformat()}"),
            columns=LOG_LEDGER.shown(),
            rows=tuple(lines),
            total={"": f"合计　{len(lines)} 行"},
            foot=("负责人：", "核对人：", f"打印人：{self._file.operator}", f"联系电话：{profile.phone}"),
            demo=profile.demo,
        )

    def file_name(self, title: str, suffix: str) -> str:
        """Return the name the log is exported under: 操作记录_2026年11月.xlsx."""
        return safe_name(f"{LOG_LEDGER.title}_{title}", suffix)

    def write(
        self,
        wanted: LogFilter,
        title: str,
        path: Path,
        progress: Callable[[float, str], None] = lambda _part, _word: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Write the log to ``path``; the suffix, ``.pdf`` or ``.xlsx``, says as what.

        Raises:
            StationFault: the file cannot be written.
            Cancelled: the clerk asked to stop; no file is left.
        """
        write_sheet(self.sheet(wanted, title), path, progress, cancelled)

    def _labels(self, table: str, uids: Iterable[str]) -> dict[str, str]:
        labels = self._book.labels(table, uids)
        if table == "settings":
            return {uid: reading("settings", "key", key, lambda _table, _key: "") for uid, key in labels.items()}
        return labels

    def _names(self, changes: Sequence[LoggedChange]) -> Callable[[str, Any], str]:
        """Return what finds the names of everything the changes refer to; read at once, not one by one."""
        keys: dict[str, set[Any]] = defaultdict(set)
        for image in (image for change in changes for image in (change.before, change.after) if image):
            for column, value in image.items():
                if column in REFERENCES and value:
                    keys[REFERENCES[column]].add(value)
        names = {table: self._book.names(table, wanted) for table, wanted in keys.items()}
        for key, name in names.get("events", {}).items():
            on, _, kind = name.partition(" ")
            names["events"][key] = f"{on} {EVENT_LABELS[EventKind(kind)]}"
        return lambda table, key: names.get(table, {}).get(key, "")


def _about(touched: list[tuple[str, int, str]], labels: dict[str, dict[str, str]]) -> str:
    """Return what a step touched: what belongs to another record only where that one was not touched itself."""
    tables = {table for table, _, _ in touched}
    parts = []
    for table, count, uid in sorted(touched, key=lambda one: _TABLE_ORDER[one[0]]):
        owner = OWNERS.get(table, ("", ""))[1]
        if owner in tables:
            continue
        label = labels[table].get(uid, "") if count == 1 else f"{count} 条"
        parts.append(f"{TABLE_TITLES[table]} {label}".strip())
    return "、".join(parts)


def _act(change: LoggedChange) -> Act:
    if change.after is None:
        return Act.ERASED
    if change.before is None:
        return Act.ADDED
    if "deleted_at" in change.after:
        return Act.DELETED if change.after["deleted_at"] else Act.RESTORED
    return Act.CHANGED


def _fields(
    change: LoggedChange, columns: Sequence[str], name_of: Callable[[str, Any], str]
) -> tuple[ChangedField, ...]:
    """Return the fields of a change in words, in the table's order; of a new record only those that say something."""
    after, before = change.after or {}, change.before or {}
    read = partial(reading, change.table, name_of=name_of)
    owner = OWNERS.get(change.table, ("", ""))[0]
    fields = []
    for column in columns:
        if column not in after or column in UNSPOKEN or column == "deleted_at":
            continue
        value = after[column]
        silent = column in {owner, "position", "recorded_at"} or (column in FLAGS and not value)
        if change.before is None and silent:
            continue
        field = ChangedField(column_title(change.table, column), read(column, before.get(column)), read(column, value))
        if field.before or field.after:
            fields.append(field)
    return tuple(fields)


def _on_paper(record: ChangedRecord) -> list[ChangedField]:
    """Return the lines of one record: its changed fields, or one line that tells a new or deleted record."""
    word = ACT_LABELS[record.act]
    if record.act is Act.ERASED:
        return [ChangedField(word, "", ERASED_WORDS)]
    if record.act is Act.ADDED:
        told = "　".join(f"{field.title}：{field.after}" for field in record.fields)
        return _in_pieces(ChangedField(word, "", told))
    fields = [piece for field in record.fields for piece in _in_pieces(field)]
    return fields if record.act is Act.CHANGED else [ChangedField(word, "", ""), *fields]


def _in_pieces(field: ChangedField) -> list[ChangedField]:
    """Return a field in as many lines as its longer value needs."""
    befores, afters = (
        [text[at : at + _LONGEST_CELL] for at in range(0, len(text), _LONGEST_CELL)]
        for text in (field.before, field.after)
    )
    return [
        ChangedField(field.title if place == 0 else f"{field.title}（续）", before, after)
        for place, (before, after) in enumerate(zip_longest(befores, afters, fillvalue=""))
    ]
