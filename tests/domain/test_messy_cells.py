"""Cells as offices write them are read right, or the reason is told."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.cell_dates import read_date, read_month
from station_app.domain.cell_names import read_name, read_names, read_petitioner
from station_app.domain.cell_numbers import read_id_number, read_phones
from station_app.domain.cell_places import find_place, read_village
from station_app.domain.cell_text import cell_text, half_width, is_nothing, read_line
from station_app.domain.cell_words import Replied, read_ethnicity, read_gender, read_levels, read_replied
from station_app.domain.people import Gender, Level
from station_app.domain.raw_sheet import Cell, column_letter

VILLAGES = ("竹坑村", "大竹坑村", "圩镇社区", "松岗社区")
any_cell = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)
days = st.dates(date(1970, 1, 1), date(2069, 12, 31))


def full_width(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024.3.5", "2024-03-05"),
        ("2024年3月5日", "2024-03-05"),
        ("2024 年 3 月 5 日", "2024-03-05"),
        ("2024年3月5号", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05 14:30:00", "2024-03-05"),
        ("2024-03-05T14:30", "2024-03-05"),
        ("2024.3.5.", "2024-03-05"),
        ("2024、3、5", "2024-03-05"),
        ("2024年3月5日（星期二）", "2024-03-05"),
        ("20240305", "2024-03-05"),
        (20240305, "2024-03-05"),
        ("25.09.21", "2025-09-21"),
        ("24.11.6", "2024-11-06"),
        ("２０２４．３．５", "2024-03-05"),
        (" 2024.3.5 ", "2024-03-05"),
        ("'2024-3-5", "2024-03-05"),
        (45000, "2023-03-15"),
        (45000.75, "2023-03-15"),
        ("45000", "2023-03-15"),
        (date(2024, 3, 5), "2024-03-05"),
        (datetime.fromisoformat("2024-03-05T09:30"), "2024-03-05"),
        (None, ""),
        ("  ", ""),
        ("无", ""),
        ("/", ""),
    ],
)
def test_dates_are_read_in_every_spelling(cell: Cell, day: str) -> None:
    reading = read_date(cell)
    assert (reading.value, reading.reason) == (day, "")


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2026-02-30", "这一天不存在"),
        ("2025.13.1", "这一天不存在"),
        (20250231, "这一天不存在"),
        ("2024.3", "哪一天"),
        ("2024年", "哪一天"),
        (1978, "哪一天"),
        ("去年春节", "不是日期"),
        ("2024.3.5-3.8", "不是日期"),
        (True, "不是日期"),
        (1.5, "不是日期"),
        ("0024-03-05", "年份不对"),
        (date(1066, 10, 14), "年份不对"),
    ],
)
def test_impossible_dates_say_why(cell: Cell, why: str) -> None:
    reading = read_date(cell)
    assert reading.value == ""
    assert why in reading.reason


@given(days, st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%y.%m.%d"]), st.booleans())
def test_any_day_in_any_spelling_is_that_day(day: date, spelling: str, wide: bool) -> None:
    text = day.strftime(spelling)
    assert read_date(full_width(text) if wide else text).value == day.isoformat()


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_any_serial_is_that_day(day: date) -> None:
    assert read_date((day - date(1899, 12, 30)).days).value == day.isoformat()


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("1978-05", "1978-05"),
        ("1978.5", "1978-05"),
        (1978.5, "1978-05"),
        (1978.11, "1978-11"),
        (1978.01, "1978-01"),
        ("1978.10", "1978-10"),
        ("197805", "1978-05"),
        (197805, "1978-05"),
        ("1978年5月", "1978-05"),
        ("1978年05月", "1978-05"),
        ("1958/11", "1958-11"),
        ("１９93．12", "1993-12"),
        ("１９85．8", "1985-08"),
        (21732, "1959-07"),
        (date(1967, 5, 1), "1967-05"),
        ("1978-05-16", "1978-05"),
        ("19780516", "1978-05"),
        ("78.5", "1978-05"),
        ("05.3", "2005-03"),
        ("", ""),
        (None, ""),
    ],
)
def test_months_are_read_in_every_spelling(cell: Cell, month: str) -> None:
    reading = read_month(cell)
    assert (reading.value, reading.reason) == (month, "")


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (1978.1, "1 月还是 10 月"),
        ("1978.13", "月份不存在"),
        ("1978年", "只有年份"),
        (1978, "只有年份"),
        ("不知道", "不是年月"),
        ("1978-02-30", "这一天不存在"),
        ("187805", "年份不对"),
    ],
)
def test_impossible_months_say_why(cell: Cell, why: str) -> None:
    reading = read_month(cell)
    assert reading.value == ""
    assert why in reading.reason


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("14006440811", ("14006440811",)),
        (14008010415, ("14008010415",)),
        (1.4008010415e10, ("14008010415",)),
        (1.4e10, ("14000000000",)),
        ("1.4008010415E+10", ("14008010415",)),
        ("140 0801 4904", ("14008014904",)),
        ("140-0801-4904", ("14008014904",)),
        ("１４００８０１４９０４", ("14008014904",)),
        ("+86 140 0801 4904", ("14008014904",)),
        ("8614008014904", ("14008014904",)),
        ("'14008014904", ("14008014904",)),
        ('="14008014904"', ("14008014904",)),
        ("14008014904\u200b", ("14008014904",)),
        ("14006440811、14006440812", ("14006440811", "14006440812")),
        ("14006440811/14006440811", ("14006440811",)),
        ("14006440811\n0797-6123456", ("14006440811", "07976123456")),
        ("(0797)6123456", ("07976123456",)),
        ("6123456", ("6123456",)),
        ("无", ()),
        ("—", ()),
        ("/", ()),
        ("未留", ()),
        (None, ()),
    ],
)
def test_phones_are_read_in_every_spelling(cell: Cell, phones: tuple[str, ...]) -> None:
    reading = read_phones(cell)
    assert (reading.value, reading.reason) == (phones, "")


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("1400abc0811", "只能有数字"),
        ("1.4E+10", "科学计数法"),
        ("1.40E+10", "科学计数法"),
        ("1400644081", "10 位"),
        ("140064408111", "12 位"),
        (14006440811.5, "不是电话号码"),
        ("12", "不像电话号码"),
        ("问村支书", "只能有数字"),
        ("14006440811 转 5", "只能有数字"),
    ],
)
def test_impossible_phones_say_why(cell: Cell, why: str) -> None:
    reading = read_phones(cell)
    assert reading.value == ()
    assert why in reading.reason


@given(st.integers(14000000000, 14009999999), st.sampled_from(["int", "float", "text", "spaced", "wide"]))
def test_any_mobile_survives_any_spelling(number: int, spelling: str) -> None:
    text = str(number)
    cell: dict[str, Cell] = {
        "int": number,
        "float": float(number),
        "text": text,
        "spaced": f"{text[:3]} {text[3:7]}-{text[7:]}",
        "wide": full_width(text),
    }
    assert read_phones(cell[spelling]).value == (text,)


def test_id_numbers_need_a_date_and_the_right_check_character() -> None:
    assert read_id_number("999999199701038482").value == "999999199701038482"
    assert read_id_number("99999919960405048x").value == "99999919960405048X"
    assert read_id_number("９９９９９９１９９７０１０３８４８２").value == "999999199701038482"
    assert read_id_number(None).value == ""
    assert "校验码" in read_id_number("999999199701038483").reason
    assert "18 位" in read_id_number("99999919970103").reason
    assert "出生日期" in read_id_number("999999199702308482").reason
    assert "数字" in read_id_number(9.99999199701038e17).reason


@pytest.mark.parametrize(
    ("cell", "levels"),
    [
        ("镇", (Level.TOWNSHIP,)),
        ("镇人大代表", (Level.TOWNSHIP,)),
        ("县级", (Level.COUNTY,)),
        ("市、县", (Level.CITY, Level.COUNTY)),
        ("县、镇", (Level.COUNTY, Level.TOWNSHIP)),
        ("镇 县", (Level.COUNTY, Level.TOWNSHIP)),
        ("市县镇", (Level.CITY, Level.COUNTY, Level.TOWNSHIP)),
        ("全国", (Level.NATIONAL,)),
        ("省级人大代表", (Level.PROVINCIAL,)),
        ("自治区、自治州", (Level.PROVINCIAL, Level.CITY)),
        ("县级市", (Level.COUNTY,)),
        ("区人大代表兼乡人大代表", (Level.COUNTY, Level.TOWNSHIP)),
        ("民族乡", (Level.TOWNSHIP,)),
        ("", ()),
    ],
)
def test_levels_are_read_highest_first(cell: Cell, levels: tuple[Level, ...]) -> None:
    reading = read_levels(cell)
    assert (reading.value, reading.reason) == (levels, "")


def test_words_that_are_no_level_say_so() -> None:
    assert "看不出代表层级" in read_levels("党代表大会").reason
    assert "看不出代表层级" in read_levels("村").reason


@pytest.mark.parametrize(
    ("cell", "replied"),
    [
        ("√", Replied.YES),
        ("是", Replied.YES),
        ("已回复", Replied.YES),
        ("有", Replied.YES),
        (True, Replied.YES),
        ("否", Replied.NO),
        ("×", Replied.NO),
        ("Ｘ", Replied.NO),
        ("未回复", Replied.NO),
        (False, Replied.NO),
        ("办理中", Replied.IN_PROGRESS),
        ("正在办理", Replied.IN_PROGRESS),
        ("", Replied.UNKNOWN),
        (None, Replied.UNKNOWN),
    ],
)
def test_yes_and_no_have_many_spellings(cell: Cell, replied: Replied) -> None:
    reading = read_replied(cell)
    assert (reading.value, reading.reason) == (replied, "")


def test_gender_and_ethnicity() -> None:
    assert read_gender(" 男 ").value is Gender.MALE
    assert read_gender("女性").value is Gender.FEMALE
    assert read_gender("").value is Gender.UNKNOWN
    assert "请填男或女" in read_gender("先生").reason
    assert read_ethnicity("汉").value == read_ethnicity("汉 族").value == "汉族"
    assert read_ethnicity("维吾尔").value == "维吾尔族"
    assert "56 个民族" in read_ethnicity("火星").reason


def test_columns_have_letters() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


@given(any_cell)
def test_no_cell_breaks_any_reader(cell: Cell) -> None:
    readers = (
        read_date, read_month, read_phones, read_id_number, read_name, read_names, read_petitioner, read_levels,
        read_replied, read_gender, read_ethnicity,
    )  # fmt: skip
    for reader in readers:
        reading = reader(cell)
        assert reading.reason == "" or reading.reason.endswith("。")
    assert find_place(cell, VILLAGES).village in {"", *VILLAGES} or isinstance(cell, str)
    read_village(cell, VILLAGES)
    read_line(cell, 200)
    is_nothing(cell)
    assert cell_text(cell) == cell_text(cell).strip()


@given(st.text())
def test_half_width_touches_no_ideograph(text: str) -> None:
    changed = [(old, new) for old, new in zip(text, half_width(text), strict=True) if old != new]
    assert all(0xFF00 <= ord(old) < 0xFF70 or old == "\u3000" for old, _ in changed)


def test_a_duration_is_no_date() -> None:
    assert read_date(str(timedelta(days=2))).reason


def test_two_mobiles_with_a_blank_between_are_two() -> None:
    assert read_phones("14000000001 14000000002").value == ("14000000001", "14000000002")
    assert read_phones("140 0000 0001").value == ("14000000001",)


def test_a_city_of_county_rank_is_a_county() -> None:
    assert read_levels("市（县级）、镇").value == (Level.COUNTY, Level.TOWNSHIP)
