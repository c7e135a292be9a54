"""The new list of a term beside the roster: who on it is registered already, who is new, of whom that is not clear."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from station_app.domain.people import Deputy, EndReason
from station_app.domain.roster_sheet import roster_keys
from station_app.domain.term_change import Fate, Newcomer, Outgoing, TermChange


@dataclass(frozen=True)
class Listed:
    """A row of the new list.

    Args:
        row: 1-based, as in Excel.
        keys: identity keys as `roster_keys` makes them.
        sheet: what it tells, by keys of `TAKEN_FIELDS`.
        uid: of our own export, or empty.
    """

    row: int
    name: str
    keys: tuple[str, ...] = ()
    constituency: str = ""
    card_number: str = ""
    sheet: Mapping[str, str] | None = None
    uid: str = ""


def with_list(change: TermChange, listed: Sequence[Listed], deputies: Sequence[Deputy], name: str) -> TermChange:
    """Return the draft as a new list tells it.

    Who is on it and in the old term goes on; who is registered otherwise, or not at all, is a newcomer; who is not on
    it ends. Namesakes of whom nothing tells that they are the same person stay undecided. An earlier list is replaced.
    """
    matched = match_list(listed, deputies, frozenset(one.deputy_id for one in change.outgoing))
    by_deputy = {one.id: row for row, one in matched.certain}
    open_ids = {deputy.id for _row, candidates in matched.doubtful for deputy in candidates}
    outgoing = []
    for one in change.outgoing:
        row = by_deputy.pop(one.deputy_id, None)
        if row is not None:
            outgoing.append(_carried(one, row))
        elif one.deputy_id in open_ids:
            outgoing.append(replace(one, fate=Fate.OPEN, row=0, sheet={}))
        else:
            outgoing.append(replace(one, fate=Fate.ENDED, row=0, sheet={}))
    newcomers = [one for one in change.newcomers if not one.row]
    newcomers += [_newcomer(row, deputy_id=deputy_id) for deputy_id, row in by_deputy.items()]
    newcomers += [_newcomer(row) for row in matched.new]
    newcomers += [_newcomer(row, candidates=tuple(one.id for one in found)) for row, found in matched.doubtful]
    newcomers.sort(key=lambda one: one.row)
    return replace(change, outgoing=tuple(outgoing), newcomers=tuple(newcomers), sheet_name=name)


def settled(change: TermChange, newcomer: Newcomer, deputy_id: int | None) -> TermChange:
    """Return the draft once the clerk has said who a doubtful newcomer is.

    Args:
        deputy_id: the registered person who is meant; None when it is somebody new.
    """
    rest = tuple(one for one in change.newcomers if one is not newcomer)
    of_old = next((one for one in change.outgoing if one.deputy_id == deputy_id), None)
    if of_old is not None:
        row = Listed(newcomer.row, newcomer.name, (), newcomer.constituency, newcomer.card_number, newcomer.sheet)
        change = replace(
            change,
            outgoing=tuple(_carried(one, row) if one is of_old else one for one in change.outgoing),
            newcomers=rest,
        )
    else:
        same = replace(newcomer, deputy_id=deputy_id, candidates=())
        change = replace(change, newcomers=tuple(same if one is newcomer else one for one in change.newcomers))
    if deputy_id is not None:  # nobody is meant twice
        others = (
            replace(one, candidates=tuple(each for each in one.candidates if each != deputy_id))
            for one in change.newcomers
        )
        change = replace(change, newcomers=tuple(others))
    waiting = {each for one in change.newcomers for each in one.candidates}
    over = [
        one.deputy_id
        for one in change.outgoing
        if one.deputy_id in newcomer.candidates and one.fate is Fate.OPEN and one.deputy_id not in waiting
    ]
    return change.deciding(over, fate=Fate.ENDED, reason=EndReason.TERM_OVER)


def named(change: TermChange, newcomer: Newcomer, deputies: Sequence[Deputy]) -> Newcomer:
    """Return a newcomer whose name was typed, doubtful when registered people of that name may be meant."""
    taken = {one.deputy_id for one in change.outgoing if one.fate is Fate.CARRIED}
    taken |= {one.deputy_id for one in change.newcomers if one.deputy_id}
    row = Listed(0, newcomer.name, sheet=newcomer.sheet)
    same = [one for one in deputies if one.name == newcomer.name and one.id not in taken and not _contradicts(row, one)]
    return replace(newcomer, deputy_id=None, candidates=tuple(one.id for one in same))


@dataclass(frozen=True)
class Matched:
    """The rows of a list by what is known of the person.

    Args:
        certain: rows with the registered person they mean.
        doubtful: rows with the registered namesakes of whom nothing tells whether they are meant.
        new: rows about nobody registered.
    """

    certain: tuple[tuple[Listed, Deputy], ...]
    doubtful: tuple[tuple[Listed, tuple[Deputy, ...]], ...]
    new: tuple[Listed, ...]


def match_list(listed: Sequence[Listed], deputies: Sequence[Deputy], current: Collection[int] = ()) -> Matched:
    """Return which registered person each row means; nobody is meant by two rows.

    Certain is an own uid, then one of ID number, phone or month of birth beside the name, then, for those of the old
    term, the name together with post, village or constituency when one person alone fits. The name alone is never
    enough.

    Args:
        current: ids of those of the old term.
    """
    free = list(deputies)
    certain: list[tuple[Listed, Deputy]] = []
    waiting = list(listed)
    for signs in (_same_uid, _same_key, _same_place):
        left = []
        for row in waiting:
            found = [one for one in free if signs(row, one) and (signs is not _same_place or one.id in current)]
            if len(found) == 1:
                certain.append((row, found[0]))
                free.remove(found[0])
            else:
                left.append(row)
        waiting = left
    doubtful, new = [], []
    for row in waiting:
        namesakes = tuple(one for one in free if one.name == row.name and not _contradicts(row, one))
        if namesakes:
            doubtful.append((row, namesakes))
        else:
            new.append(row)
    return Matched(tuple(certain), tuple(doubtful), tuple(new))


def _same_uid(row: Listed, deputy: Deputy) -> bool:
    return bool(row.uid) and row.uid == deputy.uid


def _same_key(row: Listed, deputy: Deputy) -> bool:
    keys = roster_keys(deputy.name, deputy.phone, deputy.id_number, deputy.birth_month)
    return any(key in keys for key in row.keys) and not _contradicts(row, deputy)


def _same_place(row: Listed, deputy: Deputy) -> bool:
    if row.name != deputy.name or _contradicts(row, deputy):
        return False
    sheet = row.sheet or {}
    pairs = [(sheet.get("post", ""), deputy.post), (sheet.get("village", ""), deputy.village)]
    pairs += [(row.constituency, mandate.constituency) for mandate in deputy.mandates]
    return any(listed and listed == known for listed, known in pairs)


def _contradicts(row: Listed, deputy: Deputy) -> bool:
    """Tell whether month of birth or gender say that it is somebody else."""
    sheet = row.sheet or {}
    known = ((sheet.get("birth_month", ""), deputy.birth_month), (sheet.get("gender", ""), str(deputy.gender)))
    return any(listed and registered not in ("", "unknown", listed) for listed, registered in known)


def _carried(one: Outgoing, row: Listed) -> Outgoing:
    return replace(
        one,
        fate=Fate.CARRIED,
        constituency=row.constituency or one.constituency,
        card_number=row.card_number or one.card_number,
        row=row.row,
        sheet=dict(row.sheet or {}),
    )


def _newcomer(row: Listed, *, deputy_id: int | None = None, candidates: Iterable[int] = ()) -> Newcomer:
    return Newcomer(
        row.name, row.constituency, row.card_number, deputy_id, tuple(candidates), row.row, dict(row.sheet or {})
    )
