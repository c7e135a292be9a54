"""Everything about one row of an import, to read beside the table: each problem with its cell, old and new values."""

from collections.abc import Sequence
from html import escape

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser

from station_app.domain.row_verdicts import CellProblem
from station_app.services.intake import PreviewRow
from station_app.ui.theme import FOCUS, HEAD, LINE, MUTED, TONES, Tone, px

_FRAME = f"QTextEdit {{ border: 1px solid {LINE}; }} QTextEdit:focus {{ border: 1px solid {FOCUS}; }}"


class ImportDetail(QTextBrowser):
    """What the preview says of the row the clerk stands on, with long texts whole; hidden when that is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("这一行的问题和差异")
        self.setStyleSheet(_FRAME)
        self.document().setDocumentMargin(px(6))
        self.setTabChangesFocus(True)
        self.setMinimumHeight(px(72))
        self.hide()

    def show_row(self, line: PreviewRow | None) -> None:
        """Show a row from its beginning."""
        told = row_html(line) if line is not None else ""
        self.setHtml(told)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.setVisible(bool(told))


def row_html(line: PreviewRow) -> str:
    """Return a row's problems, differences and notices as HTML; every text is escaped."""
    parts = []
    if line.problems:
        parts.append(
            _cells_html(sorted(line.problems, key=lambda one: (len(one.column), one.column)), TONES[Tone.DANGER][0])
        )
    elif line.verdict.reason:
        parts.append(f"<p style='margin:0'>{escape(line.verdict.reason)}</p>")
    if line.differences:
        head = "".join(f"<td style='color:{MUTED}'>{title}</td>" for title in ("项目", "登记的", "表里的", ""))
        rows = "".join(
            f"<tr><td>{escape(one.field)}</td><td style='color:{MUTED}'>{_text(one.current)}</td>"
            f"<td><b>{_text(one.sheet)}</b></td><td style='color:{MUTED}'>{'换成表里的' if one.applies else '保留登记的'}</td></tr>"
            for one in line.differences
        )
        parts.append(
            f"<table width='100%' cellspacing='0' cellpadding='{px(3)}'>"
            f"<tr style='background:{HEAD}'>{head}</tr>{rows}</table>"
        )
    if line.row.notices:
        parts.append(_cells_html(line.row.notices, TONES[Tone.WARNING][0]))
    return "".join(parts)


def _cells_html(about: Sequence[CellProblem], ink: str) -> str:
    rows = "".join(
        f"<tr><td width='{px(64)}'><b>{one.column}{one.row}</b></td><td style='color:{ink}'>{_text(one.reason)}</td></tr>"
        for one in about
    )
    return f"<table width='100%' cellspacing='0' cellpadding='{px(2)}'>{rows}</table>"


def _text(value: str) -> str:
    return escape(value).replace("\n", "<br>") if value else "（空）"
