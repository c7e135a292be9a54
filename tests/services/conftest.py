"""A small open station for the desks' tests."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.reception import ReceptionDay
from station_app.domain.station import Staff, StaffPost, StationProfile, Tier, Unit, Village
from station_app.station import Desks
from station_app.support.clock import fixed_clock

TODAY = date(2026, 11, 25)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """A station with two villages, four units, two deputies, one clerk and one reception day (id 1) today."""
    profile = StationProfile(
        name="禾溪镇人大代表联络站", organ_name="禾溪镇", county_name="清源县", term_from="2021-11-01", demo=True
    )
    made = Desks.create(tmp_path / "禾溪.station", fixed_clock(TODAY), profile, "肖敏")
    for name in ("竹坑村", "上坪村"):
        made.settings.save_village(Village(0, "", name, name, groups=6))
    for name, tier in (
        ("镇水务站", Tier.TOWNSHIP),
        ("竹坑村委会", Tier.VILLAGE),
        ("县水利局", Tier.COUNTY),
        ("镇农技站", Tier.TOWNSHIP),
    ):
        made.settings.save_unit(Unit(0, "", name, tier))
    made.settings.save_staff(Staff(0, "", "肖敏", StaffPost.CLERK))
    for name, levels in (("钟䶮", (Level.COUNTY, Level.TOWNSHIP)), ("欧阳建国", (Level.TOWNSHIP,))):
        made.roster.save_deputy(
            Deputy(name=name, mandates=tuple(Mandate(level, "第十八届", from_on="2021-11-01") for level in levels))
        )
    made.days.save(ReceptionDay(on="2026-11-25", place="圩镇流动接待点", market=True), (1, 2))
    yield made
    made.close()
