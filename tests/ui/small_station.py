"""A small invented station for window tests: villages, units, deputies, groups, days, visits, opinions."""

import random
from datetime import date, time, timedelta
from pathlib import Path

from station_app.domain.groups import Group, GroupKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.people import Deputy, Gender, Level, Mandate
from station_app.domain.progress import Disposition
from station_app.domain.reception import (
    DayKind,
    OpinionDraft,
    Presence,
    Receiver,
    ReceptionDay,
    VisitDraft,
    VisitorDraft,
)
from station_app.domain.station import Staff, StaffPost, StationProfile, Tier, Unit, Village
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.station import Desks
from station_app.support.clock import fixed_clock

TODAY = date(2026, 11, 22)
VILLAGES = ("上坪村", "下坝村", "大田村", "水东村", "圩镇社区")
UNITS = (
    ("镇城建办", Tier.TOWNSHIP),
    ("镇农技站", Tier.TOWNSHIP),
    ("镇综合行政执法队", Tier.TOWNSHIP),
    ("上坪村委会", Tier.VILLAGE),
    ("县水利局", Tier.COUNTY),
)
# name, gender, birth month, party, post, levels, phone, checked on
DEPUTIES = (
    ("钟龑", Gender.MALE, "1972-03", "中共党员", "禾溪镇人大主席", (Level.COUNTY, Level.TOWNSHIP), 1, "2026-03-02"),
    ("欧阳建国", Gender.MALE, "1968-11", "群众", "下坝村村委会主任", (Level.TOWNSHIP,), 2, "2025-01-15"),
    ("曾丽萍", Gender.FEMALE, "1980-06", "中共党员", "禾溪镇中心小学教师", (Level.TOWNSHIP,), 3, "2026-03-02"),
    ("单小芳", Gender.FEMALE, "1985-01", "群众", "圩镇社区网格员", (Level.TOWNSHIP,), 4, ""),
    ("覃水生", Gender.MALE, "1975-09", "中共党员", "水东村党总支书记", (Level.CITY, Level.TOWNSHIP), 5, "2026-03-02"),
    ("阿依古丽·买买提", Gender.FEMALE, "1990-04", "群众", "溪口合作社理事长", (Level.COUNTY,), 6, "2026-03-02"),
    ("𬭚文", Gender.MALE, "1979-12", "群众", "大田村种粮大户", (Level.TOWNSHIP,), 7, "2026-03-02"),
)
_TERMS = {Level.TOWNSHIP: "第十八届", Level.COUNTY: "第十七届", Level.CITY: "第六届"}


def small_station(path: Path, today: date = TODAY) -> Desks:
    """Make an invented station at ``path`` and return its open desks; days and visits lie around ``today``."""
    profile = StationProfile(
        name="禾溪镇人大代表联络站", code="HX", organ_name="禾溪镇", county_name="清源县", place="禾溪镇政府一楼",
        phone="14000000000", market_word="圩日", market_endings=(4, 7), term_name="第十八届", term_from="2021-11-01",
        demo=True,
    )  # fmt: skip
    desks = Desks.create(path, fixed_clock(today, time(9, 0)), profile, randbits=random.Random(7).getrandbits)
    for name in VILLAGES:
        desks.settings.save_village(Village(0, "", name, name, groups=6))
    for name, tier in UNITS:
        desks.settings.save_unit(Unit(0, "", name, tier, contact="李工", phone="14000000100"))
    desks.settings.save_staff(Staff(0, "", "肖敏", StaffPost.CLERK, "14000000009"))
    desks.settings.save_staff(Staff(0, "", "罗成", StaffPost.HEAD, "14000000008"))
    _fill_roster(desks, today)
    _fill_days(desks, today)
    return desks


def _fill_roster(desks: Desks, today: date) -> None:
    ids = [
        desks.roster.save_deputy(
            Deputy(
                name=name, gender=gender, ethnicity="汉族", birth_month=born, party=party, education="大专", post=post,
                phone=f"1400000{1000 + phone}", checked_on=checked,
                mandates=tuple(
                    Mandate(level, _TERMS[level], f"第{phone}选区", f"{level[:1].upper()}{phone:03}", "2021-11-01")
                    for level in levels
                ),
            )
        ).value
        for name, gender, born, party, post, levels, phone, checked in DEPUTIES
    ]  # fmt: skip
    villages = [village.id for village in desks.settings.villages()]
    since = (today - timedelta(days=300)).isoformat()
    groups: tuple[tuple[str, GroupKind, list[int], list[int]], ...] = (
        ("上坪片区小组", GroupKind.AREA, villages[:2], ids[:3]),
        ("水东片区小组", GroupKind.AREA, villages[2:], ids[3:6]),
        ("农业农村专业小组", GroupKind.FIELD, [], [ids[1], ids[6]]),
        ("进站第一组", GroupKind.DUTY, [], ids[:2]),
    )
    for name, kind, near, members in groups:
        group_id = desks.grouping.save_group(Group(0, "", name, kind, tuple(near), 120 if near else None)).value
        for place, deputy_id in enumerate(members):
            desks.grouping.join(group_id, deputy_id, since, leader=place == 0)


def _fill_days(desks: Desks, today: date) -> None:
    deputies = desks.roster.deputies()
    pair = (deputies[0].id, deputies[1].id)
    held = desks.days.save(
        ReceptionDay((today - timedelta(days=7)).isoformat(), place="圩镇流动接待点", kind=DayKind.MOBILE, market=True),
        pair,
    ).value
    now = desks.days.save(ReceptionDay(today.isoformat(), place="禾溪镇政府一楼"), pair).value
    desks.days.save(ReceptionDay((today + timedelta(days=9)).isoformat(), place="禾溪镇政府一楼"), pair)
    desks.days.open(held)
    for deputy_id in pair:
        desks.days.sign_in(held, deputy_id, Presence.PRESENT)
    receivers = tuple(Receiver(deputy.name, deputy_id=deputy.id) for deputy in deputies[:2])
    units = {unit.name: unit.id for unit in desks.settings.units()}
    for number, (name, words, category, village) in enumerate(
        (
            ("刘发根", "村口桥头的护栏坏了好几年，小孩放学走那里不放心。", "交通", "上坪村"),
            ("王冬菊", "赶圩的班车减了一班，老人来回不方便，盼望恢复。", "交通", "大田村"),
            ("钟秀英", "高龄补贴怎么申请，要带什么材料。", "养老社保", "圩镇社区"),
            ("何田生", "自来水水量小，二楼以上上不去水，洗澡要等半夜。", "基础设施", "下坝村"),
        )
    ):  # fmt: skip
        _register(desks, today - timedelta(days=7), held, receivers, number, (name, words, category, village))
    desks.days.end(held)
    desks.days.open(now)
    desks.days.sign_in(now, pair[0], Presence.PRESENT)
    _register(desks, today, now, receivers, 9, ("", "水渠从春上就淤了，晚稻灌不上水。", "农业农村", "上坪村"))
    desks.opinions.register_deputy_opinion(
        DeputyOpinionDraft(today.isoformat(), pair[1], "建议在村口增设路灯，方便学生晚自习后回家。", "增设村口路灯", "基础设施", "建议", village="下坝村")
    )  # fmt: skip
    first, second, *_ = desks.opinions.cases()
    on = (today - timedelta(days=6)).isoformat()
    desks.opinions.move(first.id, MoveDraft(Move.HAND_OVER, on, tier=Tier.TOWNSHIP, unit_id=units["镇城建办"]))
    desks.opinions.move(second.id, MoveDraft(Move.HAND_OVER, on, tier=Tier.TOWNSHIP, unit_id=units["镇综合行政执法队"]))
    desks.opinions.move(
        second.id,
        MoveDraft(Move.ANSWER, (today - timedelta(days=2)).isoformat(), "已与客运公司商定，12月起恢复早班车。", "李工", answer_class="A", way="书面"),
    )  # fmt: skip


def _register(
    desks: Desks, on: date, day_id: int, receivers: tuple[Receiver, ...], number: int, matter: tuple[str, str, str, str]
) -> None:
    name, words, category, village = matter
    desks.reception.register_visit(
        VisitDraft(
            on=on.isoformat(),
            visitor=VisitorDraft(
                name=name, anonymous=not name, phone=f"1400000{2000 + number}" if name else "", no_phone=not name,
                address=f"{village}三组", village=village,
            ),
            receivers=receivers,
            opinions=(
                OpinionDraft(
                    words, category=category, village=village,
                    disposition=Disposition.ON_SPOT if category == "养老社保" else Disposition.STUDYING,
                    answer="带身份证和户口本到镇便民中心办理，当场交了办事指南。" if category == "养老社保" else "",
                ),
            ),
            at="09:20", day_id=day_id,
        )
    )  # fmt: skip
