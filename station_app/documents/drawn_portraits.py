"""Drawn portraits that stand for photos of the invented station's deputies: flat, friendly, of nobody."""

from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT = 500, 700
_SEEN: Final = (35, 84, 465, 686)  # five to seven, of the drawing: head and shoulders fill the picture
_FINER: Final = 2  # drawn larger and scaled down: smooth edges
_BACKDROPS: Final = ("#D6E4EF", "#E3E8DC", "#EFE6D8", "#E6E0EC", "#DCEBE6")
_SKINS: Final = ("#F1CDAE", "#E9BF9C", "#DDAE88", "#F4D6BC")
_JACKETS: Final = ("#2F3E55", "#4B4F58", "#5A3B3B", "#30504A", "#6A5A45", "#3F4A6B")
_DARK, _GREY, _WHITE, _TIE, _LINE = "#2B2622", "#9A9691", "#FBFAF7", "#9C2B26", "#6B4A3A"


@dataclass(frozen=True)
class Sitter:
    """Who is drawn.

    Args:
        seed: the same seed gives the same picture.
        woman: which cuts of hair there are.
        age: in years; the hair turns grey at about sixty.
    """

    seed: int
    woman: bool
    age: int


def drawn_portrait(sitter: Sitter) -> bytes:
    """Return a JPEG of 500 × 700 pixels, five to seven as on deputies' cards."""
    from PIL import Image, ImageDraw

    rng = Random(sitter.seed)  # noqa: S311 - a drawing that must come out the same again; no secrets
    large = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), rng.choice(_BACKDROPS))
    _Portrait(ImageDraw.Draw(large), rng, sitter).draw()
    written = BytesIO()
    large.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box=_scaled(_SEEN)).save(written, "JPEG", quality=82)
    return written.getvalue()


class _Portrait:
    """One drawing, from the back to the front."""

    def __init__(self, draw: "ImageDraw", rng: Random, sitter: Sitter) -> None:
        self._draw = draw
        self._woman = sitter.woman
        self._skin = rng.choice(_SKINS)
        self._jacket = rng.choice(_JACKETS)
        self._hair = _GREY if sitter.age > 58 + rng.randrange(8) else _DARK
        self._cut = rng.randrange(3)
        self._glasses = rng.random() < 0.3
        self._wide = rng.randrange(-8, 12)
        self._buttoned = rng.random() < 0.5

    def draw(self) -> None:
        """Draw hair behind, body, head, hair in front, face."""
        if self._woman and self._cut != 1:
            self._hair_behind()
        self._body()
        self._head()
        if self._woman:
            self._womans_hair()
        else:
            self._mans_hair()
        self._face()

    def _hair_behind(self) -> None:
        length = 470 if self._cut == 0 else 400
        self._round((140 - self._wide, 170, 360 + self._wide, length), 90, self._hair)

    def _body(self) -> None:
        self._round((60, 520, 440, 900), 130, self._jacket)
        self._shape("rectangle", (210, 430, 290, 540), self._skin)
        self._polygon([(190, 522), (250, 600), (310, 522), (290, 505), (210, 505)], _WHITE)
        self._polygon([(212, 500), (250, 575), (288, 500)], self._skin)
        self._polygon([(168, 528), (200, 505), (252, 680), (236, 700), (190, 700)], self._jacket)
        self._polygon([(332, 528), (300, 505), (248, 680), (264, 700), (310, 700)], self._jacket)
        if not self._woman and self._buttoned:
            self._polygon([(240, 574), (260, 574), (272, 690), (250, 715), (228, 690)], _TIE)

    def _head(self) -> None:
        for left in (146 - self._wide, 328 + self._wide):
            self._shape("ellipse", (left, 300, left + 26, 350), self._skin)
        self._round((158 - self._wide, 180, 342 + self._wide, 452), 105, self._skin)

    def _womans_hair(self) -> None:
        wide = self._wide
        self._draw.pieslice(_scaled((146 - wide, 160, 354 + wide, 400)), 180, 360, fill=self._hair)
        if self._cut == 1:
            self._shape("ellipse", (205, 112, 295, 190), self._hair)
        else:
            self._shape("rectangle", (146 - wide, 270, 172 - wide, 380), self._hair)
            self._shape("rectangle", (328 + wide, 270, 354 + wide, 380), self._hair)
        self._polygon([(170, 285), (250, 215), (345, 285), (352, 240), (250, 170), (150, 240)], self._hair)

    def _mans_hair(self) -> None:
        wide = self._wide
        top = 166 if self._cut else 174
        self._draw.pieslice(_scaled((150 - wide, top, 350 + wide, 372)), 180, 360, fill=self._hair)
        if self._cut == 2:
            self._polygon([(160, 268), (300, 210), (348, 268), (350, 220), (250, 168), (158, 215)], self._hair)
        self._round((178 - wide // 2, 236, 322 + wide // 2, 300), 30, self._skin)

    def _face(self) -> None:
        for centre in (206, 294):
            self._shape("ellipse", (centre - 9, 314, centre + 9, 332), _DARK)
            self._draw.arc(_scaled((centre - 26, 280, centre + 26, 316)), 205, 335, fill=self._hair, width=7 * _FINER)
            if self._glasses:
                self._outline((centre - 36, 296, centre + 36, 350))
        if self._glasses:
            self._draw.line(_scaled((242, 320, 258, 320)), fill=_LINE, width=4 * _FINER)
        self._draw.arc(_scaled((236, 340, 264, 372)), 20, 160, fill=_LINE, width=4 * _FINER)
        self._draw.arc(_scaled((214, 364, 286, 410)), 25, 155, fill=_LINE, width=5 * _FINER)

    def _shape(self, kind: str, box: tuple[int, int, int, int], fill: str) -> None:
        getattr(self._draw, kind)(_scaled(box), fill=fill)

    def _outline(self, box: tuple[int, int, int, int]) -> None:
        self._draw.rounded_rectangle(_scaled(box), 22 * _FINER, outline=_LINE, width=4 * _FINER)

    def _round(self, box: tuple[int, int, int, int], radius: int, fill: str) -> None:
        self._draw.rounded_rectangle(_scaled(box), radius * _FINER, fill=fill)

    def _polygon(self, points: list[tuple[int, int]], fill: str) -> None:
        self._draw.polygon([(x * _FINER, y * _FINER) for x, y in points], fill=fill)


def _scaled(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return left * _FINER, top * _FINER, right * _FINER, bottom * _FINER
