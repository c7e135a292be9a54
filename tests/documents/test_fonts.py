"""Faces: what a role uses, what falls back, and what no face has."""

from io import BytesIO
from pathlib import Path
from shutil import copyfile

import pytest

from station_app.documents.font_face import to_unicode_map
from station_app.documents.fonts import FONT_FOLDER, FontBook, Role, font_book, missing_characters
from station_app.documents.ink import Ink
from station_app.documents.page_pictures import page_texts

BOOK = font_book(bundled_only=True)


@pytest.mark.parametrize("role", Role)
def test_the_rare_names_are_in_the_bundled_faces(role: Role) -> None:
    for char in "㛃䶮𬭚𠅤奀·〇":
        assert BOOK.face(role).has(char)


def test_every_face_comes_with_its_licence() -> None:
    families = {path.name.split("_")[0].removesuffix("-Regular.ttf") for path in FONT_FOLDER.glob("*.ttf")}
    for family in families:
        assert "SIL OPEN FONT LICENSE" in (FONT_FOLDER / f"OFL-{family}.txt").read_text(encoding="utf-8")


def test_a_character_the_face_lacks_falls_back_to_another() -> None:
    wanting = [chr(code) for code in range(0x3400, 0x9FFF) if not BOOK.face(Role.KAI).has(chr(code))]
    assert wanting
    runs = BOOK.runs(f"村{wanting[0]}路", Role.KAI)
    assert [text for _, text in runs] == ["村", wanting[0], "路"]
    assert runs[1][0] is not runs[0][0]
    assert all(face.has(char) for face, text in runs for char in text)


def test_characters_no_face_has_are_listed_with_their_text_and_printed_as_a_mark() -> None:
    assert missing_characters(["张伟", "李👍", "王㛃"], bundled_only=True) == {"👍": "李👍"}
    assert "".join(text for _, text in BOOK.runs("李👍\U000e0101好", Role.TABLE)) == "李〓好"


def test_the_faces_of_the_pc_are_preferred(tmp_path: Path) -> None:
    (tmp_path / "truetype").mkdir()
    copyfile(FONT_FOLDER / "LXGWWenKai-Regular.ttf", tmp_path / "truetype" / "SIMFANG.TTF")
    (tmp_path / "simhei.ttf").write_bytes(b"no face at all")
    book = FontBook(bundled_only=False, folders=[tmp_path])
    assert Path(str(book.face(Role.BODY).face.filename)).name == "SIMFANG.TTF"
    assert "NotoSansSC" in str(book.face(Role.HEI).face.filename)


def test_rare_names_can_be_copied_out_of_the_pdf(tmp_path: Path) -> None:
    text = "㛃玉 䶮明 𬭚生 𠅤平 阿卜杜拉·买买提 abc123"
    stream = BytesIO()
    ink = Ink(stream, (400, 300), BOOK, "标题", "联络站")
    for row, role in enumerate(Role):
        ink.text(20, 20 + 40 * row, text, role, 14)
    ink.next_page()
    ink.save()
    path = tmp_path / "names.pdf"
    path.write_bytes(stream.getvalue())
    assert page_texts(path)[0].split("\n") == [text] * len(Role)


def test_the_unicode_map_is_utf_16() -> None:
    assert "<01> <D840DD64>" in to_unicode_map("F", [0, 0x20164])
    assert "<02> <6751>" in to_unicode_map("F", [0, 1, 0x6751])
