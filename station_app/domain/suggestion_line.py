"""One row of the ledger of deputies' suggestions (代表建议办理台账), and the rates reckoned from its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from station_app.domain.deadlines import Clock
from station_app.domain.events import Satisfaction
from station_app.domain.figure_values import Ratio
from station_app.domain.opinion import Case
from station_app.domain.station import StationProfile
from station_app.domain.suggestion import Suggestion, SuggestionKind, attitude_of, level_word, met_on


@dataclass(frozen=True)
class SuggestionLine:
    """A suggestion on one row.

    Args:
        index: 序号 from 1.
        level: 县, 镇, of the congress it was put forward to.
        answer_due_on: ISO date by which the answer is or was due, or empty.
        met_on: ISO date of 面商, or empty.
        attitude: how content the deputies were with the attitude at the evaluation that stands.
    """

    index: int
    suggestion: Suggestion
    case: Case
    level: str
    answer_due_on: str = ""
    met_on: str = ""
    attitude: Satisfaction | None = None

    @property
    def units(self) -> str:
        """主办/协办: the lead unit, then the assisting ones."""
        progress = self.case.progress
        lead = "、".join(name for name in (progress.unit, *progress.separate) if name)
        assisting = f"（协办：{'、'.join(progress.assisting)}）" if progress.assisting else ""
        return f"{lead}{assisting}"

    @property
    def remark(self) -> str:
        """备注, and that it is a bill or urgent."""
        bill = self.suggestion.kind is SuggestionKind.BILL
        notes = ["议案" if bill else "", "紧急" if self.case.urgent else "", self.suggestion.remark]
        return "；".join(note for note in notes if note)


def suggestion_line(
    suggestion: Suggestion, case: Case, index: int, clock: Clock | None, profile: StationProfile
) -> SuggestionLine:
    """Return a suggestion with the matter it belongs to.

    Args:
        clock: by which the answer is due, or None before the hand-over.
    """
    return SuggestionLine(
        index=index,
        suggestion=suggestion,
        case=case,
        level=level_word(suggestion.level, profile),
        answer_due_on=clock.due_on.isoformat() if clock else "",
        met_on=met_on(case.events),
        attitude=attitude_of(case.events) if case.progress.satisfaction else None,
    )


@dataclass(frozen=True)
class SuggestionRates:
    """见面率, 答复率 and 满意率 of suggestions; each is a fraction over suggestions that were put forward.

    Args:
        met: 已面商 ÷ 已交办.
        answered: 已答复 ÷ 已交办.
        content / content_attitude: （满意 + 基本满意）÷ 已评价, of the result and of the attitude.
    """

    met: Ratio
    answered: Ratio
    content: Ratio
    content_attitude: Ratio


RATE_WORDS = (
    ("met", "见面率", "承办单位已与代表面商的件数 ÷ 已交办的件数。"),
    ("answered", "答复率", "现在已有答复的件数 ÷ 已交办的件数；重新办理而未再答复的不算。"),
    ("content", "满意率（结果）", "对办理结果满意和基本满意的件数 ÷ 已评价结果的件数；未评价的不在内。"),
    ("content_attitude", "满意率（态度）", "对办理态度满意和基本满意的件数 ÷ 已评价态度的件数；未评价的不在内。"),
)
"""Field of `SuggestionRates`, title and written definition."""

_CONTENT = frozenset({Satisfaction.SATISFIED, Satisfaction.FAIRLY})
_RATED = _CONTENT | {Satisfaction.DISSATISFIED}


def rates_of(lines: Sequence[SuggestionLine]) -> SuggestionRates:
    """Return the rates of the suggestions on a ledger; every fraction counts rows that stand on it."""
    handed = [line for line in lines if line.case.progress.handed_on]
    return SuggestionRates(
        met=Ratio(sum(bool(line.met_on) for line in handed), len(handed)),
        answered=Ratio(sum(bool(line.case.progress.answered_on) for line in handed), len(handed)),
        content=_content([line.case.progress.satisfaction for line in lines]),
        content_attitude=_content([line.attitude for line in lines]),
    )


def _content(ratings: Sequence[Satisfaction | None]) -> Ratio:
    rated = [rating for rating in ratings if rating in _RATED]
    return Ratio(sum(rating in _CONTENT for rating in rated), len(rated))
