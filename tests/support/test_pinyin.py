"""Names are read as surnames are read, sorted by sound, and found by initials of any reading."""

import pytest

from station_app.support import pinyin


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


def test_rare_characters_have_a_reading() -> None:
    assert all(pinyin.readings(character)[0][0] for character in "㛃䶮")


def test_names_sort_syllable_by_syllable() -> None:
    names = ["张三", "曾四", "陈七", "赵六", "长孙九", "李八", "Amy"]
    assert sorted(names, key=pinyin.sort_key) == ["Amy", "陈七", "李八", "曾四", "张三", "长孙九", "赵六"]
