"""Rows of the books about groups: 编组一览表 and 联系群众一览表, as printed on a day."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class GroupLine:
    """One group of the 编组一览表.

    Args:
        kind: 片区小组, 专业小组 or 进站编组.
        leader: name of the 组长, or empty.
        members: everybody with the levels, the leader first: 钟䶮(县、镇)、欧阳建国(镇).
        people: how many members.
        places: villages and grids.
        households: in contact, or None when nobody wrote it down.
        arrangement: when and where the group is on duty.
    """

    index: int
    group_id: int
    name: str
    kind: str
    leader: str
    members: str
    people: int
    places: str
    households: int | None
    arrangement: str
    remark: str


@dataclass(frozen=True)
class ContactLine:
    """One deputy of the 联系群众一览表.

    Args:
        levels: 县、镇.
        places: villages and grids.
        households: in contact, or None when nobody wrote it down.
        chats: messaging groups the deputy has joined (入群).
        phone: of the deputy; in what is published only with the deputy's consent, empty else.
    """

    index: int
    deputy_id: int
    name: str
    levels: str
    post: str
    groups: str
    places: str
    households: int | None
    chats: str
    phone: str
    remark: str


def places_words(places: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return villages with their grids: 竹坑村（第一网格、第二网格）、上坪村.

    Args:
        places: each village with the names of its grids; a village may occur more than once.
    """
    grids: dict[str, dict[str, None]] = {}
    for village, names in places:
        grids.setdefault(village, {}).update(dict.fromkeys(names))
    return "、".join(f"{village}（{'、'.join(names)}）" if names else village for village, names in grids.items())
