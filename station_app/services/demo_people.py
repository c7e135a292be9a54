"""The invented station's people: staff, villages, units, deputies, groups, and the voters who come."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from station_app.domain.calendars import add_months
from station_app.domain.groups import Group, GroupKind, Membership
from station_app.domain.people import Deputy, EndReason, Gender, Level, Mandate
from station_app.domain.station import ListKey, StaffPost, StationProfile, Tier
from station_app.services.demo_texts import group_name
from station_app.storage.change_log import Step
from station_app.storage.deputies import DeputyRecords
from station_app.storage.groups import GroupRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support import pinyin
from station_app.support.paths import resource

CLERK = "肖敏"
HEAD = "邱志明"
PLACE = "禾溪镇人大代表联络站（镇政府大院一楼）"
MARKET_PLACE = "圩镇流动接待点"
MARKET_ENDINGS = (4, 7)
_LEVELS = {"N": Level.NATIONAL, "P": Level.PROVINCIAL, "C": Level.CITY, "X": Level.COUNTY, "T": Level.TOWNSHIP}
_GROUP_MEMBERS_PER_DUTY_TEAM = 12


@cache
def people() -> dict[str, Any]:
    """Return the raw lists of ``resources/demo/people.json``."""
    found: dict[str, Any] = json.loads(resource("demo", "people.json").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Term:
    """The current term of the township congress, e.g. 第十八届 from November 2021."""

    number: int
    from_on: date

    @property
    def name(self) -> str:
        """第十八届."""
        return f"第{_numeral(self.number)}届"


def term_on(today: date) -> Term:
    """Return the term in force on ``today``: five years each, the eighteenth from November 2021."""
    later = (today.year - 2022) // 5
    return Term(18 + later, date(2021 + 5 * later, 11, 26))


def demo_profile(today: date) -> StationProfile:
    """Return the invented station."""
    term = term_on(today)
    return StationProfile(
        name="禾溪镇人大代表联络站",
        code="HX",
        organ_name="禾溪镇",
        county_name="清源县",
        place=PLACE,
        phone="14000010035",
        population=31240,
        market_word="圩日",
        market_endings=MARKET_ENDINGS,
        term_name=term.name,
        term_from=term.from_on.isoformat(),
        demo=True,
    )


@dataclass(frozen=True)
class Place:
    """A village with its id and number of villagers' groups."""

    id: int
    name: str
    groups: int


@dataclass(frozen=True)
class Office:
    """A handling unit with its id, contact and phone."""

    id: int
    name: str
    tier: Tier
    contact: str
    phone: str


@dataclass(frozen=True)
class Town:
    """Everything of the station that its days and matters refer to by id.

    Args:
        deputies: with their ids, in roster order.
        teams: the members of each duty team in turn.
        choices: list key and label → id.
    """

    villages: tuple[Place, ...]
    offices: dict[str, Office]
    staff: dict[str, int]
    deputies: tuple[Deputy, ...]
    teams: tuple[tuple[Deputy, ...], ...]
    choices: dict[tuple[ListKey, str], int]

    def committee(self, village: str) -> Office:
        """Return the committee of a village or neighbourhood."""
        return self.offices[f"{village}村委会" if village.endswith("村") else f"{village}居委会"]

    def serving(self, day: date) -> list[Deputy]:
        """Return the deputies who hold a mandate on ``day``; before the oldest term on record, all of them."""
        return [deputy for deputy in self.deputies if deputy.levels_on(day.isoformat())] or list(self.deputies)


def settle(file: StationFile, step: Step, rng: Random, today: date, first: date) -> Town:
    """Write staff, villages, units, deputies and groups.

    Args:
        first: the first day of the station's register; nothing of it is older than the register.
    """
    records = StationRecords(file)
    for name, post, phone in people()["staff"]:
        step.insert("staff", name=name, post=StaffPost(post), phone=phone)
    villages = []
    for position, (name, groups) in enumerate(people()["villages"]):
        village_id = step.insert("villages", name=name, short_name=name, groups_count=groups, position=position)
        villages.append(Place(village_id, name, groups))
    offices = _offices(step, rng)
    deputies = _deputies(file, step, rng, villages, today, first)
    teams = _groups(file, step, deputies, villages, first)
    choices = {(key, choice.label): choice.id for key in ListKey for choice in records.choices(key)}
    staff = {person.name: person.id for person in records.staff()}
    return Town(tuple(villages), offices, staff, tuple(deputies), teams, choices)


def _offices(step: Step, rng: Random) -> dict[str, Office]:
    rows = [(name, Tier(tier), contact) for name, tier, contact in people()["units"]]
    for (village, _groups_count), contact in zip(people()["villages"], people()["village_heads"], strict=True):
        name = f"{village}村委会" if village.endswith("村") else f"{village}居委会"
        rows.append((name, Tier.VILLAGE, contact))
    offices = {}
    for position, (name, tier, contact) in enumerate(rows):
        phone = invented_phone(rng)
        unit_id = step.insert("units", name=name, tier=tier, contact=contact, phone=phone, position=position)
        offices[name] = Office(unit_id, name, tier, contact, phone)
    return offices


def invented_phone(rng: Random) -> str:
    """Return a phone number nobody has: 140 0xxx xxxx."""
    return f"1400{rng.randrange(10**7):07d}"


def _deputies(
    file: StationFile, step: Step, rng: Random, villages: list[Place], today: date, first: date
) -> list[Deputy]:
    records = DeputyRecords(file)
    places = {village.name: village for village in villages}
    districts = {village.name: number for number, village in enumerate(villages, 1)}
    written = []
    for order, line in enumerate(people()["deputies"], 1):
        name, gender, ethnicity, birth, party, education, post, village, levels, flag = line.split("|")
        mandates = [
            mandate
            for letter in levels
            for mandate in _mandates(_LEVELS[letter], districts[village], order, flag, today, first)
        ]
        checked = (
            add_months(today, -rng.randint(1, 8)) if rng.random() < 0.85 else add_months(today, -rng.randint(14, 22))
        )
        deputy = Deputy(
            name=name,
            gender=Gender.MALE if gender == "男" else Gender.FEMALE,
            ethnicity=ethnicity,
            birth_month=birth,
            party=party,
            education=education,
            post=post,
            phone=invented_phone(rng),
            village_id=places[village].id,
            village=village,
            remark=_REMARKS.get(flag, ""),
            roster_order=order,
            checked_on="" if flag == "M" else max(checked, first).isoformat(),
            mandates=tuple(mandates),
        )
        spelled = pinyin.spelling(name).replace(" ", ""), " ".join(pinyin.initials(name))
        written.append(replace(deputy, id=records.add(step, deputy, *spelled)))
    return written


_REMARKS = {"B": "补选", "M": "工作调动"}
_CARD_LETTERS = dict(zip(Level, "全省市县镇", strict=True))
_BODIES = {
    Level.CITY: "清源县人民代表大会",
    Level.PROVINCIAL: "岚江市人民代表大会",
    Level.NATIONAL: "省人民代表大会",
}


def _mandates(level: Level, district: int, order: int, flag: str, today: date, first: date) -> list[Mandate]:
    """Return the mandates of one level: the current one, and the one before for those of two terms.

    Where the current term began within the register's time, everybody served in the one before.
    """
    term = term_on(today)
    start, number = term.from_on, term.number
    if level is Level.CITY:
        start, number = date(start.year, 12, 20), term.number - 12
    elif level in {Level.PROVINCIAL, Level.NATIONAL}:
        later = (today.year - 2024) // 5
        start, number = date(2023 + 5 * later, 2, 24), 14 + later
    current = Mandate(
        level=level,
        term=f"第{_numeral(number)}届",
        constituency=_constituency(level, district),
        card_number=f"{_CARD_LETTERS[level]}{number}{order:03d}",
        from_on=start.isoformat(),
    )
    before = replace(
        current,
        term=f"第{_numeral(number - 1)}届",
        card_number=f"{_CARD_LETTERS[level]}{number - 1}{order:03d}",
        from_on=add_months(start, -60).isoformat(),
        to_on=(start - timedelta(days=1)).isoformat(),
        end_reason=EndReason.TERM_OVER,
    )
    if flag == "B":
        return [replace(current, from_on=max(start, _of_register(first, today, 0.62)).isoformat())]
    if flag == "M":
        left = _of_register(first, today, 0.55 if district % 2 else 0.4)
        held = current if left > start else before
        return [replace(held, to_on=left.isoformat(), end_reason=EndReason.MOVED)]
    again = start > first or (flag == "2" and level is Level.TOWNSHIP)
    return [before, current] if again else [current]


def _of_register(first: date, today: date, part: float) -> date:
    """Return the day that lies at ``part`` (0 … 1) of the register's time."""
    return date.fromordinal(first.toordinal() + round((today - first).days * part))


def _constituency(level: Level, district: int) -> str:
    if level is Level.TOWNSHIP:
        return f"第{district}选区"
    if level is Level.COUNTY:
        return f"第{40 + (district + 2) // 3}选区"
    return _BODIES[level]


_FIELD_WORDS = (
    ("种", "养", "农", "合作社", "护林", "蜂", "茶"),
    ("建", "公路", "供电", "水务", "书记", "站长"),
    ("学", "医", "教师", "文化", "药", "妇联", "幼儿"),
    ("经理", "厂", "电商", "创业", "个体", "商行", "豆腐"),
)


def _groups(
    file: StationFile, step: Step, deputies: list[Deputy], villages: list[Place], first: date
) -> tuple[tuple[Deputy, ...], ...]:
    """Write the groups with their members; return the duty teams."""
    records = GroupRecords(file)
    ids = {village.name: village.id for village in villages}
    serving = [deputy for deputy in deputies if any(not mandate.to_on for mandate in deputy.mandates)]
    teams = _duty_teams(serving)
    turn = dict.fromkeys(GroupKind, 0)
    for position, (kind_text, name, served, households, arrangement) in enumerate(people()["groups"]):
        kind = GroupKind(kind_text)
        group = Group(
            id=0, uid="", name=name, kind=kind, village_ids=tuple(ids[village] for village in served),
            households=households, arrangement=arrangement, position=position,
        )  # fmt: skip
        group_id = records.save(step, group, first.isoformat())
        members: tuple[Deputy, ...] | list[Deputy]
        if kind is GroupKind.AREA:
            members = [deputy for deputy in deputies if deputy.village in served]
        elif kind is GroupKind.FIELD:
            members = [deputy for deputy in serving if _field_of(deputy) == turn[kind]]
        else:
            members = teams[turn[kind]]
        turn[kind] += 1
        leader = next((m.id for m in members if "书记" in m.post or "主席" in m.post), members[0].id)
        for member in members:
            held = next(mandate for mandate in reversed(member.mandates))
            joined = max(first.isoformat(), held.from_on)
            step_out = held.to_on
            records.join(step, Membership(group_id, member.id, joined, step_out, leader=member.id == leader))
    return teams


def _field_of(deputy: Deputy) -> int:
    for field, words in reversed(tuple(enumerate(_FIELD_WORDS))):
        if any(word in deputy.post for word in words):
            return field
    return deputy.roster_order % 4


def _duty_teams(serving: list[Deputy]) -> tuple[tuple[Deputy, ...], ...]:
    """Return three teams of deputies of several levels, spread over the villages."""
    chosen = [deputy for deputy in serving if deputy.roster_order % 2 or len(deputy.mandates) > 1]
    return tuple(tuple(chosen[team::3][:_GROUP_MEMBERS_PER_DUTY_TEAM]) for team in range(3))


def _numeral(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens] if tens else "") + ("十" if tens else "") + (digits[ones] if ones else "")


@dataclass(frozen=True)
class Voter:
    """Somebody who lives in the township and may come again."""

    name: str
    gender: Gender
    village: Place
    group: int
    house: int
    phone: str

    @property
    def address(self) -> str:
        """The address as it is written down: 上坪村三组12号."""
        return f"{self.village.name}{group_name(self.group)}{self.house}号"


class Voters:
    """The people of the township; the longer the register runs, the more of them come again."""

    def __init__(self, rng: Random, villages: tuple[Place, ...]) -> None:
        self._rng = rng
        self._villages = villages
        self._known: list[Voter] = []
        named = people()
        self._special = [
            text.split("|") for text in (*named["rare_voters"], *named["same_names"], *named["same_names"])
        ]

    def next(self) -> Voter:
        """Return who comes next: often somebody who came before."""
        if self._known and self._rng.random() < 0.24:
            # The same few come often: squaring favours those who came first.
            return self._known[int(self._rng.random() ** 2 * len(self._known))]
        if self._special and self._rng.random() < 0.06:
            name, sex = self._special.pop(0)
            gender = Gender.MALE if sex == "男" else Gender.FEMALE
        else:
            gender = Gender.MALE if self._rng.random() < 0.58 else Gender.FEMALE
            name = self._name(gender)
        village = self._rng.choice(self._villages)
        group, house = self._rng.randint(1, village.groups), self._rng.randint(1, 68)
        voter = Voter(name, gender, village, group, house, invented_phone(self._rng))
        self._known.append(voter)
        return voter

    def _name(self, gender: Gender) -> str:
        rng, named = self._rng, people()
        surname = rng.choice(named["double_surnames"]) if rng.random() < 0.015 else rng.choice(named["surnames"])
        side = "male" if gender is Gender.MALE else "female"
        last = rng.choice(named[f"{side}_last"])
        if rng.random() < 0.08:
            return f"{surname}{last}"
        first = rng.choice(named[f"{side}_first"])
        return f"{surname}{first}{last}" if first != last else f"{surname}{last}"
