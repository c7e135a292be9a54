"""What to look at before a change of term is carried out: what is missing, and what does not fit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from station_app.domain.deputy_checks import deputy_problems
from station_app.domain.people import Deputy, day_problem
from station_app.domain.problems import FieldProblem
from station_app.domain.term_change import Fate, TermChange, changed_deputies, elected
from station_app.domain.terms import Constituency
from station_app.domain.text import NAME_LIMIT, text_problem


@dataclass(frozen=True)
class Finding:
    """Something about a change of term.

    Args:
        text: Chinese sentence.
        blocks: the change cannot be carried out while it is so.
        deputy_ids: whom it is about.
    """

    text: str
    blocks: bool = False
    deputy_ids: tuple[int, ...] = ()


def beginning_problems(change: TermChange) -> list[FieldProblem | None]:
    """Return what is wrong with level, terms and dates; None stands for a check that passed."""
    ends, begins, until = change.ends_on, change.begins_on, change.until
    wrong = [
        day_problem("ends_on", "上一届终止日期", ends),
        day_problem("begins_on", "新一届起始日期", begins),
        day_problem("until", "新一届届满日期", until) if until else None,
    ]
    problems = [
        None if change.new_term else FieldProblem("new_term", "请填写新一届的届次，如“第十九届”。"),
        text_problem("new_term", "新一届届次", change.new_term, NAME_LIMIT),
        FieldProblem("new_term", "新一届与上一届是同一个届次，请核对。")
        if change.new_term and change.new_term == change.old_term
        else None,
        *wrong,
    ]
    if not any(wrong):
        if begins <= ends:
            problems.append(FieldProblem("begins_on", f"新一届应在上一届终止（{ends}）的第二天或以后开始。"))
        if until and until <= begins:
            problems.append(FieldProblem("until", f"新一届届满日期应在起始日期（{begins}）以后。"))
    return problems


def findings(
    change: TermChange, deputies: Sequence[Deputy], constituencies: Iterable[Constituency], today: date
) -> list[Finding]:
    """Return what is missing or does not fit, what blocks first."""
    names = {deputy.id: deputy.name for deputy in deputies}
    found = [Finding(problem.message, blocks=True) for problem in beginning_problems(change) if problem]
    undecided = tuple(one.deputy_id for one in change.outgoing if one.fate is Fate.OPEN)
    if undecided:
        found.append(Finding(f"{len(undecided)} 位还没有定：{_told(names, undecided)}。", True, undecided))
    if change.doubtful:
        listed = "、".join(one.name for one in change.doubtful[:6])
        found.append(Finding(f"名单上 {len(change.doubtful)} 位分不清是不是已登记的同名代表：{listed}。", blocks=True))
    twice = [one for one, n in Counter(one.deputy_id for one in elected(change) if one.deputy_id).items() if n > 1]
    if twice:
        found.append(Finding(f"{_told(names, tuple(twice))} 列了两次，请去掉一次。", True, tuple(twice)))
    found += _unfit_entries(change, deputies, today)
    found += _card_numbers(change)
    found += _seats(change, constituencies)
    without = sum(not one.constituency for one in elected(change))
    if without:
        found.append(Finding(f"{without} 位没有填选区（选举单位），可以以后再补。"))
    return sorted(found, key=lambda one: not one.blocks)


def _told(names: dict[int, str], ids: tuple[int, ...]) -> str:
    told = "、".join(names.get(one, "") for one in ids[:6])
    return f"{told}等" if len(ids) > 6 else told


def _unfit_entries(change: TermChange, deputies: Sequence[Deputy], today: date) -> list[Finding]:
    """Return why what a list or the clerk gave cannot be registered; entries that were so before are left alone."""
    before = {deputy.id: set(deputy_problems(deputy, today)) for deputy in deputies}
    return [
        Finding(f"{deputy.name or '（没有姓名）'}：{problem.message}", True, (deputy.id,))
        for deputy in changed_deputies(change, deputies, {})
        for problem in deputy_problems(deputy, today)
        if problem and problem not in before.get(deputy.id, set())
    ]


def _card_numbers(change: TermChange) -> list[Finding]:
    counted = Counter(one.card_number for one in elected(change) if one.card_number)
    twice = [number for number, count in counted.items() if count > 1]
    return [Finding(f"代表证号重复：{'、'.join(twice[:6])}。", blocks=True)] if twice else []


def _seats(change: TermChange, constituencies: Iterable[Constituency]) -> list[Finding]:
    term = change.old_term if change.keep_constituencies else change.new_term
    counted = Counter(one.constituency for one in elected(change))
    known = {one.name: one.seats for one in constituencies if (one.level, one.term) == (change.level, term)}
    unfit = [
        f"{name}应选 {seats} 名，名单上有 {counted[name]} 名"
        for name, seats in known.items()
        if seats is not None and seats != counted[name]
    ]
    told = "；".join(unfit[:6]) + ("等" if len(unfit) > 6 else "")
    found = [Finding(f"{len(unfit)} 个选区的人数与名额不符：{told}。")] if unfit else []
    unknown = sorted(name for name in counted if name and name not in known)
    if known and unknown:
        found.append(Finding(f"没有登记过的选区：{'、'.join(unknown[:6])}，将按名称登记。"))
    return found
