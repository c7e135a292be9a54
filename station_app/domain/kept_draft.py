"""An unfinished form as it was last kept."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class KeptDraft:
    """An unfinished form, kept in the file outside the change log.

    Args:
        form: which kind of form, e.g. ``deputy``.
        record_uid: the slot it is kept under; one form may have several.
        saved_at: ISO time.
        body: what was typed as JSON can hold it; ``record`` names what it is about, ``page`` where it is found again,
            ``title``, ``of`` and ``about`` what it is called on screen, ``right`` what it takes to go on with it.
    """

    form: str
    record_uid: str
    saved_at: str
    body: dict[str, Any]

    @property
    def record(self) -> str:
        """What it is about: the uid of a record, empty for a new one."""
        return str(self.body.get("record", ""))

    @property
    def page(self) -> str:
        """Key of the page on which it is found again; empty for what is no form."""
        return str(self.body.get("page", ""))

    def words(self) -> str:
        """Return which form it is, about what, and its first words: 交办 HX-2026-0012 “请派人查看…”."""
        return " ".join(str(self.body[key]) for key in ("title", "of", "about") if self.body.get(key))
