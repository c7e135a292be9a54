"""The pages of a PDF file as a source of pictures for preview and printer."""

from collections.abc import Sequence

from PySide6.QtGui import QImage

from station_app.documents.page_pictures import Pdf, page_picture, page_sizes


class PdfPages:
    """Pages of a PDF; drawn on the worker thread.

    Args:
        path: the file, which must stay where it is as long as its pages are shown; or the content of one.

    Raises:
        StationFault: the file cannot be read as a PDF.
    """

    def __init__(self, path: Pdf) -> None:
        self.path = path
        self._sizes = tuple(page_sizes(path))

    @property
    def sizes(self) -> Sequence[tuple[float, float]]:
        """Width and height of every page in points."""
        return self._sizes

    def draw(self, page: int, dpi: float) -> QImage:
        """Return the page (counted from 0) as a picture."""
        drawn = page_picture(self.path, page, dpi=dpi)
        kind = QImage.Format.Format_Grayscale8 if drawn.grey else QImage.Format.Format_RGB888
        return QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, kind).copy()
