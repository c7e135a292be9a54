"""Deputies' suggestions and their signers as rows."""

from collections import defaultdict
from typing import Any, Final

from station_app.domain.people import Level
from station_app.domain.suggestion import SessionKind, Signer, Suggestion, SuggestionDraft, SuggestionKind
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile

_SQL: Final = """
    SELECT id, uid, opinion_id, kind, level, title, session_kind, term, session, number, submitted_on, remark
    FROM suggestions WHERE deleted_at IS NULL AND opinion_id IS NOT NULL
"""


class SuggestionRecords:
    """Rows of suggestions, one to an opinion at most."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def all(self) -> list[Suggestion]:
        """Return every suggestion, the first put forward first."""
        return self._suggestions("", ())

    def of_opinion(self, opinion_id: int) -> Suggestion | None:
        """Return the suggestion an opinion was turned into, or None."""
        return next(iter(self._suggestions("AND opinion_id = ?", (opinion_id,))), None)

    def save(self, step: Step, opinion_id: int, draft: SuggestionDraft) -> None:
        """Add or change the suggestion of an opinion and its signers."""
        values = {
            "kind": draft.kind, "level": draft.level, "title": draft.title, "session_kind": draft.session_kind,
            "term": draft.term, "session": draft.session, "number": draft.number, "submitted_on": draft.submitted_on,
            "remark": draft.remark,
        }  # fmt: skip
        known = self.of_opinion(opinion_id)
        if known is None:
            suggestion_id = step.insert("suggestions", opinion_id=opinion_id, **values)
        else:
            suggestion_id = known.id
            step.update("suggestions", suggestion_id, **values)
        self._save_signers(step, suggestion_id, (draft.leader_id or 0, *draft.seconder_ids))

    def _save_signers(self, step: Step, suggestion_id: int, deputy_ids: tuple[int, ...]) -> None:
        """Keep the signers in order, the leading one first."""
        known = dict(
            self._file.tuples(
                "SELECT deputy_id, id FROM suggestion_signers WHERE suggestion_id = ? AND deleted_at IS NULL",
                [suggestion_id],
            )
        )
        for deputy_id in set(known) - set(deputy_ids):
            step.delete("suggestion_signers", known[deputy_id])
        for position, deputy_id in enumerate(deputy_ids):
            values: dict[str, Any] = {"leading": int(position == 0), "position": position}
            if deputy_id in known:
                step.update("suggestion_signers", known[deputy_id], **values)
            else:
                step.insert("suggestion_signers", suggestion_id=suggestion_id, deputy_id=deputy_id, **values)

    def _suggestions(self, condition: str, parameters: tuple[Any, ...]) -> list[Suggestion]:
        rows = self._file.rows(f"{_SQL} {condition} ORDER BY submitted_on, id", parameters)
        if not rows:
            return []
        ids = ", ".join(str(row["id"]) for row in rows)
        signers: dict[int, list[Signer]] = defaultdict(list)
        for suggestion_id, deputy_id, name, leading in self._file.tuples(
            "SELECT s.suggestion_id, s.deputy_id, d.name, s.leading FROM suggestion_signers s"
            f" JOIN deputies d ON d.id = s.deputy_id WHERE s.deleted_at IS NULL AND s.suggestion_id IN ({ids})"
            " ORDER BY s.suggestion_id, s.leading DESC, s.position, s.id"
        ):
            signers[suggestion_id].append(Signer(deputy_id, name, bool(leading)))
        return [
            Suggestion(
                **{
                    **row,
                    "kind": SuggestionKind(row["kind"]),
                    "level": Level(row["level"]),
                    "session_kind": SessionKind(row["session_kind"]),
                },
                signers=tuple(signers[row["id"]]),
            )
            for row in rows
        ]
