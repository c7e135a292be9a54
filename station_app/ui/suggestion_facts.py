"""What the panel of a matter says about the deputies' suggestion it was turned into, and what can be done with it."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtWidgets import QMenu

from station_app.domain.opinion import Case
from station_app.domain.progress import State
from station_app.domain.station import Tier
from station_app.domain.suggestion import SUGGESTION_KIND_LABELS, Suggestion, met_on
from station_app.station import Desks
from station_app.ui.cards import Button

WORD = "代表建议"


class SuggestionAction(StrEnum):
    """What can be done with a suggestion beside the moves of its matter."""

    MEET = "meet"
    PRINT = "print"
    CORRECT = "correct"


def known_of(case: Case, desks: Desks) -> Suggestion | None:
    """Return the suggestion of a matter that is handled as one, or None."""
    return desks.suggestions.of_case(case.id) if case.progress.tier in {Tier.SUGGESTION, None} else None


def facts(case: Case, suggestion: Suggestion | None) -> str:
    """Return 届次, 编号, 标题, 领衔, 附议 and 面商 in two or three lines; empty for other matters."""
    if suggestion is None:
        missing = case.progress.tier is Tier.SUGGESTION
        return f"还没有登记届次、领衔代表，请用“{WORD}”补登。" if missing else ""
    kind = SUGGESTION_KIND_LABELS[suggestion.kind]
    head = f"{suggestion.occasion}{suggestion.number or '（未编号）'}{kind}"
    signed = f"领衔 {suggestion.leader}"
    if suggestion.seconders:
        signed += f"　附议 {'、'.join(suggestion.seconders)}"
    met = f"　{met_on(case.events)} 面商" if met_on(case.events) else ""
    own = f"《{suggestion.title}》" if suggestion.title != case.title else ""
    return f"{head}{own}\n{signed}\n{suggestion.submitted_on} 提交{met}"


class SuggestionMenu(Button):
    """A button whose menu lists what can be done with a suggestion.

    Args:
        case: the matter.
        suggestion: its facts; None while they are missing.
        ask: called with what was chosen.
    """

    def __init__(self, case: Case, suggestion: Suggestion | None, ask: Callable[[SuggestionAction], None]) -> None:
        super().__init__(WORD, "users")
        menu = QMenu(self)
        offered = [(SuggestionAction.CORRECT, "更正届次、代表" if suggestion else "补登届次、代表")]
        if suggestion is not None:
            offered.insert(0, (SuggestionAction.PRINT, "打印专用纸"))
            if case.progress.is_open and case.progress.state is not State.RETURNED and case.progress.handed_on:
                offered.insert(0, (SuggestionAction.MEET, "登记面商"))
        for action, words in offered:
            menu.addAction(words).triggered.connect(partial(self._chosen, ask, action))
        self.setMenu(menu)

    def _chosen(
        self, ask: Callable[[SuggestionAction], None], action: SuggestionAction, _checked: bool = False
    ) -> None:
        ask(action)
