"""One row of the reception ledger (接待选民登记台账): a visit with one of its opinions, or with none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from station_app.domain.events import SATISFACTION_LABELS
from station_app.domain.opinion import Case
from station_app.domain.opinion_line import redacted_name
from station_app.domain.people import GENDER_LABELS
from station_app.domain.progress import STATE_LABELS, Disposition, State
from station_app.domain.reception import Visit, VisitLine
from station_app.domain.text import masked_phone


def visit_lines(
    visits: Sequence[Visit],
    cases: Sequence[Case],
    labels: Mapping[Disposition, str],
    rooms: Mapping[int | None, str],
) -> list[VisitLine]:
    """Return the reception ledger's rows: one per opinion, a visit without opinion has one row.

    Args:
        cases: the opinions raised in these visits, among others.
        labels: the dispositions in the station's words.
        rooms: what each room is called, see `room_names`; empty in a station without rooms.
    """
    of_visit: dict[int, list[Case]] = defaultdict(list)
    for raised in cases:
        if raised.visit_id is not None:
            of_visit[raised.visit_id].append(raised)
    lines: list[VisitLine] = []
    for visit in visits:
        own: list[Case | None] = [*of_visit[visit.id]]
        for position, case in enumerate(own or [None]):
            line = _visit_line(visit, case, labels, first=position == 0)
            lines.append(replace(line, index=len(lines) + 1, room=rooms.get(visit.room_id, "")))
    return lines


def _visit_line(visit: Visit, case: Case | None, labels: Mapping[Disposition, str], *, first: bool) -> VisitLine:
    """Return one row; number of people and notes of a visit stand on its first row only."""
    notes = [f"代{visit.on_behalf_of}反映" if visit.on_behalf_of else "", visit.notes if first else ""]
    line = VisitLine(
        index=0,
        visit_id=visit.id,
        visit_number=visit.number,
        case_number="",
        on=visit.on,
        name="匿名" if visit.anonymous else visit.name,
        gender=GENDER_LABELS[visit.gender],
        phone=visit.phone,
        address=visit.address or visit.village,
        people=visit.people if first else None,
        words="",
        category="",
        on_spot_answer="",
        proposal="",
        receivers="、".join(receiver.name for receiver in visit.receivers),
        remark="；".join(note for note in notes if note),
        place=visit.place,
        recorder=visit.recorder,
    )
    if case is None:
        return line
    progress = case.progress
    notes += ["" if case.counts else case.nature, "紧急" if case.urgent else ""]
    notes.append("作废" if progress.state is State.VOID else "")
    on_spot = progress.disposition is Disposition.ON_SPOT
    redirected = progress.disposition is Disposition.REDIRECTED
    return replace(
        line,
        case_number=case.number,
        words=case.words,
        category=case.category,
        on_spot_answer=progress.answer if on_spot else (f"引导至{progress.route}" if redirected else ""),
        proposal=_proposal(case, labels),
        remark="；".join(note for note in notes if note),
        disposition=labels[progress.disposition],
        unit=progress.unit,
        result=progress.answer or STATE_LABELS[progress.state],
        fed_back_on=progress.fed_back_on,
        satisfaction=SATISFACTION_LABELS[progress.satisfaction] if progress.satisfaction else "",
    )


def _proposal(case: Case, labels: Mapping[Disposition, str]) -> str:
    """Return what is meant to be done: the clerk's proposal, else where the matter went."""
    progress = case.progress
    if progress.proposal:
        return progress.proposal
    if progress.disposition in {Disposition.ON_SPOT, Disposition.REDIRECTED}:
        return "—"
    label = labels[progress.disposition]
    return f"{label}（{progress.unit}）" if progress.unit else label


def redact_visit(visit: Visit) -> Visit:
    """Return a visit without what tells who came; village and matter stay."""
    return replace(
        visit, name=redacted_name(visit.name), phone=masked_phone(visit.phone), address=visit.village, on_behalf_of=""
    )
