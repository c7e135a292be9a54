"""How an earlier or a similar matter is told in one line: when it was raised, what was answered, where it stands."""

from station_app.domain.events import SATISFACTION_LABELS
from station_app.domain.opinion import Case
from station_app.domain.progress import STATE_LABELS, State

_LONGEST_TITLE = 12


def short_title(case: Case) -> str:
    """Return the title as a line can hold it."""
    return case.title if len(case.title) <= _LONGEST_TITLE else f"{case.title[: _LONGEST_TITLE - 1]}…"


def standing_words(case: Case) -> str:
    """Return where a matter stands: 办理中，镇农技站; 办结，B 类答复，承诺 2025-12-31（未核实），满意."""
    progress = case.progress
    parts = [STATE_LABELS[progress.state]]
    if progress.state is State.HANDLING and progress.unit:
        parts.append(progress.unit)
    if progress.answered_on:
        parts.append(f"{progress.answer_class} 类答复" if progress.answer_class else "已答复")
    parts.append(promise_words(case))
    if progress.satisfaction:
        parts.append(SATISFACTION_LABELS[progress.satisfaction])
    return "，".join(part for part in parts if part)


def promise_words(case: Case) -> str:
    """Return what was promised and what became of it, or nothing."""
    progress = case.progress
    if not progress.promised_on:
        return ""
    if progress.promise_kept_on:
        return f"承诺 {progress.promised_on}（已兑现）"
    if progress.promise_given_up_on:
        return f"承诺 {progress.promised_on}（无法兑现）"
    return f"承诺 {progress.promised_on}（未兑现）"


def past_words(case: Case) -> str:
    """Return what is told of a matter raised before: 2024 年反映过，B 类答复，承诺 2025-12-31（未兑现），满意."""
    # An answered one is done with; that it is closed goes without saying.
    return f"{case.raised_on[:4]} 年反映过，{standing_words(case).removeprefix('办结，')}"
