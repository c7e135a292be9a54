"""备份与恢复: every backup of the register, what it holds, the stick, and going back to one of them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.backup import Backup, BackupLine, BackupSettings, Contents
from station_app.domain.operators import Right
from station_app.domain.problems import InvalidInput
from station_app.services.backup_desk import Restoration
from station_app.services.done import SETTINGS, Done
from station_app.station import Desks
from station_app.support.faults import Cancelled, PasswordNeeded, StationFault, WrongKey
from station_app.ui.backup_details import BackupDetails, day_words, losses
from station_app.ui.backup_settings_card import BackupSettingsCard
from station_app.ui.cards import Card, Notice, link_button
from station_app.ui.jobs import Progress
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.messages import STATION_FILES
from station_app.ui.page import Page, Shell
from station_app.ui.rights import offer
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.second_place_card import SecondPlaceCard
from station_app.ui.splits import Split
from station_app.ui.theme import Tone, px

Restore = Callable[[Restoration], None]
"""Lets a proven backup take the register's place; the window closes for that."""

_NOTHING = "还没有备份。关闭登记簿时、工作中每隔一段时间都会自动备份，也可以现在就备份一次。"

BACKUP_LEDGER: Ledger[BackupLine] = Ledger(
    "backups",
    "备份",
    (
        Column("at", "时间", lambda line: f"{line.backup.at:%Y-%m-%d %H:%M}", Kind.CODE, 16),
        Column("occasion", "缘由", lambda line: line.backup.occasion or "不明", Kind.LABEL, 8),
        Column("opinions", "意见建议", lambda line: line.opinions, Kind.COUNT, 9),
        Column("place", "在哪里", lambda line: line.place, Kind.LABEL, 8),
        Column("state", "状态", lambda line: _state(line).word, Kind.LABEL, 11),
    ),
)


def _state(line: BackupLine) -> Mark:
    if not line.backup.proven:
        return Mark("未验证", Tone.WARNING)
    if line.holds_erased:
        return Mark("含已删信息", Tone.WARNING)
    return Mark("旧密码", Tone.INFO) if line.old_password else Mark("已验证", Tone.GOOD)


class BackupsPage(Page):
    """See the module.

    Args:
        shell: what the window lends.
        desks: the desks of the open register.
        restore: what restores.
    """

    topics = frozenset({SETTINGS})

    def __init__(self, shell: Shell, desks: Desks, restore: Restore) -> None:
        super().__init__(shell, "备份与恢复")
        self._desks = desks
        self._restore = restore
        self._contents: Contents | None = None
        self._chosen_file: BackupLine | None = None
        self.header.add_button("选择其他文件…", "folder-open", self.choose_file, "Ctrl+O")
        self.header.add_button("复制到U盘…", "save", self.export, "Ctrl+E")
        self.header.add_primary("立即备份", "shield-check", self.new)
        self.table = LedgerTable(
            BACKUP_LEDGER,
            lambda line: line.backup.path,
            shell.settings,
            marks={"state": _state},
            widths={"at": 17, "occasion": 9, "opinions": 9, "place": 8, "state": 14},
            stretch="occasion",
            yielding=("place",),
        )
        self.table.set_empty(_NOTHING, "立即备份", self.new)
        self.table.current_changed.connect(self._show_line)
        self.table.opened.connect(lambda _line: self.restore())
        self.told = Notice()
        self._links = QHBoxLayout()
        self._links.addWidget(link_button("撤销恢复 Alt+Z", self.undo_restore))
        self._links.addWidget(link_button("知道了", self._forget_news))
        self._links.addStretch(1)
        self.told.body.addLayout(self._links)
        self.details = BackupDetails()
        self.details.restore_asked.connect(self.restore)
        self.details.look_asked.connect(self.look)
        self.second = SecondPlaceCard()
        self.second.choose_asked.connect(self.choose_second)
        self.second.refresh_asked.connect(self.refresh_second)
        self.second.forget_asked.connect(lambda: self._do(self._desks.backups.forget_second))
        self.settings_card = BackupSettingsCard(self._save_settings)
        self._news_seen = ""
        offer(desks, Right.GOVERN, self.details.restore)
        offer(desks, Right.KEEP, self.second.choose, self.second.forget, self.settings_card.keep)
        self._lay_out()
        for keys, action in (("Ctrl+O", self.choose_file), ("Alt+Z", self.undo_restore)):
            QShortcut(QKeySequence(keys), self, action)

    def _lay_out(self) -> None:
        card = Card()
        card.set_flush()
        card.body.addWidget(self.table)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        card.setMinimumHeight(px(150))
        below = ScrollColumn()  # in a low window the list of backups stays whole
        below.body.setContentsMargins(0, 0, 0, 0)
        below.body.setSpacing(px(12))
        below.body.addWidget(self.second)
        below.body.addWidget(self.settings_card)
        below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(card, 1)
        column.addWidget(below)
        left.setMinimumWidth(px(330))
        self.details.setMinimumWidth(px(270))
        self.body.addWidget(self.told)
        self.body.addWidget(Split(self.shell.settings, "backups", [left, self.details], [620, 380]), 1)
        self.begin_with(self.table)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return (
            ("F2", "立即备份"),
            ("Enter", "恢复到选中的备份（先问）"),
            ("Ctrl+E", "把登记簿复制到U盘"),
            ("Ctrl+O", "选择其他地方的备份文件"),
            ("Alt+Z", "撤销恢复"),
            ("Esc", "回到设置"),
        )

    def back(self) -> None:
        """Go back to 设置 (Esc)."""
        self.shell.open_page("settings", None)

    def reload(self) -> None:
        """Read the list and the state anew."""
        desk = self._desks.backups
        lines = desk.listed()
        if self._chosen_file is not None:
            lines.insert(0, self._chosen_file)
        self.table.set_rows(lines)
        if self.table.current_row() is None and lines:
            self.table.select(lines[0].backup.path)
        now = self.shell.clock.now()
        state = desk.state()
        self.header.set_note(state.words(now).split("　")[0] + ("，之后有改动" if state.due and state.at else ""))
        self.second.show_state(state.second, now)
        self.settings_card.show_settings(desk.settings())
        self._tell_restored()
        self._show_line(self.table.current_row())

    # Making

    def new(self) -> None:
        """Make a backup now (F2)."""

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Backup:
            with self._desks.reading() as copy:
                made = copy.backups.back_up(thorough=True, progress=_stoppable(progress, cancelled))
                copy.backups.refresh_second(_stoppable(progress, cancelled))
                return made

        def made(backup: Backup) -> None:
            self._said(f"已备份并验证：{backup.path.name}")
            self.table.select(backup.path)

        self.shell.jobs.run("备份", work, made)

    def export(self) -> None:
        """Copy everything that belongs to the station into a folder on a drive (Ctrl+E)."""
        folder = self.shell.messages.choose_folder("复制到哪个U盘或文件夹")
        if folder is None:
            return

        def work(progress: Progress, cancelled: Callable[[], bool]) -> str:
            with self._desks.reading() as copy:
                return str(copy.backups.copy_all_to(folder, _stoppable(progress, cancelled)))

        self.shell.jobs.run("复制到U盘", work, lambda target: self._said(f"已复制并验证：{target}"))

    # The second place

    def choose_second(self) -> None:
        """Let the clerk choose the stick that gets a copy of every backup."""
        folder = self.shell.messages.choose_folder("选择U盘")
        if folder is not None:
            self._do(lambda: self._desks.backups.choose_second(folder))
            self.refresh_second()

    def refresh_second(self) -> None:
        """Bring the stick up to date."""

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Backup | None:
            with self._desks.reading() as copy:
                if copy.backups.is_due():
                    copy.backups.back_up(thorough=True, progress=_stoppable(progress, cancelled))
                return copy.backups.refresh_second(_stoppable(progress, cancelled))

        def brought(copy: Backup | None) -> None:
            self._said("U盘上的备份已更新并验证" if copy else "没有找到U盘")

        self.shell.jobs.run("更新U盘备份", work, brought)

    # Looking and restoring

    def choose_file(self) -> None:
        """Look at a backup that lies anywhere else (Ctrl+O)."""
        path = self.shell.messages.choose_file("选择备份文件", STATION_FILES, self._desks.backups.folder)
        if path is None:
            return
        try:
            line = self._desks.backups.line_of(path)
        except StationFault as fault:
            self.shell.messages.tell_fault(fault)
            return
        listed = {one.backup.path for one in self._desks.backups.listed()}
        self._chosen_file = None if path in listed else line
        self.reload()
        self.table.select(path)

    def look(self) -> None:
        """Show what the chosen backup holds, with the typed password where it has its own."""
        line = self.table.current_row()
        if line is None:
            return
        password = self.details.password.text()

        def work(_progress: object, _cancelled: object) -> tuple[Contents, dict[str, int]]:
            with self._desks.reading() as copy:
                return copy.backups.look_into(line.backup, password), copy.backups.counts()

        def looked(found: tuple[Contents, dict[str, int]]) -> None:
            if self.table.current_row() is line:
                self._contents = found[0]
                self.details.show_contents(*found)

        self.shell.jobs.run("查看备份", work, looked, partial(self._tell_wrong, line))

    def restore(self) -> None:
        """Go back to the chosen backup, after a question (Enter)."""
        line, contents = self.table.current_row(), self._contents
        if line is None or contents is None:
            if line is not None and line.old_password:
                self.details.password.setFocus()
            return
        lost = losses(contents, self._desks.backups.counts())
        warning = f"那以后登记的内容就不在了（{lost}）。" if lost else "件数和现在一样，内容以备份为准。"
        opens = "恢复以后用那时的旧密码打开。" if line.old_password else ""
        if self.shell.messages.ask(
            f"恢复到 {day_words(line.backup.at)} 的备份吗？",
            f"{warning}现在的登记簿连同没填完的表单会先存成一份“恢复前”的备份，恢复以后可以撤销。{opens}",
            yes="恢复",
            danger=True,
        ):
            self._prepare(line)

    def undo_restore(self) -> None:
        """Go back to the register as it was before the last restoring, after a question (Alt+Z)."""
        aside = self._desks.backups.set_aside()
        if aside is None:
            return
        line = self._desks.backups.line_of(aside.path)
        if line.old_password:
            self.table.select(aside.path)
            self.details.password.setFocus()
        elif self.shell.messages.ask(
            "撤销上次的恢复吗？",
            "登记簿回到恢复前的样子；恢复以后登记的内容另存成一份“恢复前”的备份。",
            yes="撤销恢复",
        ):
            self._prepare(line)

    def _prepare(self, line: BackupLine) -> None:
        password = self.details.password.text() if line.old_password else ""

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Restoration:
            with self._desks.reading() as copy:
                return copy.backups.prepare(line.backup, password, _stoppable(progress, cancelled))

        try:
            self._desks.backups.ask_to_restore()
        except StationFault as fault:
            self.shell.messages.tell_fault(fault)
        else:
            self.shell.jobs.run("恢复备份", work, self._restore, partial(self._tell_wrong, line))

    # What is shown

    def _show_line(self, line: BackupLine | None) -> None:
        self._contents = None
        self.details.show_line(line, self._desks.backups.password_changed_on())
        if line is not None and not line.old_password:
            self.look()

    def _tell_wrong(self, line: BackupLine, error: BaseException) -> bool:
        if not isinstance(error, StationFault):
            return False
        if self.table.current_row() is line:
            wrong = isinstance(error, WrongKey | PasswordNeeded) and line.old_password
            self.details.show_wrong("密码不对，请输入做这份备份时的密码。" if wrong else str(error))
            if wrong:
                self.details.password.setFocus()
                self.details.password.selectAll()
        return True

    def _tell_restored(self) -> None:
        aside, at = self._desks.backups.set_aside(), self._desks.backups.restored_at()
        if aside is None or at is None or at.isoformat() == self._news_seen:
            self.told.say("")
            return
        self.told.say(
            f"登记簿在 {day_words(at)} 恢复过",
            f"恢复前的登记簿存在“{aside.path.name}”。恢复错了可以撤销。",
            Tone.INFO,
        )

    def _forget_news(self) -> None:
        at = self._desks.backups.restored_at()
        self._news_seen = at.isoformat() if at else ""
        self.told.say("")
        self.table.view.setFocus()

    def _save_settings(self, settings: BackupSettings) -> None:
        self._do(lambda: self._desks.backups.save_settings(settings))

    def _do(self, write: Callable[[], Done[Any]]) -> None:
        try:
            done = write()
        except InvalidInput as refused:
            self.settings_card.tell(str(refused))
        except StationFault as fault:
            self.shell.messages.tell_fault(fault)
        else:
            self.settings_card.tell("")
            self.publish(done)

    def _said(self, words: str) -> None:
        """Say what was done; nothing of it can be taken back."""
        self.publish(Done(None, words, frozenset({SETTINGS}), 0))


def _stoppable(progress: Progress, cancelled: Callable[[], bool]) -> Progress:
    """Return a progress that stops the work when the clerk asked for it."""

    def tell(part: float, word: str) -> None:
        if cancelled():
            raise Cancelled
        progress(part, word)

    return tell
