"""The portrait of a deputy by keyboard, paste and mouse; without the attachments file the silhouette."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_app.services.portraits import Crop, photo_to_cut
from station_app.station import Desks
from station_app.storage.attachment_store import store_path
from station_app.ui.crop_field import CropField
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.portrait_form import PortraitForm
from station_app.ui.roster_page import RosterPage
from station_app.ui.theme import px
from tests.ui.keyboard import press
from tests.ui.roster_seat import ALT, CTRL, K, go_to, roster_page


@pytest.fixture
def page(window: MainWindow) -> RosterPage:
    return roster_page(window)


def a_photo(folder: Path) -> Path:
    Image.new("RGB", (1200, 900), "steelblue").save(folder / "照片.jpg")
    return folder / "照片.jpg"


def test_a_portrait_is_chosen_cut_by_keys_shown_and_removed(
    qtbot: QtBot, page: RosterPage, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    deputy_id = go_to(page, "钟龑")
    press(K.Key_P, ALT)
    form = page.editor
    assert isinstance(form, PortraitForm)
    press(K.Key_S, CTRL)
    assert form.photo.problem() == "请先选择照片。"
    messages.answers = [a_photo(tmp_path)]
    press(K.Key_X, ALT)
    photo = form.photo
    qtbot.waitUntil(lambda: not photo.is_empty())
    crop = form.photo.cropper.crop()
    assert crop.height == pytest.approx(1.0)
    assert crop.width * 1200 * 7 == pytest.approx(crop.height * 900 * 5)
    for _ in range(3):
        press(K.Key_Plus)
    press(K.Key_Left)
    nearer = form.photo.cropper.crop()
    assert nearer.height < 0.8
    assert nearer.left + nearer.width / 2 < 0.5
    press(K.Key_S, CTRL)
    photo_id = desks.roster.deputy(deputy_id).photo_id
    assert photo_id is not None
    shelf = page._shelf
    qtbot.waitUntil(lambda: shelf.portrait(desks.roster.deputy(deputy_id)) is not None)
    press(K.Key_P, ALT)
    form = page.editor
    assert isinstance(form, PortraitForm)
    assert not form.is_changed()
    form.remove()
    assert desks.roster.deputy(deputy_id).photo_id is None
    press(K.Key_Z, CTRL)
    assert desks.roster.deputy(deputy_id).photo_id == photo_id


def test_a_portrait_is_pasted_and_moved_by_the_mouse(
    qtbot: QtBot, page: RosterPage, messages: RecordedMessages
) -> None:
    press(K.Key_P, ALT)
    form = page.editor
    assert isinstance(form, PortraitForm)
    QGuiApplication.clipboard().setText("没有照片")
    press(K.Key_V, CTRL)
    assert form.photo.problem() == "剪贴板里没有照片。"
    picture = QImage(700, 1400, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    press(K.Key_V, CTRL)
    photo = form.photo
    qtbot.waitUntil(lambda: not photo.is_empty())
    cropper = form.photo.cropper
    top = cropper.crop().top
    QTest.mousePress(cropper, Qt.MouseButton.LeftButton, pos=cropper.rect().center())
    QTest.mouseMove(cropper, QPoint(cropper.rect().center().x(), px(60)))
    QTest.mouseRelease(cropper, Qt.MouseButton.LeftButton)
    assert cropper.crop().top > top
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), cropper.rect().topLeft(), cropper.rect().center(), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    cropper.wheelEvent(wheel)
    assert cropper.crop().height < 1.0 - top
    assert isinstance(form.fields["photo"], CropField)
    messages.answers = [Unsaved.DISCARD]
    press(K.Key_Escape)
    assert page.editor is None


def test_without_the_attachments_file_the_cards_show_the_silhouette(
    qtbot: QtBot, page: RosterPage, desks: Desks, tmp_path: Path
) -> None:
    page.publish(desks.portraits.save(1, photo_to_cut(a_photo(tmp_path)), Crop(0, 0, 0.5, 0.9)))
    store_path(desks.path).unlink()
    page.reload()
    with qtbot.waitSignal(page._shelf.arrived):
        press(K.Key_K, ALT)
    portrait = page._shelf.portrait(desks.roster.deputy(1))
    assert portrait is not None
    assert portrait.isNull()
