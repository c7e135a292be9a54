"""The invented station: staff, villages, units, and the voters who come."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from random import Random

from station_app.domain.people import Deputy, Gender, Level
from station_app.domain.rooms import Room
from station_app.domain.station import Branch, ListKey, StaffPost, StationKind, StationProfile, Tier
from station_app.services.demo_groups import GroupBook
from station_app.services.demo_lists import invented_phone, people
from station_app.services.demo_roster import RosterBook
from station_app.services.demo_terms import current_term
from station_app.services.demo_texts import group_name
from station_app.storage.change_log import Step
from station_app.storage.rooms import RoomRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords

CLERK = "肖敏"
HEAD = "邱志明"
PLACE = "禾溪镇人大代表联络站（镇政府大院一楼）"
MARKET_PLACE = "圩镇流动接待点"
MARKET_ROOM = "圩镇流动联络点"
FACTORY_ROOM = "禾溪制衣厂代表联络点"
FACTORY_PLACE = "禾溪制衣厂职工之家"
MARKET_ENDINGS = (4, 7)


def demo_profile(today: date) -> StationProfile:
    """Return the invented station."""
    term = current_term(Level.TOWNSHIP, today)
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
        term_from=term.from_on,
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
        rooms: id by name.
    """

    villages: tuple[Place, ...]
    offices: dict[str, Office]
    staff: dict[str, int]
    deputies: tuple[Deputy, ...]
    teams: tuple[tuple[Deputy, ...], ...]
    choices: dict[tuple[ListKey, str], int]
    rooms: dict[str, int]

    def committee(self, village: str) -> Office:
        """Return the committee of a village or neighbourhood."""
        return self.offices[f"{village}村委会" if village.endswith("村") else f"{village}居委会"]

    def serving(self, day: date) -> list[Deputy]:
        """Return the deputies who may act on ``day``; before the oldest term on record, all of them."""
        return [deputy for deputy in self.deputies if deputy.is_dealt_duty_on(day.isoformat())] or list(self.deputies)


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
    places = {village.name: village.id for village in villages}
    rooms = _rooms(file, step, places, {person.name: person.id for person in records.staff()})
    book = RosterBook(file, step, rng, (places, rooms), today, first)
    deputies = book.put()
    teams = GroupBook(file, step, copy(rng), places, today).put(deputies, book.former)
    choices = {(key, choice.label): choice.id for key in ListKey for choice in records.choices(key)}
    staff = {person.name: person.id for person in records.staff()}
    return Town(tuple(villages), offices, staff, tuple(deputies), teams, choices, rooms)


def _rooms(file: StationFile, step: Step, villages: Mapping[str, int], staff: Mapping[str, int]) -> dict[str, int]:
    records = RoomRecords(file)
    rooms = {}
    for position, (name, kind, branch, place, served, in_charge) in enumerate(people()["rooms"]):
        room = Room(
            name, StationKind(kind), Branch(branch), place, village_ids=tuple(villages[village] for village in served),
            staff_id=staff.get(in_charge), position=position,
        )  # fmt: skip
        rooms[name] = records.save(step, room)
    return rooms


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
