"""What stands on a 代表公示牌: what a station makes public about its deputies, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class WallCard:
    """One deputy as shown.

    Args:
        name: never cut; a long one takes two lines.
        levels: 县、镇人大代表.
        post: 单位及职务, or the constituency.
        places: villages the deputy keeps contact with, without a label; empty for none.
        phone: only with the deputy's consent; empty else.
        photo: returns the file of the photo, called when it is drawn; None draws a silhouette.
    """

    name: str
    levels: str
    post: str = ""
    places: str = ""
    phone: str = ""
    photo: Callable[[], bytes | None] | None = None


@dataclass(frozen=True)
class WallSection:
    """Deputies under one heading.

    Args:
        title: of the group or level; empty for no heading.
        note: beside it: 组长, villages.
    """

    title: str
    cards: tuple[WallCard, ...]
    note: str = ""


@dataclass(frozen=True)
class WallRoster:
    """The whole board.

    Args:
        station: 禾溪镇人大代表联络站.
        facts: pairs under the board: 站址, 接待时间, 联系电话.
        date: of the board, 2026年11月.
        paper: ``A4`` or ``A3``.
        demo: True prints 示例数据 on every page.
    """

    station: str
    sections: tuple[WallSection, ...]
    facts: tuple[tuple[str, str], ...] = ()
    date: str = ""
    paper: str = "A3"
    landscape: bool = True
    demo: bool = False
