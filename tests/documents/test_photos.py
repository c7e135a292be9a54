"""Photos are reduced and stripped; what is no photo, no document or a bomb is refused in words."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from station_app.documents import photos
from station_app.documents.attachment_kinds import kind_of
from station_app.domain.problems import InvalidInput


def photo(size: tuple[int, int] = (3000, 2000), kind: str = "JPEG", **options: object) -> bytes:
    written = BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(written, kind, **options)
    return written.getvalue()


def taken_on_the_spot() -> bytes:
    """Return a photo with place, time, camera and turned on its side, as a phone writes it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "PHONE-MAKER"
    exif[0x0132] = "2026:11:22 09:20:00"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (24.0, 30.0, 1.0)
    return photo((1200, 800), exif=exif, comment=b"TAKEN-HERE")


def test_a_photo_is_reduced_to_the_longest_edge_and_never_enlarged() -> None:
    large, small = photo(), photo((400, 300))
    assert Image.open(BytesIO(photos.reduced(large, "a.jpg", 1600))).size == (1600, 1067)
    assert Image.open(BytesIO(photos.reduced(small, "a.jpg", 1600))).size == (400, 300)
    assert max(Image.open(BytesIO(photos.thumbnail(large, "a.jpg"))).size) == photos.THUMBNAIL_EDGE


def test_place_time_and_camera_are_gone_and_the_photo_stands_upright() -> None:
    before = taken_on_the_spot()
    assert b"PHONE-MAKER" in before
    for after in (photos.reduced(before, "a.jpg", 1600), photos.thumbnail(before, "a.jpg")):
        shown = Image.open(BytesIO(after))
        assert not dict(shown.getexif())
        assert shown.size[0] < shown.size[1]
        assert not any(word in after for word in (b"Exif", b"PHONE-MAKER", b"TAKEN-HERE"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "TIFF", "WEBP", "GIF"])
def test_every_kind_of_photo_is_read(kind: str) -> None:
    content = photo((300, 200), kind)
    assert kind_of(f"照片.{kind.lower()}", content).is_photo
    assert Image.open(BytesIO(photos.reduced(content, "a", 100))).size == (100, 67)


def test_a_scan_of_several_pages_is_told_from_a_photo() -> None:
    written = BytesIO()
    pages = [Image.new("L", (200, 300), shade) for shade in (0, 128, 255)]
    pages[0].save(written, "TIFF", save_all=True, append_images=pages[1:])
    assert photos.has_pages(written.getvalue(), "扫描.tif")
    for kind in ("TIFF", "GIF", "JPEG", "PNG"):
        assert not photos.has_pages(photo((30, 20), kind), "a")
    with pytest.raises(InvalidInput, match="没有传完或已损坏"):
        photos.has_pages(photo((300, 200), "TIFF")[:100], "a.tif")


def test_what_is_transparent_becomes_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    assert Image.open(BytesIO(photos.reduced(written.getvalue(), "a.png", 100))).getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_of_grey_stay_grey() -> None:
    written = BytesIO()
    Image.new("I;16", (20, 20), 32_768).save(written, "PNG")
    shown = Image.open(BytesIO(photos.reduced(written.getvalue(), "a.png", 100)))
    assert shown.getpixel((5, 5)) == 128


def test_a_photo_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )
    for act in (photos.thumbnail, lambda content, name: photos.reduced(content, name, 1600)):
        with pytest.raises(InvalidInput, match="60000 × 60000 像素"):
            act(bomb, "炸弹.png")


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.98])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP"])
def test_a_photo_that_was_cut_short_is_refused_in_words(kind: str, kept: float) -> None:
    content = photo((300, 200), kind)
    with pytest.raises(InvalidInput, match="没有传完或已损坏"):
        photos.reduced(content[: int(len(content) * kept)], "半张.jpg", 1600)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("答复函.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("答复.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
        ("工程量.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.ms-works"),
        ("公文.ofd", b"PK\x03\x04", "application/ofd"),
        ("说明.txt", "水渠已清淤".encode("gb18030"), "text/plain"),
        ("照片.JPG", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("没有扩展名", b"\xff\xd8\xff\xe0", "image/jpeg"),
    ],
)
def test_kinds_are_told_by_content_and_suffix(name: str, content: bytes, media_type: str) -> None:
    assert kind_of(name, content).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("照片.jpg", b"MZ\x90\x00", "程序或脚本"),
        ("照片.jpg", b"\x7fELF", "程序或脚本"),
        ("说明.txt", b"#!/bin/sh\nrm", "程序或脚本"),
        ("安装.exe", b"anything", "不是能添加的种类"),
        ("脚本.js", b"alert(1)", "不是能添加的种类"),
        ("打包.zip", b"PK\x03\x04", "不是能添加的种类"),
        ("照片.jpg", b"%PDF-1.4", "内容和扩展名对不上"),
        ("答复.pdf", b"\xff\xd8\xff\xe0", "内容和扩展名对不上"),
        ("说明.txt", b"a\x00b", "内容和扩展名对不上"),
        ("手机.heic", b"\x00\x00\x00\x18ftypheic", "HEIC"),
        ("手机.jpg", b"\x00\x00\x00\x18ftypheic", "HEIC"),
    ],
)
def test_programs_and_what_is_not_what_it_says_are_refused(name: str, content: bytes, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        kind_of(name, content)


def test_a_broken_pdf_has_no_thumbnail_and_a_page_of_any_shape_has_a_small_one() -> None:
    from reportlab.pdfgen.canvas import Canvas

    assert photos.pdf_thumbnail(b"%PDF-1.7 nothing") is None
    for size in ((595, 842), (14_000, 3), (3, 14_000)):
        written = BytesIO()
        paper = Canvas(written, pagesize=size)
        paper.showPage()
        paper.save()
        drawn = photos.pdf_thumbnail(written.getvalue())
        assert drawn is not None
        assert max(Image.open(BytesIO(drawn)).size) <= photos.THUMBNAIL_EDGE + 1
