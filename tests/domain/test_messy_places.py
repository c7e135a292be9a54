"""Villages and villagers' groups are found in addresses, posts and cells of their own."""

import pytest

from station_app.domain.cell_places import Place, chinese_number, find_place, is_village, known_village, read_village
from station_app.domain.raw_sheet import Cell

VILLAGES = ("竹坑村", "大竹坑村", "圩镇社区", "松岗社区")


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("禾溪镇竹坑村四组5号", Place("竹坑村", 4)),
        ("禾溪镇大竹坑村第十二村民小组", Place("大竹坑村", 12)),
        ("竹坑村4组", Place("竹坑村", 4)),
        ("禾溪镇松岗社区十组51号", Place("松岗社区", 10)),
        ("清源县禾溪镇新田村七组2号", Place("新田村", 7)),
        ("禾溪镇人民政府", Place()),
        ("村党支部书记", Place()),
        ("", Place()),
    ],
)
def test_addresses_tell_village_and_group(cell: Cell, place: Place) -> None:
    assert find_place(cell, VILLAGES) == place


def test_villages_are_found_in_posts_and_cells_of_their_own() -> None:
    assert known_village("圩镇社区村委会主任", VILLAGES) == "圩镇社区"
    assert known_village("村党支部书记", VILLAGES) == ""
    assert read_village("竹坑村村民委员会", VILLAGES) == "竹坑村"
    assert read_village("别处村村委会", VILLAGES) == "别处村"
    assert read_village("全镇", VILLAGES) == read_village("全镇/其他", VILLAGES) == read_village(None, VILLAGES) == ""
    assert is_village("竹坑村", ())
    assert not is_village("联络站", VILLAGES)


def test_small_chinese_numbers() -> None:
    texts = ("一", "两", "十", "十二", "二十", "三十五", "7", "")
    assert [chinese_number(text) for text in texts] == [1, 2, 10, 12, 20, 35, 7, 0]
