"""What an import would do with each row: new, changed, unchanged or a problem.

Identity follows three rules, in this order: the uid of our own exports; the remembered digest of the row's content;
the keys of the entry (name with ID number, phone or birth month; an opinion's number, date, name and words).
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from station_app.domain.cell_text import cell_text
from station_app.domain.sheet_mapping import DataRow

Kind = Literal["new", "changed", "unchanged", "problem"]


@dataclass(frozen=True)
class CellProblem:
    """What is wrong, or worth knowing, about a cell.

    Args:
        row: 1-based, as in Excel.
        column: letter as in Excel, or empty when it is about the whole row.
        reason: Chinese sentence that begins with the column's title.
    """

    row: int
    column: str
    reason: str

    def as_json(self) -> dict[str, int | str]:
        """Return the three parts for JSON."""
        return {"row": self.row, "column": self.column, "reason": self.reason}


class SheetRow(Protocol):
    """What a read row offers for comparison; `RosterRow` and `OpinionRow` do."""

    @property
    def row_number(self) -> int:
        """1-based row as in Excel."""

    @property
    def uid(self) -> str:
        """Uid of our own export, or empty."""

    @property
    def digest(self) -> str:
        """Digest of the row's content as written."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Identity keys, the strongest first; empty when the row has nothing but a name."""

    @property
    def label(self) -> str:
        """The name, to tell apart people of one name."""

    @property
    def values(self) -> Mapping[str, str]:
        """Canonical text of each field the sheet has a column for."""

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Why the row cannot be imported."""

    @property
    def notices(self) -> tuple[CellProblem, ...]:
        """Worth knowing; does not keep the row from being imported."""


@dataclass(frozen=True)
class Known:
    """An entry that is already registered.

    Args:
        uid: of the entry.
        keys: identity keys, made by the same function as those of the rows.
        current: canonical text of its fields as they are now.
        digest: of the row it was last imported from, or empty.
        imported: the row's values at that import; empty when it was never imported.
        label: its name.
        growing: fields whose codes a sheet adds to; what it leaves out is not taken away.
    """

    uid: str
    keys: tuple[str, ...]
    current: Mapping[str, str]
    digest: str = ""
    imported: Mapping[str, str] | None = None
    label: str = ""
    growing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Difference:
    """One field that differs.

    Args:
        field: key of the field.
        current / sheet: what is registered, what the sheet says.
        applies: False when the registered value was edited by hand since the last import: it is kept unless ticked.
    """

    field: str
    current: str
    sheet: str
    applies: bool = True


@dataclass(frozen=True)
class RowVerdict:
    """What an import would do with a row.

    Args:
        row: 1-based, as in Excel.
        kind: ``changed`` only when at least one difference applies.
        reason: of a problem, or what is kept.
        column: letter of the cell of a problem, or empty.
        differences: fields that differ from the registered entry.
        uid: of the registered entry the row is about, or empty.
    """

    row: int
    kind: Kind
    reason: str = ""
    column: str = ""
    differences: tuple[Difference, ...] = ()
    uid: str = ""

    def as_json(self) -> dict[str, int | str]:
        """Return row, column and reason for JSON."""
        return {"row": self.row, "column": self.column, "reason": self.reason}


def judge_rows(rows: Sequence[SheetRow], known: Iterable[Known]) -> tuple[RowVerdict, ...]:
    """Return a verdict for every row, in order. Nothing is written; judging twice gives the same.

    A row's blank cell never erases what is registered.
    """
    register = _Register(known)
    certain = register.claim_certain([(place, row) for place, row in enumerate(rows) if not row.problems])
    verdicts = []
    for place, row in enumerate(rows):
        if row.problems:
            first = row.problems[0]
            reason = " ".join(dict.fromkeys(problem.reason for problem in row.problems))
            verdicts.append(RowVerdict(row.row_number, "problem", reason, first.column))
        elif entry := certain.get(place):
            verdicts.append(_compared(row, entry))
        else:
            verdicts.append(_judge_by_keys(row, register))
    return tuple(verdicts)


def _judge_by_keys(row: SheetRow, register: "_Register") -> RowVerdict:
    entries = register.by_keys(row)
    if len(entries) > 1:
        return RowVerdict(row.row_number, "problem", f"“{row.label}”与已登记的 {len(entries)} 条都对得上，请核对。")
    if entries:
        register.claim(entries[0])
        return _compared(row, entries[0])
    if not row.keys and row.label in register.labels:
        return RowVerdict(
            row.row_number,
            "problem",
            f"已登记有“{row.label}”，本行没有电话或出生年月，分不清是不是同一人，请补上一项。",
        )
    return RowVerdict(row.row_number, "new")


def _compared(row: SheetRow, entry: Known) -> RowVerdict:
    if row.digest and row.digest == entry.digest:
        # Villages registered meanwhile may let more be read out of the same cells: that is no change of the sheet.
        return RowVerdict(row.row_number, "unchanged", uid=entry.uid)
    differences = tuple(
        Difference(field, entry.current.get(field, ""), text, applies)
        for field, said in row.values.items()
        if (text := _grown(said, entry.current.get(field, "")) if field in entry.growing else said)
        and (applies := _applies(text, entry.current.get(field, ""), (entry.imported or {}).get(field))) is not None
    )
    kept = sum(not difference.applies for difference in differences)
    reason = f"{kept} 项与已登记的不同，导入后有人改过或是手工登记的，保留现有内容。" if kept else ""
    kind: Kind = "changed" if kept < len(differences) else "unchanged"
    return RowVerdict(row.row_number, kind, reason, differences=differences, uid=entry.uid)


def _grown(said: str, known: str) -> str:
    """Return the registered codes and after them those that only the sheet has."""
    return ",".join(dict.fromkeys(code for code in (*known.split(","), *said.split(",")) if code))


def _applies(sheet: str, current: str, imported: str | None) -> bool | None:
    """Tell whether the sheet's value replaces the current one; None when there is nothing to do."""
    if not sheet or sheet in (current, imported) or _is_part_of(sheet, current):
        return None
    return current == (imported or "")


def _is_part_of(sheet: str, current: str) -> bool:
    """Tell whether a list says the same as the registered one where it says anything: 、第十八届 of 第十七届、第十八届."""
    said, known = sheet.split("、"), current.split("、")
    return len(said) == len(known) > 1 and all(one in ("", other) for one, other in zip(said, known, strict=True))


class _Register:
    """The registered entries by uid, digest and key, and which of them a row has claimed."""

    def __init__(self, known: Iterable[Known]) -> None:
        entries = list(known)
        self.labels = {entry.label for entry in entries}
        self._by_uid = {entry.uid: entry for entry in entries}
        self._by_digest: dict[str, list[Known]] = defaultdict(list)
        self._by_key: dict[str, list[Known]] = defaultdict(list)
        self._claimed: set[str] = set()
        for entry in entries:
            if entry.digest:
                self._by_digest[entry.digest].append(entry)
            for key in entry.keys:
                self._by_key[key].append(entry)

    def claim(self, entry: Known) -> None:
        """Keep ``entry`` from being matched by another row."""
        self._claimed.add(entry.uid)

    def claim_certain(self, rows: Sequence[tuple[int, SheetRow]]) -> dict[int, Known]:
        """Return and claim, by place in the list, the entries that rows surely mean; one line of a sheet may hold several.

        All uids go first, then all digests, then the strongest keys that fit one entry alone: a weaker sign never
        takes an entry that another row means for certain.
        """
        found: dict[int, Known] = {}
        waiting = list(rows)
        for candidates_of in (self._same_uid, self._same_digest, self._same_strongest_key):
            for place, row in waiting:
                if candidates := self._free(candidates_of(row)):
                    found[place] = candidates[0]
                    self.claim(candidates[0])
            waiting = [(place, row) for place, row in waiting if place not in found]
        return found

    def _same_uid(self, row: SheetRow) -> list[Known]:
        return [self._by_uid[row.uid]] if row.uid in self._by_uid else []

    def _same_digest(self, row: SheetRow) -> list[Known]:
        return self._by_digest.get(row.digest, [])

    def _same_strongest_key(self, row: SheetRow) -> list[Known]:
        entries = self._by_key.get(row.keys[0], []) if row.keys else []
        return entries if len(entries) == 1 else []

    def by_keys(self, row: SheetRow) -> list[Known]:
        """Return the unclaimed entries that share any key with the row."""
        found = {entry.uid: entry for key in row.keys for entry in self._free(self._by_key.get(key, ()))}
        return list(found.values())

    def _free(self, entries: Iterable[Known]) -> list[Known]:
        return [entry for entry in entries if entry.uid not in self._claimed]


def row_digest(row: DataRow) -> str:
    """Return the digest of a row's recognised cells as written, without 序号, which shifts when rows are inserted."""
    parts = [f"{key}={cell_text(row.cells.get(key))}" for key in sorted(row.mapping.keys - {"index"})]
    return short_digest("\x1f".join(parts))


def short_digest(text: str) -> str:
    """Return 32 hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
