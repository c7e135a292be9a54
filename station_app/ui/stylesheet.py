"""The style sheet: one text, filled with the theme's colours and scaled lengths."""

import re
from collections.abc import Mapping

# Widgets ask for a look through the dynamic property "look"; see `dress`.
_SHEET = """
QToolTip { color: @ink; background: @panel; border: 1px solid @control; padding: @p4 @p6; }

QLabel[look="title"] { font-size: @t140; font-weight: 700; }
QLabel[look="heading"] { font-size: @t110; font-weight: 700; }
QLabel[look="strong"] { font-weight: 700; }
QLabel[look="big"] { font-size: @t180; font-weight: 700; }
QLabel[look="muted"] { color: @muted; }
QLabel[look="struck"] { color: @muted; text-decoration: line-through; }
QLabel[look="small"] { color: @muted; font-size: @t90; }
QLabel[look="label"] { color: @muted; }
QLabel[look="problem"] { color: @dangerink; font-size: @t90; }
QLabel[look="link"] { color: @link; }

QFrame[look="card"] { background: @panel; border: 1px solid @line; border-radius: @p8; }
QFrame[look="card"][active="true"] { border: 1px solid @focus; }
QWidget[look="tile"] { border: 1px solid transparent; border-radius: @p6; }
QWidget[look="tile"]:hover { background: @head; }
QWidget[look="tile"]:focus { border: 1px solid @focus; }
QFrame[look="cardhead"] { background: transparent; border: none; border-bottom: 1px solid @line; }
QFrame[look="line"] { background: @line; border: none; }
QFrame[look="notice-info"] { background: @infoground; border: none; border-radius: @p6; }
QFrame[look="notice-warning"] { background: @warningground; border: none; border-radius: @p6; }
QFrame[look="notice-danger"] { background: @dangerground; border: none; border-radius: @p6; }
QFrame[look="notice-good"] { background: @goodground; border: none; border-radius: @p6; }
QFrame[look="notice-quiet"] { background: @quietground; border: none; border-radius: @p6; }

QPushButton, QToolButton[look="button"] {
    background: @panel; color: @ink; border: 1px solid @buttonline; border-radius: @p5;
    padding: @p4 @p12; min-height: @p22;
}
QToolButton[look="button"] { padding: @p4 @p8; min-height: @p20; }
QPushButton:hover, QToolButton[look="button"]:hover { background: @head; }
QPushButton:pressed, QToolButton[look="button"]:pressed { background: @selected; }
QPushButton:disabled, QToolButton[look="button"]:disabled { color: #8A929B; border-color: @line; }
QPushButton:focus, QToolButton[look="button"]:focus { border: 2px solid @focus; padding: @p3 @p11; }
QToolButton[look="button"]:focus { padding: @p3 @p7; }
QPushButton:checked, QToolButton[look="button"]:checked { background: @selected; border-color: @focus; }
QToolButton[look="button"]::menu-indicator { image: none; }
QToolButton[look="button"][asks="true"] { background: @selected; }
QPushButton[look="primary"] { background: @accent; color: #FFFFFF; border: 1px solid @accent; font-weight: 700; }
QPushButton[look="primary"]:hover { background: @accentdark; }
QPushButton[look="primary"]:pressed { background: @accentdark; }
QPushButton[look="primary"]:focus { border: 2px solid @ink; padding: @p3 @p11; }
QPushButton[look="primary"]:disabled { background: @line; border-color: @line; color: @muted; }
QPushButton[look="link"] { background: transparent; border: none; color: @link; padding: @p1 @p4; min-height: 0; }
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:disabled { color: #8A929B; text-decoration: none; }
QPushButton[look="link"]:focus { border: 1px solid @focus; border-radius: @p3; padding: @p1 @p3; }
QToolButton[look="plain"] { background: transparent; border: 1px solid transparent; border-radius: @p4; padding: @p2; }
QToolButton[look="plain"]:hover { background: @quietground; }
QToolButton[look="plain"]::menu-indicator { image: none; }
QToolButton[look="plain"]:focus { border: 1px solid @focus; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QFrame[look="editor"] {
    background: @panel; color: @ink; border: 1px solid @control; border-radius: @p4;
    selection-background-color: #B9D4F2; selection-color: @ink;
}
QLineEdit, QComboBox, QAbstractSpinBox { padding: @p2 @p8; min-height: @p24; }
QPlainTextEdit, QTextEdit { padding: @p2 @p4; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus,
QFrame[look="editor"][active="true"] { border: 2px solid @focus; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { padding: @p1 @p7; }
QPlainTextEdit:focus, QTextEdit:focus { padding: @p1 @p3; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: @ground; color: @muted; border-color: @line; }
QLineEdit:read-only { background: @head; }
QLineEdit[look="inner"], QLineEdit[look="inner"]:focus { border: none; padding: 0; background: transparent; }
*[wrong="true"] { border: 1px solid @dangerink; background: #FFF8F7; }
*[wrong="true"]:focus { border: 2px solid @dangerink; }
QToolButton[look="chip"] {
    background: @quietground; color: @ink; border: none; border-radius: @p11; padding: @p1 @p8; min-height: @p20;
}
QToolButton[look="chip"]:hover { background: @line; }
QFrame[look="segments"] { border: 1px solid transparent; border-radius: @p6; }
QFrame[look="segments"]:focus { border: 1px solid @focus; }
QPushButton[look="segment"] { border-radius: 0; border: 1px solid @control; border-left: none; }
QPushButton[look="segment"][place="first"] {
    border-left: 1px solid @control; border-top-left-radius: @p5; border-bottom-left-radius: @p5;
}
QPushButton[look="segment"][place="last"] { border-top-right-radius: @p5; border-bottom-right-radius: @p5; }
QPushButton[look="segment"]:checked { background: @selected; font-weight: 700; }

QComboBox::drop-down { border: none; width: @p24; }
QComboBox::down-arrow { image: url(@chevron); width: @p14; height: @p14; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @control; outline: none; }

QCheckBox, QRadioButton { spacing: @p6; padding: @p2; border: 1px solid transparent; border-radius: @p4; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid @focus; }
QCheckBox::indicator, QRadioButton::indicator, QMenu::indicator {
    width: @p14; height: @p14; border: 1px solid @control; border-radius: @p3; background: @panel;
}
QRadioButton::indicator { border-radius: @p8; }
QMenu::indicator { margin-left: @p6; }
QCheckBox::indicator:checked, QMenu::indicator:checked { image: url(@tick); border-color: @ink; }
QCheckBox::indicator:disabled { background: @ground; border-color: @line; }
QRadioButton::indicator:checked { border: @p4 solid @focus; width: @p8; height: @p8; }

QTableView, QTreeView, QListView {
    background: @panel; border: none; outline: none; color: @ink;
    selection-background-color: @selected; selection-color: @ink; gridline-color: @line;
}
QTableView, QTreeView { border: 1px solid transparent; border-radius: @p4; }
QTableView:focus, QTreeView:focus { border: 1px solid @focus; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableView::item { padding: 0 @p5; border-bottom: 1px solid #EDF0F2; }
QTreeView::item, QListView::item { padding: @p4 @p8; min-height: @p24; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: @selected; color: @ink; }
QTableView[look="framed"], QTreeView[look="framed"], QListView[look="framed"] {
    border: 1px solid @line; border-radius: @p6;
}
QTableView[look="framed"]:focus, QTreeView[look="framed"]:focus, QListView[look="framed"]:focus {
    border: 1px solid @focus;
}
QListView[look="popup"] { border: 1px solid @control; border-radius: @p4; padding: @p2; }
QHeaderView { background: @head; border: none; }
QHeaderView::section {
    background: @head; color: @ink; border: none; border-bottom: 1px solid @line;
    padding: @p6 @p8; font-weight: 700;
}
QTableCornerButton::section { background: @head; border: none; }

QTabWidget::pane { border: none; border-top: 1px solid @line; top: -1px; }
QTabBar::tab { background: transparent; color: @muted; padding: @p6 @p14; border: 1px solid transparent; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @ink; font-weight: 700; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { border: 1px solid @focus; border-bottom: 2px solid @accent; }

QCalendarWidget QWidget#qt_calendar_navigationbar { background: @head; }
QCalendarWidget QToolButton { background: transparent; border: none; padding: @p4 @p8; color: @ink; }
QCalendarWidget QToolButton:hover { background: @selected; border-radius: @p4; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QTableView { border: none; }
QCalendarWidget QTableView::item { border: none; padding: 0; }

QMenu { background: @panel; border: 1px solid @control; padding: @p4; }
QMenu::item { padding: @p5 @p24; border-radius: @p4; }
QMenu::item:selected { background: @selected; color: @ink; }
QMenu::item:disabled { color: #8A929B; }
QMenu::separator { height: 1px; background: @line; margin: @p4 @p8; }

QScrollArea, QWidget#clear { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: @p12; margin: 0; }
QScrollBar:horizontal { background: transparent; height: @p12; margin: 0; }
QScrollBar::handle { background: #B4BBC3; border-radius: @p4; margin: @p2; }
QScrollBar::handle:vertical { min-height: @p30; }
QScrollBar::handle:horizontal { min-width: @p30; }
QScrollBar::handle:hover { background: @control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: @p12; }
QSplitter::handle:vertical { height: @p12; }
QSplitter::handle:hover { background: @selected; }
QProgressBar { border: 1px solid @control; border-radius: @p4; background: @panel; text-align: center; max-height: @p14; font-size: @t85; }
QProgressBar::chunk { background: #9CC1EA; border-radius: @p3; }

QDialog { background: @panel; }
QMessageBox QLabel#qt_msgbox_informativelabel { min-width: @p240; }
QFrame#navigation { background: @panel; border: none; border-right: 1px solid @line; }
QToolButton[look="nav"] {
    background: transparent; border: 2px solid transparent; border-radius: @p8; color: @ink;
    padding: @p4 0; font-size: @t95;
}
QToolButton[look="nav"]:hover { background: @head; }
QToolButton[look="nav"]:checked { background: @accentpale; color: @accent; font-weight: 700; }
QToolButton[look="nav"]:focus { border: 2px solid @focus; }
QFrame#topbar { background: @panel; border: none; border-bottom: 1px solid @line; }
QFrame#statusline { background: @panel; border: none; border-top: 1px solid @line; }
QFrame#statusline QLabel, QFrame#statusline QPushButton { font-size: @t90; color: @muted; }
QFrame#statusline QPushButton[look="link"] { color: @link; }
"""


def stylesheet(terms: Mapping[str, str]) -> str:
    """Return the style sheet with every ``@name`` replaced.

    Args:
        terms: what each name stands for, e.g. ``{"ink": "#1F2328", "p8": "8px"}``.

    Raises:
        KeyError: the sheet uses a name that ``terms`` lacks.
    """
    return re.sub(r"@([a-z0-9]+)", lambda found: terms[found.group(1)], _SHEET)
