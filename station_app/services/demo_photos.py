"""Drawn pictures attached to a handful of the invented station's opinions, and to what was answered."""

from datetime import date
from typing import Final

from station_app.documents.drawn_photos import drawn_photo
from station_app.domain.attachment import Owner
from station_app.domain.calendars import add_months
from station_app.domain.events import EventKind
from station_app.domain.opinion import Case
from station_app.services.attachments_desk import AttachmentsDesk, Pasted
from station_app.storage.opinions import OpinionRecords
from station_app.storage.station_file import StationFile

_SCENES: Final = (("护栏", "railing"), ("渠", "canal"), ("路灯", "lamp"), ("坑洼", "road"))
_NAMES: Final = {"railing": "护栏", "canal": "水渠", "lamp": "路灯", "road": "路面"}
_MONTHS_BACK: Final = 12
_OF_EACH: Final = 2


def attach_photos(file: StationFile, today: date) -> None:
    """Attach a picture to the newest opinions of each scene, and one to the answer of those that have one."""
    cases = OpinionRecords(file).raised_between(add_months(today, -_MONTHS_BACK).isoformat(), today.isoformat())
    desk = AttachmentsDesk(file)
    for word, scene in _SCENES:
        for case in [one for one in cases if word in one.title][-_OF_EACH:]:
            _attach(
                desk,
                Owner.OPINION,
                case.id,
                scene,
                f"{_place(case)}{_NAMES[scene]}现场",
                f"{case.raised_on}　{case.title}",
            )
            answers = [event for event in case.events if event.kind is EventKind.ANSWERED]
            if answers and word == _SCENES[0][0]:
                caption = f"{answers[-1].on}　答复时所附：{case.title}"
                _attach(desk, Owner.EVENT, answers[-1].id, scene, "答复所附现场图", caption)


def _attach(desk: AttachmentsDesk, owner: Owner, owner_id: int, scene: str, name: str, caption: str) -> None:
    picture = Pasted(f"{name}.jpg", drawn_photo(scene, caption))
    desk.attach(owner, owner_id, desk.packer(owner).pack([picture]))


def _place(case: Case) -> str:
    return case.village or "全镇"
