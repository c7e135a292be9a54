"""The invented station's deputies over two terms: who serves, who served before, who is away, who came and went."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from station_app.domain.calendars import add_months
from station_app.domain.people import Deputy, EndReason, Gender, Leave, Level, Placement
from station_app.services.demo_lists import invented_phone, people
from station_app.services.demo_terms import (
    current_term,
    day_within,
    mandate_of,
    mandates_of,
    term_before,
    write_terms,
)
from station_app.storage.change_log import Step
from station_app.storage.deputies import DeputyRecords
from station_app.storage.station_file import StationFile
from station_app.support import pinyin

_LEVELS: Final = {
    "N": Level.NATIONAL, "P": Level.PROVINCIAL, "C": Level.CITY, "X": Level.COUNTY, "T": Level.TOWNSHIP,
}  # fmt: skip
_REMARKS: Final = {"B": "补选", "M": "工作调动"}
_SKILLS: Final = (
    ("农艺", "农作物栽培、病虫害防治"), ("农机", "农机维修"), ("种粮", "水稻种植"), ("脐橙", "果树栽培"), ("茶", "茶叶种植与加工"),
    ("蜂", "养蜂"), ("养殖", "畜禽养殖"), ("水产", "水产养殖"), ("医", "医疗卫生"), ("教师", "教育"), ("校长", "教育管理"),
    ("电商", "电子商务"), ("公路", "公路养护"), ("供电", "安全用电"), ("水务", "水利管护"), ("管水", "水利管护"),
    ("会计", "财务会计"), ("厂长", "企业管理"), ("建材", "建筑材料"), ("文化", "群众文化"), ("护林", "林业"), ("书记", "群众工作、矛盾调解"),
)  # fmt: skip
_TONGUES: Final = {"畲族": "普通话、客家话、畲语", "维吾尔族": "普通话、维吾尔语", "壮族": "普通话、客家话、壮语"}
_WISHES: Final = ("圩日上午", "每月上旬", "周五", "农忙时不便", "晚上和周末")
_CAME_FROM: Final = "城关街道人大代表联络站"
_WENT_TO: Final = "城郊镇人大代表联络站"
_LEFT_AT: Final = {EndReason.RESIGNED: 0.55, EndReason.DIED: 0.7, EndReason.MOVED: 0.35}
"""At which part of the term those left who did not stay to its end."""


@dataclass(frozen=True)
class _Line:
    """A line of the lists: who it is."""

    name: str
    gender: Gender
    ethnicity: str
    birth: str
    party: str
    education: str
    post: str
    village: str
    levels: tuple[Level, ...]
    flag: str

    @classmethod
    def of(cls, text: str) -> "_Line":
        """Read ``姓名|性别|…|层级|标记``."""
        name, gender, ethnicity, birth, party, education, post, village, levels, flag = text.split("|")
        sex = Gender.MALE if gender == "男" else Gender.FEMALE
        held = tuple(_LEVELS[letter] for letter in levels)
        return cls(name, sex, ethnicity, birth, party, education, post, village, held, flag)


class RosterBook:
    """Writes the deputies.

    Args:
        places: villages, id by name in the order in which constituencies are counted, and rooms, id by name.
        today: nothing happens later.
        first: first day of the register.
    """

    def __init__(
        self,
        file: StationFile,
        step: Step,
        rng: Random,
        places: tuple[Mapping[str, int], Mapping[str, int]],
        today: date,
        first: date,
    ) -> None:
        villages, self._rooms = places
        self._file = file
        self._records = DeputyRecords(file)
        self._step = step
        self._rng = rng
        self._aside = copy(
            rng
        )  # what does not concern the days and matters draws from here, and leaves them as they are
        self._villages = villages
        self._districts = {name: number for number, name in enumerate(villages, 1)}
        self._span = (first, today)
        self.former: list[Deputy] = []

    def put(self) -> list[Deputy]:
        """Write terms, deputies and checks; return who served in the register's time, in roster order."""
        write_terms(self._file, self._step, self._villages, self._span[1])
        lines = [_Line.of(text) for text in people()["deputies"]]
        deputies = [self._add(self._deputy(order, line)) for order, line in enumerate(lines, 1)]
        for order, text in enumerate(people()["former"], len(lines) + 1):
            self.former.append(self._add(self._gone(order, _Line.of(text))))
        self._add(self._entered_twice(deputies))
        return deputies

    def _add(self, deputy: Deputy) -> Deputy:
        spelled = pinyin.spelling(deputy.name).replace(" ", ""), " ".join(pinyin.initials(deputy.name))
        deputy_id = self._records.add(self._step, deputy, *spelled)
        if deputy.checked_on:
            outcome = "changed" if self._aside.random() < 0.2 else "same"
            self._step.insert(
                "checks", deputy_id=deputy_id, on_date=deputy.checked_on, operator=deputy.checked_by, outcome=outcome,
                note="电话已更新" if outcome == "changed" else "",
            )  # fmt: skip
        return replace(deputy, id=deputy_id)

    def _deputy(self, order: int, line: _Line) -> Deputy:
        rng, today = self._rng, self._span[1]
        checked = (
            add_months(today, -rng.randint(1, 8)) if rng.random() < 0.85 else add_months(today, -rng.randint(14, 22))
        )
        moved = line.flag == "M"
        district = self._districts[line.village]
        return replace(
            self._person(line, invented_phone(rng)),
            remark=_REMARKS.get(line.flag, ""),
            roster_order=order,
            checked_on="" if moved else max(checked, self._span[0]).isoformat(),
            checked_by="" if moved else "肖敏",
            mandates=tuple(
                mandate
                for level in line.levels
                for mandate in mandates_of(level, district, order, line.flag, self._span)
            ),
            duty_wishes=self._aside.choice(_WISHES) if self._aside.random() < 0.3 else "",
            phone_public=self._aside.random() < 0.3,
            leaves=self._leaves(line.flag),
            placements=self._placements(line.flag),
        )

    def _person(self, line: _Line, phone: str) -> Deputy:
        skills = [skill for word, skill in _SKILLS if word in line.post]
        return Deputy(
            name=line.name,
            gender=line.gender,
            ethnicity=line.ethnicity,
            birth_month=line.birth,
            party=line.party,
            education=line.education,
            post=line.post,
            phone=phone,
            village_id=self._villages[line.village],
            village=line.village,
            skills="、".join(dict.fromkeys(skills)),
            languages=_TONGUES.get(line.ethnicity, "普通话、客家话"),
        )

    def _gone(self, order: int, line: _Line) -> Deputy:
        """Return a deputy of the term before; the flag says why the mandate ended."""
        reason, district = EndReason(line.flag), self._districts[line.village]
        mandates = []
        for level in line.levels:
            term = term_before(current_term(level, self._span[1]))
            ended = term.to_on
            if reason in _LEFT_AT:
                whole = date.fromisoformat(term.from_on), date.fromisoformat(term.to_on)
                ended = day_within(whole, _LEFT_AT[reason]).isoformat()
            mandates.append(replace(mandate_of(level, term, district, order), to_on=ended, end_reason=reason))
        alive = reason is not EndReason.DIED
        return replace(
            self._person(line, invented_phone(self._aside) if alive else ""),
            roster_order=order,
            mandates=tuple(mandates),
        )

    def _entered_twice(self, deputies: list[Deputy]) -> Deputy:
        """Return an entry that somebody made a second time from another list: same name, same phone."""
        line = _Line.of(people()["twice"])
        real = next(deputy for deputy in deputies if deputy.name == line.name)
        term = current_term(Level.TOWNSHIP, self._span[1])
        mandate = replace(mandate_of(Level.TOWNSHIP, term, self._districts[line.village], 0), card_number="")
        return replace(self._person(line, real.phone), skills="", mandates=(mandate,))

    def _leaves(self, flag: str) -> tuple[Leave, ...]:
        today = self._span[1]
        if flag == "L":
            from_on, to_on = today - timedelta(days=20), today + timedelta(days=70)
            return (Leave(from_on.isoformat(), to_on.isoformat(), "外出培训"),)
        if flag == "P":
            begun = day_within(self._span, 0.5)
            return (Leave(begun.isoformat(), (begun + timedelta(days=120)).isoformat(), "产假"),)
        return ()

    def _placements(self, flag: str) -> tuple[Placement, ...]:
        if flag == "I":
            return (Placement(from_on=day_within(self._span, 0.3).isoformat(), came_from=_CAME_FROM),)
        if flag == "E":
            factory = next(room for name, room in self._rooms.items() if "制衣厂" in name)
            since = day_within(self._span, 0.1).isoformat()
            return Placement(to_on=since), Placement(factory, since)
        if flag == "O":
            return (Placement(to_on=day_within(self._span, 0.75).isoformat(), went_to=_WENT_TO),)
        return ()
