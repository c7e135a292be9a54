"""Faces for paper: the PC's official ones where it has them, the bundled ones else, and fallback per character."""

import os
import sys
import threading
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from station_app.support.text_width import char_width

if TYPE_CHECKING:
    from station_app.documents.font_face import Face

FONT_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
MISSING_MARK = "〓"  # the printer's mark for a sort that is not in the case; never an empty box


class Role(StrEnum):
    """What a face is used for (GB/T 9704-2012, documents.md)."""

    TITLE = "title"  # 小标宋
    BODY = "body"  # 仿宋
    HEI = "hei"  # 黑体, level-1 headings and table heads
    KAI = "kai"  # 楷体, level-2 headings
    TABLE = "table"  # plain text in tables
    TABLE_BOLD = "table_bold"


_BUNDLED = {
    Role.TITLE: "NotoSerifSC_700Bold.ttf",
    Role.BODY: "NotoSerifSC_400Regular.ttf",
    Role.HEI: "NotoSansSC_700Bold.ttf",
    Role.KAI: "LXGWWenKai-Regular.ttf",
    Role.TABLE: "NotoSansSC_400Regular.ttf",
    Role.TABLE_BOLD: "NotoSansSC_700Bold.ttf",
}
# File names, in lower case, of the faces offices have: Windows, then the 方正 faces of Windows and Kylin PCs.
_OFFICIAL = {
    Role.TITLE: ("fzxbsjw.ttf", "fzxbsjw_gb1-0.ttf", "fzxbsjw--gb1-0.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf"),
    Role.BODY: ("simfang.ttf", "fangsong_gb2312.ttf", "仿宋_gb2312.ttf", "fzfsjw.ttf", "fzfsk.ttf"),
    Role.HEI: ("simhei.ttf", "fzhtjw.ttf", "fzhtk.ttf"),
    Role.KAI: ("simkai.ttf", "kaiti_gb2312.ttf", "楷体_gb2312.ttf", "fzktjw.ttf", "fzktk.ttf"),
}
_SUFFIXES = (".ttf", ".ttc")


class FontBook:
    """Finds for every role and character the face that draws it.

    Args:
        bundled_only: True uses only the faces that come with the program (golden files).
        folders: where the PC keeps its faces.
    """

    def __init__(self, *, bundled_only: bool, folders: Iterable[Path] = ()) -> None:
        self._official = {} if bundled_only else _installed(folders)
        self._faces: dict[Path, Face | None] = {}
        self._loading = threading.Lock()
        self._advances: dict[Role, _Advances] = {}
        self._choices: dict[tuple[Role, str], Face | None] = {}

    def face(self, role: Role) -> "Face":
        """Return the face a role prefers."""
        for name in _OFFICIAL.get(role, ()):
            path = self._official.get(name)
            if path is not None and (face := self._load(path)) is not None:
                return face
        face = self._load(FONT_FOLDER / _BUNDLED[role])
        if face is None:
            raise FileNotFoundError(FONT_FOLDER / _BUNDLED[role])
        return face

    def face_for(self, role: Role, char: str) -> "Face | None":
        """Return the first face that has ``char``, the role's own first, or None."""
        key = (role, char)
        if key not in self._choices:
            self._choices[key] = self._find(role, char)
        return self._choices[key]

    def advances(self, role: Role) -> "_Advances":
        """Return a mapping from character to its width in ems."""
        if role not in self._advances:
            self._advances[role] = _Advances(self, role)
        return self._advances[role]

    def width(self, text: str, role: Role, size: float) -> float:
        """Return the width of one line of ``text`` in points."""
        return sum(map(self.advances(role).__getitem__, text)) * size

    def runs(self, text: str, role: Role) -> "list[tuple[Face, str]]":
        """Split ``text`` by the face that draws each character.

        Characters no face has become 〓; invisible ones no face has vanish.
        """
        runs: list[tuple[Face, str]] = []
        current, start = None, 0
        if any(self.face_for(role, char) is None for char in text):
            text = "".join(self._drawable(role, char) for char in text)
        for index, char in enumerate(text):
            face = self.face_for(role, char)
            if face is not current:
                if current is not None:
                    runs.append((current, text[start:index]))
                current, start = face, index
        if current is not None:
            runs.append((current, text[start:]))
        return runs

    def missing_characters(self, texts: Iterable[str]) -> dict[str, str]:
        """Return each visible character that no face has, with the first text it occurs in."""
        missing: dict[str, str] = {}
        for text in texts:
            for char in set(text):
                if char not in missing and self._drawable(Role.TABLE, char) == MISSING_MARK != char:
                    missing[char] = text
        return missing

    def _drawable(self, role: Role, char: str) -> str:
        if self.face_for(role, char) is not None:
            return char
        return "" if char_width(char) == 0 else " " if char.isspace() else MISSING_MARK

    def _find(self, role: Role, char: str) -> "Face | None":
        own = self.face(role)
        if own.has(char):
            return own
        alike = (Role.HEI, Role.TABLE, Role.BODY) if role in {Role.HEI, Role.TABLE_BOLD} else (Role.BODY, Role.TABLE)
        for name in dict.fromkeys(_BUNDLED[other] for other in (role, *alike, *Role)):
            face = self._load(FONT_FOLDER / name)
            if face is not None and face.has(char):
                return face
        return None

    def _load(self, path: Path) -> "Face | None":
        from station_app.documents.font_face import load_face

        with self._loading:  # two faces of one file in one PDF would have the same name
            if path not in self._faces:
                self._faces[path] = load_face(path)
            return self._faces[path]


class _Advances(dict[str, float]):
    """Character widths in ems, looked up once."""

    def __init__(self, book: FontBook, role: Role) -> None:
        super().__init__()
        self._book, self._role = book, role

    def __missing__(self, char: str) -> float:
        width = sum(face.advance(drawn) for face, drawn in self._book.runs(char, self._role))
        self[char] = width
        return width


@cache
def font_book(*, bundled_only: bool = False) -> FontBook:
    """Return the one book of faces of this program."""
    return FontBook(bundled_only=bundled_only, folders=() if bundled_only else font_folders())


def missing_characters(texts: Iterable[str], *, bundled_only: bool = False) -> dict[str, str]:
    """Return the characters of ``texts`` that cannot be printed, each with the text it occurs in."""
    return font_book(bundled_only=bundled_only).missing_characters(texts)


def font_folders() -> list[Path]:
    """Return the folders where this PC keeps faces."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", Path(local) / "Microsoft/Windows/Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]


def _installed(folders: Iterable[Path]) -> dict[str, Path]:
    """Return the official faces found in ``folders``, by file name in lower case."""
    wanted = {name for names in _OFFICIAL.values() for name in names}
    found: dict[str, Path] = {}
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in names:
                if name.lower() in wanted and name.lower().endswith(_SUFFIXES):
                    found.setdefault(name.lower(), Path(place) / name)
    return found
