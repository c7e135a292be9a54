"""Invented matters for the tests of papers: one of each openness, handed over, at a station of any kind."""

from datetime import date
from pathlib import Path
from typing import Final

from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Openness
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import OrganKind, Staff, StaffPost, StationProfile, Tier, Unit, Village
from station_app.station import Desks
from station_app.support.clock import fixed_clock

TODAY: Final = date(2026, 11, 25)
NAME, PHONE = "曾𬭚文", "14006614501"
PROFILES: Final = {
    "town": StationProfile(
        "禾溪镇人大代表联络站", code="HX", organ_name="禾溪镇", county_name="清源县", phone="14000000000", demo=True
    ),
    "ethnic": StationProfile(
        "云顶瑶族苗族侗族乡人大代表联络站", code="YD", organ_kind=OrganKind.ETHNIC_TOWNSHIP,
        organ_name="云顶瑶族苗族侗族乡", county_name="龙水自治县", phone="14000000000",
    ),
    "street": StationProfile(
        "滨江街道人大代表联络站", code="BJ", organ_kind=OrganKind.STREET, organ_name="滨江街道", county_name="清源区",
        phone="14000000000",
    ),
}  # fmt: skip
OFFICE, COMMITTEE, BUREAU = 1, 2, 3


def paper_station(path: Path, organ: str = "town") -> Desks:
    """Make a station with one village, a unit of each tier and a clerk."""
    desks = Desks.create(path, fixed_clock(TODAY), PROFILES[organ], "肖敏")
    desks.settings.save_village(Village(0, "", "上坪村", "上坪村"))
    for name, tier in (
        ("城建办", Tier.TOWNSHIP),
        ("上坪村民委员会", Tier.VILLAGE),
        ("县水利局", Tier.COUNTY),
        ("综合行政执法队", Tier.TOWNSHIP),
    ):
        desks.settings.save_unit(Unit(0, "", name, tier))
    desks.settings.save_staff(Staff(0, "", "肖敏", StaffPost.CLERK))
    return desks


def matter(
    desks: Desks,
    words: str = "沟渠从春上就淤塞了，晚稻灌不上水。",
    openness: Openness = Openness.OPEN,
    *,
    title: str = "沟渠淤塞",
    tier: Tier | None = Tier.TOWNSHIP,
    unit_id: int = OFFICE,
    due_on: str = "",
) -> int:
    """Register a matter and hand it over to a tier; None leaves it unhanded. Return its id."""
    visitor = VisitorDraft(name=NAME, phone=PHONE, village="上坪村", address="上坪村三组")
    opinion = OpinionDraft(words, title=title, village="上坪村", category="农业农村", openness=openness)
    visit = VisitDraft(on="2026-11-10", visitor=visitor, receivers=(Receiver("钟䶮"),), opinions=(opinion,))
    case_id = desks.reception.register_visit(visit).value.case_ids[0]
    if tier is not None:
        unit = None if tier is Tier.COUNTY else unit_id
        move(desks, case_id, MoveDraft(Move.HAND_OVER, "2026-11-12", tier=tier, unit_id=unit, due_on=due_on))
    return case_id


def move(desks: Desks, case_id: int, draft: MoveDraft) -> None:
    """Do a move."""
    desks.opinions.move(case_id, draft)


def answered(desks: Desks, case_id: int) -> None:
    """Record an answer."""
    draft = MoveDraft(Move.ANSWER, "2026-11-20", text="已清淤三百米。", answer_class="A", person="李工", unit_id=OFFICE)
    move(desks, case_id, draft)
