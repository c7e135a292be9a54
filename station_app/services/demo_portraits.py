"""Drawn portraits of the invented station's deputies."""

from datetime import date
from typing import Final

from station_app.documents.drawn_portraits import Sitter, drawn_portrait
from station_app.domain.attachment import Owner
from station_app.domain.people import Gender
from station_app.services.attachments_desk import AttachmentsDesk, Pasted
from station_app.storage.deputies import DeputyRecords
from station_app.storage.station_file import StationFile

_EVERY_WITHOUT: Final = 9
"""Of so many deputies one has no portrait."""


def attach_portraits(file: StationFile, today: date) -> None:
    """Give most of the serving deputies a portrait; the others show what a card without one looks like."""
    desk = AttachmentsDesk(file)
    packer = desk.packer(Owner.DEPUTY)
    for deputy in DeputyRecords(file).all():
        if not (deputy.serves_on(today.isoformat()) and deputy.birth_month and deputy.roster_order % _EVERY_WITHOUT):
            continue
        age = today.year - int(deputy.birth_month[:4])
        drawn = drawn_portrait(Sitter(deputy.roster_order, deputy.gender is Gender.FEMALE, age))
        (photo_id,) = desk.attach(Owner.DEPUTY, deputy.id, packer.pack([Pasted(f"{deputy.name}.jpg", drawn)])).value
        with file.write("照片") as step:
            step.update("deputies", deputy.id, photo_id=photo_id)
