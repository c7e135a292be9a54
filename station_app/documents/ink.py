"""Text and lines on a PDF page, drawn straight on reportlab's canvas: thousands of cells a second."""

from typing import Any, BinaryIO

from station_app.documents.fonts import FontBook, Role
from station_app.documents.line_breaking import word_pieces


class Ink:
    """Draws on the pages of one PDF.

    Args:
        stream: where the PDF goes.
        size: width and height of the page in points.
        book: the faces.
        title: of the document, for its metadata.
        author: of the document, for its metadata.
    """

    def __init__(self, stream: BinaryIO, size: tuple[float, float], book: FontBook, title: str, author: str) -> None:
        from reportlab import rl_config
        from reportlab.pdfbase.pdfmetrics import registerFont
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0  # plain compressed streams: a quarter smaller and faster
        self.book = book
        self.width, self.height = size
        face = book.face(Role.TABLE)
        registerFont(face)  # as the first font, or else every page names Helvetica, which is not embedded
        self._canvas: Any = Canvas(
            stream, pagesize=size, invariant=1, pageCompression=1, lang="zh-CN", initialFontName=face.fontName
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(title)
        self._canvas.setCreator("代表联络站登记簿")
        self._document: Any = self._canvas._doc
        self._bookmarks = 0

    def text(self, x: float, y: float, text: str, role: Role, size: float, spacing: float = 0.0) -> None:
        """Draw one line with its baseline's left end at ``x``, ``y``; ``spacing`` is added after each character."""
        if not text:
            return
        code = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        if spacing:
            code.append(f"{spacing:.4f} Tc")
        for face, part in self.book.runs(text, role):
            for subset, codes in face.splitString(part, self._document):
                name = face.getSubsetInternalName(subset, self._document)
                code.append(f"{name} {size:g} Tf <{codes.hex()}> Tj")
        code.append("0 Tc ET" if spacing else "ET")
        self._canvas.addLiteral(" ".join(code))

    def centred(self, x: float, y: float, text: str, role: Role, size: float) -> None:
        """Draw one line centred at ``x``."""
        self.text(x - self.measure(text, role, size) / 2, y, text, role, size)

    def right(self, x: float, y: float, text: str, role: Role, size: float) -> None:
        """Draw one line that ends at ``x``."""
        self.text(x - self.measure(text, role, size), y, text, role, size)

    def justified(self, x: float, y: float, text: str, role: Role, size: float, width: float) -> None:
        """Draw one line spread over ``width``; numbers and words keep their own spacing."""
        pieces = word_pieces(text)
        gap = (width - self.measure(text, role, size)) / max(1, len(pieces) - 1)
        if not -0.1 <= gap <= size / 2:
            self.text(x, y, text, role, size)
            return
        run = ""
        for piece in [*pieces, ""]:
            if len(piece) == 1:
                run += piece
                continue
            self.text(x, y, run, role, size, gap)
            x += self.measure(run, role, size) + gap * len(run)
            self.text(x, y, piece, role, size)
            x += self.measure(piece, role, size) + gap
            run = ""

    def measure(self, text: str, role: Role, size: float) -> float:
        """Return the width of one line in points."""
        return self.book.width(text, role, size)

    def lines(self, segments: list[tuple[float, float, float, float]], thickness: float = 0.5) -> None:
        """Draw straight lines ``(x1, y1, x2, y2)``."""
        path = " ".join(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l" for x1, y1, x2, y2 in segments)
        self._canvas.addLiteral(f"{thickness:g} w 0 J {path} S")

    def box(
        self, x: float, y: float, width: float, height: float, fill: float | None = None, thickness: float = 0.5
    ) -> None:
        """Draw a rectangle from its lower left corner; ``fill`` is a grey from 0 to 1; no thickness, no frame."""
        shape = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
        if fill is not None:
            self._canvas.addLiteral(f"q {fill:g} g {shape} f Q")
        if thickness:
            self._canvas.addLiteral(f"{thickness:g} w {shape} S")

    def bookmark(self, title: str, level: int = 0) -> None:
        """Add an entry to the outline that leads to the present page."""
        self._bookmarks += 1
        key = f"b{self._bookmarks}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, key, level)

    def next_page(self) -> None:
        """End the present page."""
        self._canvas.showPage()

    def save(self) -> None:
        """Write the PDF; the last page must have ended."""
        self._canvas.save()
