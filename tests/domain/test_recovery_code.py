"""The code of the recovery sheet: it comes back as it went, and every slip of the pen is found."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.problems import InvalidInput
from station_app.domain.recovery_code import ROW_LENGTH, ROWS, code_rows, read_rows, row_problem

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRETS = st.binary(min_size=48, max_size=48)
ROW = st.integers(1, ROWS)
PLACE = st.integers(0, ROW_LENGTH - 1)


def bare(row: str) -> str:
    """Return a row without its blanks."""
    return row.replace(" ", "")


@given(SECRETS)
def test_what_is_printed_is_read_back(secret: bytes) -> None:
    rows = code_rows(secret)
    assert len(rows) == ROWS
    assert all(len(row) == 14 and set(bare(row)) <= set(ALPHABET) for row in rows)
    assert read_rows(rows) == secret


@given(SECRETS, st.randoms(use_true_random=False))
def test_small_letters_blanks_and_full_width_forms_are_understood(secret: bytes, chance: random.Random) -> None:
    def typed(char: str) -> str:
        wide = chr(ord(char) + 0xFEE0)
        alike = {"0": "Oo", "1": "IilL"}.get(char, char)
        forms, gaps = [char, char.lower(), wide, *alike], ["", " ", "　", "-"]
        return f"{chance.choice(forms)}{chance.choice(gaps)}"

    rows = ["".join(typed(char) for char in bare(row)) for row in code_rows(secret)]
    assert read_rows(rows) == secret


@given(SECRETS, ROW, PLACE, st.sampled_from(ALPHABET))
def test_any_wrong_character_is_found_and_its_row_named(secret: bytes, row: int, place: int, char: str) -> None:
    text = bare(code_rows(secret)[row - 1])
    wrong = text[:place] + char + text[place + 1 :]
    assert bool(row_problem(row, wrong)) == (wrong != text)


@given(SECRETS, ROW, PLACE, PLACE, st.sampled_from(ALPHABET), st.sampled_from(ALPHABET))
def test_any_two_wrong_characters_are_found(
    secret: bytes, row: int, one: int, other: int, first: str, second: str
) -> None:
    chars = list(bare(code_rows(secret)[row - 1]))
    text = "".join(chars)
    chars[one], chars[other] = first, second
    assert bool(row_problem(row, "".join(chars))) == ("".join(chars) != text)


@given(SECRETS, ROW, PLACE, PLACE)
def test_any_two_characters_that_changed_places_are_found(secret: bytes, row: int, one: int, other: int) -> None:
    chars = list(bare(code_rows(secret)[row - 1]))
    text = "".join(chars)
    chars[one], chars[other] = chars[other], chars[one]
    assert bool(row_problem(row, "".join(chars))) == ("".join(chars) != text)


@given(SECRETS, ROW, ROW)
def test_a_row_in_the_place_of_another_is_named(secret: bytes, row: int, place: int) -> None:
    told = row_problem(place, code_rows(secret)[row - 1])
    assert told == ("" if row == place else f"这是恢复单的第 {row} 行，这里要输入第 {place} 行。")


@given(SECRETS, ROW, st.integers(0, ROW_LENGTH - 1))
def test_a_row_that_is_too_short_is_counted(secret: bytes, row: int, length: int) -> None:
    told = row_problem(row, bare(code_rows(secret)[row - 1])[:length])
    assert told == (f"第 {row} 行应为 12 个字符，现在是 {length} 个。" if length else f"请输入第 {row} 行。")


def test_every_wrong_row_is_named_at_once() -> None:
    rows = list(code_rows(bytes(range(48))))
    rows[1], rows[4], rows[6] = "", rows[4][:-1] + "U", rows[6][:5]
    with pytest.raises(InvalidInput) as told:
        read_rows(rows)
    assert [problem.field for problem in told.value.problems] == ["row_2", "row_5", "row_7"]
    assert "“U”" in told.value.problems[1].message


def test_the_alphabet_has_no_pair_that_looks_alike() -> None:
    assert not set("ILOU") & set(ALPHABET)
    assert len(set(ALPHABET)) == 32
    assert unicodedata.normalize("NFKC", ALPHABET) == ALPHABET
