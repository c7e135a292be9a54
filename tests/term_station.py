"""An invented station before a change of term: 70 township deputies of the 18th term, and the list of the 19th."""

import random
from datetime import date, time
from pathlib import Path

from openpyxl import Workbook

from station_app.domain.groups import Group, GroupKind
from station_app.domain.people import Deputy, Gender, Level, Mandate
from station_app.domain.station import Staff, StaffPost, StationProfile, Village
from station_app.domain.terms import Constituency, Term
from station_app.station import Desks
from station_app.support.clock import fixed_clock

TODAY = date(2026, 11, 25)
VILLAGES = ("枫林村", "上坪村", "下坝村", "大田村", "水东村", "竹坑村", "圩镇社区")
OLD, NEW = "第十八届", "第十九届"
_SURNAMES = "钟欧曾单覃韦何刘王肖罗林陈黄李张赖谢廖邓"
_GIVEN = ("建国", "丽萍", "小芳", "水生", "志文", "春梅", "远香", "发根", "冬菊", "秀英", "田生", "明亮")
NAMESAKE = "刘建国"


def names(count: int) -> list[str]:
    """Return so many different invented names."""
    return [
        f"{_SURNAMES[n % len(_SURNAMES)]}{_GIVEN[(n // len(_SURNAMES) + 5 * n) % len(_GIVEN)]}" for n in range(count)
    ]


def constituency(village: str) -> str:
    """Return the name of a village's constituency."""
    return f"{village}选区"


def term_station(path: Path, deputies: int = 70) -> Desks:
    """Make a station with the 18th term in force, its constituencies, two area groups and a county deputy.

    The last of the township deputies shares the name `NAMESAKE` with nobody else of the term; a former deputy of the
    17th term is called so too.
    """
    profile = StationProfile(
        name="禾溪镇人大代表联络站", code="HX", organ_name="禾溪镇", county_name="清源县", place="禾溪镇政府一楼",
        phone="14000000000", term_name=OLD, term_from="2021-11-26", demo=True,
    )  # fmt: skip
    desks = Desks.create(path, fixed_clock(TODAY, time(9, 0)), profile, randbits=random.Random(7).getrandbits)
    desks._file.hurry()  # a file of a test: nobody waits for the disk
    for name in VILLAGES:
        desks.settings.save_village(Village(0, "", name, name, groups=6))
    desks.settings.save_staff(Staff(0, "", "肖敏", StaffPost.CLERK, "14000000009"))
    ids = {village.name: village.id for village in desks.settings.villages()}
    desks.terms.save_term(Term(Level.TOWNSHIP, "第十七届", "2016-11-20", "2021-11-25"))
    desks.terms.save_term(Term(Level.TOWNSHIP, OLD, "2021-11-26", "2026-12-17"))
    for place, village in enumerate(VILLAGES):
        one = Constituency(Level.TOWNSHIP, OLD, constituency(village), (ids[village],), 10, place)
        desks.terms.save_constituency(one)
    made = [_save(desks, number, name, ids) for number, name in enumerate(names(deputies))]
    desks.roster.save_deputy(
        Deputy(
            NAMESAKE, post="枫林村原党支部书记", phone="14000007777", village_id=ids["枫林村"],
            mandates=(Mandate(Level.TOWNSHIP, "第十七届", "枫林村选区", "", "2016-11-20", "2021-11-25"),),
        )
    )  # fmt: skip
    desks.roster.save_deputy(
        Deputy(
            "阿依古丽·买买提", Gender.FEMALE, post="溪口合作社理事长", phone="14000008888",
            mandates=(Mandate(Level.COUNTY, "第十七届", "县第九选区", "X009", "2021-12-10"),),
        )
    )  # fmt: skip
    for name, near, members in (("枫林片区小组", VILLAGES[:3], made[:6]), ("水东片区小组", VILLAGES[3:], made[6:12])):
        group_id = desks.grouping.save_group(
            Group(0, "", name, GroupKind.AREA, tuple(ids[one] for one in near), 120, from_on="2021-12-01")
        ).value
        for place, deputy_id in enumerate(members):
            desks.grouping.join(group_id, deputy_id, "2021-12-01", leader=place == 0)
    desks.close()
    return Desks.open(path, fixed_clock(TODAY, time(9, 0)))


def _save(desks: Desks, number: int, name: str, ids: dict[str, int]) -> int:
    village = VILLAGES[number % len(VILLAGES)]
    return desks.roster.save_deputy(
        Deputy(
            name, Gender.FEMALE if number % 3 == 0 else Gender.MALE, "汉族", f"19{60 + number % 35}-0{1 + number % 9}",
            "中共党员" if number % 2 else "群众", "大专", f"{village}村民小组组长", f"1400000{1000 + number}",
            village_id=ids[village], checked_on="2026-03-02" if number % 2 else "2024-05-06",
            mandates=(Mandate(Level.TOWNSHIP, OLD, constituency(village), f"Z18{number:03}", "2021-11-26"),),
        )
    ).value  # fmt: skip


def write_new_list(path: Path, desks: Desks) -> None:
    """Write the list of the 19th term: the first 40 of the 18th, one of them with another post, and 30 new ones.

    One row has the name of a former deputy of the 17th term, without phone or month of birth.
    """
    serving = [one for one in desks.roster.serving() if Level.TOWNSHIP in one.levels_on(TODAY.isoformat())]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["禾溪镇第十九届人民代表大会代表名单"])
    sheet.append(["序号", "姓名", "性别", "出生年月", "政治面貌", "工作单位及职务", "选区", "代表证号", "联系电话"])
    for number, one in enumerate(serving[:40], 1):
        post = "禾溪镇中心小学校长" if number == 1 else one.post
        sheet.append(
            [number, one.name, "女" if one.gender is Gender.FEMALE else "男", one.birth_month.replace("-", "."), one.party,
             post, one.mandates[-1].constituency, f"Z19{number:03}", one.phone]
        )  # fmt: skip
    for number, name in enumerate([f"新{one}" for one in names(29)], 41):
        village = VILLAGES[number % len(VILLAGES)]
        sheet.append(
            [number, name, "男", f"198{number % 10}.0{1 + number % 9}", "群众", f"{village}村委会委员",
             constituency(village), f"Z19{number:03}", f"1400000{3000 + number}"]
        )  # fmt: skip
    sheet.append([70, NAMESAKE, "男", "", "群众", "枫林村种粮大户", constituency("枫林村"), "Z19070", ""])
    book.save(path)
