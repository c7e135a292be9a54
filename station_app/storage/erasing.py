"""Erasing a person's data on request: the record and its images in the log are blanked, the fact and the reason stay.

Personal Information Protection Law (个人信息保护法), article 47: a person may ask that personal information be deleted.
That a matter was raised, and what became of it, belongs to the official register and stays.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from station_app.domain.erasure import Erasure, Extent, HeldVisit, Span
from station_app.storage.attachments import ERASED_TEXT
from station_app.storage.change_log import Step
from station_app.storage.station_file import Row, StationFile

SOMEBODY: Final = "某某"

_BLANK_VISIT: Final = {
    "name": "", "pinyin": "", "initials": "", "anonymous": 1, "gender": "unknown", "phone": "", "no_phone": 1,
    "address": "", "village_group": "", "on_behalf_of": "", "notes": "",
}  # fmt: skip
_BLANK_HOUSEHOLD: Final = {"name": "", "address": "", "phone": "", "remark": ""}
_TOLD: Final = "kind IN ('fed_back', 'rated', 'ended')"
_TEXTS: Final = {
    "opinions": ("title", "words", "remark"),
    "events": ("text", "person", "phone", "decision", "way", "route"),
}
"""Where somebody may have written a name or phone into a text."""


@dataclass(frozen=True)
class Erased:
    """What was blanked: numbers of records; household links count as visits."""

    visits: int
    opinions: int
    drafts: int
    attachments: int


@dataclass(frozen=True)
class _Holding:
    """Everything that holds something of a person, as rows.

    Args:
        households: linked households with the person's name.
        told: events that name who was told.
        mentions: table and row of what holds name or phone in a text.
        brought: attachments of visits and opinions.
        handling: attachments of events.
        known: names and phones.
    """

    visits: list[Row]
    households: list[Row]
    opinions: list[Row]
    told: list[Row]
    mentions: list[tuple[str, Row]]
    brought: list[Row]
    handling: list[Row]
    imported: list[Row]
    drafts: list[Row]
    known: tuple[str, ...]


class Erasing:
    """Blanks what the file holds of a visitor or of a linked household.

    Registrations are named by the visit's id; linked households by minus the id of their link.
    """

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def of_person(self, name: str, phone: str, visit_id: int) -> list[HeldVisit]:
        """Return visits and linked households with this name or phone, deleted ones too, and one visit by its id.

        Visits come first, the newest first.
        """
        found = self._file.rows(
            "SELECT v.id, v.number, v.on_date AS 'on', v.name, v.phone,"
            " coalesce(nullif(v.address, ''), g.name, '') AS 'where',"
            " coalesce((SELECT group_concat(title, '、') FROM opinions WHERE visit_id = v.id), '') AS titles,"
            " v.deleted_at IS NOT NULL AS deleted FROM visits v LEFT JOIN villages g ON g.id = v.village_id"
            " WHERE (v.phone = ?1 AND ?1 <> '') OR (v.name = ?2 AND ?2 <> '') OR v.id = ?3"
            " ORDER BY v.on_date DESC, v.id DESC",
            [phone, name, visit_id],
        )
        found += self._file.rows(
            "SELECT -h.id AS id, '联户' AS number, h.from_on AS 'on', h.name, h.phone, h.address AS 'where',"
            " '联系代表 ' || d.name AS titles, h.deleted_at IS NOT NULL AS deleted"
            " FROM household_links h JOIN deputies d ON d.id = h.deputy_id"
            " WHERE (h.phone = ?1 AND ?1 <> '') OR (h.name = ?2 AND ?2 <> '') ORDER BY h.from_on DESC, h.id DESC",
            [phone, name],
        )
        return [HeldVisit(**row) for row in found]

    def extent(self, visit_ids: list[int]) -> Extent:
        """Return how many records hold something of the person who made some visits."""
        held = self._holding(visit_ids)
        return Extent(
            len(held.visits), len(held.opinions), len(held.told), len(held.mentions), len(held.brought),
            len(held.handling), len(held.imported), len(held.drafts), len(held.households),
        )  # fmt: skip

    def known(self, visit_ids: list[int]) -> tuple[str, ...]:
        """Return the names and phones that some visits tell."""
        return _known(self._visits(visit_ids) + self._households(visit_ids))

    def span(self, visit_ids: list[int]) -> Span:
        """Return from which step on the log holds some visits, and the step that would erase them now."""
        first = self._rows(
            "SELECT min(step_id) AS id FROM changes WHERE entity IN ('visits', 'household_links') AND uid IN ({})",
            [row["uid"] for row in self._visits(visit_ids) + self._households(visit_ids)],
        )[0]["id"]
        return Span(int(first or 0), int(self._file.value("SELECT coalesce(max(id), 0) + 1 FROM steps")))

    def visitor(self, step: Step, visit_ids: list[int], asked_on: str, reason: str, *, words_too: bool) -> Erased:
        """Blank the person in some visits, in the log, in the search index and in unfinished forms.

        Args:
            visit_ids: the visits of the one person.
            asked_on: ISO date of the request.
            reason: why, without naming the person.
            words_too: blank title and words of the opinions as well, and what is attached to their handling: they
                tell who it was. What is attached to visit and opinion goes in any case; see `drop_erased`.
        """
        held = self._holding(visit_ids)
        for row in held.visits:
            step.update("visits", row["id"], **_BLANK_VISIT)
        for row in held.households:
            step.update("household_links", row["id"], **_BLANK_HOUSEHOLD)
        for row in held.told:
            step.update("events", row["id"], person="", phone="")
        for table, row in held.mentions:
            step.update(table, row["id"], **_masked(self._row(table, row["id"]), _TEXTS[table], held.known))
        if words_too:
            for row in held.opinions:
                step.update("opinions", row["id"], title=ERASED_TEXT, words=ERASED_TEXT, remark="")
        attached = held.brought + (held.handling if words_too else [])
        for row in attached:
            step.update("attachments", row["id"], name=ERASED_TEXT, deleted_at=step.at)
        for row in held.imported:
            step.update("imported_rows", row["id"], row_values="{}")
        blanked = {("visits", row["uid"]) for row in held.visits} | {("events", row["uid"]) for row in held.told}
        blanked |= {("household_links", row["uid"]) for row in held.households}
        blanked |= {(table, row["uid"]) for table, row in held.mentions}
        blanked |= {("opinions", row["uid"]) for row in held.opinions} if words_too else set()
        blanked |= {("attachments", row["uid"]) for row in attached}
        blanked |= {("imported_rows", row["uid"]) for row in held.imported}
        digest = step.blank(sorted(blanked))
        for entity, rows in (("visits", held.visits), ("household_links", held.households)):
            for row in rows:
                step.insert(
                    "erasures", entity=entity, record_uid=row["uid"], asked_on=asked_on, reason=reason,
                    changes_digest=digest,
                )  # fmt: skip
        for row in held.drafts:
            self._file.plain_write(
                "DELETE FROM drafts WHERE form = ? AND record_uid = ?", [row["form"], row["record_uid"]]
            )
        people = len(held.visits) + len(held.households)
        return Erased(people, len(held.opinions) if words_too else 0, len(held.drafts), len(attached))

    def _holding(self, visit_ids: list[int]) -> _Holding:
        visits, households = self._visits(visit_ids), self._households(visit_ids)
        opinions = self._rows("SELECT id, uid FROM opinions WHERE visit_id IN ({})", visit_ids)
        cases = [row["id"] for row in opinions]
        events = self._rows(f"SELECT id, uid, {_TOLD} AS told FROM events WHERE opinion_id IN ({{}})", cases)
        known = _known(visits + households)
        candidates = [("opinions", row) for row in opinions] + [("events", row) for row in events]
        return _Holding(
            visits,
            households,
            opinions,
            [row for row in events if row["told"]],
            [(table, row) for table, row in candidates if self._mentions(table, row["uid"], known)],
            self._attached("visits", visit_ids) + self._attached("opinions", cases),
            self._attached("events", [row["id"] for row in events]),
            self._rows(
                "SELECT id, uid FROM imported_rows WHERE row_values <> '{{}}' AND record_uid IN ({})",
                [row["uid"] for row in (*visits, *households, *opinions)],
            ),
            [
                row
                for row in self._file.rows("SELECT form, record_uid, body FROM drafts")
                if any(text in row["body"] for text in known)
            ],
            known,
        )

    def _visits(self, ids: list[int]) -> list[Row]:
        return self._rows("SELECT id, uid, name, phone FROM visits WHERE id IN ({})", ids)

    def _households(self, ids: list[int]) -> list[Row]:
        return self._rows("SELECT id, uid, name, phone FROM household_links WHERE -id IN ({})", ids)

    def _mentions(self, table: str, uid: str, known: tuple[str, ...]) -> bool:
        """Tell whether any image of a record, an early one too, holds a name or phone."""
        images = self._file.tuples("SELECT before, after FROM changes WHERE entity = ? AND uid = ?", [table, uid])
        return any(text in image for row in images for image in row if image for text in known)

    def _attached(self, owner: str, owner_ids: list[int]) -> list[Row]:
        """Return what is or was attached to some records."""
        return self._rows(
            f"SELECT id, uid FROM attachments WHERE owner = '{owner}' AND name <> '{ERASED_TEXT}' AND owner_id IN ({{}})",
            owner_ids,
        )

    def _row(self, table: str, record_id: int) -> Row:
        return self._file.rows(f"SELECT * FROM {table} WHERE id = ?", [record_id])[0]

    def _rows(self, sql: str, keys: list[Any]) -> list[Row]:
        return self._file.rows(sql.format("SELECT value FROM json_each(?)"), [json.dumps(keys)])


class ErasureRecords:
    """What was erased, as the log tells it."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def all(self) -> list[Erasure]:
        """Return every erasure, newest first."""
        counts: dict[tuple[int, str], int] = {
            (step_id, table): count
            for step_id, table, count in self._file.tuples(
                "SELECT erased_by, entity, count(DISTINCT uid) FROM changes WHERE erased_by IS NOT NULL GROUP BY 1, 2"
            )
        }
        found = self._file.rows(
            "SELECT s.id, s.at, s.operator, e.asked_on, e.reason, group_concat(coalesce(v.number, '联户'), ' ') AS numbers"
            " FROM erasures e JOIN changes c ON c.entity = 'erasures' AND c.uid = e.uid AND c.before IS NULL"
            " JOIN steps s ON s.id = c.step_id LEFT JOIN visits v ON v.uid = e.record_uid GROUP BY s.id ORDER BY s.id DESC"
        )
        return [
            Erasure(
                row["id"], row["at"], row["operator"], row["asked_on"], row["reason"],
                tuple(sorted(str(row["numbers"]).split())),
                *(counts.get((row["id"], table), 0) for table in ("opinions", "events", "attachments")),
            )
            for row in found
        ]  # fmt: skip

    def spans(self, step_id: int | None = None) -> list[Span]:
        """Return for every erased record from when to when the log held it.

        Args:
            step_id: only of this erasure.
        """
        found = self._file.tuples(
            "SELECT (SELECT min(c.step_id) FROM changes c WHERE c.entity = e.entity AND c.uid = e.record_uid), l.step_id"
            " FROM erasures e JOIN changes l ON l.entity = 'erasures' AND l.uid = e.uid AND l.before IS NULL"
            " WHERE ?1 IS NULL OR l.step_id = ?1",
            [step_id],
        )
        return [Span(int(first), int(erased)) for first, erased in found]


def _known(visits: list[Row]) -> tuple[str, ...]:
    """Return names and phones, the longest first; a name of one character would stand everywhere."""
    texts = {text for row in visits for text in (row["name"], row["phone"]) if len(text) > 1}
    return tuple(sorted(texts, key=len, reverse=True))


def _masked(row: Row, columns: tuple[str, ...], known: tuple[str, ...]) -> dict[str, str]:
    masked = {}
    for column in columns:
        text = row[column]
        for word in known:
            text = text.replace(word, SOMEBODY)
        masked[column] = text
    return masked
