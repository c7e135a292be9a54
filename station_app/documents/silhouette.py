"""A neutral head and shoulders where there is no photo: drawn, not printed from a picture."""

from typing import Final

from station_app.documents.colour_ink import Colour, ColourInk, Curve

_GROUND: Final[Colour] = (0.945, 0.938, 0.925)
_FIGURE: Final[Colour] = (0.80, 0.785, 0.76)
_ROUND: Final = 0.5523  # of the radius: the handles of a quarter of a circle


def draw_silhouette(ink: ColourInk, x: float, y: float, width: float, height: float) -> None:
    """Draw it into a rectangle of 5:7 with its lower left corner at ``x``, ``y``."""
    with ink.clipped(x, y, width, height):
        with ink.coloured(_GROUND):
            ink.shape([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
        with ink.coloured(_FIGURE):
            ink.shape(_oval(x + 0.5 * width, y + 0.60 * height, 0.205 * width, 0.178 * height))
            ink.shape(_shoulders(x, y, width, height))


def _oval(x: float, y: float, wide: float, high: float) -> list[Curve]:
    across, up = wide * _ROUND, high * _ROUND
    return [
        (x + wide, y),
        (x + wide, y + up, x + across, y + high, x, y + high),
        (x - across, y + high, x - wide, y + up, x - wide, y),
        (x - wide, y - up, x - across, y - high, x, y - high),
        (x + across, y - high, x + wide, y - up, x + wide, y),
    ]


def _shoulders(x: float, y: float, width: float, height: float) -> list[Curve]:
    def at(across: float, up: float) -> Curve:
        return (x + across * width, y + up * height)

    return [
        at(0.07, -0.02),
        at(0.07, 0.17) + at(0.13, 0.265) + at(0.34, 0.325),
        at(0.42, 0.348) + at(0.58, 0.348) + at(0.66, 0.325),
        at(0.87, 0.265) + at(0.93, 0.17) + at(0.93, -0.02),
    ]
