"""Erasing a person's data on request: the record and its images in the log are blanked, the fact and the reason stay.

Personal Information Protection Law (个人信息保护法), article 47: a person may ask that personal information be deleted.
That a matter was raised, and what became of it, belongs to the official register and stays.
"""

from dataclasses import dataclass
from typing import Any, Final

from station_app.storage.attachments import ERASED_TEXT
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile

_BLANK_VISIT: Final = {
    "name": "", "pinyin": "", "initials": "", "anonymous": 1, "gender": "unknown", "phone": "", "no_phone": 1,
    "address": "", "village_group": "", "on_behalf_of": "", "notes": "",
}  # fmt: skip


@dataclass(frozen=True)
class Erased:
    """What was blanked: numbers of records."""

    visits: int
    opinions: int
    drafts: int
    attachments: int


class Erasing:
    """Blanks what the file holds of a visitor."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def visitor(self, step: Step, visit_ids: list[int], asked_on: str, reason: str, *, words_too: bool) -> Erased:
        """Blank the person in some visits, in the log, in the search index and in unfinished forms.

        Args:
            visit_ids: the visits of the one person.
            asked_on: ISO date of the request.
            reason: why, without naming the person.
            words_too: blank title and words of the opinions as well, and what is attached to them: they tell who it
                was. What is attached to the visit goes in any case; for its contents see `drop_erased`.
        """
        visits = self._rows("SELECT id, uid, name, phone FROM visits WHERE id IN ({})", visit_ids)
        opinions = self._rows("SELECT id, uid FROM opinions WHERE visit_id IN ({})", visit_ids)
        told = self._rows(
            "SELECT id, uid FROM events WHERE kind IN ('fed_back', 'rated', 'ended')"
            " AND opinion_id IN (SELECT id FROM opinions WHERE visit_id IN ({}))",
            visit_ids,
        )
        for row in visits:
            step.update("visits", row["id"], **_BLANK_VISIT)
        for row in told:
            step.update("events", row["id"], person="", phone="")
        if words_too:
            for row in opinions:
                step.update("opinions", row["id"], title=ERASED_TEXT, words=ERASED_TEXT, remark="")
        attached = self._attached("visits", visit_ids)
        if words_too:
            attached += self._attached("opinions", [row["id"] for row in opinions])
        for row in attached:
            step.update("attachments", row["id"], name=ERASED_TEXT, deleted_at=step.at)
        blanked = [("visits", row["uid"]) for row in visits] + [("events", row["uid"]) for row in told]
        blanked += [("attachments", row["uid"]) for row in attached]
        blanked += [("opinions", row["uid"]) for row in opinions] if words_too else []
        digest = step.blank(blanked)
        for row in visits:
            step.insert(
                "erasures", entity="visits", record_uid=row["uid"], asked_on=asked_on, reason=reason,
                changes_digest=digest,
            )  # fmt: skip
        return Erased(len(visits), len(opinions) if words_too else 0, self._forget_drafts(visits), len(attached))

    def _attached(self, owner: str, ids: list[int]) -> list[dict[str, Any]]:
        """Return what is or was attached to some records; of opinions only what came in with them, no answers."""
        return self._rows(f"SELECT id, uid FROM attachments WHERE owner = '{owner}' AND owner_id IN ({{}})", ids)

    def _forget_drafts(self, visits: list[dict[str, Any]]) -> int:
        """Drop the unfinished forms in which the person's name or phone stands."""
        known = {text for row in visits for text in (row["name"], row["phone"]) if text}
        found = [
            row for row in self._file.rows("SELECT form, record_uid, body FROM drafts")
            if any(text in row["body"] for text in known)
        ]  # fmt: skip
        for row in found:
            self._file.plain_write(
                "DELETE FROM drafts WHERE form = ? AND record_uid = ?", [row["form"], row["record_uid"]]
            )
        return len(found)

    def _rows(self, sql: str, ids: list[int]) -> list[dict[str, Any]]:
        return self._file.rows(sql.format(", ".join("?" * len(ids))), ids)
