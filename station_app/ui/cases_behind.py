"""The matters behind a figure: what the page 今日 asks the page 意见 to show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CasesBehind:
    """The matters behind a figure.

    Args:
        title: of the figure, e.g. 本月办结; empty only in `NO_FIGURE`.
        numbers: 编号 of the matters.
    """

    title: str = ""
    numbers: frozenset[str] = frozenset()


NO_FIGURE = CasesBehind()
"""All matters, whatever figure counts them."""
