"""Shows a Markdown text in the program's look: headings, lists, tables with lines."""

import re

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from station_app.ui.theme import FAMILY, HEAD, INK, LINE, points, px

_HEADING_SIZES = {1: 1.4, 2: 1.15, 3: 1.05}
_LINE_HEIGHT = 115.0  # per cent
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class MarkdownView(QTextBrowser):
    """A page of text to read, walk through by keyboard and print; links are told, never followed by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName("说明")
        self.document().setDocumentMargin(px(14))

    def show_markdown(self, text: str) -> None:
        """Show a Markdown text from its beginning."""
        document = self.document()
        document.setDefaultFont(_font(1.0))
        document.setMarkdown(_COMMENT.sub("", text), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        dress_blocks(document)
        dress_tables(document)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_plain(self, text: str) -> None:
        """Show a plain text, such as a licence."""
        self.document().setDefaultFont(_font(0.9))
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)


def dress_blocks(document: QTextDocument) -> None:
    """Give headings their sizes and every line its height."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        form = QTextBlockFormat()
        form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        level = block.blockFormat().headingLevel()
        if level:
            form.setTopMargin(px(4 if level == 1 else 16))
            form.setBottomMargin(px(6))
            letters = QTextCharFormat()
            letters.setFontPointSize(points(_HEADING_SIZES.get(level, 1.0)))
            letters.setFontWeight(QFont.Weight.Bold)
            letters.setForeground(QBrush(QColor(INK)))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(letters)  # instead of Markdown's own, whose size adjustment would win
        cursor.mergeBlockFormat(form)
        block = block.next()


def dress_tables(document: QTextDocument) -> None:
    """Give every table thin lines, room in its cells and a grey head."""
    for table in document.rootFrame().childFrames():
        if not isinstance(table, QTextTable):
            continue
        form = table.format().toTableFormat()
        form.setBorder(1)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QBrush(QColor(LINE)))
        form.setBorderCollapse(True)
        form.setCellPadding(px(4))
        form.setCellSpacing(0)
        if table.columns() == 2:
            lengths = [QTextLength.Type.FixedLength, QTextLength.Type.VariableLength]
            form.setColumnWidthConstraints([QTextLength(lengths[0], px(170)), QTextLength(lengths[1], 0)])
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(form)
        for column in range(table.columns()):
            cell = table.cellAt(0, column)
            head = cell.format()
            head.setBackground(QBrush(QColor(HEAD)))
            cell.setFormat(head)


def _font(relative: float) -> QFont:
    font = QFont()
    font.setFamilies([FAMILY])
    font.setPointSizeF(points(relative))
    return font
