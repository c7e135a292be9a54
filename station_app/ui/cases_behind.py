"""The matters behind a figure or a group of 待办事项: what the page 今日 asks the page 意见 to show."""

from dataclasses import dataclass

from station_app.domain.moves import Move


@dataclass(frozen=True)
class CasesBehind:
    """The matters behind a figure.

    Args:
        title: of the figure, e.g. 本月办结; empty only in `NO_FIGURE`.
        numbers: 编号 of the matters.
    """

    title: str = ""
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CasesTogether:
    """A group of 待办事项, to be dealt with together.

    Args:
        behind: the group's name and its matters.
        move: what they wait for.
    """

    behind: CasesBehind
    move: Move | None


NO_FIGURE = CasesBehind()
"""All matters, whatever figure counts them."""
