"""Names, several names in one cell, and how many came, as offices write them."""

import pytest

from station_app.domain.cell_names import Petitioner, read_name, read_names, read_people, read_petitioner
from station_app.domain.raw_sheet import Cell


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        (" 㛃 玉", "㛃玉"),
        ("欧 阳 明", "欧阳明"),
        ("欧 阳 建 国", "欧阳建国"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("刘𬭚", "刘𬭚"),
        ("𠅤文远", "𠅤文远"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提 ・ 吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊", "买买提·吐尔逊"),
        ("John Smith", "John Smith"),
        ("", ""),
        ("无", ""),
    ],
)
def test_names_lose_blanks_and_keep_rare_characters(cell: Cell, name: str) -> None:
    reading = read_name(cell)
    assert (reading.value, reading.reason) == (name, "")


def test_one_cell_for_one_name() -> None:
    assert "2 个姓名" in read_name("张三、李四").reason
    assert "数字" in read_name("张三1").reason
    assert "最多 50 字" in read_name("长" * 51).reason
    assert "无效字符" in read_name("张\ufffe三").reason


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张伟、单小平", ("张伟", "单小平")),
        ("欧阳建国 张伟", ("欧阳建国", "张伟")),
        ("张 三，李 四", ("张三", "李四")),
        ("张 三 李 四", ("张三", "李四")),
        ("王 小明", ("王小明",)),
        ("欧阳 明", ("欧阳明",)),
        ("李四 张 三", ("李四", "张三")),
        ("张三;李四；王五", ("张三", "李四", "王五")),
        ("张三\n李四", ("张三", "李四")),
        ("张三、张三", ("张三",)),
        ("买买提·吐尔逊、张三", ("买买提·吐尔逊", "张三")),
        ("买买提 · 吐尔逊 张三", ("买买提·吐尔逊", "张三")),
        ("代表小组", ("代表小组",)),
        ("", ()),
    ],
)
def test_several_names_in_one_cell_are_parted(cell: Cell, names: tuple[str, ...]) -> None:
    assert read_names(cell).value == names


@pytest.mark.parametrize(
    ("cell", "petitioner"),
    [
        ("查秀胜", Petitioner("查秀胜")),
        ("", Petitioner(anonymous=True)),
        (None, Petitioner(anonymous=True)),
        ("匿名", Petitioner(anonymous=True)),
        ("不愿留名", Petitioner(anonymous=True)),
        ("王某", Petitioner("王某", anonymous=True)),
        ("李某某", Petitioner("李某某", anonymous=True)),
        ("张女士", Petitioner("张女士", anonymous=True)),
        ("村民", Petitioner(anonymous=True)),
        ("村民代表（5人）", Petitioner("村民代表", people=5)),
        ("村民代表(十二人)", Petitioner("村民代表", people=12)),
        ("张三等3人", Petitioner("张三", people=3)),
        ("张三、李四", Petitioner("张三、李四", people=2)),
        ("张三等三户", Petitioner("张三", people=3)),
    ],
)
def test_petitioners_may_be_nameless_or_many(cell: Cell, petitioner: Petitioner) -> None:
    assert read_petitioner(cell).value == petitioner


@pytest.mark.parametrize(
    ("cell", "name"),
    [("欧阳 建国", "欧阳建国"), ("司马　光", "司马光"), ("罗 小满", "罗小满")],
)
def test_a_name_torn_apart_behind_a_double_surname_is_one_name(cell: str, name: str) -> None:
    assert read_name(cell).value == name
    assert read_names(f"{cell}、张伟").value == (name, "张伟")


def test_two_whole_names_with_a_blank_between_stay_two() -> None:
    assert read_names("张伟 李娜").value == ("张伟", "李娜")
    assert read_names("张伟 欧阳").value == ("张伟", "欧阳")
    assert "请去掉中间的空格" in read_name("张伟 李娜").reason


@pytest.mark.parametrize(
    ("cell", "people"), [("3", 3), (3, 3), ("三人", 3), ("12 人", 12), ("十二名", 12), ("", None), ("/", None)]
)
def test_how_many_came_is_read(cell: Cell, people: int | None) -> None:
    assert (read_people(cell).value, read_people(cell).reason) == (people, "")


@pytest.mark.parametrize("cell", ["若干", "10000", "约二十", "2.5"])
def test_a_number_of_people_that_is_none_is_told_and_never_taken_as_one(cell: Cell) -> None:
    assert "人数" in read_people(cell).reason
