"""接待选民登记表: one page for each visit, to sign; also blank, pre-numbered ones for days when paper comes first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from station_app.documents.cell_text import DEMO_MARK, printable
from station_app.documents.fonts import FontBook, Role, font_book
from station_app.documents.ink import Ink
from station_app.documents.line_breaking import break_lines
from station_app.documents.paper import MM, page_size
from station_app.support.faults import Cancelled
from station_app.support.safe_file import write_file

NOTICE = "告知：以上信息仅用于登记、办理您反映的意见建议并向您反馈结果，由联络站专人保管，不作他用。"
_SIZE, _LEADING, _PADDING = 12.0, 18.0, 5.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 22 * MM, 188 * MM, 277 * MM, 22 * MM
_LABEL = 25 * MM
_ROW = 11 * MM
_SIGNATURE = 26 * MM


@dataclass(frozen=True)
class VisitFormData:
    """What one form says, as printed; empty fields stay empty to be filled in by hand.

    Args:
        number: 登记号, the only field of a blank form.
        station: 联络站.
        time: date and time of the visit, e.g. 2026年11月25日 9:20.
        place: 接待地点.
        name: 选民（群众）姓名.
        sex: 男 or 女.
        phone: 联系电话.
        address: 住址.
        people: 人数.
        on_behalf: of whom, when 代他人反映.
        words: 反映内容（原话）; long ones go on on a continuation page.
        category: 类别.
        answer: 当场答复情况.
        plan: 拟办意见 or 处理方式.
        receivers: 接待人.
        notice: of purpose; printed above the signatures.
        demo: True prints 示例数据.
    """

    number: str
    station: str
    time: str = ""
    place: str = ""
    name: str = ""
    sex: str = ""
    phone: str = ""
    address: str = ""
    people: str = ""
    on_behalf: str = ""
    words: str = ""
    category: str = ""
    answer: str = ""
    plan: str = ""
    receivers: str = ""
    notice: str = NOTICE
    demo: bool = False


def write_visit_forms(
    path: Path,
    forms: Sequence[VisitFormData],
    cancelled: Callable[[], bool] | None = None,
    *,
    bundled_only: bool = False,
) -> None:
    """Write one PDF with each form on a page of its own.

    Raises:
        StationFault: the file cannot be written.
        Cancelled: ``cancelled`` said so; no file is left.
    """
    book = font_book(bundled_only=bundled_only)

    def writer(stream: BinaryIO) -> None:
        author = printable(forms[0].station) if forms else ""
        ink = Ink(stream, page_size("A4", landscape=False), book, "接待选民登记表", author)
        for form in forms:
            if cancelled is not None and cancelled():
                raise Cancelled
            _FormPages(ink, book, form).draw()
        ink.save()

    write_file(path, writer)


def blank_forms(numbers: Sequence[str], station: str, *, place: str = "", demo: bool = False) -> list[VisitFormData]:
    """Return forms that hold nothing but their number, station and, if given, place."""
    return [VisitFormData(number, station, place=place, demo=demo) for number in numbers]


class _FormPages:
    """Draws one form and, where a text is too long, its continuation pages."""

    def __init__(self, ink: Ink, book: FontBook, form: VisitFormData) -> None:
        self._ink, self._advances = ink, book.advances(Role.TABLE)
        self._form = replace(
            form, words=printable(form.words), answer=printable(form.answer), plan=printable(form.plan)
        )
        self._blank = not form.name and not form.words

    def draw(self) -> None:
        """Draw every page of the form."""
        rest = self._draw_form()
        page = 1
        while rest:
            page += 1
            rest = self._draw_continuation(rest, page)

    def _draw_form(self) -> list[tuple[str, list[str]]]:
        form, ink = self._form, self._ink
        ink.bookmark(f"{form.number} {form.name}".strip())
        y = self._draw_head("接待选民登记表")
        top = y
        middle = _LEFT + 88 * MM
        y = self._row(
            y,
            [
                ("接待时间", form.time or self._hint("　　　年　　月　　日　　时"), _LEFT, middle),
                ("接待地点", form.place, middle, _RIGHT),
            ],
        )
        people = (middle + 44 * MM, _RIGHT)
        y = self._row(
            y,
            [
                ("选民（群众）\n姓名", form.name, _LEFT, middle),
                ("性别", form.sex or self._hint("□男　□女"), middle, people[0]),
                ("人数", form.people, *people),
            ],
        )
        y = self._row(
            y,
            [
                ("联系电话", form.phone, _LEFT, middle),
                ("代他人反映", form.on_behalf or self._hint("□否　□是："), middle, _RIGHT),
            ],
        )
        y = self._row(y, [("住址", form.address, _LEFT, _RIGHT)])
        y, rest = self._draw_texts(y)
        y = self._row(y, [("接待人", form.receivers, _LEFT, _RIGHT)])
        notice = self._notice_lines()
        for line in notice:
            y -= 15
            ink.text(_LEFT + _PADDING, y + 2, line, Role.TABLE, 10)
        if notice:
            y -= 4
            ink.lines([(_LEFT, y, _RIGHT, y)])
        self._draw_signatures(y)
        bottom = y - _SIGNATURE
        ink.box(_LEFT, bottom, _RIGHT - _LEFT, top - bottom, thickness=1)
        if rest:
            ink.centred((_LEFT + _RIGHT) / 2, bottom - 16, "（内容未完，转续页）", Role.TABLE, 10)
        ink.next_page()
        return rest

    def _hint(self, text: str) -> str:
        """Return what helps to fill in a blank form by hand."""
        return text if self._blank else ""

    def _draw_head(self, title: str) -> float:
        form, ink = self._form, self._ink
        ink.centred((_LEFT + _RIGHT) / 2, _TOP - 22, title, Role.TITLE, 22)
        ink.text(_LEFT, _TOP - 50, form.station, Role.TABLE, _SIZE)
        ink.right(_RIGHT, _TOP - 50, f"登记号：{form.number}", Role.TABLE, _SIZE)
        if form.demo:
            ink.right(_RIGHT, 283 * MM, DEMO_MARK, Role.TABLE_BOLD, 11)
        return _TOP - 57

    def _lines(self, text: str, width: float) -> list[str]:
        return break_lines(text, (width - 2 * _PADDING) / _SIZE, self._advances) if text else []

    def _notice_lines(self) -> list[str]:
        room = (_RIGHT - _LEFT - 2 * _PADDING) / 10
        return break_lines(printable(self._form.notice), room, self._advances) if self._form.notice else []

    def _row(self, y: float, cells: list[tuple[str, str, float, float]]) -> float:
        """Draw cells ``(label, text, left, right)`` side by side and return the lower edge."""
        labels = [_LABEL if left == _LEFT or right - left > 50 * MM else 15 * MM for _, _, left, right in cells]
        wrapped = [
            self._lines(text, right - left - label) for (_, text, left, right), label in zip(cells, labels, strict=True)
        ]
        height = max(_ROW, max(map(len, wrapped)) * _LEADING + 8)
        for (label, _, left, right), wide, lines in zip(cells, labels, wrapped, strict=True):
            self._label(label, left, y, wide, height)
            self._block(lines, left + wide + _PADDING, y, height)
            self._ink.lines([(left + wide, y, left + wide, y - height), (right, y, right, y - height)])
        self._ink.lines([(_LEFT, y - height, _RIGHT, y - height)])
        return y - height

    def _label(self, label: str, left: float, top: float, width: float, height: float) -> None:
        lines = label.split("\n")
        size = _SIZE if len(lines) == 1 else 10.5
        y = top - height / 2 + (len(lines) - 1) * 7 - size * 0.36
        for line in lines:
            self._ink.centred(left + width / 2, y, line, Role.HEI, size)
            y -= 14

    def _block(self, lines: list[str], x: float, top: float, height: float) -> None:
        y = top - (height - len(lines) * _LEADING) / 2 - _LEADING / 2 - _SIZE * 0.36
        for line in lines:
            self._ink.text(x, y, line, Role.TABLE, _SIZE)
            y -= _LEADING

    def _draw_texts(self, y: float) -> tuple[float, list[tuple[str, list[str]]]]:
        """Draw the long texts in the space that is left; return the lower edge and what did not fit."""
        form = self._form
        width = _RIGHT - _LEFT - _LABEL
        texts = [
            ("反映内容\n（原话）", form.words),
            ("类别", form.category),
            ("当场\n答复情况", form.answer),
            ("拟办意见\n（处理方式）", form.plan),
        ]
        wrapped = [self._lines(text, width) for _, text in texts]
        receivers = max(_ROW, len(self._lines(form.receivers, width)) * _LEADING + 8)
        below = receivers + _SIGNATURE + len(self._notice_lines()) * 15 + 4
        heights = _shared_out(y - _BOTTOM - below, [len(lines) for lines in wrapped])
        rest = []
        for (label, _), lines, height in zip(texts, wrapped, heights, strict=True):
            fitting = int((height - 8) / _LEADING)
            self._label(label, _LEFT, y, _LABEL, height)
            shown, left_over = lines[:fitting], lines[fitting:]
            if left_over:
                rest.append((label.replace("\n", ""), left_over))
            self._block_from_top(shown, y, height, alone=label == "类别")
            self._ink.lines([(_LEFT + _LABEL, y, _LEFT + _LABEL, y - height), (_LEFT, y - height, _RIGHT, y - height)])
            y -= height
        return y, rest

    def _block_from_top(self, lines: list[str], top: float, height: float, *, alone: bool) -> None:
        """Long texts begin at the top of their box, like handwriting; a single word stands in the middle."""
        needed = height if alone else len(lines) * _LEADING + 12
        self._block(lines, _LEFT + _LABEL + _PADDING, top, min(height, needed))

    def _draw_signatures(self, y: float) -> None:
        middle = (_LEFT + _RIGHT) / 2
        for left, text in ((_LEFT, "选民（群众）签名："), (middle, "接待人签名：")):
            self._ink.text(left + _PADDING, y - 22, text, Role.HEI, _SIZE)
            self._ink.right(
                left + (middle - _LEFT) - 10, y - _SIGNATURE + 10, "　　　年　　月　　日", Role.TABLE, _SIZE
            )
        self._ink.lines([(middle, y, middle, y - _SIGNATURE)])

    def _draw_continuation(self, rest: list[tuple[str, list[str]]], page: int) -> list[tuple[str, list[str]]]:
        """Draw one continuation page and return what still did not fit."""
        ink = self._ink
        y = self._draw_head("接待选民登记表（续页）")
        top, left_over = y, list(rest)
        while left_over and y - _LEADING * 3 > _BOTTOM:
            label, lines = left_over.pop(0)
            y -= _LEADING + 4
            ink.text(_LEFT + _PADDING, y, f"{label}（续）", Role.HEI, _SIZE)
            fitting = int((y - _BOTTOM - 8) / _LEADING)
            for line in lines[:fitting]:
                y -= _LEADING
                ink.text(_LEFT + _PADDING, y, line, Role.TABLE, _SIZE)
            if lines[fitting:]:
                left_over.insert(0, (label, lines[fitting:]))
                break
        ink.box(_LEFT, y - 8, _RIGHT - _LEFT, top - y + 8, thickness=1)
        ink.centred((_LEFT + _RIGHT) / 2, 14 * MM, f"续页 {page - 1}", Role.TABLE, 10)
        ink.next_page()
        return left_over


def _shared_out(room: float, lines: list[int]) -> list[float]:
    """Return the heights of the boxes: own words and blank space first to the visitor's words.

    Args:
        room: points for all boxes together.
        lines: that words, category, answer and plan need.
    """
    shares = (0.5, 0.0, 0.25, 0.25)
    needs = [max(_ROW, count * _LEADING + 12) for count in lines]
    free = room - needs[1]
    usual = [share * free for share in shares]
    heights = [min(need, most) for need, most in zip(needs, usual, strict=True)]
    heights[1] = needs[1]
    for index in (0, 2, 3):  # whoever needs more than the usual share takes what the others leave
        slack = room - sum(heights)
        heights[index] += min(max(0.0, needs[index] - heights[index]), max(0.0, slack))
    slack = max(0.0, room - sum(heights))
    return [height + share * slack for height, share in zip(heights, shares, strict=True)]
