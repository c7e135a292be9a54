"""最近删除: what was deleted or taken back, each line to be restored by Enter."""

from typing import Any

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.deleted_entry import DeletedEntry
from station_app.domain.operators import Right
from station_app.domain.problems import InvalidInput
from station_app.domain.record_words import moment
from station_app.services.deleted_desk import ParentsDeleted
from station_app.services.done import EVERYTHING, Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Card, Notice, label
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.page import Page, Shell
from station_app.ui.rights import offer, refused
from station_app.ui.theme import Tone, px

_NOTHING = "没有删除的记录。删除的来访、代表、小组、接待日、附件，和撤销掉的登记，都会列在这里，可以恢复。"
_ABOUT = (
    "恢复后和删除前一样，编号不变；恢复错了可以撤销。"
    "意见不删除，登记错了的在“意见”页作废；依申请删除的个人信息不能恢复。"
)

DELETED_LEDGER: Ledger[DeletedEntry] = Ledger(
    "deleted",
    "最近删除",
    (
        Column("kinds", "种类", lambda entry: entry.kinds, Kind.LABEL, 14),
        Column("names", "名称、编号", lambda entry: entry.names, Kind.TEXT, 26),
        Column("way", "方式", lambda entry: entry.way, Kind.LABEL, 10),
        Column("label", "操作", lambda entry: entry.label, Kind.TEXT, 20),
        Column("at", "时间", lambda entry: moment(entry.at), Kind.CODE, 16),
        Column("operator", "操作员", lambda entry: entry.operator, Kind.LABEL, 8),
    ),
)


def _way(entry: DeletedEntry) -> Mark:
    return Mark(entry.way, Tone.QUIET if entry.undone else Tone.WARNING)


class DeletedPage(Page):
    """The list of what can be restored.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    topics = EVERYTHING

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "最近删除")
        self._desks = desks
        restoring = self.header.add_primary("恢复", "undo-2", self.restore, "Enter")
        offer(desks, Right.KEEP, restoring)
        self.told = Notice(Tone.WARNING)
        self.table = LedgerTable(
            DELETED_LEDGER,
            lambda entry: entry.step_id,
            shell.settings,
            marks={"way": _way},
            widths={"kinds": 14, "names": 24, "way": 11, "label": 20, "at": 15, "operator": 8},
            stretch="names",
            yielding=("label",),
        )
        self.table.set_empty(_NOTHING)
        self.table.opened.connect(lambda _entry: self.restore())
        self.table.current_changed.connect(lambda _entry: self.told.say(""))
        card = Card()
        card.set_flush()
        card.body.addWidget(self.table)
        about = label(_ABOUT, "small", wrap=True)
        about.setContentsMargins(px(2), 0, 0, 0)
        self.body.addWidget(self.told)
        self.body.addWidget(card, 1)
        self.body.addWidget(about)
        self.begin_with(self.table)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return (("Enter", "恢复选中的一行"), ("Esc", "回到设置"))

    def back(self) -> None:
        """Go back to 设置 (Esc)."""
        self.shell.open_page("settings", None)

    def reload(self) -> None:
        """Read the list anew."""
        entries = self._desks.deleted.entries()
        self.table.set_rows(entries)
        self.header.set_note(f"共 {len(entries)} 条" if entries else "")
        if entries and not self.table.selected_rows():
            self.table.select(entries[0].step_id)

    def restore(self) -> None:
        """Restore the current line (Enter); what it belongs to comes back with it when the clerk agrees."""
        entry = self.table.current_row()
        if entry is None or refused(self._desks, Right.KEEP, self.shell.messages):
            return
        try:
            done = self._restored(entry)
        except InvalidInput as wrong:
            self.told.say("没有恢复", str(wrong))
        except StationFault as fault:
            self.shell.messages.tell_fault(fault)
        else:
            if done is not None:
                self.told.say("")
                self.publish(done)

    def _restored(self, entry: DeletedEntry) -> Done[Any] | None:
        desk = self._desks.deleted
        try:
            return desk.restore(entry.step_id)
        except ParentsDeleted as above:
            agreed = self.shell.messages.ask(
                f"它所属的{above.names}也已删除，要一起恢复吗？",
                "只恢复这一条没有地方放。",
                yes="一起恢复",
                no="不恢复",
            )
            return desk.restore(entry.step_id, with_parents=True) if agreed else None
