"""Drawn pictures that stand for photos in the demo: an invented place, a caption, and that it is only an example."""

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from station_app.documents.fonts import FontBook, Role
from station_app.documents.ink import Ink

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT = 1000, 750
_BAND: Final = 110
_SKY, _HILL, _FIELD, _EARTH, _WATER, _STONE, _DARK = (
    "#CFE3F1", "#8FB08A", "#B9CC8F", "#A98F68", "#6E93A8", "#B8B4AC", "#4A4A48",
)  # fmt: skip


def drawn_photo(scene: str, caption: str) -> bytes:
    """Return a JPEG.

    Args:
        scene: ``canal``, ``railing``, ``road`` or ``lamp``.
        caption: one line of Chinese.
    """
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), _SKY)
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 330), (220, 200), (430, 310), (640, 170), (1000, 340), (1000, 420), (0, 420)], fill=_HILL)
    draw.rectangle((0, 380, WIDTH, HEIGHT), fill=_FIELD)
    _SCENES[scene](draw)
    picture.paste(_caption(caption), (0, HEIGHT - _BAND))
    written = BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()


def _canal(draw: "ImageDraw") -> None:
    draw.polygon([(430, 380), (570, 380), (880, HEIGHT), (120, HEIGHT)], fill=_STONE)
    draw.polygon([(455, 380), (545, 380), (780, HEIGHT), (220, HEIGHT)], fill=_WATER)
    for left, top, size in ((430, 450, 90), (520, 520, 150), (330, 570, 170), (560, 430, 60)):
        draw.ellipse((left, top, left + size, top + size // 3), fill=_EARTH)


def _railing(draw: "ImageDraw") -> None:
    draw.rectangle((0, 470, WIDTH, 560), fill=_STONE)
    for place in range(11):
        left = 20 + place * 92
        leaning = 46 if place in {5, 6} else 0
        draw.line((left, 470, left + leaning, 350 + leaning), fill=_DARK, width=14)
    for top in (370, 420):
        draw.line((20, top, 480, top), fill=_DARK, width=10)
        draw.line((680, top, 960, top), fill=_DARK, width=10)
    draw.line((480, 420, 640, 500), fill=_DARK, width=10)


def _road(draw: "ImageDraw") -> None:
    draw.polygon([(440, 380), (560, 380), (960, HEIGHT), (40, HEIGHT)], fill="#9A9A98")
    for left, top, size in ((410, 520, 170), (560, 450, 90), (300, 590, 120), (470, 420, 50)):
        draw.ellipse((left, top, left + size, top + size // 3), fill=_DARK)
        draw.ellipse((left + 12, top + 6, left + size - 18, top + size // 4), fill=_WATER)


def _lamp(draw: "ImageDraw") -> None:
    draw.rectangle((0, 0, WIDTH, 420), fill="#33425A")
    draw.polygon([(0, 330), (220, 240), (430, 330), (640, 220), (1000, 340), (1000, 420), (0, 420)], fill="#26323F")
    draw.polygon([(420, 420), (560, 420), (900, HEIGHT), (100, HEIGHT)], fill="#6B6B69")
    for left, height in ((300, 330), (640, 250)):
        draw.line((left, 560, left, 560 - height), fill=_DARK, width=12)
        draw.line((left, 560 - height, left + 70, 550 - height), fill=_DARK, width=10)
        draw.ellipse((left + 55, 540 - height, left + 95, 562 - height), fill="#58606B")


_SCENES: Final = {"canal": _canal, "railing": _railing, "road": _road, "lamp": _lamp}


@cache
def _book() -> FontBook:
    return FontBook(bundled_only=True)


def _caption(text: str) -> "Image":
    """Return the band with the words; they are set as on paper, for the imaging library carries no type setting."""
    from PIL import Image

    from station_app.documents.page_pictures import page_picture

    paper = BytesIO()
    ink = Ink(paper, (WIDTH, _BAND), _book(), "示例数据", "代表联络站登记簿")
    ink.text(36, 58, text, Role.TABLE, 34)
    ink.text(36, 20, "示例数据：画出来的图，不是照片", Role.TABLE, 22)
    ink.next_page()
    ink.save()
    band = page_picture(paper.getvalue(), 0, dpi=72)
    return Image.frombuffer("RGB", (band.width, band.height), band.pixels, "raw", "RGB", band.stride, 1)
