"""What the assistant understands of a station's name and of a pasted list of villages."""

import pytest

from station_app.domain.founding import FirstVillage, guess, read_villages, short_code
from station_app.domain.problems import InvalidInput
from station_app.domain.station import OrganKind


@pytest.mark.parametrize(
    ("name", "county", "organ", "kind", "code"),
    [
        ("清源县禾溪镇人大代表联络站", "清源县", "禾溪镇", OrganKind.TOWN, "HX"),
        ("禾溪镇人大代表联络站", "", "禾溪镇", OrganKind.TOWN, "HX"),
        ("青山区桥头街道人大代表联络站", "青山区", "桥头街道", OrganKind.STREET, "QT"),
        ("云岭各族自治县石坡乡代表之家", "云岭各族自治县", "石坡乡", OrganKind.TOWNSHIP, "SP"),
        ("三岔瑶族乡人大代表联络站", "", "三岔瑶族乡", OrganKind.ETHNIC_TOWNSHIP, "SC"),
        ("某省临江市丹水区高桥镇联络站", "丹水区", "高桥镇", OrganKind.TOWN, "GQ"),
        ("市桥街道人大代表联络站", "", "市桥街道", OrganKind.STREET, "SQ"),
        ("马镇镇人大代表联络站", "", "马镇镇", OrganKind.TOWN, "MZ"),
        ("经济开发区代表联络站", "", "经济开发区", OrganKind.PARK, "JJ"),
        ("代表联络站", "", "", None, ""),
        ("", "", "", None, ""),
    ],
)
def test_a_stations_name_tells_its_organ(name: str, county: str, organ: str, kind: OrganKind | None, code: str) -> None:
    told = guess(name)
    assert (told.county_name, told.organ_name, told.organ_kind, told.code) == (county, organ, kind, code)


def test_a_code_is_letters_and_digits_whatever_the_place_is_called() -> None:
    assert short_code("𬭚山镇").isascii()
    assert short_code("") == ""
    assert len(short_code("一二三四五六七镇")) <= 8


def test_villages_are_read_as_typed_or_pasted() -> None:
    typed = "上坪村\r\n下坝村 12\n大田村（8个村民小组）、水东村,6\n圩镇社区\t9\n\n第五村 3组\n 三岔 "
    assert read_villages(typed) == (
        FirstVillage("上坪村"),
        FirstVillage("下坝村", 12),
        FirstVillage("大田村", 8),
        FirstVillage("水东村", 6),
        FirstVillage("圩镇社区", 9),
        FirstVillage("第五村", 3),
        FirstVillage("三岔"),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [("上坪村\n12", "第 2 行“12”看不懂"), ("上坪村\n上坪村 3", "第 2 行的“上坪村”前面已经写过")],
)
def test_a_line_that_is_no_village_is_named(typed: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        read_villages(typed)


def test_a_whole_table_pasted_by_mistake_is_refused() -> None:
    with pytest.raises(InvalidInput, match="最多 300 个"):
        read_villages("\n".join(f"村{'甲' * (1 + n // 20)}{'乙' * (n % 20)}丙" for n in range(301)))
