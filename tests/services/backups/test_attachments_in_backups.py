"""What is attached goes along with every backup, once, and comes back with it."""

from pathlib import Path

import pytest

from station_app.domain.attachment import Owner
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.station import Desks
from tests.services.backups.station import open_again, restored
from tests.wall import Wall

VISIT = VisitDraft(
    on="2026-11-20",
    visitor=VisitorDraft(name="覃水生", phone="14000000001"),
    receivers=(Receiver("肖敏"),),
    opinions=(OpinionDraft("沟渠淤塞，晚稻灌不上水。", category="农业农村"),),
)


@pytest.fixture
def opinion(desks: Desks, tmp_path: Path) -> int:
    """Return an opinion with a text attached."""
    desks.reception.register_visit(VISIT)
    (case,) = desks.opinions.cases()
    paper = tmp_path / "说明.txt"
    paper.write_text("水渠从春上就淤了。", encoding="utf-8")
    desks.attachments.attach_files(Owner.OPINION, case.id, [paper])
    return case.id


def content(desks: Desks, opinion: int) -> str:
    (attached,) = desks.attachments.of(Owner.OPINION, opinion)
    return desks.attachments.content(attached).decode()


def test_attachments_lost_since_come_back_with_the_backup(desks: Desks, wall: Wall, opinion: int) -> None:
    backup = desks.backups.back_up()
    desks.path.with_suffix(".attachments").unlink()
    assert "水渠" in content(desks, opinion), "what is lost is read from the backups' copy meanwhile"
    wall.wait(minutes=5)
    opened = restored(desks, wall, backup)
    assert "水渠" in content(opened, opinion)
    opened.close()


def test_a_copy_on_a_stick_has_its_attachments(desks: Desks, wall: Wall, opinion: int, stick: Path) -> None:
    target = desks.backups.copy_all_to(stick)
    copy = open_again(target / desks.path.name, wall)
    assert "水渠" in content(copy, opinion)
    copy.close()
    place = desks.backups.choose_second(stick / "备份").value
    desks.backups.keep_up()
    assert (place / "禾溪.attachments").is_file()


def test_a_missing_attachments_file_keeps_no_backup_from_being_made(desks: Desks, opinion: int) -> None:
    desks.path.with_suffix(".attachments").unlink()
    assert desks.backups.back_up().proven
