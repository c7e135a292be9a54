"""Deputies with their mandates, leaves and places as rows."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, TypeVar

from station_app.domain.people import Deputy, EndReason, Gender, Leave, Level, Mandate, Placement
from station_app.storage.change_log import Step
from station_app.storage.station_file import Row, StationFile

_DEPUTY_FIELDS: Final = (
    "name", "gender", "ethnicity", "birth_month", "party", "education", "post", "phone", "phone2", "id_number",
    "address", "village_id", "remark", "roster_order", "checked_on", "checked_by", "skills", "languages", "phone_public",
    "duty_wishes", "photo_id",
)  # fmt: skip
_MANDATE_FIELDS: Final = (
    "level", "term", "constituency", "card_number", "from_on", "to_on", "end_reason", "suspended", "suspended_on",
)  # fmt: skip
_LEAVE_FIELDS: Final = ("from_on", "to_on", "reason")
_PLACEMENT_FIELDS: Final = ("station_id", "from_on", "to_on", "came_from", "went_to")
_Made = TypeVar("_Made")
_Dated = TypeVar("_Dated", Mandate, Leave, Placement)


class DeputyRecords:
    """The roster's rows."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def all(self) -> list[Deputy]:
        """Return every deputy with mandates, in roster order."""
        return self._deputies("", ())

    def one(self, deputy_id: int) -> Deputy:
        """Return one deputy.

        Raises:
            KeyError: there is none.
        """
        found = self._deputies("AND d.id = ?", (deputy_id,))
        if not found:
            raise KeyError(deputy_id)
        return found[0]

    def pinyin(self) -> dict[int, tuple[str, str]]:
        """Return pinyin and initials of every deputy by id."""
        rows = self._file.tuples("SELECT id, pinyin, initials FROM deputies WHERE deleted_at IS NULL")
        return {row[0]: (row[1], row[2]) for row in rows}

    def add(self, step: Step, deputy: Deputy, pinyin: str, initials: str) -> int:
        """Add a deputy with mandates; a roster order of 0 puts them last."""
        values = _deputy_values(deputy)
        if not deputy.roster_order:
            values["roster_order"] = 1 + (self._file.value("SELECT max(roster_order) FROM deputies") or 0)
        deputy_id = step.insert("deputies", pinyin=pinyin, initials=initials, **values)
        self._save_dated(step, replace(deputy, id=deputy_id), Deputy(""))
        return deputy_id

    def change(self, step: Step, deputy: Deputy, pinyin: str, initials: str) -> None:
        """Change a deputy; mandates, leaves and places are matched by id, missing ones are deleted."""
        before = self.one(deputy.id)
        step.update("deputies", deputy.id, pinyin=pinyin, initials=initials, **_deputy_values(deputy))
        self._save_dated(step, deputy, before)

    def change_dated(self, step: Step, deputy: Deputy) -> None:
        """Change what a deputy has several of: mandates, leaves, places; missing ones are deleted."""
        self._save_dated(step, deputy, self.one(deputy.id))

    def change_fields(self, step: Step, deputy_id: int, **values: Any) -> None:
        """Change some columns of a deputy."""
        step.update("deputies", deputy_id, **values)

    def has_history(self, deputy_id: int) -> bool:
        """Tell whether a deputy has signed in, received visitors, raised or signed something."""
        return bool(
            self._file.value(
                "SELECT EXISTS (SELECT 1 FROM attendance WHERE deputy_id = ?1 AND deleted_at IS NULL)"
                " OR EXISTS (SELECT 1 FROM visit_receivers WHERE deputy_id = ?1 AND deleted_at IS NULL)"
                " OR EXISTS (SELECT 1 FROM opinions WHERE proposer_id = ?1 AND deleted_at IS NULL)"
                " OR EXISTS (SELECT 1 FROM suggestion_signers WHERE deputy_id = ?1 AND deleted_at IS NULL)",
                [deputy_id],
            )
        )

    def delete(self, step: Step, deputy_id: int) -> None:
        """Mark a deputy as deleted."""
        step.delete("deputies", deputy_id)

    def _save_dated(self, step: Step, deputy: Deputy, before: Deputy) -> None:
        _save_rows(step, "mandates", deputy.id, before.mandates, deputy.mandates, _mandate_values)
        _save_rows(step, "leaves", deputy.id, before.leaves, deputy.leaves, _leave_values)
        _save_rows(step, "placements", deputy.id, before.placements, deputy.placements, _placement_values)

    def _deputies(self, condition: str, parameters: tuple[Any, ...]) -> list[Deputy]:
        mandates = self._of_each("mandates", (*_MANDATE_FIELDS, "entered"), _mandate)
        leaves = self._of_each("leaves", _LEAVE_FIELDS, lambda row: Leave(**row))
        placements = self._of_each("placements", _PLACEMENT_FIELDS, lambda row: Placement(**row))
        fields = ", ".join(f"d.{name}" for name in _DEPUTY_FIELDS)
        return [
            Deputy(
                **{**row, "gender": Gender(row["gender"]), "phone_public": bool(row["phone_public"])},
                mandates=tuple(sorted(mandates[row["id"]], key=lambda m: list(Level).index(m.level))),
                leaves=tuple(leaves[row["id"]]),
                placements=tuple(placements[row["id"]]),
            )
            for row in self._file.rows(
                f"SELECT d.id, d.uid, d.revision, {fields}, coalesce(nullif(v.short_name, ''), v.name, '') AS village"
                f" FROM deputies d LEFT JOIN villages v ON v.id = d.village_id"
                f" WHERE d.deleted_at IS NULL {condition} ORDER BY d.roster_order, d.id",
                parameters,
            )
        ]

    def _of_each(self, table: str, fields: tuple[str, ...], made: Callable[[Row], _Made]) -> dict[int, list[_Made]]:
        """Return the rows of a table that deputies have several of, by deputy, the oldest first."""
        found: dict[int, list[_Made]] = defaultdict(list)
        for row in self._file.rows(
            f"SELECT id, uid, deputy_id, {', '.join(fields)} FROM {table} WHERE deleted_at IS NULL ORDER BY from_on, id"
        ):
            found[row.pop("deputy_id")].append(made(row))
        return found


def _save_rows(
    step: Step,
    table: str,
    deputy_id: int,
    before: tuple[_Dated, ...],
    now: tuple[_Dated, ...],
    values: Callable[[_Dated], dict[str, Any]],
) -> None:
    kept = {one.id for one in now}
    for one in before:
        if one.id not in kept:
            step.delete(table, one.id)
    for one in now:
        if one.id:
            step.update(table, one.id, **values(one))
        else:
            step.insert(table, deputy_id=deputy_id, **values(one))


def _mandate(row: Row) -> Mandate:
    values = {name: row[name] for name in _MANDATE_FIELDS}
    values["level"] = Level(row["level"])
    values["end_reason"] = EndReason(row["end_reason"]) if row["end_reason"] else None
    values["suspended"] = bool(row["suspended"])
    return Mandate(id=row["id"], uid=row["uid"], by_election=row["entered"] == "by_election", **values)


def _deputy_values(deputy: Deputy) -> dict[str, Any]:
    return {**{name: getattr(deputy, name) for name in _DEPUTY_FIELDS}, "phone_public": int(deputy.phone_public)}


def _mandate_values(mandate: Mandate) -> dict[str, Any]:
    values = {name: getattr(mandate, name) for name in _MANDATE_FIELDS}
    values["suspended"] = int(mandate.suspended)
    values["entered"] = "by_election" if mandate.by_election else ""
    return values


def _leave_values(leave: Leave) -> dict[str, Any]:
    return {name: getattr(leave, name) for name in _LEAVE_FIELDS}


def _placement_values(placement: Placement) -> dict[str, Any]:
    return {name: getattr(placement, name) for name in _PLACEMENT_FIELDS}
