"""The register of terms and their constituencies at the left, who represents a village at the right."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.operators import Right
from station_app.domain.people import Level
from station_app.domain.terms import Constituency, Term, TermEnding
from station_app.station import Desks
from station_app.ui.cards import Card, Notice, button, link_button
from station_app.ui.form import FormPanel
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.page import Shell
from station_app.ui.represent_panel import RepresentPanel
from station_app.ui.rights import offer
from station_app.ui.splits import Split
from station_app.ui.theme import Tone, px


@dataclass(frozen=True)
class TermRow:
    """A term, registered or only named by mandates."""

    term: Term
    level: str
    state: str


@dataclass(frozen=True)
class ConstituencyRow:
    """A constituency, registered or only named by mandates."""

    one: Constituency
    villages: str
    deputies: int


_UNREGISTERED = "未登记"
_COMING = "下一届"
_TERMS: Ledger[TermRow] = Ledger(
    "terms",
    "届次",
    (
        Column("level", "层级", lambda row: row.level, Kind.LABEL, 6),
        Column("name", "届次", lambda row: row.term.name, Kind.LABEL, 11),
        Column("from_on", "起", lambda row: row.term.from_on, Kind.DATE, 11),
        Column("to_on", "届满", lambda row: row.term.ends_on, Kind.DATE, 11),
        Column("state", "", lambda row: row.state, Kind.LABEL, 9),
    ),
)
_CONSTITUENCIES: Ledger[ConstituencyRow] = Ledger(
    "constituencies",
    "选区",
    (
        Column("name", "选区(选举单位)", lambda row: row.one.name, Kind.TEXT, 18),
        Column("villages", "所含村(居)", lambda row: row.villages, Kind.TEXT, 20),
        Column("seats", "名额", lambda row: row.one.seats, Kind.COUNT, 6),
        Column("deputies", "代表", lambda row: row.deputies, Kind.COUNT, 6),
        Column("state", "", lambda row: "" if row.one.id else _UNREGISTERED, Kind.LABEL, 9),
    ),
)
_TONES = {
    _UNREGISTERED: Tone.QUIET,
    "已届满": Tone.WARNING,
    "将届满": Tone.WARNING,
    "本届": Tone.GOOD,
    "往届": Tone.QUIET,
    _COMING: Tone.INFO,
}


def _mark(word: str) -> Mark | None:
    return Mark(word, _TONES[word]) if word else None


class TermsPanel(QWidget):
    """See the module.

    Signals:
        asked: what the clerk wants to do: ``new``, ``edit``, ``delete``, ``register`` with a `Term` or None;
            the same with ``constituency`` behind and a `Constituency`.
    """

    asked = Signal(str, object)

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__()
        self._desks = desks
        self._endings: list[TermEnding] = []
        self.notice = Notice(Tone.WARNING)
        self.terms = LedgerTable(
            _TERMS,
            lambda row: (row.term.level, row.term.name),
            shell.settings,
            marks={"state": lambda row: _mark(row.state)},
            widths={"level": 6, "name": 10},
            stretch="name",
            yielding=("from_on",),
        )
        self.terms.view.setAccessibleName("届次")
        self.terms.set_empty("这里登记各级人大的届次。名册里的代表职务写了届次的，会自动列出来。")
        self.districts = LedgerTable(
            _CONSTITUENCIES,
            lambda row: row.one.name,
            shell.settings,
            marks={"state": lambda row: _mark("" if row.one.id else _UNREGISTERED)},
            widths={"name": 16, "villages": 16, "seats": 6, "deputies": 6},
            stretch="villages",
            yielding=("seats",),
        )
        self.districts.view.setAccessibleName("选区")
        self.districts.set_empty("这一届还没有选区。")
        self.represent = RepresentPanel(shell, desks)
        self._register = link_button("", lambda: self._ask("register", "term"))
        self._register_districts = link_button("", lambda: self._ask("register", "constituency"))
        self.side = QStackedWidget()
        self._lay_out(shell)
        self._bind()

    def _lay_out(self, shell: Shell) -> None:
        self._terms_card = self._card("届次", "term", self.terms, self._register)
        self._districts_card = self._card("选区", "constituency", self.districts, self._register_districts)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self._terms_card, 4)
        column.addWidget(self._districts_card, 5)
        left.setMinimumWidth(px(360))
        self.side.addWidget(self.represent)
        self.side.setMinimumWidth(px(400))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(10))
        whole.addWidget(self.notice)
        split = Split(shell.settings, "terms", [left, self.side], [470, 590])
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        whole.addWidget(split, 1)

    def _card(self, title: str, of: str, table: LedgerTable, register: QPushButton) -> Card:
        card = Card(title)
        card.set_flush()
        card.tighten_head()
        made = (button("新增", "plus"), button("修改", "pencil"), button("删除", "trash-2"))
        for one, word, keys in zip(made, ("new", "edit", "delete"), ("Insert", "Enter", "Delete"), strict=True):
            one.setToolTip(f"{one.text()}（{keys}）")
            one.clicked.connect(lambda _checked=False, word=word: self._ask(word, of))
            card.add_to_head(one)
        offer(self._desks, Right.KEEP, *made, register)
        card.body.addWidget(table, 1)
        card.body.addWidget(register, 0, Qt.AlignmentFlag.AlignLeft)
        table.opened.connect(lambda _row: self._ask("edit", of))
        for keys, word in (("Insert", "new"), ("Delete", "delete")):
            bound = QShortcut(QKeySequence(keys), table, lambda word=word: self._ask(word, of))
            bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return card

    def _bind(self) -> None:
        self.terms.current_changed.connect(lambda _row: self._show_districts())
        for keys, action in (
            ("Alt+R", lambda: self._ask("register", "term")),
            ("Alt+T", lambda: self._ask("register", "constituency")),
            ("Alt+G", self.terms.view.setFocus),
            ("Alt+D", self.districts.view.setFocus),
            ("Alt+V", self.represent.go),
        ):
            QShortcut(QKeySequence(keys), self, action)

    def _ask(self, word: str, of: str) -> None:
        if of == "term":
            row = self.terms.current_row()
            if word in ("new", "register") or row is not None:
                self.asked.emit(f"{word} term", row.term if row is not None else None)
            return
        district, term = self.districts.current_row(), self.term()
        if term is not None and word in ("new", "register"):
            blank = Constituency(term.level, term.name, "", position=1 + len(self.districts.rows()))
            self.asked.emit(f"{word} constituency", blank)
        elif term is not None and district is not None:
            self.asked.emit(f"{word} constituency", district.one)

    # Showing

    def term(self) -> Term | None:
        """Return the term the clerk stands on."""
        row = self.terms.current_row()
        return row.term if isinstance(row, TermRow) else None

    def reload(self) -> None:
        """Fetch everything again."""
        desk = self._desks.terms
        proposals = desk.proposals()
        self._endings = desk.endings()
        order = [*desk.terms(), *proposals]
        newest: dict[Level, str] = {}
        today = self._desks.clock.today().isoformat()
        for term in order:
            if term.from_on <= today and term.from_on >= newest.get(term.level, ""):
                newest[term.level] = term.from_on
        rows = [TermRow(term, desk.level_word(term.level), self._state(term, newest)) for term in order]
        rows.sort(key=lambda row: row.term.from_on, reverse=True)
        rows.sort(key=lambda row: list(Level).index(row.term.level))
        self.terms.set_rows(rows)
        if self.terms.current_row() is None and rows:
            self._stand(rows)
        self._register.setText(f"登记名册里写着的 {len(proposals)} 个届次　Alt+R")
        self._register.setVisible(bool(proposals))
        self._tell()
        self._show_districts()
        self.represent.reload()

    def _stand(self, rows: list[TermRow]) -> None:
        """Stand on the term in use of the station's own level, else on the first."""
        own = self._desks.term_change.own_level()
        row = next((row for row in rows if row.term.level is own and row.state not in ("往届", _COMING)), rows[0])
        self.terms.select((row.term.level, row.term.name))

    def _state(self, term: Term, newest: dict[Level, str]) -> str:
        if not term.id:
            return _UNREGISTERED
        ending = next((one for one in self._endings if (one.level, one.name) == (term.level, term.name)), None)
        if ending is not None:
            return "已届满" if ending.over else "将届满"
        if term.from_on > self._desks.clock.today().isoformat():
            return _COMING
        return "本届" if term.from_on == newest.get(term.level) and term.from_on else "往届" if term.from_on else ""

    def _tell(self) -> None:
        lines = [one.told(self._desks.terms.level_word(one.level)) for one in self._endings]
        self.notice.say("", f"{'、'.join(lines)}。新一届选出后按“开始换届”（F2）。" if lines else "")

    def _show_districts(self) -> None:
        term, desk = self.term(), self._desks.terms
        self._districts_card.set_title(f"选区　{desk.level_word(term.level)}{term.name}" if term else "选区")
        if term is None:
            self.districts.set_rows([])
            self._register_districts.hide()
            return
        proposed = desk.proposed_constituencies(term.level, term.name)
        names = {village.id: village.short_name for village in self._desks.settings.villages()}
        held = [
            mandate.constituency
            for deputy in self._desks.roster.deputies()
            for mandate in deputy.mandates
            if (mandate.level, mandate.term) == (term.level, term.name)
        ]
        self.districts.set_rows(
            [
                ConstituencyRow(one, "、".join(names[v] for v in one.village_ids if v in names), held.count(one.name))
                for one in (*desk.constituencies(term.level, term.name), *proposed)
            ]
        )
        self._register_districts.setText(f"登记名册里写着的 {len(proposed)} 个选区　Alt+T")
        self._register_districts.setVisible(bool(proposed))

    # Forms

    def show_form(self, form: FormPanel) -> None:
        """Show a form in the place of the answer."""
        self.side.addWidget(form)
        self.side.setCurrentWidget(form)

    def drop_form(self, form: FormPanel) -> None:
        """Take a form away."""
        self.side.removeWidget(form)
        self.side.setCurrentWidget(self.represent)
        form.hide()
        form.deleteLater()
