"""The look: readable colours, Chinese words of Qt's own, sizes that scale everything, crisp icons."""

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QIcon
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from station_app.support.paths import resource
from station_app.ui import theme
from station_app.ui.icons import icon, icon_size
from station_app.ui.theme import FontSize, apply_theme, px


def _brightness(colour: str) -> float:
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast of two colours."""
    light, dark = sorted((_brightness(one), _brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *theme.TONES.values(),
        (theme.INK, theme.PANEL),
        (theme.INK, theme.SELECTED),
        (theme.MUTED, theme.PANEL),
        (theme.MUTED, theme.GROUND),
        (theme.FAINT, theme.PANEL),
        (theme.LINK, theme.PANEL),
        ("#FFFFFF", theme.ACCENT),
        (theme.ACCENT, theme.ACCENT_PALE),
        (theme.TONES[theme.Tone.DANGER][0], theme.PANEL),
    ],
)
def test_every_writing_has_enough_contrast(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_qt_speaks_chinese(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    qtbot.addWidget(box)
    words = {made.text().split("(")[0] for made in box.buttons()}
    assert words == {"取消", "保存"}


def test_the_bundled_face_writes_chinese_and_rare_names(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    assert qapp.font().families() == [theme.FAMILY]
    assert all(metrics.inFontUcs4(ord(character)) for character in "禾溪镇㛃䶮𬭚𠅤")


def test_the_font_size_scales_words_and_lengths(qapp: QApplication) -> None:
    apply_theme(qapp, FontSize.LARGEST)
    large = (qapp.font().pointSizeF(), px(20))
    apply_theme(qapp, FontSize.STANDARD)
    assert (qapp.font().pointSizeF(), px(20)) == (10.5, 20)
    assert large == (13.7, 26)


def test_icons_are_drawn_at_the_screens_own_resolution() -> None:
    picture = icon("sun", "#B3261E").pixmap(icon_size(16), 2.0)
    assert picture.width() == 32
    colours = {
        picture.toImage().pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if picture.toImage().pixelColor(x, y).alpha() == 255
    }
    assert colours == {"#b3261e"}


def test_a_disabled_icon_is_paler() -> None:
    made = icon("sun")
    usual = made.pixmap(icon_size(16)).toImage().pixelColor(8, 1).alpha()
    pale = made.pixmap(icon_size(16), QIcon.Mode.Disabled).toImage().pixelColor(8, 1).alpha()
    assert pale < usual


def test_a_missing_icon_is_a_mistake_that_shows_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_every_bundled_icon_can_be_drawn() -> None:
    for path in resource("icons").glob("*.svg"):
        assert not icon(path.stem).pixmap(icon_size(16)).isNull()
