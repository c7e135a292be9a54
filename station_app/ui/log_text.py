"""What a step did, as a text to read beside the log: every record, every field before and after."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser

from station_app.domain.log_line import (
    ACT_LABELS,
    ERASED_WORDS,
    Act,
    ChangedField,
    ChangedRecord,
    LogStep,
)
from station_app.domain.record_words import moment
from station_app.ui.theme import FOCUS, HEAD, LINK, MUTED, px

_EMPTY = "（空）"
_GAP = "&nbsp;&nbsp;"
# The panel around it has a frame already.
_FRAME = f"QTextEdit {{ border: 1px solid transparent; }} QTextEdit:focus {{ border: 1px solid {FOCUS}; }}"


class LogText(QTextBrowser):
    """The changes of one step; the links lead to a record's whole history.

    Signals:
        history_asked: table and uid of a record.
    """

    history_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName("改动内容")
        self.setPlaceholderText("选中一步，这里显示改了什么。")
        self.setStyleSheet(_FRAME)
        self.document().setDocumentMargin(px(10))
        self.anchorClicked.connect(self._follow)

    def show_step(self, step: LogStep, records: Sequence[ChangedRecord], *, more: bool) -> None:
        """Show a step from its beginning.

        Args:
            more: there are further records than these.
        """
        self.setHtml(step_html(step, records, more=more))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _follow(self, url: QUrl) -> None:
        table, _, uid = url.path().partition("/")
        self.history_asked.emit(table, uid)


def step_html(step: LogStep, records: Sequence[ChangedRecord], *, more: bool) -> str:
    """Return what a step did as HTML; every text of the register is escaped."""
    when = _GAP.join((escape(moment(step.at)), escape(step.operator), f"第 {step.id} 步"))
    parts = [
        f"<p style='font-size:large; margin-bottom:{px(2)}px'><b>{escape(step.label)}</b></p>",
        f"<p style='color:{MUTED}; margin-top:0'>{when}</p>",
    ]
    if step.undone_by:
        parts.append(f"<p><b>这一步已撤销</b>（由第 {step.undone_by} 步）。</p>")
    elif step.undoes:
        parts.append(f"<p>这一步撤销了第 {step.undoes} 步。</p>")
    parts += [_record_html(record) for record in records]
    if more:
        parts.append(f"<p style='color:{MUTED}'>后面还有记录没有列在这里，打印或导出可以看到全部。</p>")
    return "".join(parts)


def _record_html(record: ChangedRecord) -> str:
    link = f"<a style='color:{LINK}' href='{record.table}/{record.uid}'>全部历史</a>"
    head = (
        f"<p style='background:{HEAD}; margin-top:{px(12)}px; margin-bottom:0'>"
        f"{ACT_LABELS[record.act]}{_GAP}<b>{escape(record.name)}</b>{_GAP}{link}</p>"
    )
    if record.act is Act.ERASED:
        return f"{head}<p style='margin-top:{px(4)}px'>{ERASED_WORDS}，改动的内容不再保存。</p>"
    rows = "".join(_field_html(field, added=record.act is Act.ADDED) for field in record.fields)
    return f"{head}<table width='100%' cellspacing='0' cellpadding='{px(3)}'>{rows}</table>" if rows else head


def _field_html(field: ChangedField, *, added: bool) -> str:
    after = _text(field.after)
    value = after if added else f"<span style='color:{MUTED}'>{_text(field.before)}</span> → {after}"
    return f"<tr><td width='30%' style='color:{MUTED}'>{escape(field.title)}</td><td>{value}</td></tr>"


def _text(value: str) -> str:
    return escape(value).replace("\n", "<br>") if value else f"<span style='color:{MUTED}'>{_EMPTY}</span>"
