"""One TrueType face in reportlab, with a ToUnicode map that is right beyond U+FFFF."""

from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont


class Face(TTFont):  # type: ignore[misc] # reportlab has no type information
    """A face to draw with; reportlab embeds the characters that were used."""

    def has(self, char: str) -> bool:
        """Return whether the face has a glyph for ``char``."""
        return bool(self.face.charToGlyph.get(ord(char)))

    def advance(self, text: str) -> float:
        """Return the width of ``text`` in ems."""
        return float(sum(self.face.getCharWidth(ord(char)) for char in text)) / 1000

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Embed the face, then replace reportlab 5.1's ToUnicode map.

        That one writes five hexadecimal digits for characters beyond U+FFFF where UTF-16BE is due, so rare names
        would be drawn but could be neither searched nor copied.
        """
        state = self.state[doc]
        subsets = [list(subset) for subset in state.subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode_map(name, subset)


def load_face(path: Path) -> Face | None:
    """Return the face in ``path``, or None where there is none that can be embedded."""
    if not path.is_file():
        return None
    try:
        return Face(f"{path.stem}-{path.suffix[1:]}", str(path))
    except (TTFError, OSError):
        return None


def to_unicode_map(name: str, subset: list[int]) -> str:
    """Return the CMap from the one-byte codes of ``subset`` to Unicode (PDF 32000-1:2008, 9.10.3)."""
    pairs = [f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset)]
    blocks = [pairs[first : first + 100] for first in range(0, len(pairs), 100)]  # at most 100 a block
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
