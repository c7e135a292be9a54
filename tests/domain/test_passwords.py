"""New passwords: refused in words, judged in words; the wait after wrong ones grows and ends."""

import pytest

from station_app.domain.passwords import new_password_problems, strength_words, wait_after


@pytest.mark.parametrize(
    ("password", "again", "field", "told"),
    [
        ("", "", "new", "至少 8 个字符"),
        ("1234567", "1234567", "new", "至少 8 个字符"),
        ("x" * 201, "x" * 201, "new", "最多 200 个字符"),
        (" heximiyou", " heximiyou", "new", "空格"),
        ("hexi\tmiyou", "hexi\tmiyou", "new", "控制字符"),
        ("heximiyou", "heximiyuo", "again", "不一样"),
    ],
)
def test_a_bad_password_is_refused_at_its_field(password: str, again: str, field: str, told: str) -> None:
    (problem,) = new_password_problems(password, again)
    assert problem.field == field
    assert told in problem.message


@pytest.mark.parametrize("password", ["12345678", "禾溪的水清又清呀", "tian xia wei gong", "a" * 200])
def test_eight_characters_are_enough_whatever_they_are(password: str) -> None:
    assert new_password_problems(password, password) == []


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("1234567", ""),
        ("12345678", "容易猜到"),
        ("aaaaaaaaaa", "容易猜到"),
        ("password99", "容易猜到"),
        ("19830412", "较弱"),
        ("hexishui", "中等"),
        ("hexishui83x", "强"),
        ("tian xia wei gong", "强"),
    ],
)
def test_the_strength_is_told_in_a_word(password: str, word: str) -> None:
    told = strength_words(password)
    assert told.startswith(word)
    assert bool(told) == bool(word)


def test_the_wait_doubles_to_a_minute_and_stays_there() -> None:
    assert [wait_after(wrong) for wrong in range(9)] == [0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert wait_after(100_000) == 60
