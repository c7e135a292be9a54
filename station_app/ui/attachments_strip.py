"""The attachments of one record: thumbnails and names, added by button, drop and paste, opened, renamed, removed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QBuffer, QMimeData, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from station_app.documents.attachment_kinds import SUFFIXES
from station_app.domain.attachment import Attachment, Owner
from station_app.domain.operators import Right
from station_app.domain.opinion import Case
from station_app.domain.problems import InvalidInput
from station_app.services.attachments_desk import Packed, Pasted
from station_app.services.done import ATTACHMENTS, Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.attachment_list import AttachmentList, Shown
from station_app.ui.cards import Notice, button, label, link_button
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.page import Shell
from station_app.ui.rights import offer
from station_app.ui.theme import Tone, px

_KINDS: Final = f"照片、PDF、Office、WPS、文本 ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})"
_COPIES: Final = "附件文件 (*.attachments)"
_KEYS: Final = "回车打开，F2 改名，Delete 移除，Ctrl+V 粘贴"


class AttachmentsStrip(QWidget):
    """See the module. Alt+J adds.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__()
        self._shell = shell
        self._desks = desks
        self._owner: tuple[Owner, int] | None = None
        self._case: Case | None = None
        self._pending: list[Packed] = []
        self.list = AttachmentList()
        self.list.setToolTip(_KEYS)
        self.notice = Notice(Tone.WARNING)
        self._title = label("附件", "muted")
        self.add_button = button("添加", "paperclip", "Alt+J")
        self.keep_original = QCheckBox("保留原图")
        self.add_button.setAccessibleName("添加附件")
        self.keep_original.setToolTip("不勾选时，照片缩小后保存，并去掉拍摄地点和相机信息")
        self.links = {
            "open": link_button("打开", self.open),
            "rename": link_button("改名", self.list.edit_name),
            "save": link_button("另存为", self.save_as),
            "remove": link_button("移除", self.remove),
        }
        self.ways = {
            "backup": link_button("从备份取回", self.take_from_backup),
            "choose": link_button("选择附件文件…", self.choose_copy),
        }
        offer(desks, Right.REGISTER, self.add_button, self.links["rename"], self.links["remove"])
        self._lay_out()
        self.setAcceptDrops(desks.operators.may(Right.REGISTER))
        self.add_button.clicked.connect(lambda _checked=False: self.choose())
        self.list.opened.connect(self.open)
        self.list.removal_asked.connect(self.remove)
        self.list.pasted.connect(self.paste)
        self.list.named.connect(self._rename)
        self.list.chosen.connect(self._offer_actions)
        shell.changes.changed.connect(self._changed)
        adding = QShortcut(QKeySequence("Alt+J"), self)
        adding.setContext(Qt.ShortcutContext.WindowShortcut)
        adding.activated.connect(self.choose)
        pasting = QShortcut(QKeySequence("Ctrl+V"), self.add_button)
        pasting.setContext(Qt.ShortcutContext.WidgetShortcut)
        pasting.activated.connect(self.paste)
        self._show([])

    def _lay_out(self) -> None:
        head = QWidget()
        row = FlowLayout(head, spacing=8)
        row.addWidget(self._title)
        row.addWidget(self.add_button)
        row.addWidget(self.keep_original)
        self._actions = QWidget()
        line = FlowLayout(self._actions, spacing=4)
        for link in self.links.values():
            line.addWidget(link)
        ways = QHBoxLayout()
        ways.setContentsMargins(0, 0, 0, 0)
        for way in self.ways.values():
            ways.addWidget(way)
        ways.addStretch(1)
        self.notice.body.addLayout(ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(head)
        column.addWidget(self.notice)
        column.addWidget(self.list)
        column.addWidget(self._actions)

    # What is shown

    def show_record(self, owner: Owner, owner_id: int) -> None:
        """Show the attachments of a record, and add to it."""
        self._owner, self._case = (owner, owner_id), None
        self.reload()

    def show_case(self, case: Case) -> None:
        """Show what is attached to an opinion, its events and its visit; what is added belongs to the opinion."""
        self._owner, self._case = (Owner.OPINION, case.id), case
        self.reload()

    def reload(self) -> None:
        """Fetch the attachments again; a missing attachments file is told here, and nothing else suffers."""
        if self._owner is None:
            return
        desk = self._desks.attachments
        found = desk.of_case(self._case) if self._case else desk.of(*self._owner)
        said = ""
        thumbnails: dict[str, bytes | None] = {}
        try:
            thumbnails = desk.thumbnails(found)
        except StationFault as fault:
            said = f"{fault.what}{fault.safe}"
        entries = [Shown(one, thumbnails.get(one.sha256), one.sha256 not in thumbnails) for one in found]
        lost = sum(entry.missing for entry in entries)
        if lost and not said:
            said = f"有 {lost} 个附件的内容不在附件文件里。登记簿的其他内容都在。"
        self._show(entries)
        self._tell("附件文件不在" if said else "", said, recoverable=bool(said))

    def pending(self) -> list[Packed]:
        """Return what is to be attached once the form around is saved; empty where a record is shown."""
        return list(self._pending)

    def _show(self, entries: Sequence[Shown]) -> None:
        self._title.setText(f"附件 {len(entries)}" if entries else "附件")
        self.list.show_entries(entries)
        self._offer_actions()

    def _offer_actions(self) -> None:
        entry = self.list.current()
        attached = entry is not None and isinstance(entry.file, Attachment)
        self._actions.setVisible(entry is not None)
        for key in ("open", "rename", "save"):
            self.links[key].setVisible(attached)

    def _tell(self, title: str, text: str, *, recoverable: bool = False) -> None:
        self.notice.say(title, text)
        self.ways["backup"].setVisible(recoverable and self._desks.attachments.backup_copy() is not None)
        self.ways["choose"].setVisible(recoverable)

    def _changed(self, done: Done[Any]) -> None:
        if ATTACHMENTS in done.topics:
            self.reload()

    # Adding

    def choose(self) -> None:
        """Choose files to attach (Alt+J)."""
        if self.isVisible():
            self.take(self._shell.messages.choose_files("添加附件", _KINDS))

    def paste(self) -> None:
        """Attach the files or the picture of the clipboard (Ctrl+V)."""
        sources = self._sources(QGuiApplication.clipboard().mimeData())
        if not sources:
            self._tell("", "剪贴板里没有文件或图片。")
        self.take(sources)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures that are dragged over the strip."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what is dropped."""
        sources = self._sources(event.mimeData())
        event.acceptProposedAction()
        self.take(sources)

    def take(self, sources: Sequence[Path | Pasted]) -> None:
        """Read, check and store files on the worker thread, then attach them in one step."""
        if not sources:
            return
        self._tell("", "")
        owner = self._owner
        try:
            packer = self._desks.attachments.packer(
                owner[0] if owner else Owner.EVENT, keep_original=self.keep_original.isChecked()
            )
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            return
        self._shell.jobs.run(
            "添加附件",
            lambda progress, cancelled: packer.pack(sources, progress, cancelled),
            lambda packed: self._packed(owner, packed),
            self._refused,
        )

    def _packed(self, owner: tuple[Owner, int] | None, packed: list[Packed]) -> None:
        if owner is not None:
            self._do(lambda: self._desks.attachments.attach(*owner, packed))
        elif isValid(self):
            self._pending += packed
            self._show_pending()

    def _show_pending(self) -> None:
        self._show([Shown(one, one.thumbnail) for one in self._pending])

    def _refused(self, error: BaseException) -> bool:
        if isinstance(error, InvalidInput) and isValid(self):
            self._tell("没有添加", "\n".join(problem.message for problem in error.problems))
        return isinstance(error, InvalidInput)

    def _sources(self, given: QMimeData) -> list[Path | Pasted]:
        files: list[Path | Pasted] = [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
        if files or not given.hasImage():
            return files
        picture = given.imageData()
        if not isinstance(picture, QImage) or picture.isNull():
            return []
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes text
        return [Pasted(f"粘贴的图片 {self._shell.clock.now():%Y%m%d-%H%M%S}.png", bytes(buffer.data().data()))]

    # What is done with one

    def open(self) -> None:
        """Open the current one: photos and PDFs in the window, anything else in the system's own program."""
        entry = self.list.current()
        if entry is None or not isinstance(entry.file, Attachment):
            return
        if _opens_here(entry):
            self._view(entry.file)
            return
        try:
            path = self._desks.attachments.path_to_open(entry.file)
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._shell.messages.tell(
                "这台电脑没有能打开这种文件的程序。", "可以用“另存为”存到U盘，拿到别的电脑上打开。"
            )

    def _view(self, file: Attachment) -> None:
        from station_app.ui.attachment_viewer import AttachmentViewer

        files = [one.file for one in self.list.entries() if isinstance(one.file, Attachment) and _opens_here(one)]
        viewer = AttachmentViewer(self._shell, self._desks, files, files.index(file), self.window())
        viewer.show()

    def save_as(self) -> None:
        """Write a copy of the current one where the clerk chooses."""
        entry = self.list.current()
        if entry is None or not isinstance(entry.file, Attachment):
            return
        file = entry.file
        suffix = Path(file.name).suffix
        target = self._shell.messages.save_as("附件另存为", Path(file.name), f"附件 (*{suffix})")
        if target is not None:
            desk = self._desks.attachments
            self._shell.jobs.run(
                "附件另存为",
                lambda _progress, _cancelled: desk.save_as(file, target),
                lambda _none: self._saved(target),
            )

    def _saved(self, target: Path) -> None:
        self._shell.changes.publish(Done(None, f"已另存为 {target.name}", frozenset(), 0))

    def remove(self) -> None:
        """Remove the selected ones; undo brings them back."""
        chosen = [entry.file for entry in self.list.selected()]
        attached = [file for file in chosen if isinstance(file, Attachment)]
        if attached:
            self._do(lambda: self._desks.attachments.remove(attached))
        elif chosen:
            self._pending = [file for file in self._pending if file not in chosen]
            self._show_pending()

    def _rename(self, place: int, typed: str) -> None:
        file = self.list.entries()[place].file
        if isinstance(file, Attachment) and typed != file.name:
            self._do(lambda: self._desks.attachments.rename(file, typed))

    def _do(self, action: Callable[[], Done[Any]]) -> None:
        try:
            done = action()
        except InvalidInput as refused:
            self.reload()
            self._tell("", str(refused))
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            if isValid(self):
                self.reload()
        else:
            self._shell.changes.publish(done)

    # A way on when the attachments file is missing

    def take_from_backup(self) -> None:
        """Take what is missing from the attachments among the backups."""
        copy = self._desks.attachments.backup_copy()
        if copy is not None:
            self._take_missing(copy)

    def choose_copy(self) -> None:
        """Choose another attachments file to take what is missing from."""
        chosen = self._shell.messages.choose_file("选择附件文件", _COPIES, self._desks.path.parent)
        if chosen is not None:
            self._take_missing(chosen)

    def _take_missing(self, copy: Path) -> None:
        self._do(lambda: self._desks.attachments.add_missing_from(copy))


def _opens_here(entry: Shown) -> bool:
    """Tell whether the window shows it: a photo, or a PDF that opens without a password, as its thumbnail tells."""
    file = entry.file
    shown = isinstance(file, Attachment) and (file.is_photo or (file.is_pdf and entry.thumbnail is not None))
    return shown or entry.missing


def strip_of(shell: Shell, desks: Desks, owner: Owner, owner_id: int) -> AttachmentsStrip:
    """Return a strip that shows the attachments of one record."""
    made = AttachmentsStrip(shell, desks)
    made.show_record(owner, owner_id)
    return made
