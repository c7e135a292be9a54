"""Deputies: their mandates, leaves and places, and their line on the roster."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from station_app.domain.problems import FieldProblem
from station_app.domain.station import OrganKind
from station_app.domain.text import LINE_LIMIT, NAME_LIMIT, phone_problem, text_problem

_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


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

    def is_dealt_duty_on(self, day: str) -> bool:
        """Tell whether duty may be dealt to the deputy on ``day``: serving, not suspended, not away."""
        return (
            self.serves_on(day)
            and any(mandate.is_exercised_on(day) for mandate in self.mandates)
            and not any(leave.holds_on(day) for leave in self.leaves)
        )


@dataclass(frozen=True)
class RosterLine:
    """One row of the roster (代表花名册): a deputy as printed on a day.

    Args:
        levels: e.g. 县、镇.
        birth_month: ``YYYY-MM`` or empty.
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


def mandate_problem(mandate: Mandate) -> FieldProblem | None:
    """Return what is wrong with the dates of a mandate, or None."""
    begun, ended = mandate.from_on, mandate.to_on
    for label, text in (("任职日期", begun), ("终止日期", ended)):
        if text and (problem := day_problem("mandates", label, text)):
            return problem
    if begun and ended and ended < begun:
        return FieldProblem("mandates", f"终止日期 {ended} 早于任职日期 {begun}，请核对。")
    if mandate.end_reason and not ended:
        return FieldProblem("mandates", "选了终止原因，请同时填写终止日期。")
    return None


def deputy_problems(deputy: Deputy, today: date) -> list[FieldProblem | None]:
    """Return what is wrong with an entry of the roster; None stands for a check that passed."""
    problems = [
        None if deputy.name else FieldProblem("name", "请填写代表姓名。"),
        text_problem("name", "姓名", deputy.name, NAME_LIMIT),
        phone_problem("phone", deputy.phone),
        phone_problem("phone2", deputy.phone2),
        text_problem("post", "工作单位及职务", deputy.post, LINE_LIMIT),
        text_problem("remark", "备注", deputy.remark, LINE_LIMIT),
        text_problem("ethnicity", "民族", deputy.ethnicity, NAME_LIMIT),
        text_problem("party", "政治面貌", deputy.party, NAME_LIMIT),
        text_problem("education", "学历", deputy.education, NAME_LIMIT),
        text_problem("id_number", "身份证号", deputy.id_number, NAME_LIMIT),
        text_problem("address", "住址", deputy.address, LINE_LIMIT),
        None if deputy.mandates else FieldProblem("mandates", "请至少填写一个代表职务（层级）。"),
    ]
    for mandate in deputy.mandates:
        problems += [
            text_problem("mandates", "届次", mandate.term, NAME_LIMIT),
            text_problem("mandates", "选区（选举单位）", mandate.constituency, LINE_LIMIT),
            text_problem("mandates", "代表证号", mandate.card_number, NAME_LIMIT),
            mandate_problem(mandate),
        ]
    if deputy.birth_month and not _MONTH.fullmatch(deputy.birth_month):
        problems.append(FieldProblem("birth_month", "出生年月请按 1978-05 的样子填写。"))
    if deputy.checked_on:
        problems.append(day_problem("checked_on", "核对日期", deputy.checked_on))
        if deputy.checked_on > today.isoformat():
            problems.append(FieldProblem("checked_on", "核对日期在今天之后，请核对。"))
    return problems
