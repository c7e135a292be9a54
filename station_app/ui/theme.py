"""The one look of the program: face, colours, sizes, Qt's own words in Chinese."""

from enum import StrEnum

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from station_app.support.paths import resource
from station_app.ui.stylesheet import stylesheet

FAMILY = "Noto Sans SC"
BASE_POINTS = 10.5

INK = "#1F2328"
MUTED = "#57606A"
FAINT = "#6A737D"
LINE = "#D5DAE0"
CONTROL_LINE = "#8C959F"
BUTTON_LINE = "#B4BCC5"
GROUND = "#F2F4F6"
PANEL = "#FFFFFF"
HEAD = "#F6F8FA"
ACCENT = "#B3261E"
ACCENT_DARK = "#8F1D17"
ACCENT_PALE = "#FBEAE8"
FOCUS = "#1A5FB4"
SELECTED = "#DFEBF8"
LINK = "#174EA6"
BAR_QUIET = "#9AA4AF"


class FontSize(StrEnum):
    """The three sizes a clerk can choose."""

    STANDARD = "standard"
    LARGE = "large"
    LARGEST = "largest"


FONT_SIZE_LABELS = {FontSize.STANDARD: "标准", FontSize.LARGE: "大", FontSize.LARGEST: "特大"}
_FACTORS = {FontSize.STANDARD: 1.0, FontSize.LARGE: 1.15, FontSize.LARGEST: 1.3}


class Tone(StrEnum):
    """What a chip or notice says by its colour; its mark and word say it too."""

    DANGER = "danger"
    WARNING = "warning"
    INFO = "info"
    GOOD = "good"
    QUIET = "quiet"


TONES: dict[Tone, tuple[str, str]] = {
    Tone.DANGER: ("#A01C14", "#FBE7E5"),
    Tone.WARNING: ("#734A00", "#FDF0D2"),
    Tone.INFO: ("#174EA6", "#E2ECF9"),
    Tone.GOOD: ("#1B5E20", "#E2F2E5"),
    Tone.QUIET: ("#4B5560", "#ECEEF1"),
}
"""Writing and ground colour of each tone; every pair has a contrast of at least 4.5 : 1."""

_state = {"factor": 1.0, "fonts": False}


def factor() -> float:
    """Return how much larger than 标准 everything is drawn."""
    return float(_state["factor"])


def px(length: float) -> int:
    """Return a length given for 标准 in device-independent pixels of the chosen size."""
    return round(length * factor())


def points(relative: float = 1.0) -> float:
    """Return a font size in points, ``relative`` to body text."""
    return round(BASE_POINTS * factor() * relative, 1)


def scaled_font(relative: float = 1.0, *, bold: bool = False) -> QFont:
    """Return the program's face, ``relative`` to body text."""
    font = QFont()
    font.setFamilies([FAMILY])
    font.setPointSizeF(points(relative))
    font.setBold(bold)
    return font


def palette() -> QPalette:
    """Return the light palette every colour on screen comes from."""
    colours = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: GROUND,
        role.WindowText: INK,
        role.Base: PANEL,
        role.AlternateBase: HEAD,
        role.Text: INK,
        role.Button: PANEL,
        role.ButtonText: INK,
        role.ToolTipBase: PANEL,
        role.ToolTipText: INK,
        role.PlaceholderText: FAINT,
        role.Highlight: SELECTED,
        role.HighlightedText: INK,
        role.Link: LINK,
        role.LinkVisited: LINK,
        role.Accent: FOCUS,
        role.Mid: LINE,
    }.items():
        colours.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, which, QColor("#8A929B"))
    return colours


def load_fonts() -> None:
    """Add the bundled faces once; without them a PC lacking Chinese fonts would show boxes."""
    if _state["fonts"]:
        return
    for name in ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf"):
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))
    _state["fonts"] = True


def speak_chinese(app: QApplication) -> None:
    """Give Qt's own buttons and menus Chinese words."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    if app.property("chinese"):
        return
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
        app.setProperty("chinese", True)


def apply_theme(app: QApplication, size: FontSize = FontSize.STANDARD) -> None:
    """Dress the whole application; called again when the clerk chooses another font size."""
    load_fonts()
    speak_chinese(app)
    _state["factor"] = _FACTORS[size]
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(scaled_font())
    app.setStyleSheet(stylesheet(_terms()))


def speaks_chinese() -> bool:
    """Tell whether this PC shows Chinese: the bundled face is there, and Qt's own buttons are translated."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["self-test"])
    apply_theme(app)
    drawn = QFontMetrics(app.font()).inFontUcs4(ord("禾"))
    return drawn and app.translate("QPlatformTheme", "Cancel") == "取消"


def _terms() -> dict[str, str]:
    """Return what the style sheet's ``@names`` stand for."""
    terms = {
        "ink": INK,
        "muted": MUTED,
        "faint": FAINT,
        "line": LINE,
        "control": CONTROL_LINE,
        "buttonline": BUTTON_LINE,
        "ground": GROUND,
        "panel": PANEL,
        "head": HEAD,
        "accentdark": ACCENT_DARK,
        "accentpale": ACCENT_PALE,
        "accent": ACCENT,
        "focus": FOCUS,
        "selected": SELECTED,
        "link": LINK,
        "chevron": resource("icons", "chevron-down.svg").as_posix(),
        "tick": resource("icons", "check.svg").as_posix(),
    }
    terms |= {f"{tone}ink": pair[0] for tone, pair in TONES.items()}
    terms |= {f"{tone}ground": pair[1] for tone, pair in TONES.items()}
    terms |= {f"p{length}": f"{px(length)}px" for length in (*range(1, 61), 240)}
    terms |= {f"t{percent}": f"{points(percent / 100)}pt" for percent in (85, 90, 95, 100, 110, 115, 130, 140, 180)}
    return terms
