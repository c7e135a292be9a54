"""A register founded by the assistant is whole, or there is none."""

from datetime import date
from pathlib import Path

import pytest

from station_app.domain.founding import FirstPerson, FirstVillage, Founding
from station_app.domain.problems import InvalidInput
from station_app.domain.station import OrganKind, StaffPost, StationProfile
from station_app.station import Desks, found_station
from station_app.support.clock import fixed_clock
from station_app.support.faults import StationFault

CLOCK = fixed_clock(date(2026, 11, 22))
PROFILE = StationProfile(
    "桥头街道人大代表联络站", code="qt", organ_kind=OrganKind.STREET, organ_name="桥头街道", county_name="青山区"
)
FOUNDING = Founding(
    PROFILE,
    (FirstVillage("上坪社区", 12), FirstVillage("下坝社区")),
    (FirstPerson("head", "罗成", StaffPost.HEAD), FirstPerson("clerk", "肖敏", StaffPost.CLERK, "140 0000 0009")),
)


def test_everything_asked_is_in_the_new_register(tmp_path: Path) -> None:
    path = tmp_path / "新" / "桥头.station"
    desks = found_station(path, CLOCK, FOUNDING)
    assert desks.path == path
    assert desks.operator == "肖敏"
    assert desks.settings.profile().code == "QT"
    assert desks.settings.profile().organ == "桥头街道人大工委"
    assert [(village.name, village.groups) for village in desks.settings.villages()] == [
        ("上坪社区", 12),
        ("下坝社区", 0),
    ]
    assert {(one.name, one.post, one.phone) for one in desks.settings.staff()} == {
        ("罗成", StaffPost.HEAD, ""),
        ("肖敏", StaffPost.CLERK, "14000000009"),
    }
    assert desks.housekeeping.check().broken_step is None
    desks.close()
    assert [one.name for one in path.parent.iterdir()] == ["桥头.station"]


def test_wrong_answers_leave_no_file_and_are_all_told_at_their_fields(tmp_path: Path) -> None:
    path = tmp_path / "桥头.station"
    wrong = Founding(
        StationProfile("", code="桥 头"),
        (FirstVillage("甲" * 51),),
        (FirstPerson("clerk", "肖敏", StaffPost.CLERK, "没有"),),
    )
    with pytest.raises(InvalidInput) as refused:
        found_station(path, CLOCK, wrong)
    assert {problem.field for problem in refused.value.problems} == {"name", "code", "villages", "clerk_phone"}
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "桥头.station"
    path.write_bytes(b"mine")
    with pytest.raises(StationFault, match="已经有一个文件"):
        found_station(path, CLOCK, FOUNDING)
    assert path.read_bytes() == b"mine"


def test_no_register_is_founded_or_opened_in_a_cloud_folder(tmp_path: Path) -> None:
    path = tmp_path / "坚果云" / "桥头.station"
    with pytest.raises(StationFault, match="坚果云"):
        found_station(path, CLOCK, FOUNDING)
    here = tmp_path / "桥头.station"
    found_station(here, CLOCK, FOUNDING).close()
    path.parent.mkdir()
    here.rename(path)
    with pytest.raises(StationFault, match="坚果云"):
        Desks.open(path, CLOCK)
    Desks.open(path, CLOCK, read_only=True).close()  # to be looked at and exported it may lie anywhere
