"""Widths decide row heights: never too few lines."""

import pytest

from station_app.support.text_width import text_width, wrapped_lines


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("禾溪镇", 6), ("第2次", 5), ("长行\n短", 4), ("", 0), ("é", 1)]
)
def test_a_chinese_character_is_two_wide(text: str, width: int) -> None:
    assert text_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("沟渠淤塞", 8, 1),
        ("沟渠淤塞，", 8, 2),
        ("第一\n第二", 8, 2),
        ("电话14000352218", 12, 2),
        ("14000352218", 5, 3),
        ("一" * 300, 40, 15),
    ],
)
def test_wrapped_lines_are_counted(text: str, width: float, lines: int) -> None:
    assert wrapped_lines(text, width) == lines
