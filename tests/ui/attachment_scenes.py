"""Scenes of attachments for `tests.pictures`: beside an opinion, in an answer's form, in a visit, the viewer, and missing."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from station_app.domain.attachment import Owner
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.ui.attachment_viewer import AttachmentViewer
from station_app.ui.attachments_strip import AttachmentsStrip
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.settings_page import SettingsPage
from tests.picture_scenes import Shot


def _files(shot: Shot) -> list[Path]:
    """Write a letter and a table as an office would send them."""
    folder = shot.desks.path.parent
    letter, table = folder / "镇水务站关于沟渠清淤情况的答复.docx", folder / "清淤工程量.xls"
    letter.write_bytes(b"PK\x03\x04" + bytes(40_000))
    table.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(30_000))
    return [letter, table]


def _with_photos(shot: Shot, least: int) -> Case:
    cases = shot.desks.opinions.cases()
    return next(case for case in reversed(cases) if len(shot.desks.attachments.of_case(case)) >= least)


def _panel(shot: Shot) -> OpinionsPage:
    page = shot.page("opinions")
    assert isinstance(page, OpinionsPage)
    return page


def _beside(shot: Shot) -> None:
    case = _with_photos(shot, 2)
    shot.desks.attachments.attach_files(Owner.OPINION, case.id, _files(shot))
    page = _panel(shot)
    page.open_item(case.id)
    page.panel.attachments.list.setFocus()


def _refused(shot: Shot) -> None:
    page = _panel(shot)
    page.open_item(_with_photos(shot, 1).id)
    program = shot.desks.path.parent / "看图工具.exe"
    program.write_bytes(b"MZ" + bytes(100))
    page.panel.attachments.take([program])


def _missing(shot: Shot) -> None:
    shot.desks.path.with_suffix(".attachments").unlink()
    page = _panel(shot)
    page.open_item(_with_photos(shot, 1).id)


def _answer(shot: Shot) -> None:
    page = _panel(shot)
    case = next(case for case in shot.desks.opinions.cases() if Move.ANSWER in shot.desks.opinions.moves(case))
    page.open_item((case.id, Move.ANSWER))
    form = page.form()
    assert form is not None
    form.findChildren(AttachmentsStrip)[0].take(_files(shot))


def _visit(shot: Shot) -> None:
    page = shot.page("reception")
    assert isinstance(page, ReceptionPage)
    case = _with_photos(shot, 1)
    assert case.visit_id is not None
    photo = shot.desks.path.parent / "选民带来的照片.jpg"
    photo.write_bytes(shot.desks.attachments.content(shot.desks.attachments.of_case(case)[0]))
    shot.desks.attachments.attach_files(Owner.VISIT, case.visit_id, [photo])
    page.open_item(("visit", case.visit_id))


def _settings(shot: Shot) -> None:
    page = shot.page("settings")
    assert isinstance(page, SettingsPage)
    page.go_to("附件")


class ViewerShot(AttachmentViewer):
    """The viewer over the first photos of the demo."""

    def __init__(self, folder: Path) -> None:
        self._behind = Shot(folder, "today")
        files = self._behind.desks.attachments.of_case(_with_photos(self._behind, 2))
        super().__init__(self._behind.shell, self._behind.desks, files, 0, self._behind)

    def before_picture(self) -> None:
        """Wait for the photo."""
        self._behind.rest()
        QApplication.processEvents()


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "attachments-opinion": partial(Shot, page="opinions", prepare=_beside),
    "attachments-opinion-small": partial(Shot, page="opinions", prepare=_beside),
    "attachments-refused": partial(Shot, page="opinions", prepare=_refused),
    "attachments-missing-small": partial(Shot, page="opinions", prepare=_missing),
    "attachments-answer": partial(Shot, page="opinions", prepare=_answer),
    "attachments-visit": partial(Shot, page="reception", prepare=_visit),
    "attachments-settings": partial(Shot, page="settings", prepare=_settings),
    "attachments-viewer": ViewerShot,
}
SIZES = {
    "attachments-opinion-small": (1024, 700),
    "attachments-missing-small": (1024, 700),
    "attachments-viewer": (900, 700),
}
