"""Opinions and their events as rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final

from station_app.domain.events import PROMISE_KEPT_WAY, Event, EventKind, Satisfaction
from station_app.domain.opinion import Case, Openness, Source
from station_app.domain.station import Tier
from station_app.domain.unfolding import derive
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile

_CASE_SQL: Final = """
    SELECT o.id, o.uid, o.number, o.source, o.title, o.words, g.label, n.label, n.counts, h.label, o.village_id,
        coalesce(nullif(p.short_name, ''), p.name, ''), o.openness, o.urgent, o.raised_on,
        coalesce(d.name, CASE WHEN v.anonymous THEN '匿名' ELSE v.name END), coalesce(v.phone, d.phone, ''),
        coalesce(v.address, ''), coalesce(v.people, 1), o.visit_id, v.day_id, o.recorder, o.remark, o.revision,
        coalesce(v.pinyin || ' ' || v.initials, d.pinyin || ' ' || d.initials, ''), o.proposer_id,
        CASE WHEN o.visit_id IS NULL THEN o.station_id WHEN v.day_id IS NULL THEN v.station_id ELSE r.station_id END
    FROM opinions o
    JOIN choices g ON g.id = o.category_id
    JOIN choices n ON n.id = o.nature_id
    JOIN choices h ON h.id = o.channel_id
    LEFT JOIN villages p ON p.id = o.village_id
    LEFT JOIN visits v ON v.id = o.visit_id
    LEFT JOIN reception_days r ON r.id = v.day_id
    LEFT JOIN deputies d ON d.id = o.proposer_id
    WHERE o.deleted_at IS NULL
"""
_EVENT_SQL: Final = """
    SELECT e.kind, e.on_date, e.id, e.uid, e.opinion_id, e.recorded_at, e.operator, e.tier, e.unit_id,
        coalesce(u.name, ''), e.text, e.person, e.phone, e.decision, e.way, e.answer_class, e.satisfaction, e.due_on,
        e.route, e.amends, e.main_id, e.attitude
    FROM events e LEFT JOIN units u ON u.id = e.unit_id
    WHERE e.deleted_at IS NULL
"""
# Looking a code up is many times faster than calling its enum, and there are a million of them in a big file.
_EVENT_KINDS: Final = {kind.value: kind for kind in EventKind}
_TIERS: Final = {None: None} | {tier.value: tier for tier in Tier}
_SATISFACTIONS: Final = {None: None} | {rating.value: rating for rating in Satisfaction}

# The indexes are named because SQLite, without statistics, would rather read all events.
_CLOSING: Final = """
    SELECT 1 FROM events c INDEXED BY events_that_close
    WHERE c.kind IN ('closed', 'redirected', 'ended', 'voided') AND c.deleted_at IS NULL
"""
_CURRENT: Final = f"""
    SELECT p.id FROM opinions p WHERE NOT EXISTS ({_CLOSING} AND c.opinion_id = p.id)
    UNION ALL
    SELECT e.opinion_id FROM events e INDEXED BY events_that_reopen WHERE e.kind IN ('restarted', 'withdrawn_event')
        AND NOT EXISTS ({_CLOSING} AND c.opinion_id = e.opinion_id AND c.on_date > e.on_date)
    UNION ALL
    SELECT e.opinion_id FROM events e INDEXED BY events_that_amend WHERE e.amends <> ''
    UNION ALL
    SELECT e.opinion_id FROM events e INDEXED BY promises_made
    WHERE e.kind = 'answered' AND e.due_on <> '' AND e.deleted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM events k INDEXED BY promises_kept
            WHERE k.kind = 'promise_checked' AND k.way = '{PROMISE_KEPT_WAY}' AND k.deleted_at IS NULL
                AND k.opinion_id = e.opinion_id AND k.on_date > e.on_date)
        AND NOT EXISTS (SELECT 1 FROM events r
            WHERE r.opinion_id = e.opinion_id AND r.kind = 'rehandled' AND r.on_date > e.on_date)
    UNION ALL
    SELECT e.opinion_id FROM events e WHERE e.on_date >= ?
"""
"""Never closed · restarted and not closed on a later day · corrected · with a promise neither kept nor asked for anew since ·
touched since.

Every opinion that is open or holds an unkept promise is among these, and few others: what was restarted and closed on
the same day, for example. Only `derive` knows for certain.
"""


class OpinionRecords:
    """Rows of opinions and events."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def cases(self, condition: str = "", parameters: tuple[Any, ...] = ()) -> list[Case]:
        """Return opinions with events and derived progress, oldest first.

        Args:
            condition: SQL beginning with AND over the alias ``o``; only from within this room.
        """
        rows = self._file.tuples(f"{_CASE_SQL} {condition} ORDER BY o.raised_on, o.id", parameters)
        if condition:
            events = self._events(f"AND e.opinion_id IN ({_ids(row[0] for row in rows)})")
            receivers = self._receivers(f"AND visit_id IN ({_ids(row[19] for row in rows if row[19])})")
        else:
            events, receivers = self._events(), self._receivers()
        cases = []
        for row in rows:
            own = tuple(events.get(row[0], ()))
            progress = derive(own)
            cases.append(
                Case(
                    id=row[0],
                    uid=row[1],
                    number=row[2],
                    source=Source(row[3]),
                    title=row[4],
                    words=row[5],
                    category=row[6],
                    nature=row[7],
                    counts=bool(row[8]),
                    channel=row[9],
                    village_id=row[10],
                    village=row[11],
                    openness=Openness(row[12]),
                    urgent=bool(row[13]) or progress.urgent,
                    raised_on=row[14],
                    petitioner=row[15],
                    phone=row[16],
                    address=row[17],
                    people=row[18],
                    receivers=receivers.get(row[19], ()),
                    visit_id=row[19],
                    day_id=row[20],
                    recorder=row[21],
                    remark=row[22],
                    events=own,
                    progress=progress,
                    revision=row[23],
                    pinyin=row[24],
                    proposer_id=row[25],
                    room_id=row[26],
                )
            )
        return cases

    def case(self, opinion_id: int) -> Case:
        """Return one opinion.

        Raises:
            KeyError: there is none.
        """
        found = self.cases("AND o.id = ?", (opinion_id,))
        if not found:
            raise KeyError(opinion_id)
        return found[0]

    def raised_between(self, from_on: str, to_on: str) -> list[Case]:
        """Return the opinions raised between two ISO dates, inclusive."""
        return self.cases("AND o.raised_on BETWEEN ? AND ?", (from_on, to_on))

    def by_id(self, ids: Collection[int]) -> list[Case]:
        """Return the opinions with these ids."""
        return self.cases(f"AND o.id IN ({_ids(ids)})")

    def maybe_current(self, since: str) -> list[Case]:
        """Return every open opinion, every one with an unkept promise, and every one something happened to.

        Args:
            since: ISO date; what happened before does not count. A few others may be among them.
        """
        return self.cases(f"AND o.id IN ({_CURRENT})", (since,))

    def of_visit(self, visit_id: int) -> list[Case]:
        """Return the opinions of one visit."""
        return self.cases("AND o.visit_id = ?", (visit_id,))

    def of_visits(self, visit_ids: Collection[int]) -> list[Case]:
        """Return the opinions raised in any of these visits."""
        return self.cases(f"AND o.visit_id IN ({_ids(visit_ids)})")

    def merged_into(self, opinion_id: int) -> list[Case]:
        """Return the opinions that are merged into one now (并案)."""
        asked = self.cases("AND o.id IN (SELECT opinion_id FROM events WHERE main_id = ?)", (opinion_id,))
        return [case for case in asked if case.progress.main_id == opinion_id]

    def number(self, opinion_id: int) -> str:
        """Return the 编号 of an opinion."""
        return str(self._file.value("SELECT number FROM opinions WHERE id = ?", [opinion_id]))

    def source_numbers(self) -> dict[int, str]:
        """Return the number in the old ledger an opinion was taken from, by id; empty where there was none."""
        return dict(self._file.tuples("SELECT id, source_number FROM opinions WHERE deleted_at IS NULL"))

    def given_numbers(self) -> dict[str, tuple[str, str] | None]:
        """Return every number ever given with date and petitioner of its matter, None where that was deleted."""
        return {
            number: None if deleted else (on, name)
            for number, deleted, on, name in self._file.tuples(
                "SELECT o.number, o.deleted_at, o.raised_on, v.name FROM opinions o"
                " LEFT JOIN visits v ON v.id = o.visit_id"
            )
        }

    def add(self, step: Step, **values: Any) -> int:
        """Add an opinion; ``values`` are the columns of the table."""
        return step.insert("opinions", **values)

    def change(self, step: Step, opinion_id: int, **values: Any) -> None:
        """Change columns of an opinion."""
        step.update("opinions", opinion_id, **values)

    def add_event(
        self,
        step: Step,
        opinion_id: int,
        event: Event,
        operator: str,
        assisting_ids: tuple[int, ...] = (),
        separate_ids: tuple[int, ...] = (),
    ) -> int:
        """Append an event to an opinion's history.

        Args:
            operator: who records it; 系统 for what the program closes by itself.
            assisting_ids / separate_ids: ids of the other units of a hand-over (协办, 分别办理).
        """
        event_id = step.insert(
            "events", opinion_id=opinion_id, kind=event.kind, on_date=event.on,
            recorded_at=event.recorded_at or step.at, operator=operator, tier=event.tier, unit_id=event.unit_id,
            text=event.text, person=event.person, phone=event.phone, decision=event.decision, way=event.way,
            answer_class=event.answer_class, satisfaction=event.satisfaction, due_on=event.due_on,
            route=event.route, amends=event.amends, main_id=event.main_id, attitude=event.attitude,
        )  # fmt: skip
        for role, unit_ids in (("assist", assisting_ids), ("separate", separate_ids)):
            for unit_id in unit_ids:
                step.insert("event_units", event_id=event_id, unit_id=unit_id, role=role)
        return event_id

    def _events(self, condition: str = "") -> dict[int, list[Event]]:
        others: dict[str, dict[int, list[str]]] = {"assist": defaultdict(list), "separate": defaultdict(list)}
        for event_id, role, name in self._file.tuples(
            "SELECT t.event_id, t.role, u.name FROM event_units t JOIN units u ON u.id = t.unit_id"
            f" JOIN events e ON e.id = t.event_id WHERE t.deleted_at IS NULL {condition} ORDER BY t.id"
        ):
            others[role][event_id].append(name)
        found: dict[int, list[Event]] = defaultdict(list)
        for row in self._file.tuples(f"{_EVENT_SQL} {condition} ORDER BY e.opinion_id, e.id"):
            found[row[4]].append(
                Event(
                    kind=_EVENT_KINDS[row[0]],
                    on=row[1],
                    id=row[2],
                    uid=row[3],
                    opinion_id=row[4],
                    recorded_at=row[5],
                    operator=row[6],
                    tier=_TIERS[row[7]],
                    unit_id=row[8],
                    unit=row[9],
                    assisting=tuple(others["assist"].get(row[2], ())),
                    separate=tuple(others["separate"].get(row[2], ())),
                    text=row[10],
                    person=row[11],
                    phone=row[12],
                    decision=row[13],
                    way=row[14],
                    answer_class=row[15],
                    satisfaction=_SATISFACTIONS[row[16]],
                    due_on=row[17],
                    route=row[18],
                    amends=row[19],
                    main_id=row[20],
                    attitude=_SATISFACTIONS[row[21]],
                )
            )
        return found

    def _receivers(self, condition: str = "") -> dict[int, tuple[str, ...]]:
        found: dict[int, list[str]] = defaultdict(list)
        for visit_id, name in self._file.tuples(
            "SELECT visit_id, name FROM visit_receivers"
            f" WHERE deleted_at IS NULL {condition} ORDER BY visit_id, position"
        ):
            found[visit_id].append(name)
        return {visit_id: tuple(names) for visit_id, names in found.items()}


def _ids(ids: Iterable[int]) -> str:
    return ", ".join(str(int(one)) for one in ids)
