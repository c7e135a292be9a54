"""Finding anything anywhere: numbers, names, pinyin, phones, words."""

from dataclasses import dataclass
from typing import Final

from station_app.storage.station_file import StationFile

_OPINIONS: Final = """
    SELECT o.id, o.number, o.title, coalesce(nullif(p.short_name, ''), p.name, '') FROM opinions o
    LEFT JOIN visits v ON v.id = o.visit_id LEFT JOIN deputies d ON d.id = o.proposer_id
    LEFT JOIN villages p ON p.id = o.village_id
    WHERE o.deleted_at IS NULL AND (o.number LIKE :like ESCAPE '!' OR o.title LIKE :like ESCAPE '!'
        OR o.words LIKE :like ESCAPE '!' OR o.source_number = :text OR v.name LIKE :like ESCAPE '!'
        OR v.pinyin LIKE :start ESCAPE '!' OR (' ' || v.initials) LIKE :word ESCAPE '!'
        OR v.phone LIKE :like ESCAPE '!' OR d.name LIKE :like ESCAPE '!'
        OR EXISTS (SELECT 1 FROM events e WHERE e.opinion_id = o.id AND e.kind = 'answered'
            AND e.deleted_at IS NULL AND e.text LIKE :like ESCAPE '!'))
    ORDER BY o.raised_on DESC, o.id DESC LIMIT :most
"""
_VISITS: Final = """
    SELECT v.id, v.number, CASE WHEN v.anonymous THEN '匿名' ELSE v.name END, v.on_date FROM visits v
    WHERE v.deleted_at IS NULL AND (v.number LIKE :like ESCAPE '!' OR v.name LIKE :like ESCAPE '!'
        OR v.pinyin LIKE :start ESCAPE '!' OR (' ' || v.initials) LIKE :word ESCAPE '!'
        OR v.phone LIKE :like ESCAPE '!')
    ORDER BY v.on_date DESC, v.id DESC LIMIT :most
"""
_DEPUTIES: Final = """
    SELECT d.id, d.name, d.post, '' FROM deputies d
    WHERE d.deleted_at IS NULL AND (d.name LIKE :like ESCAPE '!' OR d.pinyin LIKE :start ESCAPE '!'
        OR (' ' || d.initials) LIKE :word ESCAPE '!' OR d.phone LIKE :like ESCAPE '!')
    ORDER BY d.roster_order, d.id LIMIT :most
"""


@dataclass(frozen=True)
class Found:
    """One record that fits what was typed; ``texts`` are what a list shows of it."""

    id: int
    texts: tuple[str, str, str]


class Search:
    """Looks through opinions, visits and deputies."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def opinions(self, typed: str, most: int) -> list[Found]:
        """Return opinions by number, title, words, answer, petitioner; newest first."""
        return self._find(_OPINIONS, typed, most)

    def visits(self, typed: str, most: int) -> list[Found]:
        """Return visits by 登记号, name, pinyin, phone; newest first."""
        return self._find(_VISITS, typed, most)

    def deputies(self, typed: str, most: int) -> list[Found]:
        """Return deputies by name, pinyin, initials, phone."""
        return self._find(_DEPUTIES, typed, most)

    def _find(self, sql: str, typed: str, most: int) -> list[Found]:
        plain = "".join(f"!{char}" if char in "!%_" else char for char in typed)
        latin = plain.replace(" ", "").lower() if typed.isascii() and typed.replace(" ", "").isalpha() else "\0"
        parameters = {
            "text": typed, "like": f"%{plain}%", "start": f"{latin}%", "word": f"% {latin}%", "most": most,
        }  # fmt: skip
        found = []
        for row in self._file.rows(sql, parameters):
            record_id, first, second, third = row.values()
            found.append(Found(record_id, (first, second, third)))
        return found
