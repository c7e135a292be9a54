"""Which worksheet, which header row, and which column means what: looked over and corrected before an import."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station_app.domain.cell_text import cell_text
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.sheet_mapping import MappedColumn, SheetMapping
from station_app.services.intake import OpenedSheet
from station_app.ui.cards import Chip, ElidedLabel, label
from station_app.ui.choice_fields import ChoiceField
from station_app.ui.choice_popup import Choice
from station_app.ui.marks import Mark
from station_app.ui.theme import Tone, px

_ROWS_OFFERED = 40
_SAMPLES = 3
_NOT_IMPORTED = Choice("", "不导入")
_SURE = Mark("已认出", Tone.GOOD)
_DOUBTFUL = Mark("请核对", Tone.WARNING)
_UNKNOWN = Mark("没有认出", Tone.WARNING)
_LEFT_OUT = Mark("不导入", Tone.QUIET)
_CHOSEN = Mark("已指定", Tone.INFO)


class MappingView(QWidget):
    """The columns of a table with a list of fields beside each; every list opens by characters or pinyin initials.

    Args:
        following: what the focus goes to after the last column.

    Signals:
        changed: the clerk chose something else.
    """

    changed = Signal()

    def __init__(self, following: QWidget) -> None:
        super().__init__()
        self._following = following
        self._opened: OpenedSheet | None = None
        self._mapping: SheetMapping | None = None
        self._recognised: dict[int, MappedColumn] = {}
        self.worksheet = ChoiceField("工作表")
        self.worksheet.changed.connect(self._other_worksheet)
        self.header = ChoiceField("表头")
        self.header.changed.connect(self._other_header)
        self.fields: dict[int, ChoiceField] = {}
        self._chips: dict[int, Chip] = {}
        self._wanted = label("", "problem", wrap=True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.viewport().setObjectName("clear")
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(px(8))
        for field, share in ((self.worksheet, 1), (self.header, 3)):
            top.addWidget(field.caption)
            top.addWidget(field, share)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(8))
        whole.addLayout(top)
        whole.addWidget(self._wanted)
        whole.addWidget(self._scroll, 1)
        self._wanted.hide()

    def show_sheet(self, opened: OpenedSheet, mapping: SheetMapping | None = None) -> None:
        """Show how a spreadsheet was understood, or how the clerk corrected it last."""
        self._opened = opened
        self.worksheet.set_choices([(sheet.name, sheet.name or "文本表格") for sheet in opened.sheets])
        self._show(mapping or opened.mapping)

    def start(self) -> None:
        """Put the focus where something is to be decided, else on the first column."""
        first = next((index for index, chip in self._chips.items() if chip.mark() in (_DOUBTFUL, _UNKNOWN)), None)
        field = self.fields[first] if first is not None else next(iter(self.fields.values()), None)
        _go_to(field or self.header)

    def mapping(self) -> SheetMapping | None:
        """Return what the clerk said, or None and say at the fields what is missing."""
        if self._opened is None or self._mapping is None:
            return None
        wrong = [field for field in self.fields.values() if field.own_problem()]
        for field in wrong:
            field.show_problem(field.own_problem())
        wrong += self._tell_twice()
        corrected = self._mapping.with_keys(self._keys())
        if missing := self._opened.missing(corrected):
            wanted = self._opened.form.titles(missing)
            free = [self.fields[index] for index, key in self._keys().items() if not key]
            for field in free[:1]:
                field.show_problem(f"还缺“{wanted}”：请在是“{wanted}”的那一列选上它。")
            wrong += free[:1]
        if wrong:
            _go_to(wrong[0])
        return None if wrong or missing else corrected

    def _keys(self) -> dict[int, str]:
        return {index: field.value() or "" for index, field in self.fields.items()}

    def _tell_twice(self) -> list[ChoiceField]:
        """Mark the fields that say the same as one before."""
        seen: dict[str, str] = {}
        wrong = []
        dated = {one.key for one in self._opened.form.fields if one.dated} if self._opened else set()
        for column in self._mapping.columns if self._mapping else ():
            key, field = self.fields[column.index].value(), self.fields[column.index]
            if key and key in seen:
                field.show_problem(f"“{field.text()}”已由 {seen[key]} 列填写，请换一项或选“不导入”。")
                wrong.append(field)
            elif key and key not in dated:
                seen[key] = column.letter
        return wrong

    def _other_worksheet(self) -> None:
        name = self.worksheet.value()
        if self._opened is not None and name is not None and self._mapping and name != self._mapping.sheet:
            self._show(self._opened.mapped(name, self._opened.likely_header(name)))
            self.changed.emit()

    def _other_header(self) -> None:
        row = self.header.value()
        if self._opened is not None and row and self._mapping and row != self._mapping.header_rows[0]:
            self._show(self._opened.mapped(self._mapping.sheet, row))
            self.changed.emit()

    def _show(self, mapping: SheetMapping) -> None:
        assert self._opened is not None
        self._mapping = mapping
        sheet = self._opened.sheet(mapping.sheet)
        self.worksheet.set_value(mapping.sheet)
        self.header.set_choices(_header_rows(sheet, mapping))
        self.header.set_value(mapping.header_rows[0])
        self._recognised = {column.index: column for column in mapping.columns}
        offered = [
            _NOT_IMPORTED, *(Choice(one.key, one.title) for one in self._opened.form.fields if one.key != "uid")
        ]  # fmt: skip
        if any(column.key == "uid" for column in mapping.columns):
            offered.append(Choice("uid", self._opened.form.field("uid").title))
        self.fields, self._chips = {}, {}
        grid = QWidget()
        grid.setObjectName("clear")
        rows = QGridLayout(grid)
        rows.setContentsMargins(0, 0, px(8), 0)
        rows.setHorizontalSpacing(px(12))
        rows.setVerticalSpacing(px(4))
        for place, title in enumerate(("列", "表里的标题", "前几行的内容", "登记为", "")):
            rows.addWidget(label(title, "muted"), 0, place)
        for place, column in enumerate(mapping.columns, 1):
            self._add_row(rows, place, column, _samples(sheet, mapping, column.index), offered)
        rows.setColumnStretch(1, 2)
        rows.setColumnStretch(2, 4)
        rows.setColumnStretch(3, 3)
        rows.setRowStretch(len(mapping.columns) + 1, 1)
        self._scroll.setWidget(grid)
        self._order_tabs()
        self._tell_wanted()

    def _order_tabs(self) -> None:
        """Let Enter and Tab go from list to list and then to the button that goes on."""
        chain = [self.worksheet.typing(), self.header.typing(), *(field.typing() for field in self.fields.values())]
        for before, after in pairwise((*chain, self._following)):
            QWidget.setTabOrder(before, after)

    def _add_row(
        self, rows: QGridLayout, place: int, column: MappedColumn, samples: str, offered: Sequence[Choice]
    ) -> None:
        field = ChoiceField(f"{column.letter} 列登记为", offered)
        field.set_value(column.key)
        field.changed.connect(lambda: self._chosen(column.index))
        chip = Chip()
        self.fields[column.index], self._chips[column.index] = field, chip
        cells = (
            label(column.letter, "strong"),
            ElidedLabel(column.title or "（没有标题）"),
            ElidedLabel(samples, "muted"),
        )
        for at, cell in enumerate((*cells, field, chip)):
            rows.addWidget(cell, place, at, Qt.AlignmentFlag.AlignVCenter if at != 3 else Qt.AlignmentFlag(0))
        self._mark(column.index)

    def _chosen(self, index: int) -> None:
        self._mark(index)
        self._tell_wanted()
        self.changed.emit()

    def _mark(self, index: int) -> None:
        column, key = self._recognised[index], self.fields[index].value() or ""
        if key != column.key:
            mark = _CHOSEN if key else _LEFT_OUT
        elif column.guessed:
            mark = _DOUBTFUL
        elif key:
            mark = _SURE
        else:
            mark = _UNKNOWN if column.title else _LEFT_OUT
        self._chips[index].set_mark(mark)

    def _tell_wanted(self) -> None:
        """Say which required field no column has yet."""
        if self._opened is None or self._mapping is None:
            return
        missing = self._opened.missing(self._mapping.with_keys(self._keys()))
        self._wanted.setText(f"必须有的还没有指定：{self._opened.form.titles(missing)}。" if missing else "")
        self._wanted.setVisible(bool(missing))


def _go_to(field: ChoiceField) -> None:
    """Put the focus on a list as Tab does: what is typed takes the place of what is chosen."""
    field.typing().setFocus(Qt.FocusReason.TabFocusReason)


def _header_rows(sheet: RawSheet, mapping: SheetMapping) -> list[Choice]:
    """Return the rows that may be the header, each with what stands in it."""
    offered = []
    first = mapping.header_rows[0]
    for number in sorted({*range(1, min(_ROWS_OFFERED, len(sheet.rows)) + 1), first}):
        texts = [text for cell in sheet.rows[number - 1] if (text := " ".join(cell_text(cell).split()))]
        if texts:
            rows = (
                f"第 {number}–{mapping.header_rows[-1]} 行"
                if number == first != mapping.header_rows[-1]
                else f"第 {number} 行"
            )
            offered.append(Choice(number, f"{rows}：{' '.join(texts)[:60]}"))
    return offered


def _samples(sheet: RawSheet, mapping: SheetMapping, column: int) -> str:
    """Return the first filled cells of a column as one line."""
    below = sheet.rows[mapping.header_rows[-1] : mapping.header_rows[-1] + _ROWS_OFFERED]
    texts = (" ".join(cell_text(row[column]).split()) for row in below if column < len(row))
    return "　".join([text[:24] for text in texts if text][:_SAMPLES])
