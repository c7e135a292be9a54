"""The desk at which photos, scans and office files are attached to records, shown and handed out again."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Final, TypeVar

from station_app.domain.attachment import (
    Attachment,
    AttachmentLimits,
    Owner,
    limit_problems,
    name_problem,
    named,
    size_words,
)
from station_app.domain.events import EVENT_LABELS, EventKind
from station_app.domain.operators import Right
from station_app.domain.opinion import Case
from station_app.domain.problems import FieldProblem, InvalidInput, invalid, refuse
from station_app.services.done import ATTACHMENTS, SETTINGS, Done
from station_app.storage import attachments as records
from station_app.storage.attachment_store import AttachmentsAway, AttachmentStore, Missing, store_path
from station_app.storage.attachments import AttachmentRecords
from station_app.storage.change_log import Step
from station_app.storage.settings import Settings
from station_app.storage.station_file import StationFile
from station_app.support.faults import Cancelled, NotAllowed, StationFault
from station_app.support.private_folder import PrivateFolder
from station_app.support.safe_file import safe_name, write_file

Result = TypeVar("Result")
Progress = Callable[[float, str], None]

_SETTING: Final = "attachments"
_ANSWERS: Final = frozenset({EventKind.ANSWERED, EventKind.INTERIM})
_SCREEN_EDGE: Final = 4000
_LARGEST_PHOTO: Final = 150 * 1024 * 1024  # read to be reduced; what is kept is held to the station's own limit


@dataclass(frozen=True)
class Pasted:
    """A picture from the clipboard, which has no file.

    Args:
        name: what it is to be called.
        content: a picture file in memory.
    """

    name: str
    content: bytes


@dataclass(frozen=True)
class Packed:
    """A file whose content is stored and waits for its record."""

    name: str
    media_type: str
    size: int
    sha256: str
    original: bool
    thumbnail: bytes | None


@dataclass(frozen=True)
class Packer:
    """Reads, checks, reduces and stores files; made on the desk's thread, used on the worker's.

    Args:
        store: where contents go.
        limits: of size.
        keep_original: leave photos as they are, with all the camera wrote into them.
    """

    store: AttachmentStore
    limits: AttachmentLimits
    keep_original: bool

    def pack(
        self,
        sources: Sequence[Path | Pasted],
        progress: Progress = lambda _part, _word: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[Packed]:
        """Store the contents of all files, or tell what is wrong with each of those that are.

        Raises:
            InvalidInput: one problem for each file that is not taken, field ``files``; none is attached then.
            StationFault: the disk refuses.
            Cancelled: the clerk stopped it.
        """
        packed: list[Packed] = []
        problems: list[FieldProblem] = []
        for place, source in enumerate(sources):
            if cancelled():
                raise Cancelled
            progress(place / len(sources), f"第 {place + 1} / {len(sources)} 个")
            try:
                packed.append(self._one(source))
            except InvalidInput as wrong:
                problems += wrong.problems
        refuse(problems)
        return packed

    def _one(self, source: Path | Pasted) -> Packed:
        from station_app.documents import photos
        from station_app.documents.attachment_kinds import kind_of

        content = source.content if isinstance(source, Pasted) else self._read(source)
        kind = kind_of(source.name, content)
        original = self.keep_original or not kind.is_photo or photos.has_pages(content, source.name)
        thumbnail = None
        if kind.is_photo:
            if not original:
                content = photos.reduced(content, source.name, self.limits.longest_edge)
                kind = replace(kind, media_type="image/jpeg", suffix=".jpg")
            thumbnail = photos.thumbnail(content, source.name)
        elif kind.is_pdf:
            thumbnail = photos.pdf_thumbnail(content)
        if len(content) > self.limits.largest:
            raise invalid("files", self._too_large(source.name, len(content)))
        digest = self.store.put(content, thumbnail)
        stem = PurePath(source.name).stem if PurePath(source.name).suffix else source.name
        name = named(stem + kind.suffix, kind.suffix)
        return Packed(name, kind.media_type, len(content), digest, original, thumbnail)

    def _read(self, path: Path) -> bytes:
        from station_app.documents.attachment_kinds import is_photo_name

        shrinks = is_photo_name(path.name) and not self.keep_original
        try:
            if not path.is_file():
                raise invalid("files", f"“{path.name}”不是文件，或已经不在了。")
            size = path.stat().st_size
            if size == 0:
                raise invalid("files", f"“{path.name}”是空文件，没有添加。")
            if size > (max(_LARGEST_PHOTO, self.limits.largest) if shrinks else self.limits.largest):
                raise invalid("files", self._too_large(path.name, size))
            return path.read_bytes()
        except OSError as error:
            raise invalid("files", f"“{path.name}”读不出来，可能正被别的程序占用，或U盘已拔出。") from error

    def _too_large(self, name: str, size: int) -> str:
        return (
            f"“{name}”有 {size_words(size)}，超过每个 {self.limits.largest_mb} MB 的上限。"
            "请压缩或分开后再添加；上限可在“设置”的“附件”里改。"
        )


class AttachmentsDesk:
    """Attaches, lists, renames, removes; hands contents out to be looked at.

    Args:
        file: the open station file.
        folder: where files for other programs are written.
    """

    def __init__(self, file: StationFile, folder: PrivateFolder | None = None) -> None:
        self._file = file
        self._records = AttachmentRecords(file)
        self._settings = Settings(file)
        self._folder = folder or PrivateFolder()
        self._known_store: AttachmentStore | None = None

    # Reading

    def of(self, owner: Owner, owner_id: int) -> list[Attachment]:
        """Return the attachments of one record."""
        return self._records.of_owner(owner, owner_id)

    def of_case(self, case: Case) -> list[Attachment]:
        """Return an opinion's own attachments, then those of its events and of its visit, each with its source."""
        events = {event.id: event for event in case.events}
        found = self._records.of_owner(Owner.OPINION, case.id)
        for one in self._records.of_events(list(events)):
            event = events[one.owner_id]
            found.append(replace(one, source=f"{EVENT_LABELS[event.kind]} {event.on}"))
        if case.visit_id is not None:
            found += [replace(one, source="来访登记") for one in self._records.of_owner(Owner.VISIT, case.visit_id)]
        return found

    def owner_of(self, number: str) -> tuple[Owner, int]:
        """Return the opinion or visit with a printed number.

        Raises:
            InvalidInput: there is none; field ``number``.
        """
        found = self._records.owner_of(number.strip())
        if found is None:
            raise invalid("number", f"没有编号或登记号是“{number.strip()}”的意见或来访。")
        return found

    def thumbnails(self, attachments: Sequence[Attachment]) -> dict[str, bytes | None]:
        """Return JPEG thumbnails by hash; None for kinds that have none. Hashes whose content is gone are left out.

        Raises:
            StationFault: the attachments file is missing or cannot be read; everything else works.
        """
        return self._store().thumbnails({one.sha256 for one in attachments}) if attachments else {}

    def content(self, attachment: Attachment) -> bytes:
        """Return what an attachment contains; what is not in its own file is read from the backups' one.

        Raises:
            StationFault: it is not there or cannot be read; says what to do.
        """
        try:
            return self._store().content(attachment.sha256)
        except AttachmentsAway:
            with suppress(StationFault):
                return records.store_in_backups(self._file).content(attachment.sha256)
            raise

    def picture(self, attachment: Attachment) -> bytes:
        """Return a photo as a JPEG that a screen can show, whatever it was kept as; raises as `content`."""
        content = self.content(attachment)
        if attachment.media_type == "image/jpeg" and not attachment.original:
            return content
        from station_app.documents.photos import reduced

        return reduced(content, attachment.name, _SCREEN_EDGE)

    # Writing

    def packer(self, owner: Owner, *, keep_original: bool = False) -> Packer:
        """Return what reads and stores files to be attached; only then `attach` makes them part of a record.

        Raises:
            NotAllowed: the operator may not attach to such a record.
        """
        if self._needs(owner) not in self._file.rights:
            raise NotAllowed
        self._known_store = records.store_for_writing(self._file)
        return Packer(self._known_store, self.limits(), keep_original)

    def attach(self, owner: Owner, owner_id: int, packed: Sequence[Packed]) -> Done[list[int]]:
        """Attach stored files to a record, all of them in one step.

        Raises:
            KeyError: there is no such record.
            NotAllowed: the operator may not.
            StationFault: the disk refuses; nothing is attached.
        """
        number = self._records.number_of(owner, owner_id)
        count = f"（{len(packed)} 个）" if len(packed) > 1 else ""
        with self._file.write(f"添加附件 {number}".strip() + count, self._needs(owner)) as step:
            added = self._add(step, owner, owner_id, packed)
        self._settle(packed)
        return Done(added, f"已添加 {len(packed)} 个附件{self._warning()}", frozenset({ATTACHMENTS}), step.id)

    def attach_files(
        self, owner: Owner, owner_id: int, paths: Sequence[Path], *, keep_original: bool = False
    ) -> Done[list[int]]:
        """Read, store and attach files at once; raises as `Packer.pack` and `attach`."""
        return self.attach(owner, owner_id, self.packer(owner, keep_original=keep_original).pack(paths))

    def attach_to_answer(self, label: str, move: Callable[[], Done[Case]], packed: Sequence[Packed]) -> Done[Case]:
        """Do a move and attach files to the answer that came of it, as one step.

        Args:
            label: of the step.
            move: answers, for the time being or for good, and returns the opinion after it.
        """
        with self._file.write(label) as step:
            done = move()
            answer = max(event.id for event in done.value.events if event.kind in _ANSWERS)
            self._add(step, Owner.EVENT, answer, packed)
        self._settle(packed)
        return replace(done, topics=done.topics | {ATTACHMENTS}, step_id=step.id)

    def rename(self, attachment: Attachment, typed: str) -> Done[None]:
        """Give an attachment another name; its suffix stays.

        Raises:
            InvalidInput: field ``name``.
        """
        refuse([name_problem(typed)])
        name = named(typed, PurePath(attachment.name).suffix)
        with self._file.write("附件改名", self._needs(attachment.owner)) as step:
            self._records.rename(step, attachment.id, name)
        return Done(None, "附件已改名", frozenset({ATTACHMENTS}), step.id)

    def remove(self, attachments: Sequence[Attachment]) -> Done[None]:
        """Remove attachments, as one step; undo brings them back."""
        with self._file.write("移除附件", self._needs(attachments[0].owner)) as step:
            for one in attachments:
                self._records.remove(step, one.id)
        return Done(None, f"已移除 {len(attachments)} 个附件", frozenset({ATTACHMENTS}), step.id)

    # Handing out

    def save_as(self, attachment: Attachment, target: Path) -> None:
        """Write a copy where the clerk wants it; raises `StationFault` as `content` does, or when the disk refuses."""
        content = self.content(attachment)
        write_file(target, lambda stream: stream.write(content))

    def path_to_open(self, attachment: Attachment) -> Path:
        """Write a copy into the private folder, for the system's own program; it can only be read.

        Raises:
            StationFault: as `content`, or the disk refuses.
        """
        suffix = PurePath(attachment.name).suffix
        name = safe_name(PurePath(attachment.name).stem, suffix)
        return self._folder.write(attachment.sha256[:12], name, self.content(attachment))

    def empty_folder(self) -> None:
        """Remove what was written for other programs: when the window is locked, and at the end."""
        self._folder.empty()

    # Order

    def limits(self) -> AttachmentLimits:
        """Return the limits in force."""
        return AttachmentLimits.from_dict(self._settings.get(_SETTING, {}))

    def save_limits(self, limits: AttachmentLimits) -> Done[None]:
        """Set the limits.

        Raises:
            InvalidInput: at their fields.
        """
        refuse(limit_problems(limits))
        with self._file.write("保存附件设置") as step:
            self._settings.put(step, _SETTING, limits.to_dict())
        return Done(None, "已保存附件设置", frozenset({SETTINGS}), step.id)

    def add_missing_from(self, source: Path) -> Done[int]:
        """Take contents that are missing here from another attachments file; nothing else changes.

        Raises:
            NotAllowed: the operator may not.
            StationFault: that file cannot be read or belongs to another register, or holds nothing that is missing.
        """
        if Right.KEEP not in self._file.rights:
            raise NotAllowed
        copied = records.add_missing_from(self._file, source)
        if not copied.added:
            raise StationFault(f"“{source.name}”里没有这里缺少的附件。", "没有改动任何内容。", "请换一份附件文件再试。")
        missing = f"，还缺 {copied.missing} 个" if copied.missing else ""
        return Done(copied.added, f"已取回 {copied.added} 个附件{missing}", frozenset({ATTACHMENTS}), 0)

    def backup_copy(self) -> Path | None:
        """Return the attachments file among the backups beside the station file, or None."""
        path = records.store_in_backups(self._file).path
        return path if path.is_file() else None

    def tidy(self) -> None:
        """Drop contents that were stored and never attached; called at the end, when no work is running."""
        if self._file.is_read_only:
            return
        try:
            store = records.store_of(self._file)
            if store is not None:
                store.sweep(self._records.names)
                records.drop_erased(self._file)
        except StationFault:
            return  # it is told where attachments are shown, and tried again next time

    def _store(self) -> AttachmentStore:
        if self._known_store is None:
            self._known_store = records.store_of(self._file)
        if self._known_store is None:
            raise Missing(store_path(self._file.path))
        return self._known_store

    def _add(self, step: Step, owner: Owner, owner_id: int, packed: Sequence[Packed]) -> list[int]:
        return [
            self._records.add(
                step,
                owner,
                owner_id,
                name=one.name,
                media_type=one.media_type,
                size=one.size,
                sha256=one.sha256,
                original=int(one.original),
            )
            for one in packed
        ]

    def _settle(self, packed: Sequence[Packed]) -> None:
        """Note that records name the contents; if that fails, the next tidying finds out by itself."""
        try:
            self._store().settle([one.sha256 for one in packed])
        except StationFault:
            return

    def _warning(self) -> str:
        total = self._records.total()
        if total <= self.limits().warn:
            return ""
        return f"；附件共 {size_words(total)}，备份和复制会变慢，不需要的请移除"

    def _needs(self, owner: Owner) -> Right:
        return Right.REGISTER if owner is Owner.VISIT else Right.KEEP
