"""Attachments in a real window, by keyboard: added, opened, renamed, removed and brought back, pasted, dropped, missing."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QObject, QPointF, QSettings, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from station_app.domain.attachment import Owner
from station_app.domain.moves import Move
from station_app.station import Desks
from station_app.ui.attachment_list import MISSING
from station_app.ui.attachment_viewer import AttachmentViewer, PhotoPage
from station_app.ui.attachments_strip import AttachmentsStrip
from station_app.ui.main_window import MainWindow, PageEntry
from station_app.ui.messages import RecordedMessages
from station_app.ui.move_form import MoveForm
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.station_window import StationWindow
from tests.ui.keyboard import type_text
from tests.ui.opinion_keys import Clerk, Ctrl, Key
from tests.ui.small_station import small_station

Alt = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return this test's own folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def clerk(
    qtbot: QtBot, tmp_path: Path, temporary: Path, settings: QSettings, messages: RecordedMessages
) -> Iterator[Clerk]:
    """Return a clerk before a matter of an invented station."""
    desks = small_station(tmp_path / "invented.station")
    window = MainWindow(
        "禾溪镇人大代表联络站",
        [
            PageEntry("opinions", "意见", "message-square-text", lambda shell: OpinionsPage(shell, desks)),
            PageEntry("reception", "接待", "calendar", lambda shell: ReceptionPage(shell, desks)),
        ],
        clock=desks.clock,
        settings=settings,
        messages=messages,
        undo=desks.housekeeping.undo,
    )
    qtbot.addWidget(window)
    window.show_page("opinions")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    made = Clerk(window, desks)
    made.go_to("护栏")
    yield made
    window.close()
    desks.close()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return a photo, a second one and a letter."""
    paths = [tmp_path / name for name in ("桥头.jpg", "桥尾.jpg", "答复.docx")]
    for path, colour in zip(paths[:2], ("red", "blue"), strict=True):
        Image.new("RGB", (600, 400), colour).save(path)
    paths[2].write_bytes(b"PK\x03\x04" + bytes(100))
    return paths


def strip_of(clerk: Clerk) -> AttachmentsStrip:
    return clerk.page.panel.attachments


def names(desks: Desks, case_id: int) -> list[str]:
    return [one.name for one in desks.attachments.of(Owner.OPINION, case_id)]


def add(clerk: Clerk, qtbot: QtBot, messages: RecordedMessages, paths: list[Path]) -> None:
    """Add files by Alt+J and wait until they are attached."""
    before = len(strip_of(clerk).list.entries())
    messages.answers.append(paths)
    clerk.press(Key.Key_J, Alt)
    qtbot.waitUntil(lambda: len(strip_of(clerk).list.entries()) == before + len(paths))


def test_added_renamed_removed_and_brought_back_by_keyboard(
    clerk: Clerk, qtbot: QtBot, messages: RecordedMessages, files: list[Path]
) -> None:
    case_id = clerk.case().id
    add(clerk, qtbot, messages, files)
    assert names(clerk.desks, case_id) == ["桥头.jpg", "桥尾.jpg", "答复.docx"]
    assert clerk.window.status_line.can_undo()
    strip_of(clerk).add_button.setFocus()
    while QApplication.focusWidget() is not strip_of(clerk).list:
        clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_F2)
    editor = clerk.focus()
    assert isinstance(editor, QLineEdit), "F2 belongs to the list while it has the keyboard"
    editor.selectAll()
    type_text("桥尾护栏", editor)
    clerk.press(Key.Key_Return)
    qtbot.waitUntil(lambda: names(clerk.desks, case_id)[1] == "桥尾护栏.jpg")
    strip_of(clerk).list.setFocus()
    clerk.press(Key.Key_Delete)
    assert names(clerk.desks, case_id) == ["桥头.jpg", "答复.docx"]
    clerk.press(Key.Key_Z, Ctrl)
    assert names(clerk.desks, case_id) == ["桥头.jpg", "桥尾护栏.jpg", "答复.docx"]
    assert len(strip_of(clerk).list.entries()) == 3


def test_photos_open_in_the_window_one_after_the_other_and_nothing_is_written(
    clerk: Clerk, qtbot: QtBot, messages: RecordedMessages, files: list[Path], temporary: Path
) -> None:
    add(clerk, qtbot, messages, files)
    strip_of(clerk).list.setFocus()
    strip_of(clerk).list.setCurrentRow(0)
    clerk.press(Key.Key_Return)
    viewer = clerk.window.findChildren(AttachmentViewer)[0]
    qtbot.waitUntil(lambda: viewer.preview.canvas.page_count() == 1)
    QTest.keyClick(viewer, Key.Key_Right, Alt)
    qtbot.waitUntil(lambda: viewer.current().name == "桥尾.jpg" and viewer.preview.canvas.page_count() == 1)
    assert not viewer.onward.isEnabled(), "the letter is nothing that is shown here"
    before = viewer.preview.canvas.zoom()
    QTest.keyClick(viewer.preview.canvas, Key.Key_Plus, Ctrl)
    assert viewer.preview.canvas.zoom() > before
    QTest.keyClick(viewer, Key.Key_Escape)
    qtbot.waitUntil(lambda: not clerk.window.findChildren(AttachmentViewer))
    assert list(temporary.iterdir()) == []


class _OtherProgram(QObject):
    """Takes the place of the program the system would start."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Note what was to be opened."""
        self.opened.append(url)


def test_a_letter_opens_in_another_program_from_a_private_copy(
    clerk: Clerk, qtbot: QtBot, messages: RecordedMessages, files: list[Path], temporary: Path
) -> None:
    add(clerk, qtbot, messages, files[2:])
    other = _OtherProgram()
    QDesktopServices.setUrlHandler("file", other, "take")  # type: ignore[arg-type]  # the stubs want bytes
    try:
        strip_of(clerk).list.setFocus()
        clerk.press(Key.Key_Return)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    (url,) = other.opened
    copy = Path(url.toLocalFile())
    assert copy.is_relative_to(temporary)
    assert copy.read_bytes() == files[2].read_bytes()
    clerk.desks.attachments.empty_folder()
    assert list(temporary.iterdir()) == []


def test_pasted_pictures_and_dropped_files_are_attached(clerk: Clerk, qtbot: QtBot, files: list[Path]) -> None:
    case_id = clerk.case().id
    QGuiApplication.clipboard().setImage(QImage(40, 30, QImage.Format.Format_RGB32))
    strip_of(clerk).add_button.setFocus()
    clerk.press(Key.Key_V, Ctrl)
    qtbot.waitUntil(lambda: names(clerk.desks, case_id) == ["粘贴的图片 20261122-090000.jpg"])
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    where, move = QPointF(5, 5), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where.toPoint(), move, dragged, buttons, keys)
    QApplication.sendEvent(strip_of(clerk), entering)
    assert entering.isAccepted()
    QApplication.sendEvent(strip_of(clerk), QDropEvent(where, move, dragged, buttons, keys))
    qtbot.waitUntil(lambda: len(names(clerk.desks, case_id)) == 4)
    QGuiApplication.clipboard().setText("no file")
    strip_of(clerk).list.setFocus()
    clerk.press(Key.Key_V, Ctrl)
    assert "剪贴板里没有文件或图片" in strip_of(clerk).notice.text()


def test_a_refused_file_is_told_in_place_and_nothing_is_attached(
    clerk: Clerk, qtbot: QtBot, messages: RecordedMessages, files: list[Path]
) -> None:
    program = files[0].with_name("看图.exe")
    program.write_bytes(b"MZ")
    messages.answers.append([*files, program])
    clerk.press(Key.Key_J, Alt)
    qtbot.waitUntil(lambda: "“看图.exe”是程序或脚本" in strip_of(clerk).notice.text())
    assert names(clerk.desks, clerk.case().id) == []


def test_what_is_added_to_an_answer_belongs_to_it_once_it_is_saved(
    clerk: Clerk, qtbot: QtBot, messages: RecordedMessages, files: list[Path]
) -> None:
    clerk.do(Move.ANSWER)
    form = clerk.page.form()
    assert isinstance(form, MoveForm)
    strip = form.findChildren(AttachmentsStrip)[0]
    messages.answers.append(files)
    clerk.press(Key.Key_J, Alt)
    qtbot.waitUntil(lambda: len(strip.pending()) == 3)
    assert form.is_changed()
    strip.list.setFocus()
    strip.list.setCurrentRow(1)
    clerk.press(Key.Key_Delete)
    assert [one.name for one in strip.pending()] == ["桥头.jpg", "答复.docx"]
    form.start()
    clerk.choose("A")
    clerk.type("已修好，见照片。")
    clerk.save()
    shown = [(entry.file.name, entry.file.source) for entry in strip_of(clerk).list.entries()]  # type: ignore[union-attr]
    on = clerk.desks.clock.today().isoformat()
    assert shown == [("桥头.jpg", f"答复 {on}"), ("答复.docx", f"答复 {on}")]
    clerk.press(Key.Key_Z, Ctrl)
    assert strip_of(clerk).list.entries() == []


def test_a_visit_shows_and_takes_attachments(
    clerk: Clerk, qtbot: QtBot, messages: RecordedMessages, files: list[Path]
) -> None:
    visit_id = clerk.case().visit_id
    assert visit_id is not None
    clerk.window.open_page("reception", ("visit", visit_id))
    page = clerk.window.page("reception")
    strip = page.findChildren(AttachmentsStrip)[0]
    messages.answers.append(files[:1])
    qtbot.waitUntil(strip.isVisible)
    clerk.press(Key.Key_J, Alt)
    qtbot.waitUntil(lambda: len(strip.list.entries()) == 1)
    page.close_editor()
    clerk.window.show_page("opinions")
    qtbot.waitUntil(lambda: len(strip_of(clerk).list.entries()) == 1)
    assert strip_of(clerk).list.entries()[0].file.source == "来访登记"  # type: ignore[union-attr]


def test_a_missing_attachments_file_is_told_with_a_way_on(
    clerk: Clerk, qtbot: QtBot, messages: RecordedMessages, files: list[Path]
) -> None:
    add(clerk, qtbot, messages, files)
    beside = clerk.desks.path.with_suffix(".attachments")
    copy = beside.with_name("U盘上的.attachments")
    beside.rename(copy)
    strip = strip_of(clerk)
    strip.reload()
    assert all(entry.missing for entry in strip.list.entries())
    assert strip.notice.text().startswith(MISSING)
    assert not strip.ways["backup"].isVisible(), "there is no backup yet"
    messages.answers.append(copy)
    strip.ways["choose"].setFocus()
    clerk.press(Key.Key_Return)
    assert not any(entry.missing for entry in strip.list.entries())
    assert not strip.notice.isVisible()


def test_a_copy_is_saved_where_the_clerk_wants_it(
    clerk: Clerk, qtbot: QtBot, messages: RecordedMessages, files: list[Path]
) -> None:
    add(clerk, qtbot, messages, files)
    target = files[0].with_name("给镇里的.jpg")
    messages.answers.append(target)
    strip_of(clerk).list.setCurrentRow(0)
    strip_of(clerk).links["save"].setFocus()
    clerk.press(Key.Key_Return)
    qtbot.waitUntil(target.exists)
    assert Image.open(BytesIO(target.read_bytes())).size == (600, 400)


def test_a_photo_is_its_own_page_at_the_screens_size() -> None:
    page = PhotoPage(QImage(800, 600, QImage.Format.Format_RGB32))
    assert page.sizes == ((600.0, 450.0),)
    assert page.draw(0, 48).width() == 400


def test_copies_for_other_programs_are_gone_when_the_window_is_locked(
    qtbot: QtBot, tmp_path: Path, temporary: Path, settings: QSettings, messages: RecordedMessages, files: list[Path]
) -> None:
    desks = small_station(tmp_path / "invented.station")
    desks.attachments.attach_files(Owner.OPINION, 1, files)
    window = StationWindow(desks, settings, messages)
    qtbot.addWidget(window)
    letter = desks.attachments.of(Owner.OPINION, 1)[2]
    copy = desks.attachments.path_to_open(letter)
    assert copy.is_relative_to(temporary)
    window.locked.emit()
    assert list(temporary.iterdir()) == []
    assert desks.attachments.path_to_open(letter).exists(), "unlocked, it opens again"
    window.close()
    assert list(temporary.iterdir()) == []
