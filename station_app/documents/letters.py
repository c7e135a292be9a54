"""Papers that go out about opinions (文书): the PDF in the official look, with a slip to tear off and send back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from io import BytesIO

from station_app.documents.fonts import font_book
from station_app.documents.letter_blocks import Centred, CopiesLine, Grid, GridCell, NumberLine, Prose, SealedEnd, Slip
from station_app.documents.official_blocks import BODY_SIZE, PITCH, Block
from station_app.documents.official_page import OfficialPaper, write_pages
from station_app.support.text_width import text_width

UNNUMBERED = "（打印时编号）"
_FORM_SIZE, _FORM_PITCH = 14.0, 24.0
_LABEL, _VALUE = 15.0, 35.0
_SHORT = 24  # ASCII characters that fit half a line


@dataclass(frozen=True)
class LetterTable:
    """The matters of a paper that lists several.

    Args:
        heads: of the columns.
        rows: cells as printed.
        shares: of the width.
        left: indices of columns that are set left.
        annex: 编号 and whole text of matters too long for a column.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    left: frozenset[int]
    annex: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class LetterSlip:
    """What is torn off and sent back.

    Args:
        title: 签收回执.
        rows: labels of the fields, one or two to a line; ``意见：□满意　□不满意`` has its choices after the colon.
        said: what is confirmed about the paper, e.g. 已收到。
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    said: str = ""


@dataclass(frozen=True)
class Letter:
    """Everything one paper prints, as printed.

    Args:
        title: of the paper.
        number: 交办单 2026-021; empty in a preview.
        code: the return code; empty in a preview.
        document_number: 发文字号, or empty.
        recipient: 主送.
        opening / request: prose before and behind the matters; a line feed begins a paragraph.
        facts: pairs of label and value of the one matter; neighbours that are both short share a line.
        table: the matters where several are listed.
        organ: 落款.
        date: 2026年11月25日.
        contact: （联系人：肖敏　电话：…）.
        copies: 抄送, or empty.
        slip: to tear off.
        about: which matters, for the slip: HX-2026-0101等3件.
        form: True for a 单, set a little smaller so that it fits on one page; False for a 函.
        qr: True prints the return code as a QR code too.
        again: 2026-11-25 补印, or empty.
        demo: True prints 示例数据 on every page.
    """

    title: str
    number: str
    code: str
    document_number: str
    recipient: str
    opening: str
    request: str
    facts: tuple[tuple[str, str], ...]
    table: LetterTable | None
    organ: str
    date: str
    contact: str
    copies: str
    slip: LetterSlip
    about: str
    form: bool
    qr: bool = False
    again: str = ""
    demo: bool = False


def letter_pdf(letter: Letter, *, bundled_only: bool = False) -> bytes:
    """Return the paper as the bytes of a PDF."""
    code = _in_groups(letter.code) or UNNUMBERED
    mark = "　".join(part for part in (letter.number, f"回执码 {code}", letter.again) if part)
    paper = OfficialPaper(
        (letter.title,), letter.organ, tuple(_blocks(letter)), letter.demo, mark=mark, form=letter.form
    )
    stream = BytesIO()
    write_pages(stream, paper, bundled_only=bundled_only)
    return stream.getvalue()


def unprintable(letter: Letter) -> dict[str, str]:
    """Return the characters of a paper that no face has, each with the text it occurs in; paper shows them as 〓."""
    texts = [getattr(letter, field.name) for field in fields(letter)]
    words = [text for text in texts if isinstance(text, str)] + [text for pair in letter.facts for text in pair]
    if letter.table is not None:
        words += [text for row in letter.table.rows for text in row]
    return font_book(bundled_only=False).missing_characters(words)


def _blocks(letter: Letter) -> Iterator[Block]:
    size, pitch = (_FORM_SIZE, _FORM_PITCH) if letter.form else (BODY_SIZE, PITCH)
    code = _in_groups(letter.code) or UNNUMBERED
    if letter.document_number:
        yield Centred(letter.document_number, size, pitch)
    number = "　".join(part for part in (letter.number or UNNUMBERED, letter.again and f"（{letter.again}）") if part)
    yield NumberLine(number, f"回执码　{code}")
    yield Prose(f"{letter.recipient}：", size, pitch, indent=0.0)
    yield Prose(letter.opening, size, pitch)
    if letter.facts:
        yield Grid(_fact_rows(letter.facts))
    if letter.table is not None:
        yield _listed(letter.table)
        if letter.table.annex:
            head = [GridCell("编号", 30, label=True), GridCell("反映内容全文", 126, label=True)]
            yield Grid([[GridCell(n, 30, centred=True), GridCell(t, 126)] for n, t in letter.table.annex], head)
    if letter.request:
        yield Prose(letter.request, size, pitch)
    yield SealedEnd(letter.organ, letter.date, seal=True, contact=letter.contact)
    if letter.copies:
        yield CopiesLine(letter.copies)
    belongs = f"{letter.organ}：{letter.number or UNNUMBERED}（意见编号 {letter.about}）{letter.slip.said}"
    yield Slip(letter.slip.title, belongs, _slip_rows(letter.slip), code, letter.code if letter.qr else "")


def _fact_rows(facts: Sequence[tuple[str, str]]) -> list[list[GridCell]]:
    """Put two short facts on one line, long ones on lines of their own."""
    rows: list[list[GridCell]] = []
    waiting: list[GridCell] = []
    for label, value in facts:
        short = text_width(value) <= _SHORT and "\n" not in value
        cells = [GridCell(label, _LABEL, label=True), GridCell(value, _VALUE)]
        if short and waiting:
            rows.append([*waiting, *cells])
            waiting = []
            continue
        if waiting:
            rows.append(_alone(waiting))
            waiting = []
        if short:
            waiting = cells
        else:
            rows.append(_alone(cells))
    return [*rows, _alone(waiting)] if waiting else rows


def _alone(cells: list[GridCell]) -> list[GridCell]:
    return [cells[0], GridCell(cells[1].text, 2 * _VALUE + _LABEL)]


def _listed(table: LetterTable) -> Grid:
    head = [GridCell(text, share, label=True) for text, share in zip(table.heads, table.shares, strict=True)]
    rows = [
        [
            GridCell(text, share, centred=place not in table.left)
            for place, (text, share) in enumerate(zip(row, table.shares, strict=True))
        ]
        for row in table.rows
    ]
    return Grid(rows, head, size=10.5)


def _slip_rows(slip: LetterSlip) -> list[list[GridCell]]:
    rows = []
    for labels in slip.rows:
        cells: list[GridCell] = []
        for label in labels:
            title, _, choices = label.partition("：")
            cells += [GridCell(title, 18, label=True), GridCell(choices, 32 if len(labels) > 1 else 82)]
        rows.append(cells)
    return rows


def _in_groups(code: str) -> str:
    """Return a return code in groups of three."""
    return " ".join(code[start : start + 3] for start in range(0, len(code), 3))
