"""Who represented a village on a day, as a table for screen, clipboard and paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.people import Level
from station_app.domain.representation import WHY_LABELS, Representative


@dataclass(frozen=True)
class RepresentationLine:
    """A deputy in one level.

    Args:
        why: 选区选出 第三选区, 小组联系 枫林片区小组, 现住本村.
    """

    index: int
    deputy_id: int
    mandate_id: int
    level: str
    term: str
    name: str
    post: str
    why: str


REPRESENTATION_LEDGER: Ledger[RepresentationLine] = Ledger(
    "representation",
    "谁代表这个村",
    (
        Column("index", "序号", lambda row: row.index, Kind.COUNT, 5),
        Column("level", "代表层级", lambda row: row.level, Kind.LABEL, 8),
        Column("term", "届次", lambda row: row.term, Kind.LABEL, 10),
        Column("name", "姓名", lambda row: row.name, Kind.LABEL, 10),
        Column("why", "缘由", lambda row: row.why, Kind.TEXT, 24),
        Column("post", "工作单位及职务", lambda row: row.post, Kind.TEXT, 22),
    ),
)


def representation_rows(
    found: Sequence[Representative], level_word: Callable[[Level], str]
) -> list[RepresentationLine]:
    """Return the table's rows.

    Args:
        level_word: returns a level's word here.
    """
    return [
        RepresentationLine(
            index=index,
            deputy_id=one.deputy.id,
            mandate_id=one.mandate.id,
            level=level_word(one.mandate.level),
            term=one.mandate.term,
            name=one.deputy.name,
            post=one.deputy.post,
            why=f"{WHY_LABELS[one.why]}　{one.through}".strip(),
        )
        for index, one in enumerate(found, 1)
    ]
