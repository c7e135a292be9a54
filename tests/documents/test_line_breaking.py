"""避头尾: no line begins with a closing mark or ends with an opening one, and numbers stay whole."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.documents.line_breaking import NEVER_FIRST, NEVER_LAST, break_lines


class _Halves(dict[str, float]):
    def __missing__(self, char: str) -> float:
        return 0.5 if char.isascii() else 1.0


WIDTHS = _Halves()
PROSE = st.text(st.sampled_from("的一村路水，。、；：？！）》”（《“—…14 2.5%a-/件次"), max_size=80)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("沟渠淤塞，晚稻", 4, ["沟渠淤", "塞，晚稻"]),
        ("去年（三月）修路", 3, ["去年", "（三", "月）修", "路"]),
        ("电话14000352218。", 8.5, ["电话14000352218。"]),
        ("请打电话14000352218", 6, ["请打电话", "14000352218"]),
        ("2026-0145", 3.5, ["2026-", "0145"]),
        ("14000352218", 3, ["140003", "52218"]),
        ("满意率94.4%（17/18）", 6, ["满意率94.4%", "（17/18）"]),
        ("第一行\n第二行", 9, ["第一行", "第二行"]),
        ("two words", 3, ["two", "words"]),
        ("1111（ —", 4, ["1111", "（ —"]),
        ("", 5, [""]),
        ("甲\n\n乙", 5, ["甲", "", "乙"]),
    ],
)
def test_lines_break_as_a_clerk_would_break_them(text: str, width: float, lines: list[str]) -> None:
    assert break_lines(text, width, WIDTHS) == lines


def test_the_first_line_of_a_paragraph_may_be_shorter() -> None:
    assert break_lines("一二三四五六", 4, WIDTHS, first=2) == ["一二", "三四五六"]


@given(PROSE, st.integers(2, 20))
def test_no_character_is_lost(text: str, width: int) -> None:
    assert "".join(break_lines(text, width, WIDTHS)).replace(" ", "") == text.replace(" ", "")


@given(PROSE, st.integers(2, 20))
def test_every_line_fits(text: str, width: int) -> None:
    for line in break_lines(text, width, WIDTHS):
        assert sum(WIDTHS[char] for char in line.rstrip(" ")) <= width + 1e-6


@given(PROSE, st.integers(4, 20))
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(text: str, width: int) -> None:
    lines = break_lines(text, width, WIDTHS)
    for before, after in pairwise(lines):
        # Only where the whole line before offers no other place may a mark stand wrongly.
        elsewhere = any(
            b not in NEVER_FIRST and a not in NEVER_LAST and " " not in (a, b) and not (a == b == "—")
            for a, b in pairwise(before)
        )
        if elsewhere:
            assert after[0] not in NEVER_FIRST
            assert before[-1] not in NEVER_LAST
