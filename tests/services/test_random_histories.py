"""Whatever a clerk does with matters, in any order: what the program says of them is what the rules say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from station_app.domain.events import Event
from station_app.domain.legality import move_of
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.periods import month_of
from station_app.domain.problems import InvalidInput
from station_app.domain.progress import State
from tests.domain import slow_history as slow
from tests.services.random_clerk import UNITS, K, Matter, RandomClerk

STEPS = 140
SELDOM = frozenset(
    {Move.END, Move.REDIRECT, Move.RETURN, Move.MERGE, Move.UNMERGE, Move.SUPERVISE, Move.INTERIM, Move.ANSWER_ON_SPOT}
)


@pytest.mark.parametrize("seed", range(12))
def test_states_dates_clocks_and_figures_are_what_the_rules_say(tmp_path: Path, seed: int) -> None:
    clerk = RandomClerk(tmp_path / "禾溪.station", seed)
    try:
        for _ in range(STEPS):
            clerk.pass_time()
            close_unrated(clerk)
            matter = clerk.random.choice(clerk.matters)
            act = clerk.random.choice((any_move, any_move, likely_move, likely_move, likely_move, correct, careless))
            act(clerk, matter)
            for one in clerk.matters:
                compare(clerk, one)
            figures = clerk.desks.reports.figures(month_of(clerk.day))
            assert figures.ties, figures.tie
            assert clerk.desks.reports.untied_months() == []
        same_narrowly(clerk)
    finally:
        clerk.desks.close()


def any_move(clerk: RandomClerk, matter: Matter) -> None:
    """Try any move there is; it is taken when the rules allow it, and refused without a trace when they do not."""
    move = clerk.random.choice([move for move in Move if move is not Move.VOID or clerk.random.random() < 0.1])
    attempt(clerk, matter, clerk.some_draft(matter, move))


def likely_move(clerk: RandomClerk, matter: Matter) -> None:
    """Make one of the moves that are offered."""
    offered = clerk.desks.opinions.moves(clerk.desks.opinions.case(matter.id))
    weights = [0 if move is Move.VOID else 1 if move in SELDOM else 18 if move is Move.RATE else 6 for move in offered]
    if sum(weights):
        attempt(clerk, matter, clerk.some_draft(matter, clerk.random.choices(offered, weights)[0]))


def attempt(clerk: RandomClerk, matter: Matter, draft: MoveDraft) -> None:
    """Make a move and see that it is taken or refused as the rules have it; sometimes take it back."""
    if not clerk.wanted(matter, draft):
        refused(clerk, lambda: clerk.desks.opinions.move(matter.id, draft))
        return
    before, book = clerk.desks.opinions.case(matter.id), matter.copy()
    clerk.desks.opinions.move(matter.id, draft)
    clerk.note(matter)
    if clerk.random.random() < 0.25:
        clerk.desks.housekeeping.undo()
        assert clerk.desks.opinions.case(matter.id) == replace(
            before, revision=clerk.desks.opinions.case(matter.id).revision
        )
        clerk.matters[clerk.matters.index(matter)] = book


def careless(clerk: RandomClerk, matter: Matter) -> None:
    """Leave something out, or mistake the day: refused, and nothing is written."""
    history = matter.history()
    wrong = clerk.random.choice(
        (
            MoveDraft(Move.HAND_OVER, clerk.day.isoformat()),
            MoveDraft(Move.STUDY, clerk.day.isoformat()),
            MoveDraft(Move.ANSWER, clerk.day.isoformat(), text="已办", answer_class="Z"),
            MoveDraft(Move.ANSWER, clerk.day.isoformat(), text="已办", answer_class="A", due_on="2030-01-01"),
            MoveDraft(Move.FEED_BACK, clerk.day.isoformat()),
            MoveDraft(Move.MERGE, clerk.day.isoformat(), main_id=matter.id),
            MoveDraft(Move.RATE, clerk.day.isoformat()),
            replace(clerk.some_draft(matter, Move.URGE), on=(clerk.day + timedelta(days=1)).isoformat()),
            replace(clerk.some_draft(matter, Move.STUDY), on=day_before(history[0].on)),
            replace(clerk.some_draft(matter, Move.FEED_BACK), on="昨天"),
        )
    )
    refused(clerk, lambda: clerk.desks.opinions.move(matter.id, wrong))
    refused(clerk, lambda: clerk.desks.opinions.move_many([one.id for one in clerk.matters], wrong))


def correct(clerk: RandomClerk, matter: Matter) -> None:
    """Correct a step, its day and its words, or strike it out: done only when all that came after still holds."""
    steps = clerk.correctable(matter)
    if not steps:
        return
    step = clerk.random.choice(steps)
    if clerk.random.random() < 0.5:
        draft, amending = None, None
    else:
        draft = clerk.some_draft(matter, move_of(step))
        draft = replace(draft, on=day_before(step.on) if clerk.random.random() < 0.3 else step.on)
        if draft.due_on and draft.due_on < draft.on:
            draft = replace(draft, due_on=draft.on)
        amending = expected(clerk, matter, step, draft)
    should = possible(matter, step, amending)
    if not should:
        refused(clerk, lambda: clerk.desks.opinions.correct_event(matter.id, step.uid, draft, "记错了"))
        return
    before = clerk.desks.opinions.case(matter.id)
    clerk.desks.opinions.correct_event(matter.id, step.uid, draft, "记错了")
    (added,) = clerk.note(matter)
    assert added.amends == step.uid
    assert set(before.events) < set(clerk.desks.opinions.case(matter.id).events)


def expected(clerk: RandomClerk, matter: Matter, step: Event, draft: MoveDraft) -> Event:
    """Return what a correction would put in the place of a step."""
    history = matter.history()
    given = slow.hand_over(history[: history.index(step)])
    unit_id = draft.unit_id or (given.unit_id if given and draft.move is Move.ANSWER else None)
    separate = tuple(UNITS[one][0] for one in draft.separate_ids)
    return replace(
        step, on=draft.on, unit_id=unit_id, unit=UNITS[unit_id][0] if unit_id else "", tier=draft.tier, due_on=draft.due_on,
        separate=separate, satisfaction=draft.satisfaction, way=step.way if draft.move is Move.ANSWER_ON_SPOT else draft.way,
    )  # fmt: skip


def possible(matter: Matter, step: Event, amending: Event | None) -> bool:
    """Tell whether the history would still hold with a step replaced, or left out."""
    tried = matter.copy()
    (entry,) = (entry for entry in tried.entries if entry.event is step)
    if amending is None:
        tried.entries.remove(entry)
    else:
        entry.event = amending
    return slow.could_have_happened(tried.history())


def close_unrated(clerk: RandomClerk) -> None:
    """Let the program close what nobody rated in time, as it does at every opening."""
    late = []
    for matter in clerk.matters:
        history = matter.history()
        clock = slow.clock(history)
        if slow.state(history) is State.FED_BACK and clock and clock[0] < clerk.day.isoformat():
            late.append(matter)
    assert clerk.desks.opinions.close_unrated() == len(late)
    for matter in late:
        assert [event.kind for event in clerk.note(matter)] == [K.RATED, K.CLOSED]


def refused(clerk: RandomClerk, act: Callable[[], object]) -> None:
    """See that something is refused and leaves no trace in the file."""
    head = clerk.desks._file.chain_head()
    with pytest.raises(InvalidInput) as refusal:
        act()
    assert all(problem.message for problem in refusal.value.problems)
    assert clerk.desks._file.chain_head() == head


def compare(clerk: RandomClerk, matter: Matter) -> None:
    """See that what is derived of a matter is what the rules say of its history."""
    case = clerk.desks.opinions.case(matter.id)
    history = matter.history()
    told = slow.facts(history)
    assert {name: getattr(case.progress, name) for name in told} == told
    clock, due = clerk.desks.opinions.clock(case), slow.clock(history)
    assert (clock and (clock.due_on.isoformat(), clock.binding)) == due
    assert next(one for one in clerk.desks.opinions.cases() if one.id == matter.id).progress == case.progress


def same_narrowly(clerk: RandomClerk) -> None:
    """See that what is open or promised is found without reading everything."""
    tomorrow = (clerk.day + timedelta(days=1)).isoformat()
    with clerk.desks.reading() as copy:
        found = {case.id for case in copy.opinions.current(tomorrow)}
        assert not copy.opinions.is_read()
    cases = clerk.desks.opinions.cases()
    assert found == {case.id for case in cases if case.progress.is_open or case.progress.has_open_promise}


def day_before(day: str) -> str:
    """Return the day before an ISO date."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
