"""设置 · 文书: which papers the station uses and the words it writes in them."""

from typing import Any

from station_app.domain.paper_texts import (
    BLOCK_LABELS,
    DEFAULT_STYLES,
    LETTER_KINDS,
    PLACEHOLDERS,
    PaperStyle,
    PaperTexts,
)
from station_app.domain.papers import PAPER_LABELS, PaperKind
from station_app.domain.problems import InvalidInput
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Notice, button
from station_app.ui.fields import CheckField, ChoiceField, FormPanel, LineField, TextField
from station_app.ui.page import Shell
from station_app.ui.theme import Tone

_ABOUT = (
    "先选一种文书，再改文字；花括号里的词打印时换成实际内容。改完先按“预览”看一件真实事项排出来的样子，再保存。\n"
    "文书以所属机关的名义发出，落款、受文单位按“联络站”里的所属机关自动写。"
)
_KIND = "kind"


class PaperSection(FormPanel):
    """The words of each kind of paper.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("文书", self._save_style, shell.messages)
        self._shell = shell
        self._desks = desks
        about = Notice(Tone.QUIET)
        about.say("", _ABOUT)
        self.add_widget(about)
        kinds = [(kind, PAPER_LABELS[kind]) for kind in LETTER_KINDS]
        self._kind = self.add(_KIND, ChoiceField("文书", kinds, required=True))
        self._kind.set_value(LETTER_KINDS[0])
        self._shown = LETTER_KINDS[0]
        self.add_pair(
            ("used", CheckField("", "使用这种文书")),
            ("names", CheckField("", "公开的事项写明反映人")),
        )
        self.add_pair(
            ("qr", CheckField("", "回执印二维码")),
            ("document_number", LineField("发文字号", placeholder="如 禾人大〔{年}〕　号，没有就空着")),
        )
        self.add("title", LineField(BLOCK_LABELS["title"], required=True, wide=True))
        self.add("recipient", LineField(BLOCK_LABELS["recipient"], required=True, wide=True))
        self.add("opening", TextField(BLOCK_LABELS["opening"], required=True, least=3))
        self.add("request", TextField(BLOCK_LABELS["request"], least=3))
        self.add("copies", LineField(BLOCK_LABELS["copies"], wide=True))
        self._known = Notice(Tone.QUIET)
        self.add_widget(self._known, under_fields=True)
        preview = button("预览", "file-text", "Alt+V")
        preview.clicked.connect(lambda _checked=False: self.preview())
        usual = button("恢复默认", "", "Alt+D")
        usual.clicked.connect(lambda _checked=False: self.restore_usual())
        for made in (preview, usual):
            self.add_action(made)
        self._bind("Alt+V", self.preview)
        self._bind("Alt+D", self.restore_usual)
        self._kind.changed.connect(self._kind_chosen)
        self.reload()

    def show_kind(self, kind: PaperKind) -> None:
        """Show the words of a kind."""
        self._kind.set_value(kind)
        self._kind_chosen()

    def reload(self) -> None:
        """Show the words as they are kept."""
        style = self._desks.papers.style(self._shown)
        self.set_values({_KIND: self._shown, **_values(style)})
        known = "　".join(f"{{{name}}} {meaning}" for name, meaning in PLACEHOLDERS[self._shown].items())
        self._known.say("可以用的词", known)

    def restore_usual(self) -> None:
        """Fill in the usual words; they are kept only by saving."""
        for key, value in _values(DEFAULT_STYLES[self._shown]).items():
            self.fields[key].set_value(value)
        self.changed.emit()

    def preview(self) -> None:
        """Show what is typed with a real matter."""
        from station_app.ui.letter_window import SampleWindow

        style = _style(self.values())
        try:
            SampleWindow(self._shell, self._desks, self._shown, style, self.window()).show()
        except InvalidInput as wrong:
            self.show_problems(wrong.problems)
        else:
            self.show_problems(())

    def _kind_chosen(self) -> None:
        """Show another kind, after asking about unsaved words of the one before."""
        wanted = self._kind.value()
        if wanted is None or wanted is self._shown:
            return
        self._kind.set_value(self._shown)
        if self.is_changed() and not self.leave():
            return
        self._shown = wanted
        self.reload()

    def _save_style(self, values: dict[str, Any]) -> Done[None]:
        return self._desks.papers.save_style(values[_KIND], _style(values))


def _values(style: PaperStyle) -> dict[str, Any]:
    """Return a style as the form's values."""
    switches = {"used": style.used, "names": style.names, "qr": style.qr, "document_number": style.document_number}
    return {**switches, **{name: getattr(style.texts, name) for name in BLOCK_LABELS}}


def _style(values: dict[str, Any]) -> PaperStyle:
    texts = PaperTexts(**{name: values[name] for name in BLOCK_LABELS})
    return PaperStyle(texts, values["used"], values["names"], values["qr"], values["document_number"])
