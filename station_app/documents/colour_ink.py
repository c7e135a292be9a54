"""Colour, shapes and photos on a PDF page, for papers that hang on a wall."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from station_app.documents.ink import Ink

Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""
Curve = tuple[float, ...]
"""Two numbers move or draw a line to a point, six draw a Bézier curve through two handles to a point."""


class ColourInk(Ink):
    """Ink that also draws in colour."""

    @contextmanager
    def coloured(self, colour: Colour) -> Iterator[None]:
        """Draw text and lines in ``colour`` until the end of the block."""
        red, green, blue = colour
        self._canvas.addLiteral(f"q {red:g} {green:g} {blue:g} rg {red:g} {green:g} {blue:g} RG")
        yield
        self._canvas.addLiteral("Q")

    def shape(self, curves: Sequence[Curve]) -> None:
        """Fill an outline that begins at its first point and ends there."""
        parts = [
            " ".join(f"{number:.2f}" for number in curve) + (" c" if len(curve) == 6 else " l") for curve in curves
        ]
        first = f"{parts[0][:-2]} m"
        self._canvas.addLiteral(" ".join([first, *parts[1:], "h f"]))

    @contextmanager
    def clipped(self, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """Draw nothing outside a rectangle until the end of the block."""
        self._canvas.addLiteral(f"q {x:.2f} {y:.2f} {width:.2f} {height:.2f} re W n")
        yield
        self._canvas.addLiteral("Q")

    def photo(self, jpeg: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a JPEG into a rectangle; the same photo is embedded once."""
        from reportlab.lib.utils import ImageReader

        self._canvas.drawImage(ImageReader(BytesIO(jpeg)), x, y, width, height)
