"""The small invented station with rooms and posts: days, visits and a deputy's opinion belong to them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from station_app.domain.people import Placement
from station_app.domain.reception import OpinionDraft, Presence, Receiver, ReceptionDay, VisitDraft, VisitorDraft
from station_app.domain.rooms import Room
from station_app.domain.station import Branch, StationKind
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.station import Desks
from tests.ui.small_station import TODAY, small_station

MARKET, FACTORY = "圩镇代表联络室", "禾溪制衣厂代表联络点"


def roomy_station(path: Path, today: date = TODAY) -> Desks:
    """Make the small station with two rooms in use and one that is not; return its open desks."""
    desks = small_station(path, today)
    villages = [village.id for village in desks.settings.villages()]
    clerk = next(person for person in desks.settings.staff() if person.name == "肖敏")
    market = desks.rooms.save(
        Room(MARKET, place="圩镇流动接待点", village_ids=(villages[4], villages[3]), staff_id=clerk.id)
    ).value
    factory = desks.rooms.save(
        Room(FACTORY, StationKind.POINT, Branch.ENTERPRISE, "禾溪制衣厂工会办公室", "14000000077")
    ).value
    closed = desks.rooms.save(Room("大田村代表联络点", StationKind.POINT)).value
    desks.rooms.save(replace(next(one for one in desks.rooms.all() if one.id == closed), retired=True))
    held, *_ = desks.days.between()
    desks.days.save(replace(held, room_id=market))
    deputy = desks.roster.deputies()[3]
    desks.roster.save_deputy(replace(deputy, placements=(Placement(factory, "2024-01-01"),)))
    _fill(desks, today, factory, (held.attendance[0].deputy_id, deputy.id))
    return desks


def _fill(desks: Desks, today: date, factory: int, deputies: tuple[int, int]) -> None:
    """Hold a day in the factory, register a visit there and one outside any day; one deputy came to two rooms."""
    on = (today - timedelta(days=7)).isoformat()
    day = desks.days.save(ReceptionDay(on, "14:30", "17:00", "禾溪制衣厂工会办公室", room_id=factory), deputies).value
    desks.days.open(day)
    for deputy_id in deputies:
        desks.days.sign_in(day, deputy_id, Presence.PRESENT)
    for name, words, where in (
        ("蓝秋妹", "厂门口的路灯坏了三盏，夜班下班看不清路。", day),
        ("韦小兰", "食堂后面的下水道常堵，气味很大。", None),
    ):
        desks.reception.register_visit(
            VisitDraft(
                on,
                VisitorDraft(name, phone="14000002050", address="水东村一组"),
                (Receiver("单小芳", deputy_id=deputies[1]),),
                (OpinionDraft(words, category="基础设施"),),
                day_id=where,
                room_id=factory,
            )
        )
    desks.days.end(day)
    draft = DeputyOpinionDraft(today.isoformat(), deputies[1], "建议给夜班女工开一趟班车。", category="交通")
    desks.opinions.register_deputy_opinion(replace(draft, room_id=factory))
