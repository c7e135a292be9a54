"""Names are read as surnames are read, sorted by sound, and found by initials of any reading."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.support import pinyin
from station_app.support.surnames import SURNAME_READINGS, surname_of

with (Path(__file__).parent / "hard_names.csv").open(encoding="utf-8", newline="") as _table:
    HARD_NAMES = list(csv.reader(_table))[1:]
"""Name, reading of the surname, spelling that sorts it, and what must find it when typed: written down by hand from
dictionaries of surnames and of characters, not by the program. Empty where there is no surname, or no reading known."""


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("张伟明", "zhang wei ming"),
        ("曾秀兰", "zeng xiu lan"),
        ("单小军", "shan xiao jun"),
        ("解放", "xie fang"),
        ("查良", "zha liang"),
        ("区永强", "ou yong qiang"),
        ("仇和平", "qiu he ping"),
        ("尉迟恭", "yu chi gong"),
        ("欧阳建国", "ou yang jian guo"),
        ("单于明", "chan yu ming"),
        ("A组", "a zu"),
        ("", ""),
    ],
)
def test_surnames_are_read_as_surnames(name: str, spelled: str) -> None:
    assert pinyin.spelling(name) == spelled


def test_the_table_of_hard_names_is_large_enough() -> None:
    assert len(HARD_NAMES) >= 300
    assert len({name for name, *_ in HARD_NAMES}) == len(HARD_NAMES)


@pytest.mark.parametrize(("name", "surname", "spelled", "typed"), HARD_NAMES)
def test_hard_names_are_read_sorted_and_found(name: str, surname: str, spelled: str, typed: str) -> None:
    if spelled:
        assert pinyin.spelling(name) == spelled
        assert pinyin.initials(name)[0] == "".join(syllable[0] for syllable in spelled.split())
    if surname:
        assert len(surname_of(name)) == len(surname.split())
    for each in [*typed.split(), spelled, spelled.replace(" ", ""), name, name[1:]]:
        assert pinyin.matches(name, each), each


@pytest.mark.parametrize(
    "typed", ["阿依古丽买买提", "阿依古丽.买买提", "阿依古丽•买", "买买提", "aygl", "mmt", "ayglmmt", "ayiguli"]
)
def test_a_name_with_a_dot_is_found_with_without_and_by_any_dot(typed: str) -> None:
    assert pinyin.matches("阿依古丽·买买提", typed)
    assert pinyin.matches("阿依古丽・买买提", typed)


@pytest.mark.parametrize("typed", ["lv", "lü", "LÜ YAN", "lyuyan", "lyy", "ly"])
def test_u_with_dots_is_typed_as_v_or_yu(typed: str) -> None:
    assert pinyin.matches("吕燕", typed)


@pytest.mark.parametrize("name", ["王\U00020000明", "\U0002a6d6小兰", "李\U00031350", "\ue000强"])
def test_characters_without_a_known_reading_are_found_by_themselves_and_passed_over(name: str) -> None:
    assert pinyin.spelling(name)
    assert all(pinyin.matches(name, character) for character in name)
    known = "".join(each[0][:1] for each in pinyin.readings(name) if each[0].isascii())
    assert pinyin.matches(name, known)


@given(st.text(max_size=12))
def test_any_text_has_readings_for_each_character_and_finds_itself(text: str) -> None:
    assert len(pinyin.readings(text)) == len(text)
    assert pinyin.matches(text, text)
    assert pinyin.sort_key(text) == pinyin.sort_key(text)


def test_every_surname_of_the_table_has_a_syllable_for_each_character() -> None:
    assert all(len(surname) == len(read) for surname, read in SURNAME_READINGS.items())
    assert all(each.isascii() and each.isalpha() for read in SURNAME_READINGS.values() for each in read)


@pytest.mark.parametrize("typed", ["zwm", "wm", "伟明", "zhangwei", "zhwm", "ZWM", "zhang wei", ""])
def test_a_name_is_found_by_initials_pinyin_or_characters(typed: str) -> None:
    assert pinyin.matches("张伟明", typed)


@pytest.mark.parametrize("typed", ["wz", "zmw", "李", "zwmx", "13"])
def test_other_words_do_not_find_it(typed: str) -> None:
    assert not pinyin.matches("张伟明", typed)


def test_initials_know_every_reading() -> None:
    assert pinyin.initials("曾单")[0] == "zd"
    assert set(pinyin.initials("曾单")) == {"zd", "cd", "zs", "cs", "zc", "cc"}
    assert pinyin.initials("张伟明") == ("zwm",)
    assert len(pinyin.initials("重行长乐单曾和着重")) <= 32


def test_an_index_knows_every_reading_of_a_short_name_and_the_likeliest_first() -> None:
    spelled, letters = pinyin.indexed("单文")
    assert spelled.split()[0] == "shanwen"
    assert {"shanwen", "danwen"} <= set(spelled.split())
    assert {"sw", "dw"} <= set(letters.split())
    assert len(pinyin.indexed("重行长乐单曾和着重")[0].split()) <= 8
    assert pinyin.indexed("阿依古丽·买买提")[0].split()[0] == "ayigulimaimaiti"


def test_rare_characters_have_a_reading() -> None:
    assert all(pinyin.readings(character)[0][0] for character in "㛃䶮")


def test_names_sort_syllable_by_syllable() -> None:
    names = ["张三", "曾四", "陈七", "赵六", "长孙九", "李八", "Amy"]
    assert sorted(names, key=pinyin.sort_key) == ["Amy", "陈七", "李八", "曾四", "张三", "长孙九", "赵六"]
