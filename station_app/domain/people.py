"""Deputies: their mandates, leaves and places, and their line on the roster."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from station_app.domain.problems import FieldProblem
from station_app.domain.station import OrganKind


class Level(StrEnum):
    """Level of the congress a mandate belongs to, highest first."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


def level_label(level: Level, organ_kind: OrganKind = OrganKind.TOWN) -> str:
    """Return 全国, 省, 市, 县 or the township's own word (镇 or 乡)."""
    township = "镇" if organ_kind is OrganKind.TOWN else "乡"
    return {
        Level.NATIONAL: "全国",
        Level.PROVINCIAL: "省",
        Level.CITY: "市",
        Level.COUNTY: "县",
        Level.TOWNSHIP: township,
    }[level]


class Gender(StrEnum):
    """Gender as registered."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


GENDER_LABELS = {Gender.MALE: "男", Gender.FEMALE: "女", Gender.UNKNOWN: ""}


class EndReason(StrEnum):
    """Why a mandate ended (Deputies Law, chapter on suspension and termination)."""

    TERM_OVER = "term_over"
    RESIGNED = "resigned"
    MOVED = "moved"
    ABSENT_TWICE = "absent_twice"
    RECALLED = "recalled"
    LOST_NATIONALITY = "lost_nationality"
    DEPRIVED = "deprived"
    INCAPACITATED = "incapacitated"
    DIED = "died"


END_REASON_LABELS = {
    EndReason.TERM_OVER: "任期届满",
    EndReason.RESIGNED: "辞职被接受",
    EndReason.MOVED: "迁出或调离",
    EndReason.ABSENT_TWICE: "未经批准两次不出席",
    EndReason.RECALLED: "罢免",
    EndReason.LOST_NATIONALITY: "丧失国籍",
    EndReason.DEPRIVED: "剥夺政治权利",
    EndReason.INCAPACITATED: "丧失行为能力",
    EndReason.DIED: "去世",
}


class Standing(StrEnum):
    """How a deputy stands to the station on a day."""

    SERVING = "serving"
    SUSPENDED = "suspended"
    ON_LEAVE = "on_leave"
    LEFT = "left"
    MOVED_AWAY = "moved_away"
    COMING = "coming"


STANDING_LABELS = {
    Standing.SERVING: "在任",
    Standing.SUSPENDED: "暂停履职",
    Standing.ON_LEAVE: "请假",
    Standing.LEFT: "已离任",
    Standing.MOVED_AWAY: "已转出",
    Standing.COMING: "未到任",
}
IN_OFFICE = frozenset({Standing.SERVING, Standing.SUSPENDED, Standing.ON_LEAVE})
FORMER = frozenset({Standing.LEFT, Standing.MOVED_AWAY})


@dataclass(frozen=True)
class Mandate:
    """A deputy's mandate (代表职务). Dates are ISO text; ``to_on`` empty while it lasts.

    Args:
        suspended: 暂时停止执行代表职务 (Deputies Law, chapter on suspension and termination): no duty is
            dealt; why is never printed.
        suspended_on: since when, or empty when nobody wrote it down.
        by_election: elected in a by-election (补选).
    """

    level: Level
    term: str = ""
    constituency: str = ""
    card_number: str = ""
    from_on: str = ""
    to_on: str = ""
    end_reason: EndReason | None = None
    suspended: bool = False
    id: int = 0
    uid: str = ""
    by_election: bool = False
    suspended_on: str = ""

    def holds_on(self, day: str) -> bool:
        """Tell whether the mandate is in force on ``day`` (ISO date)."""
        return (not self.from_on or self.from_on <= day) and (not self.to_on or day <= self.to_on)

    def is_exercised_on(self, day: str) -> bool:
        """Tell whether the mandate is in force and not suspended on ``day`` (ISO date)."""
        return self.holds_on(day) and not (self.suspended and self.suspended_on <= day)


@dataclass(frozen=True)
class Leave:
    """A time in which a deputy is dealt no duty (请假): ISO dates, both days included; ``to_on`` empty: until further notice."""

    from_on: str
    to_on: str = ""
    reason: str = ""
    id: int = 0
    uid: str = ""

    def holds_on(self, day: str) -> bool:
        """Tell whether the deputy is away on ``day`` (ISO date)."""
        return self.from_on <= day and (not self.to_on or day <= self.to_on)


@dataclass(frozen=True)
class Placement:
    """Where a deputy belongs, from–to (ISO dates); ``to_on`` is the day of leaving, on which it holds no more.

    A deputy without any belongs to the station itself, as long as there is a mandate.

    Args:
        station_id: the room or post, None for the station itself.
        came_from: name of the other station the deputy came from, or empty.
        went_to: name of the other station the deputy went to, or empty.
    """

    station_id: int | None = None
    from_on: str = ""
    to_on: str = ""
    came_from: str = ""
    went_to: str = ""
    id: int = 0
    uid: str = ""

    def holds_on(self, day: str) -> bool:
        """Tell whether the deputy belongs there on ``day`` (ISO date)."""
        return self.from_on <= day and (not self.to_on or day < self.to_on)


@dataclass(frozen=True)
class Deputy:
    """A deputy (代表) with every mandate ever held.

    Args:
        birth_month: ``YYYY-MM`` or empty.
        skills: professional skills (专长), free text.
        languages: languages and dialects (语言).
        phone_public: the deputy agrees that the phone is published.
        duty_wishes: when duty suits (值班意愿), free text.
        photo_id: the attachment that is the portrait, or None.
        roster_order: hand-set order of papers (排序号).
        checked_on: ISO date of the last check of the entry, or empty.
        checked_by: who checked it.
    """

    name: str
    gender: Gender = Gender.UNKNOWN
    ethnicity: str = ""
    birth_month: str = ""
    party: str = ""
    education: str = ""
    post: str = ""
    phone: str = ""
    phone2: str = ""
    id_number: str = ""
    address: str = ""
    village_id: int | None = None
    village: str = ""
    remark: str = ""
    roster_order: int = 0
    checked_on: str = ""
    mandates: tuple[Mandate, ...] = ()
    id: int = 0
    uid: str = ""
    revision: int = 0
    skills: str = ""
    languages: str = ""
    phone_public: bool = False
    duty_wishes: str = ""
    photo_id: int | None = None
    checked_by: str = ""
    leaves: tuple[Leave, ...] = ()
    placements: tuple[Placement, ...] = ()

    def levels_on(self, day: str) -> tuple[Level, ...]:
        """Return the levels held on ``day``, highest first."""
        held = {mandate.level for mandate in self.mandates if mandate.holds_on(day)}
        return tuple(level for level in Level if level in held)

    def belongs_on(self, day: str) -> bool:
        """Tell whether the deputy belongs to this station, or to a room or post of it, on ``day``."""
        return not self.placements or any(one.holds_on(day) for one in self.placements)

    def place_on(self, day: str) -> int | None:
        """Return the room or post the deputy belongs to on ``day``; None for the station itself, or for none."""
        return next((one.station_id for one in self.placements if one.holds_on(day)), None)

    def serves_on(self, day: str) -> bool:
        """Tell whether the deputy holds a mandate and belongs to this station on ``day``."""
        return bool(self.levels_on(day)) and self.belongs_on(day)

    @property
    def gone_on(self) -> str:
        """The first day (ISO date) from which the deputy is none here any more, or empty while there is no end.

        The day after the last one of the last mandate, or the day of going to another station. Places in groups and
        linked households end then: on that day they count no more.
        """
        days = []
        if self.mandates and all(one.to_on for one in self.mandates):
            last = date.fromisoformat(max(one.to_on for one in self.mandates))
            days.append((last + timedelta(days=1)).isoformat())
        if self.placements and all(one.to_on for one in self.placements):
            days.append(max(one.to_on for one in self.placements))
        return min(days, default="")

    def is_dealt_duty_on(self, day: str) -> bool:
        """Tell whether duty may be dealt to the deputy on ``day``: serving, not suspended, not away."""
        return (
            self.serves_on(day)
            and any(mandate.is_exercised_on(day) for mandate in self.mandates)
            and not any(leave.holds_on(day) for leave in self.leaves)
        )

    def standing_on(self, day: str) -> Standing:
        """Return how the deputy stands to the station on ``day``."""
        if not self.levels_on(day):
            begun = not self.mandates or any(mandate.from_on <= day for mandate in self.mandates)
            return Standing.LEFT if begun else Standing.COMING
        if not self.belongs_on(day):
            left = any(one.to_on and one.to_on <= day for one in self.placements)
            return Standing.MOVED_AWAY if left else Standing.COMING
        if not any(mandate.is_exercised_on(day) for mandate in self.mandates):
            return Standing.SUSPENDED
        return Standing.ON_LEAVE if any(leave.holds_on(day) for leave in self.leaves) else Standing.SERVING


@dataclass(frozen=True)
class RosterLine:
    """One row of the roster (代表花名册): a deputy as printed on a day.

    Args:
        levels: e.g. 县、镇.
        birth_month: ``YYYY-MM`` or empty.
        home: the village the deputy lives in.
        workplace: the part of the post that names where the deputy works.
        phone2: a second number, by which the deputy is found too.
        standing: behind ``state``.
    """

    index: int
    deputy_id: int
    uid: str
    name: str
    gender: str
    ethnicity: str
    birth_month: str
    party: str
    education: str
    post: str
    levels: str
    terms: str
    constituencies: str
    card_numbers: str
    phone: str
    area_groups: str
    villages: str
    remark: str
    field_groups: str = ""
    households: int | None = None
    state: str = ""
    checked_on: str = ""
    id_number: str = ""
    address: str = ""
    pinyin: str = ""
    home: str = ""
    workplace: str = ""
    phone2: str = ""
    skills: str = ""
    languages: str = ""
    standing: Standing = Standing.SERVING


def day_problem(field: str, label: str, text: str) -> FieldProblem | None:
    """Return why ``text`` is no ISO date, or None.

    Args:
        field: key of the field.
        label: what the clerk calls it, with which the sentence begins.
    """
    try:
        if date.fromisoformat(text).isoformat() == text:
            return None
    except ValueError:
        pass
    return FieldProblem(field, f"{label}“{text}”不是有效日期，请按 2026-11-05 的样子填写。")
