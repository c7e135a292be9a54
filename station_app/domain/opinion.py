"""An opinion (意见建议) with all that ledgers, figures and the screen say about it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from station_app.domain.events import Event
from station_app.domain.progress import Progress
from station_app.domain.unfolding import derive


class Source(StrEnum):
    """Whose opinion it is."""

    VOTER = "voter"
    DEPUTY = "deputy"


SOURCE_LABELS = {Source.VOTER: "群众意见", Source.DEPUTY: "代表意见"}


class Openness(StrEnum):
    """Who may know the petitioner."""

    OPEN = "open"
    UNIT_ONLY = "unit_only"
    CONFIDENTIAL = "confidential"


OPENNESS_LABELS = {Openness.OPEN: "公开", Openness.UNIT_ONLY: "仅告知承办单位", Openness.CONFIDENTIAL: "保密"}


@dataclass(frozen=True, slots=True)
class Case:
    """An opinion with all that ledgers, figures and the screen say about it.

    Args:
        number: 编号.
        raised_on: ISO date it was raised.
        petitioner: 提出人 as registered, 匿名 when no name was left; a deputy's name for 代表意见.
        village: short name, or empty for 全镇/其他.
        counts: whether its nature counts as 件.
        day_id / visit_id: the reception day and visit it came from, or None.
        room_id: the room or post it was raised in (its visit's, else its own), None for the station itself.
        pinyin: the petitioner's name spelled out and its initials, parted by blanks: ``zhongxiuying zxy``.
    """

    id: int
    uid: str
    number: str
    source: Source
    title: str
    words: str
    category: str
    nature: str
    counts: bool
    channel: str
    village_id: int | None
    village: str
    openness: Openness
    urgent: bool
    raised_on: str
    petitioner: str
    phone: str
    address: str
    people: int
    receivers: tuple[str, ...]
    visit_id: int | None
    day_id: int | None
    recorder: str
    remark: str
    events: tuple[Event, ...]
    progress: Progress
    revision: int = 1
    pinyin: str = ""
    proposer_id: int | None = None
    room_id: int | None = None

    def as_of(self, day: str) -> "Case":
        """Return the case as it stood at the end of ``day`` (ISO date)."""
        return replace(self, progress=derive(self.events, day))
