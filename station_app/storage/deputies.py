"""Deputies, mandates, groups and memberships as rows."""

from collections import defaultdict
from typing import Any, Final

from station_app.domain.people import (
    Deputy,
    EndReason,
    Gender,
    Group,
    GroupKind,
    Level,
    Mandate,
    Membership,
)
from station_app.storage.change_log import Step
from station_app.storage.station_file import Row, StationFile

_DEPUTY_FIELDS: Final = (
    "name", "gender", "ethnicity", "birth_month", "party", "education", "post", "phone", "phone2", "id_number",
    "address", "village_id", "remark", "roster_order", "checked_on",
)  # fmt: skip
_MANDATE_FIELDS: Final = (
    "level", "term", "constituency", "card_number", "from_on", "to_on", "end_reason", "suspended",
)  # fmt: skip


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
        for mandate in deputy.mandates:
            step.insert("mandates", deputy_id=deputy_id, **_mandate_values(mandate))
        return deputy_id

    def change(self, step: Step, deputy: Deputy, pinyin: str, initials: str) -> None:
        """Change a deputy; mandates are matched by id, missing ones are deleted."""
        step.update("deputies", deputy.id, pinyin=pinyin, initials=initials, **_deputy_values(deputy))
        kept = {mandate.id for mandate in deputy.mandates}
        for mandate in self.one(deputy.id).mandates:
            if mandate.id not in kept:
                step.delete("mandates", mandate.id)
        for mandate in deputy.mandates:
            if mandate.id:
                step.update("mandates", mandate.id, **_mandate_values(mandate))
            else:
                step.insert("mandates", deputy_id=deputy.id, **_mandate_values(mandate))

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

    def groups(self) -> list[Group]:
        """Return every group with its members (past ones too) and villages."""
        villages: dict[int, list[int]] = defaultdict(list)
        for group_id, village_id in self._file.tuples(
            "SELECT group_id, village_id FROM group_villages WHERE deleted_at IS NULL ORDER BY id"
        ):
            villages[group_id].append(village_id)
        members: dict[int, list[Membership]] = defaultdict(list)
        for row in self._file.rows(
            "SELECT m.id, m.uid, m.group_id, m.deputy_id, m.from_on, m.to_on, m.leader FROM memberships m"
            " JOIN deputies d ON d.id = m.deputy_id AND d.deleted_at IS NULL"
            " WHERE m.deleted_at IS NULL ORDER BY m.leader DESC, d.roster_order, m.id"
        ):
            members[row["group_id"]].append(Membership(**{**row, "leader": bool(row["leader"])}))
        return [
            Group(
                **{**row, "kind": GroupKind(row["kind"])},
                village_ids=tuple(villages[row["id"]]),
                memberships=tuple(members[row["id"]]),
            )
            for row in self._file.rows(
                "SELECT id, uid, name, kind, households, arrangement, remark, position FROM groups"
                " WHERE deleted_at IS NULL ORDER BY kind, position, id"
            )
        ]

    def save_group(self, step: Step, group: Group) -> int:
        """Create (id 0) or change a group and the villages it keeps contact with."""
        values = {
            "name": group.name, "kind": group.kind, "households": group.households,
            "arrangement": group.arrangement, "remark": group.remark, "position": group.position,
        }  # fmt: skip
        group_id = group.id or step.insert("groups", **values)
        if group.id:
            step.update("groups", group_id, **values)
        present = dict(
            self._file.tuples(
                "SELECT village_id, id FROM group_villages WHERE group_id = ? AND deleted_at IS NULL", [group_id]
            )
        )
        for village_id in set(present) - set(group.village_ids):
            step.delete("group_villages", present[village_id])
        for village_id in group.village_ids:
            if village_id not in present:
                step.insert("group_villages", group_id=group_id, village_id=village_id)
        return group_id

    def join(self, step: Step, membership: Membership) -> None:
        """Add a membership from its date on."""
        step.insert(
            "memberships", group_id=membership.group_id, deputy_id=membership.deputy_id,
            from_on=membership.from_on, to_on=membership.to_on, leader=int(membership.leader),
        )  # fmt: skip

    def change_membership(self, step: Step, membership_id: int, **values: Any) -> None:
        """Change ``to_on`` or ``leader`` of a membership."""
        step.update("memberships", membership_id, **values)

    def _deputies(self, condition: str, parameters: tuple[Any, ...]) -> list[Deputy]:
        mandates: dict[int, list[Mandate]] = defaultdict(list)
        for row in self._file.rows(
            f"SELECT id, uid, deputy_id, {', '.join(_MANDATE_FIELDS)} FROM mandates"
            " WHERE deleted_at IS NULL ORDER BY from_on, id"
        ):
            mandates[row["deputy_id"]].append(_mandate(row))
        fields = ", ".join(f"d.{name}" for name in _DEPUTY_FIELDS)
        return [
            Deputy(
                **{**row, "gender": Gender(row["gender"])},
                mandates=tuple(sorted(mandates[row["id"]], key=lambda m: list(Level).index(m.level))),
            )
            for row in self._file.rows(
                f"SELECT d.id, d.uid, d.revision, {fields}, coalesce(nullif(v.short_name, ''), v.name, '') AS village"
                f" FROM deputies d LEFT JOIN villages v ON v.id = d.village_id"
                f" WHERE d.deleted_at IS NULL {condition} ORDER BY d.roster_order, d.id",
                parameters,
            )
        ]


def _mandate(row: Row) -> Mandate:
    values = {name: row[name] for name in _MANDATE_FIELDS}
    values["level"] = Level(row["level"])
    values["end_reason"] = EndReason(row["end_reason"]) if row["end_reason"] else None
    values["suspended"] = bool(row["suspended"])
    return Mandate(id=row["id"], uid=row["uid"], **values)


def _deputy_values(deputy: Deputy) -> dict[str, Any]:
    return {name: getattr(deputy, name) for name in _DEPUTY_FIELDS}


def _mandate_values(mandate: Mandate) -> dict[str, Any]:
    values = {name: getattr(mandate, name) for name in _MANDATE_FIELDS}
    values["suspended"] = int(mandate.suspended)
    return values
