"""The station itself: profile, staff, villages, units, lists and limits of holidays."""

from collections.abc import Mapping
from typing import Any, Final

from station_app.domain.station import (
    DEFAULT_CHOICES,
    Branch,
    Choice,
    ListKey,
    OrganKind,
    Staff,
    StaffPost,
    StationKind,
    StationProfile,
    Tier,
    Unit,
    Village,
)
from station_app.storage.change_log import Step
from station_app.storage.station_file import Row, StationFile

_PROFILE_FIELDS: Final = (
    "name", "code", "kind", "organ_kind", "organ_name", "county_name", "place", "phone", "population",
    "market_word", "market_endings", "term_name", "term_from", "demo", "branch",
)  # fmt: skip


class StationRecords:
    """Rows of the station, its people, places, units and lists."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def profile(self) -> StationProfile:
        """Return the station (the first one; rooms and posts hang below it)."""
        row = self._file.rows(
            f"SELECT {', '.join(_PROFILE_FIELDS)} FROM stations WHERE parent_id IS NULL ORDER BY id LIMIT 1"
        )[0]
        return StationProfile(
            **{
                **row,
                "kind": StationKind(row["kind"]),
                "organ_kind": OrganKind(row["organ_kind"]),
                "market_endings": tuple(int(ending) for ending in row["market_endings"].split(",") if ending),
                "demo": bool(row["demo"]),
                "branch": Branch(row["branch"]),
            }
        )

    def save_profile(self, step: Step, profile: StationProfile) -> None:
        """Create or change the station."""
        values: dict[str, Any] = {name: getattr(profile, name) for name in _PROFILE_FIELDS}
        values["market_endings"] = ",".join(str(ending) for ending in profile.market_endings)
        values["demo"] = int(profile.demo)
        record_id = self._file.value("SELECT id FROM stations WHERE parent_id IS NULL ORDER BY id LIMIT 1")
        if record_id is None:
            step.insert("stations", **values)
        else:
            step.update("stations", record_id, **values)

    def add_default_lists(self, step: Step) -> None:
        """Fill the editable lists of a new station."""
        for list_key, entries in DEFAULT_CHOICES.items():
            for position, (label, counts) in enumerate(entries):
                step.insert("choices", list_key=list_key, label=label, counts=int(counts), position=position)

    def villages(self) -> list[Village]:
        """Return the villages in hand-set order, retired ones last."""
        return [
            _village(row)
            for row in self._file.rows(
                "SELECT id, uid, name, short_name, groups_count, position, retired FROM villages"
                " WHERE deleted_at IS NULL ORDER BY retired, position, id"
            )
        ]

    def staff(self) -> list[Staff]:
        """Return the station's own people by post."""
        rows = self._file.rows("SELECT id, uid, name, post, phone, retired FROM staff WHERE deleted_at IS NULL")
        people = [Staff(**{**row, "post": StaffPost(row["post"]), "retired": bool(row["retired"])}) for row in rows]
        return sorted(people, key=lambda person: (person.retired, list(StaffPost).index(person.post), person.id))

    def units(self) -> list[Unit]:
        """Return the handling units: village, township, county, each in hand-set order."""
        rows = self._file.rows(
            "SELECT id, uid, name, tier, contact, phone, mobile, remark, position, retired FROM units WHERE deleted_at IS NULL"
        )
        units = [Unit(**{**row, "tier": Tier(row["tier"]), "retired": bool(row["retired"])}) for row in rows]
        return sorted(units, key=lambda unit: (unit.retired, list(Tier).index(unit.tier), unit.position, unit.id))

    def choices(self, list_key: ListKey) -> list[Choice]:
        """Return the entries of an editable list in hand-set order, retired ones last."""
        return [
            Choice(**{**row, "list_key": list_key, "counts": bool(row["counts"]), "retired": bool(row["retired"])})
            for row in self._file.rows(
                "SELECT id, uid, label, counts, position, retired FROM choices"
                " WHERE list_key = ? AND deleted_at IS NULL ORDER BY retired, position, id",
                [list_key],
            )
        ]

    def save(self, step: Step, table: str, record_id: int | None, values: dict[str, Any]) -> int:
        """Create (``record_id`` None) or change a village, unit, staff member or list entry."""
        if record_id is None:
            return step.insert(table, **values)
        step.update(table, record_id, **values)
        return record_id

    def holidays(self) -> dict[str, tuple[str, bool]]:
        """Return the clerk's own holidays and make-up days: ISO date → (name, is a working day)."""
        rows = self._file.rows("SELECT on_date, name, working FROM holidays WHERE deleted_at IS NULL")
        return {row["on_date"]: (row["name"], bool(row["working"])) for row in rows}

    def set_holidays(self, step: Step, year: int, days: Mapping[str, tuple[str, bool]]) -> None:
        """Put the clerk's own days of a year in the place of those kept so far: ISO date → (name, is a working day)."""
        kept = self._file.rows(
            "SELECT id, on_date, name, working FROM holidays WHERE deleted_at IS NULL AND on_date LIKE ?", [f"{year}-%"]
        )
        known = {row["on_date"]: (row["name"], bool(row["working"])) for row in kept}
        for row in kept:
            if days.get(row["on_date"]) != known[row["on_date"]]:
                step.delete("holidays", row["id"])
        for on, (name, working) in days.items():
            if known.get(on) != (name, working):
                step.insert("holidays", on_date=on, name=name, working=int(working))


def _village(row: Row) -> Village:
    return Village(
        id=row["id"],
        uid=row["uid"],
        name=row["name"],
        short_name=row["short_name"] or row["name"],
        groups=row["groups_count"],
        position=row["position"],
        retired=bool(row["retired"]),
    )
