"""代表建议、批评和意见专用纸: what deputies put forward, with the fields their congress fills in; to sign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from io import BytesIO

from station_app.documents.fonts import font_book
from station_app.documents.letter_blocks import Grid, GridCell, NumberLine
from station_app.documents.official_blocks import Block
from station_app.documents.official_page import OfficialPaper, write_pages

_SIZE, _ROW = 12.0, 27.0
_LABEL, _LEFT, _RIGHT, _WHOLE = 24.0, 46.0, 62.0, 132.0
_TEXT_LINES = 13  # of the matter, so that a short one leaves room to write
_CHARACTERS_IN_A_LINE = 29
_LEAST_SIGNERS = 3


@dataclass(frozen=True)
class SignerLine:
    """One deputy on the paper, as printed; empty fields are filled in by hand."""

    name: str = ""
    card_number: str = ""
    post: str = ""
    phone: str = ""


@dataclass(frozen=True)
class SuggestionPaper:
    """What the paper says, as printed; empty fields stay empty to be filled in by hand.

    Args:
        title: of the form, one or two lines: 禾溪镇第十八届人民代表大会 / 闭会期间代表建议、批评和意见专用纸.
        organ: who gives the form out, for the PDF's metadata.
        occasion / number: 届次会议 and 编号.
        subject: 标题 of the suggestion.
        leader: 领衔代表.
        seconders: 附议代表.
        words: 内容.
        submitted_on: 2026年11月18日.
        recipient: 提交给.
        units: who is asked to handle it, once it is handed over: 镇水务站主办、镇农技站协办.
        handed_on: 2026年11月20日.
        demo: True prints 示例数据.
    """

    title: tuple[str, ...]
    organ: str
    occasion: str
    number: str
    subject: str
    leader: SignerLine
    seconders: tuple[SignerLine, ...]
    words: str
    submitted_on: str
    recipient: str
    units: str = ""
    handed_on: str = ""
    demo: bool = False


def suggestion_pdf(paper: SuggestionPaper, *, bundled_only: bool = False) -> bytes:
    """Return the paper as the bytes of a PDF."""
    stream = BytesIO()
    blocks = tuple(_blocks(paper))
    write_pages(
        stream, OfficialPaper(paper.title, paper.organ, blocks, paper.demo, form=True), bundled_only=bundled_only
    )
    return stream.getvalue()


def unprintable(paper: SuggestionPaper) -> dict[str, str]:
    """Return the characters that no face has, each with the text it occurs in; paper shows them as 〓."""
    lines = [paper.leader, *paper.seconders]
    words = [getattr(line, field.name) for line in lines for field in fields(SignerLine)]
    return font_book(bundled_only=False).missing_characters([*paper.title, paper.subject, paper.words, *words])


def _blocks(paper: SuggestionPaper) -> Iterator[Block]:
    yield NumberLine(f"届次会议　{paper.occasion}", f"编号　{paper.number or '　　　　　'}")
    yield _grid([_whole("标　　题", paper.subject), *_leader_rows(paper)])
    head = [
        _label(text, share) for text, share in zip(("附议代表", "代表证号", "单位职务", "签　名"), _SHARES, strict=True)
    ]
    blank = [SignerLine()] * max(0, _LEAST_SIGNERS - len(paper.seconders))
    yield _grid([_signer_row(line) for line in (*paper.seconders, *blank)], head)
    yield _grid([_whole("内　　容\n\n情况问题\n具体建议", _with_room(paper.words))])
    yield _grid(
        [
            _pair(("领衔签名", ""), ("提交日期", paper.submitted_on or "　　　年　　月　　日")),
            _whole("提 交 给", paper.recipient),
            _pair(("希望面商", "□是　　　□否"), ("可否公开", "□可以　　□不宜公开")),
            _whole("交办意见", _handed(paper)),
        ]
    )


_SHARES = (40.0, 26.0, 58.0, 32.0)


def _leader_rows(paper: SuggestionPaper) -> list[list[GridCell]]:
    leader = paper.leader
    return [
        _pair(("领衔代表", leader.name), ("代表证号", leader.card_number)),
        _pair(("单位职务", leader.post), ("联系电话", leader.phone)),
    ]


def _signer_row(line: SignerLine) -> list[GridCell]:
    texts = (line.name, line.card_number, line.post, "")
    return [GridCell(text, share, centred=True) for text, share in zip(texts, _SHARES, strict=True)]


def _handed(paper: SuggestionPaper) -> str:
    """Say who handles it since when, with room for who decides to sign."""
    said = f"请{paper.units}。" if paper.units else ""
    return f"{said}\n\n（盖章）　　{paper.handed_on or '　　　年　　月　　日'}"


def _with_room(words: str) -> str:
    """Return the matter with empty lines below, so that the box is as high as the form's."""
    lines = sum(1 + len(part) // _CHARACTERS_IN_A_LINE for part in words.split("\n"))
    return words + "\n" * max(0, _TEXT_LINES - lines)


def _label(text: str, share: float) -> GridCell:
    return GridCell(text, share, label=True)


def _whole(label: str, text: str) -> list[GridCell]:
    return [_label(label, _LABEL), GridCell(text, _WHOLE)]


def _pair(left: tuple[str, str], right: tuple[str, str]) -> list[GridCell]:
    cells = []
    for (label, text), share in ((left, _LEFT), (right, _RIGHT)):
        cells += [_label(label, _LABEL), GridCell(text, share)]
    return cells


def _grid(rows: Sequence[Sequence[GridCell]], head: Sequence[GridCell] = ()) -> Grid:
    return Grid(rows, head, size=_SIZE, least=_ROW, air=-0.5)
