"""The first start: how to begin at the left, what has to be known at the right."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station_app import PROGRAM_NAME
from station_app.services.done import Done
from station_app.support.clock import Clock
from station_app.ui.cards import Card, Notice, PrimaryButton, button, label, link_button
from station_app.ui.first_start_form import KEPT, FirstStartForm
from station_app.ui.icons import icon, icon_size
from station_app.ui.messages import Messages
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.theme import ACCENT, Tone, px

if TYPE_CHECKING:
    from station_app.ui.help_window import HelpWindow  # loaded when F1 is pressed


class Way(StrEnum):
    """How to begin."""

    EMPTY = "empty"
    IMPORT = "import"
    DEMO = "demo"


WAYS = {
    Way.EMPTY: ("空白开始", "建立一本空的登记簿，代表名单以后再录入或导入。"),
    Way.IMPORT: ("导入代表花名册", "建立登记簿后，接着选一个 Excel 或 WPS 表格，核对无误再导入代表。"),
    Way.DEMO: ("先看示例", "打开一个虚构的联络站，随意试用；不想要了一键删除，不影响正式登记。"),
}
_SAVE_WORDS = {Way.EMPTY: "建立登记簿", Way.IMPORT: "建立登记簿并导入花名册"}
_DEMO_WORDS = (
    "示例是一个虚构的镇联络站，有三年的接待日和一千多件意见建议；人名、电话和内容都是编的，处处标着“示例数据”。",
    "可以照真的做：登记、交办、打印、导出，按 F1 看每一页的说明。",
    "试用够了，点左上角联络站名称旁的箭头（Alt+F），选“结束体验，建立正式登记簿”，示例文件就会删除，回到这里。",
)


class _WayBox(QFrame):
    """One way to begin: a round switch, its word, and one sentence."""

    def __init__(self, number: int, word: str, sentence: str) -> None:
        super().__init__()
        self.switch = QRadioButton(f"{word}　Alt+{number}")
        self.switch.setAccessibleDescription(sentence)
        said = label(sentence, "muted", wrap=True)
        said.setContentsMargins(px(24), 0, px(6), 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(8), px(6), px(8))
        column.setSpacing(px(2))
        column.addWidget(self.switch)
        column.addWidget(said)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the whole box be clicked."""
        super().mouseReleaseEvent(event)
        self.switch.setFocus()
        self.switch.click()


class FirstStart(QWidget):
    """The assistant. Closing it loses nothing: what is typed is there at the next start.

    Signals:
        founded: the open `Desks` of the new register, and whether to go on with the import of the roster.
        demo_asked: the demo is wanted.
        open_asked: an existing register is to be chosen.
        rescue_asked: a damaged register is to be rescued.
        again_asked: the register that was not found is to be looked for once more.
        left: the window was closed.

    Args:
        folder: where a register lies by default.
        clock: today is an argument.
        settings: keeps what is typed.
        messages: every question and notice.
        beside: whether another register stays open in its window meanwhile.
    """

    founded = Signal(object, bool)
    demo_asked = Signal()
    open_asked = Signal()
    rescue_asked = Signal()
    again_asked = Signal()
    left = Signal()

    def __init__(
        self, folder: Path, clock: Clock, settings: QSettings, messages: Messages, *, beside: bool = False
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._settings = settings
        self._messages = messages
        self._help: HelpWindow | None = None
        self.form = FirstStartForm(folder, clock, settings, messages)
        self.form.saved.connect(self._saved)
        self.form.closed.connect(self.close)
        self.notice = Notice(Tone.WARNING)
        self._again = button("再找一次", "refresh-cw")
        self._switches: dict[Way, QRadioButton] = {}
        self.demo_button = PrimaryButton("打开示例联络站", "eye", "Ctrl+S")
        self.right = QStackedWidget()
        self.right.addWidget(self.form)
        self.right.addWidget(self._demo_card())
        self._lay_out(beside=beside)
        self.setWindowTitle("新建登记簿" if beside else PROGRAM_NAME)
        self.setWindowIcon(icon("users", ACCENT))
        self.setMinimumSize(1000, 640)
        self.resize(1080, 760)
        kept = str(settings.value(f"{KEPT}/way", Way.EMPTY.value))
        self.choose(Way(kept) if kept in set(Way) else Way.EMPTY)
        if self.form.was_kept():
            self.say("", "上次填的内容还在，接着填就行。", again=False)

    def _lay_out(self, *, beside: bool) -> None:
        head = QFrame()
        head.setObjectName("topbar")
        row = QHBoxLayout(head)
        row.setContentsMargins(px(18), px(10), px(18), px(10))
        sign = QLabel()
        sign.setPixmap(icon("users", ACCENT).pixmap(icon_size(22), self.devicePixelRatioF()))
        row.addWidget(sign)
        row.addWidget(label("新建登记簿" if beside else PROGRAM_NAME, "title"))
        row.addWidget(label("填好右边几项就能开始用，以后都可以在“设置”里改", "muted"), 1)
        helping = link_button("F1 帮助", self.show_help)
        row.addWidget(helping)
        QShortcut(QKeySequence("F1"), self, self.show_help)
        QShortcut(QKeySequence("Esc"), self, self.close)
        self._again.clicked.connect(lambda _checked=False: self.again_asked.emit())
        self._again.hide()
        told = QHBoxLayout()
        told.setSpacing(px(14))
        told.addWidget(self.notice, 1)
        told.addWidget(self._again)
        columns = QHBoxLayout()
        columns.setSpacing(px(14))
        columns.addWidget(self._ways_card())
        columns.addWidget(self.right, 1)
        body = QVBoxLayout()
        body.setContentsMargins(px(18), px(14), px(18), px(16))
        body.setSpacing(px(10))
        body.addLayout(told)
        body.addLayout(columns, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(body, 1)

    def _ways_card(self) -> Card:
        card = Card("怎么开始")
        card.setFixedWidth(px(290))
        area = ScrollColumn()
        area.body.setContentsMargins(px(8), px(8), px(8), px(8))
        group = QButtonGroup(self)
        for number, (way, (word, sentence)) in enumerate(WAYS.items(), start=1):
            box = _WayBox(number, word, sentence)
            box.switch.clicked.connect(lambda _checked=False, chosen=way: self.choose(chosen))
            group.addButton(box.switch)
            self._switches[way] = box.switch
            area.body.addWidget(box)
            QShortcut(QKeySequence(f"Alt+{number}"), self, lambda chosen=way: self.choose(chosen, enter=True))
        area.body.addStretch(1)
        opening = button("打开已有的登记簿…", "folder-open", "Ctrl+O")
        opening.clicked.connect(lambda _checked=False: self.open_asked.emit())
        QShortcut(QKeySequence("Ctrl+O"), self, self.open_asked.emit)
        last = QVBoxLayout()
        last.setContentsMargins(px(10), px(6), px(10), px(6))
        last.setSpacing(px(6))
        last.addWidget(label("已经有登记簿文件（U盘上、别的电脑拷来的）？", "small", wrap=True))
        last.addWidget(opening)
        last.addWidget(link_button("登记簿坏了，打不开？抢救…", self.rescue_asked.emit))
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(area, 1)
        card.body.addLayout(last)
        return card

    def _demo_card(self) -> Card:
        card = Card("先看示例")
        card.body.setContentsMargins(px(18), px(16), px(18), px(16))
        card.body.setSpacing(px(12))
        for sentence in _DEMO_WORDS:
            card.body.addWidget(label(sentence, wrap=True))
        self.demo_button.clicked.connect(lambda _checked=False: self.demo_asked.emit())
        card.body.addSpacing(px(6))
        card.body.addWidget(self.demo_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        bound = QShortcut(QKeySequence("Ctrl+S"), card, self.demo_button.click)
        bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return card

    def say(self, title: str, text: str, *, again: bool) -> None:
        """Say above everything why the assistant came, and offer to look for the register again."""
        self.notice.say(title, text, Tone.WARNING if again else Tone.INFO)
        self._again.setVisible(again)

    def show_help(self) -> None:
        """Show how to begin (F1)."""
        from station_app.ui.help_window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self, self._messages, ())
        self._help.show_page("start")

    def way(self) -> Way:
        """Return how to begin."""
        return next(way for way, switch in self._switches.items() if switch.isChecked())

    def choose(self, way: Way, *, enter: bool = False) -> None:
        """Choose how to begin; with ``enter`` the cursor goes to what has to be done for it."""
        self._switches[way].setChecked(True)
        self._settings.setValue(f"{KEPT}/way", way.value)
        self.right.setCurrentIndex(1 if way is Way.DEMO else 0)
        if way in _SAVE_WORDS:
            self.form.save_button.setText(_SAVE_WORDS[way])
            self.form.save_button.updateGeometry()
        if enter:
            self.begin()

    def begin(self) -> None:
        """Put the cursor where the clerk goes on."""
        if self.way() is Way.DEMO:
            self.demo_button.setFocus()
        else:
            self.form.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is typed."""
        self._settings.sync()
        super().closeEvent(event)
        self.left.emit()

    def _saved(self, done: Done[Any]) -> None:
        self.founded.emit(done.value, self.way() is Way.IMPORT)
