"""Small files that would hurt a careless reader, made on the spot."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROOT = (
    f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
_BOOK_RELATIONS = (
    f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>性别</t></is></c></row>'
)


def write_xlsx(path: Path, rows: Iterable[str], before: str = "") -> Path:
    """Write an ``.xlsx`` by hand: ``rows`` are pieces of sheet XML, ``before`` stands in front of the root element."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _ROOT)
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _BOOK_RELATIONS)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for piece in rows:
                part.write(piece.encode())
            part.write(b"</sheetData></worksheet>")
    return path


def cell_far_away(path: Path) -> Path:
    """Write a sheet whose second cell is the very last one there is."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return write_xlsx(path, [HEADER, far])


def millions_of_rows(path: Path, cell: str = "") -> Path:
    """Write every row a sheet can have; ``cell`` is each row's only cell, ``{r}`` its number."""
    rows = (f'<row r="{row}" ht="14.25" customHeight="1">{cell.format(r=row)}</row>' for row in range(2, 1_048_577))
    return write_xlsx(path, (HEADER, *rows))


def xml_bomb(path: Path) -> Path:
    """Write a sheet whose entities unfold to a thousand million laughs."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE worksheet [<!ENTITY l0 "哈">{entities}]>'
    return write_xlsx(path, ['<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'], bomb)


def zip_bomb(path: Path, megabytes: int = 250) -> Path:
    """Write a sheet of blanks that unpacks to hundreds of megabytes."""
    return write_xlsx(path, (" " * 1_048_576 for _ in range(megabytes)))


def lying_bomb(path: Path) -> Path:
    """Write a zip bomb whose directory claims that the sheet is small."""
    content = bytearray(zip_bomb(path).read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    told = size.to_bytes(4, "little")
    at = content.find(told)
    while at >= 0:
        content[at : at + 4] = (1000).to_bytes(4, "little")
        at = content.find(told, at)
    path.write_bytes(content)
    return path


def many_entries(path: Path) -> Path:
    """Write a zip with thousands of parts."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", _BOOK)
        for number in range(5_000):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", "<worksheet/>")
    return path


def encrypted_xlsx(path: Path) -> Path:
    """Write the container of an ``.xlsx`` with a password, as far as anybody looks."""
    names = "EncryptionInfo".encode("utf-16-le") + b"\x00" * 64 + "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + names.ljust(2048, b"\x00"))
    return path


def encrypted_xls(path: Path, plain: Path) -> Path:
    """Turn the record after the first of a plain ``.xls`` into FILEPASS, as Excel marks an encrypted book."""
    content = bytearray(plain.read_bytes())
    start = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    following = start + 4 + 16
    content[following : following + 2] = b"\x2f\x00"
    path.write_bytes(content)
    return path


def repeated_ods(path: Path) -> Path:
    """Write an ``.ods`` of one cell that says it is repeated a thousand million times."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0" '
        f'xmlns:text="{space}text:1.0"><office:body><office:spreadsheet><table:table table:name="表">'
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>哈</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def blank_lines(path: Path) -> Path:
    """Write a text table of a million lines with nothing but separators."""
    path.write_bytes("姓名,性别,层级\r\n".encode() + b",,,,,,,,\r\n" * 1_000_000)
    return path


def too_many_cells(path: Path) -> Path:
    """Write as many cells as are looked at: more than fits the memory a reader may take, under every other limit."""
    cells = "".join(f'<c r="{letter}{{r}}"><v>14000000000.5</v></c>' for letter in "ABCDEFGHIJKLMNOPQRST")
    rows = (f'<row r="{row}">{cells.format(r=row)}</row>' for row in range(2, 190_000))
    return write_xlsx(path, (HEADER, *rows))


def merged_without_end(path: Path) -> Path:
    """Write a sheet with hundreds of thousands of merged ranges, each over every row there is."""
    write_xlsx(path, [HEADER])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    ranges = "".join(f'<mergeCell ref="A{row}:A1048576"/>' for row in range(2, 300_000))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</worksheet>", f"<mergeCells>{ranges}</mergeCells></worksheet>".encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def pdf_renamed(path: Path) -> Path:
    """Write the beginning of a PDF under a spreadsheet's name."""
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    return path


def truncated(path: Path) -> Path:
    """Write the first half of a workbook."""
    content = write_xlsx(path, [HEADER]).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def unreadable(path: Path) -> Path:
    """Make a name behind which there is nothing a disk could read: a link to itself."""
    path.symlink_to(path)
    return path
