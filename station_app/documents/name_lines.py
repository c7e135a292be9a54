"""Names too long for one line, broken where they are spoken in parts: after the middle dot (U+00B7)."""

from collections.abc import Mapping

from station_app.documents.line_breaking import break_lines

DOT = "·"


def name_lines(name: str, width: float, advances: Mapping[str, float]) -> list[str]:
    """Return a name in as few lines as hold its parts whole; a part longer than a line is broken like any text.

    Args:
        width: of a line, in ems.
        advances: width of each character in ems.
    """
    parts = [f"{part}{DOT}" for part in name.split(DOT)]
    parts[-1] = parts[-1].removesuffix(DOT)
    lines = [""]
    for part in parts:
        if lines[-1] and sum(advances[char] for char in lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return [broken for line in lines if line for broken in break_lines(line, width, advances)]
