"""The return code of a paper: read back however it is typed, and never taken for another one."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.papers import (
    CODE_LENGTH,
    NEXT_MOVES,
    PAPER_LABELS,
    PaperKind,
    looks_like_code,
    new_code,
    read_code,
)
from station_app.domain.problems import InvalidInput

CODES = st.integers(0, 2**32).map(lambda seed: new_code(Random(seed).randrange))
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@given(CODES)
def test_a_code_reads_back_in_small_letters_full_width_and_with_blanks(code: str) -> None:
    full_width = "".join(chr(ord(char) + 0xFEE0) for char in code)
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}", full_width):
        assert read_code(typed) == code
        assert looks_like_code(typed)


@given(CODES, st.integers(0, CODE_LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    if wrong == code:
        assert read_code(wrong) == code
    else:
        with pytest.raises(InvalidInput, match="抄错"):
            read_code(wrong)


@given(CODES, st.integers(0, CODE_LENGTH - 1), st.integers(0, CODE_LENGTH - 1))
def test_two_characters_that_changed_places_are_always_found(code: str, one: int, other: int) -> None:
    swapped = list(code)
    swapped[one], swapped[other] = code[other], code[one]
    if "".join(swapped) != code:
        with pytest.raises(InvalidInput, match="颠倒"):
            read_code("".join(swapped))


@pytest.mark.parametrize(("typed", "said"), [("ABC", "现在是 3 位"), ("ABCDE0", "没有“0”"), ("ABCDEO", "没有“O”")])
def test_what_is_no_code_is_told(typed: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_code(typed)


def test_every_kind_of_paper_has_a_name_and_what_comes_next() -> None:
    assert set(PAPER_LABELS) == set(NEXT_MOVES) == set(PaperKind)
