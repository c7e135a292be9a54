"""What step 3 of a change of term lists: every person of the new list, and who is missing on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.people import GENDER_LABELS, Deputy, Gender
from station_app.domain.term_change import TAKEN_FIELDS, Fate, Newcomer, Outgoing, TermChange, differences
from station_app.ui.marks import Mark
from station_app.ui.theme import Tone


class ElectedKind(StrEnum):
    """How somebody stands between the new list and the roster."""

    DOUBTFUL = "doubtful"
    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"
    SAME = "same"
    MISSING = "missing"


ELECTED_LABELS = {
    ElectedKind.DOUBTFUL: "请确认",
    ElectedKind.NEW: "新任",
    ElectedKind.KNOWN: "已登记",
    ElectedKind.CHANGED: "连任有变",
    ElectedKind.SAME: "连任",
    ElectedKind.MISSING: "不在名单",
}
_TONES = {
    ElectedKind.DOUBTFUL: Tone.DANGER,
    ElectedKind.NEW: Tone.INFO,
    ElectedKind.KNOWN: Tone.INFO,
    ElectedKind.CHANGED: Tone.WARNING,
    ElectedKind.SAME: Tone.GOOD,
    ElectedKind.MISSING: Tone.QUIET,
}


@dataclass(frozen=True)
class ElectedRow:
    """A line of the table.

    Args:
        place: of a newcomer within the draft; -1 for one of the old term.
        deputy: as registered, or None.
        told: what differs, or what is to be decided.
    """

    kind: ElectedKind
    one: Outgoing | Newcomer
    name: str
    told: str
    place: int = -1
    deputy: Deputy | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What identifies the line across reloads."""
        return ("new", self.place) if isinstance(self.one, Newcomer) else ("old", self.one.deputy_id)


def elected_mark(row: ElectedRow) -> Mark:
    """Return the pill of a line."""
    return Mark(ELECTED_LABELS[row.kind], _TONES[row.kind])


ELECTED_LEDGER: Ledger[ElectedRow] = Ledger(
    "term_elected",
    "新一届名单",
    (
        Column("row", "行", lambda row: row.one.row or None, Kind.COUNT, 5),
        Column("name", "姓名", lambda row: row.name or "（请填写）", Kind.LABEL, 10),
        Column("kind", "结果", lambda row: ELECTED_LABELS[row.kind], Kind.LABEL, 11),
        Column("constituency", "选区", lambda row: row.one.constituency, Kind.TEXT, 13),
        Column("card_number", "代表证号", lambda row: row.one.card_number, Kind.CODE, 10),
        Column("told", "说明", lambda row: row.told, Kind.TEXT, 26),
    ),
)


def elected_rows(change: TermChange, deputies: Mapping[int, Deputy]) -> list[ElectedRow]:
    """Return the lines: what is to be decided first, then newcomers, then the old term by what became of it.

    Args:
        deputies: every registered one by id.
    """
    rows = [_newcomer_row(place, one, change, deputies) for place, one in enumerate(change.newcomers)]
    for old in change.outgoing:
        deputy = deputies[old.deputy_id]
        if old.fate is Fate.CARRIED:
            told = told_differences(deputy, old)
            kind = ElectedKind.CHANGED if told else ElectedKind.SAME
            rows.append(ElectedRow(kind, old, deputy.name, told, deputy=deputy))
        elif change.sheet_name and old.fate is Fate.ENDED:
            told = "登记簿里有，新名单上没有；按离任处理"
            rows.append(ElectedRow(ElectedKind.MISSING, old, deputy.name, told, deputy=deputy))
    return sorted(rows, key=lambda row: list(ElectedKind).index(row.kind))


def _newcomer_row(place: int, one: Newcomer, change: TermChange, deputies: Mapping[int, Deputy]) -> ElectedRow:
    if one.candidates:
        count = len(one.candidates)
        return ElectedRow(ElectedKind.DOUBTFUL, one, one.name, f"登记簿里有 {count} 位同名的，是不是同一人？", place)
    if one.deputy_id is None:
        told = "" if one.sheet or one.row else "手工新增"
        return ElectedRow(ElectedKind.NEW, one, one.name, told or one.sheet.get("post", ""), place)
    deputy = deputies[one.deputy_id]
    was = any(mandate.level is change.level for mandate in deputy.mandates)
    told = "；".join(
        part for part in ("曾任本级代表" if was else "已登记的其他层级代表", told_differences(deputy, one)) if part
    )
    return ElectedRow(ElectedKind.KNOWN, one, one.name, told, place, deputy)


def told_differences(deputy: Deputy, one: Outgoing | Newcomer) -> str:
    """Return what the list tells otherwise: 职务：教师 → 校长; with a word when it is not taken."""
    parts = [
        f"{TAKEN_FIELDS[key]}：{_word(key, current) or '（空）'} → {_word(key, listed)}"
        for key, current, listed in differences(deputy, one.sheet)
    ]
    return "；".join(_kept(parts, one.take))


def _kept(parts: list[str], take: bool) -> Iterator[str]:
    if parts and not take:
        yield "保留现有"
    yield from parts


def _word(key: str, text: str) -> str:
    return GENDER_LABELS[Gender(text)] if key == "gender" and text else text
