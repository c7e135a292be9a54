"""Finding anything anywhere, one and two characters included.

Full-text indexes of words cannot find parts of Chinese words, and their tokenizers do not know the newest rare
characters. So every character is a token of its own, written as its code point, and what is typed is a phrase of them.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from station_app.storage.driver import Connection

if TYPE_CHECKING:
    from sqlite_utils import Database

_FIELD_END: Final = "end"
"""A token between fields, so that a phrase never runs from one into the next."""

_KINDS: Final = ("opinions", "visits", "deputies")
_TEXTS: Final = {
    "opinions": """
        SELECT o.id, o.number, o.title, o.words, o.source_number, CASE WHEN v.anonymous THEN '' ELSE v.name END,
            v.pinyin, v.initials, v.phone, d.name, d.pinyin, d.initials,
            (SELECT group_concat(e.text, ' ') FROM events e
                WHERE e.opinion_id = o.id AND e.kind = 'answered' AND e.deleted_at IS NULL)
        FROM opinions o LEFT JOIN visits v ON v.id = o.visit_id LEFT JOIN deputies d ON d.id = o.proposer_id
        WHERE o.deleted_at IS NULL AND o.id IN ({ids})
    """,
    "visits": """
        SELECT id, number, CASE WHEN anonymous THEN '' ELSE name END, pinyin, initials, phone, notes FROM visits
        WHERE deleted_at IS NULL AND id IN ({ids})
    """,
    "deputies": """
        SELECT id, name, pinyin, initials, phone, phone2, post FROM deputies
        WHERE deleted_at IS NULL AND id IN ({ids})
    """,
}
_SHOWN: Final = {
    "opinions": """
        SELECT o.id, o.number, o.title, coalesce(nullif(p.short_name, ''), p.name, '') FROM opinions o
        LEFT JOIN villages p ON p.id = o.village_id WHERE o.id IN ({ids})
    """,
    "visits": "SELECT id, number, CASE WHEN anonymous THEN '匿名' ELSE name END, on_date FROM visits WHERE id IN ({ids})",
    "deputies": "SELECT id, name, post, '' FROM deputies WHERE id IN ({ids})",
}
_BATCH: Final = 500
_ENCRYPTED_PIECE: Final = 3900


@dataclass(frozen=True)
class Found:
    """One record that fits what was typed; ``texts`` are what a list shows of it."""

    id: int
    texts: tuple[str, str, str]


def find(db: Connection, kind: str, typed: str, most: int) -> list[Found]:
    """Return the newest records of a kind that hold what was typed.

    Args:
        kind: ``opinions``, ``visits`` or ``deputies``.
        typed: characters, digits or letters; blanks and punctuation are passed over.
        most: how many at the most.
    """
    phrase = " ".join(_tokens(typed))
    if not phrase:
        return []
    rows = db.execute(
        f"SELECT rowid FROM search_{kind} WHERE search_{kind} MATCH ? ORDER BY rowid DESC LIMIT ?",
        [f'"{phrase}"', most],
    ).fetchall()
    ids = [int(row[0]) for row in rows]
    shown = {row[0]: Found(row[0], (row[1], row[2], row[3])) for row in db.execute(_SHOWN[kind].format(ids=_list(ids)))}
    return [shown[record_id] for record_id in ids if record_id in shown]


def refresh(db: Connection, touched: Iterable[tuple[str, int]]) -> None:
    """Index anew every record that a step touched, and those that show its texts.

    Args:
        touched: table and id of each record the step wrote.
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for table, record_id in touched:
        ids[table].add(record_id)
    ids["opinions"] |= _owners(
        db, "SELECT opinion_id FROM events WHERE kind = 'answered' AND id IN ({ids})", ids["events"]
    )
    ids["opinions"] |= _owners(db, "SELECT id FROM opinions WHERE visit_id IN ({ids})", ids["visits"])
    ids["opinions"] |= _owners(db, "SELECT id FROM opinions WHERE proposer_id IN ({ids})", ids["deputies"])
    for kind in _KINDS:
        for batch in _batches(ids[kind]):
            db.execute(f"DELETE FROM search_{kind} WHERE rowid IN ({_list(batch)})")
            for row in db.execute(_TEXTS[kind].format(ids=_list(batch))).fetchall():
                db.execute(f"INSERT INTO search_{kind} (rowid, body) VALUES (?, ?)", [row[0], _body(row[1:])])


def forget_deleted(db: Connection) -> None:
    """Drop what the indexes still hold of texts that are gone."""
    for kind in _KINDS:
        db.execute(f"INSERT INTO search_{kind} (search_{kind}) VALUES ('optimize')")


def fit_encrypted_pages(db: Connection) -> None:
    """Write the indexes anew in pieces that fit a page of an encrypted file, which is smaller by a seal of 80 bytes.

    Pieces of the usual size would take two pages each, and every page read has to be deciphered.
    """
    for kind in _KINDS:
        db.execute(f"INSERT INTO search_{kind} (search_{kind}, rank) VALUES ('pgsz', {_ENCRYPTED_PIECE})")
        db.execute(f"INSERT INTO search_{kind} (search_{kind}) VALUES ('optimize')")


def create_tables(db: "Database") -> None:
    """Create the indexes; they hold no text of their own and can be made anew from the records."""
    for kind in _KINDS:
        db.execute(
            f"CREATE VIRTUAL TABLE search_{kind} USING fts5(body, content='', contentless_delete=1, tokenize='ascii')"
        )


def _owners(db: Connection, sql: str, ids: set[int]) -> set[int]:
    return {row[0] for batch in _batches(ids) for row in db.execute(sql.format(ids=_list(batch)))}


def _batches(ids: set[int]) -> list[list[int]]:
    ordered = sorted(ids)
    return [ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH)]


def _list(ids: Iterable[int]) -> str:
    return ", ".join(str(int(record_id)) for record_id in ids)


def _body(texts: tuple[Any, ...]) -> str:
    return f" {_FIELD_END} ".join(" ".join(_tokens(str(text))) for text in texts if text)


def _tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [format(ord(char), "x") for char in folded if not char.isspace() and unicodedata.category(char)[0] in "LNSM"]
