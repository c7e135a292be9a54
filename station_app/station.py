"""The desks of one open station file, put together without Qt."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from station_app.domain.problems import FieldProblem, InvalidInput
from station_app.domain.station import Staff, StaffPost, StationProfile, Village
from station_app.services.housekeeping import Housekeeping
from station_app.services.operators_desk import NOBODY, OperatorsDesk
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.reception_days import ReceptionDays
from station_app.services.reception_desk import ReceptionDesk
from station_app.services.roster_desks import RosterDesks
from station_app.services.settings_desk import SettingsDesk
from station_app.services.today_board import TodayBoard
from station_app.storage.attachment_store import store_path
from station_app.storage.deputies import DeputyRecords
from station_app.storage.file_key import FileKey
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.storage.terms import TermRecords
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.support.places import refuse_place

if TYPE_CHECKING:
    from station_app.domain.founding import Founding
    from station_app.services import (
        answer_sheets,
        attachments_desk,
        backup_desk,
        deleted_desk,
        erasing_desk,
        finder,
        intake,
        issuing_desk,
        log_desk,
        merging_desk,
        papers_desk,
        password_desk,
        reports,
        similar_desk,
        suggestion_desk,
    )

DEFAULT_OPERATOR = "联络员"


class Desks(RosterDesks):
    """Everything that can be done with one station file.

    Args:
        file: the open file; closed by `close`.
    """

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self.path = file.path
        self.clock: Clock = file.clock
        self.operators = OperatorsDesk(file, self._operator_changed)
        self.settings = SettingsDesk(file)
        self.days = ReceptionDays(file)
        self.reception = ReceptionDesk(file)
        self.opinions = OpinionDesk(file, self.settings)
        self.housekeeping = Housekeeping(file)
        self.today = TodayBoard(
            file.clock,
            self.settings,
            self.days,
            self.reception,
            self.opinions,
            DeputyRecords(file),
            TermRecords(file),
        )

    @property
    def operator(self) -> str:
        """Name of who works with the file."""
        return self._file.operator

    def _operator_changed(self) -> None:
        for desk in ("reports", "issuing"):  # made with the name of who writes them
            self.__dict__.pop(desk, None)

    # These bring many modules along; the window opens faster without them.

    @cached_property
    def finder(self) -> "finder.Finder":
        """The search over everything."""
        from station_app.services.finder import Finder

        return Finder(self._file)

    @cached_property
    def similar(self) -> "similar_desk.SimilarDesk":
        """The desk that knows who was here before and which matters are alike."""
        from station_app.services.similar_desk import SimilarDesk

        return SimilarDesk(self._file, self.opinions)

    @cached_property
    def log(self) -> "log_desk.LogDesk":
        """The desk that shows who changed what, and when."""
        from station_app.services.log_desk import LogDesk

        return LogDesk(self._file)

    @property
    def locked(self) -> bool:
        """Whether a password is needed to open the file."""
        return self._file.key is not None

    @cached_property
    def password(self) -> "password_desk.PasswordDesk":
        """The desk of the file's password."""
        from station_app.services.password_desk import PasswordDesk

        return PasswordDesk(self._file)

    @cached_property
    def backups(self) -> "backup_desk.BackupDesk":
        """The desk of the backups."""
        from station_app.services.backup_desk import BackupDesk

        return BackupDesk(self._file)

    @cached_property
    def merging(self) -> "merging_desk.MergingDesk":
        """The desk at which matters are merged."""
        from station_app.services.merging_desk import MergingDesk

        return MergingDesk(self._file, self.opinions)

    @cached_property
    def suggestions(self) -> "suggestion_desk.SuggestionDesk":
        """The desk of deputies' suggestions and bills."""
        from station_app.services.suggestion_desk import SuggestionDesk

        return SuggestionDesk(self._file, self.settings, self.opinions)

    @cached_property
    def papers(self) -> "papers_desk.PapersDesk":
        """The desk of the papers that go out about opinions."""
        from station_app.services.papers_desk import PapersDesk

        return PapersDesk(self._file, self.settings, self.opinions)

    @cached_property
    def answer_sheets(self) -> "answer_sheets.AnswerSheets":
        """The desk of the sheets units fill in."""
        from station_app.services.answer_sheets import AnswerSheets

        return AnswerSheets(self._file, self.settings, self.opinions)

    @cached_property
    def intake(self) -> "intake.Intake":
        """The desk that takes in spreadsheets."""
        from station_app.services.intake import Intake

        return Intake(self._file)

    @cached_property
    def reports(self) -> "reports.Reports":
        """The desk that hands out ledgers, forms and the month's set."""
        from station_app.services.reports import Reports
        from station_app.storage.issued import IssuedRecords

        return Reports(
            self.clock, self.operator, self.settings, self.days, self.reception, self.opinions, self.roster,
            IssuedRecords(self._file), self.suggestions, self.grouping, self.rooms,
        )  # fmt: skip

    @cached_property
    def deleted(self) -> "deleted_desk.DeletedDesk":
        """The desk that brings back what was deleted."""
        from station_app.services.deleted_desk import DeletedDesk

        return DeletedDesk(self._file)

    @cached_property
    def erasing(self) -> "erasing_desk.ErasingDesk":
        """The desk that blanks a person's data on request."""
        from station_app.services.erasing_desk import ErasingDesk

        return ErasingDesk(self._file)

    @cached_property
    def issuing(self) -> "issuing_desk.IssuingDesk":
        """The desk at which a month's summary is reported."""
        from station_app.services.issuing_desk import IssuingDesk

        return IssuingDesk(self._file, self.reports)

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Clock,
        operator: str = "",
        key: FileKey | None = None,
        *,
        read_only: bool = False,
        take_over: bool = False,
    ) -> Self:
        """Open a station file; what is due to close by itself is closed at the first opening after its limit.

        Args:
            operator: who works with it; empty for the station's clerk. In a file with operators nobody works before
                `OperatorsDesk.sign_in`, whatever is said here.
            key: of an encrypted file.
            take_over: open it even if another PC may have it open; the clerk said that it has not.

        Raises:
            FileInUse, PasswordNeeded, WrongKey: see `StationFile.open`.
            StationFault: missing, locked, foreign, damaged, written by a newer program, or, to be written to, in a
                place where it would be spoilt.
        """
        if not read_only:
            refuse_place(path)
        file = StationFile.open(path, clock, operator, key, read_only=read_only, take_over=take_over)
        try:
            desks = cls(file)
            if desks.operators.any():
                file.sign_in(NOBODY, frozenset())
            else:
                file.operator = operator or _clerk_of(file)
            if not read_only:
                desks.opinions.close_unrated()
                desks.settings.follow_term()
        except BaseException:
            file.close()  # else its lock would keep everybody out until the program ends
            raise
        return desks

    @classmethod
    def create(
        cls,
        path: Path,
        clock: Clock,
        profile: StationProfile,
        operator: str = "",
        randbits: Callable[[int], int] = secrets.randbits,
        key: FileKey | None = None,
    ) -> Self:
        """Make a new station file with its profile and the default lists.

        Args:
            key: encrypts it; None leaves it plain.

        Raises:
            StationFault: the file exists, cannot be made, or would be spoilt in this place.
        """
        refuse_place(path)
        file = StationFile.create(path, clock, operator or DEFAULT_OPERATOR, key, randbits=randbits)
        records = StationRecords(file)
        with file.write("建立登记簿") as step:
            records.save_profile(step, profile)
            records.add_default_lists(step)
        return cls(file)

    @contextmanager
    def reading(self) -> Iterator["Desks"]:
        """Open the file a second time, read-only, for a long job on the worker thread."""
        with self._file.place.using():
            copy = Desks(self._file.second_reader())
            try:
                yield copy
            finally:
                copy.close()

    def settle(self, founding: "Founding") -> None:
        """Write what the assistant asked, in one step.

        Raises:
            InvalidInput: see `found_station`.
        """
        problems: list[FieldProblem] = []

        def save(write: Callable[[], object], at: Callable[[str], str]) -> None:
            try:
                write()
            except InvalidInput as wrong:
                problems.extend(FieldProblem(at(one.field), one.message) for one in wrong.problems)

        with self._file.write("填写联络站、村(居)和工作人员"):
            save(lambda: self.settings.save_profile(founding.profile), lambda field: field)
            for first in founding.villages:
                village = Village(0, "", first.name, first.name, first.groups)
                save(partial(self.settings.save_village, village), lambda _field: "villages")
            for person in founding.staff:
                staff = Staff(0, "", person.name, person.post, person.phone)
                save(partial(self.settings.save_staff, staff), f"{person.key}_{{}}".format)
            if problems:
                raise InvalidInput(problems)

    def close(self) -> None:
        """Close the file; what was written for other programs to open is removed."""
        attachments: attachments_desk.AttachmentsDesk | None = self.__dict__.pop("attachments", None)
        if attachments is not None:
            attachments.tidy()
            attachments.empty_folder()
        self._file.close()


def found_station(
    path: Path, clock: Clock, founding: "Founding", operator: str = "", key: FileKey | None = None
) -> Desks:
    """Make a new station file with everything the assistant asked, and open it; it appears only when complete.

    Args:
        operator: who makes it; empty for the clerk among the staff.
        key: encrypts it, see `services.unlocking.new_key`; None leaves it plain.

    Raises:
        InvalidInput: at the profile's fields, ``villages``, or ``‹key›_name`` and ``‹key›_phone`` of a person.
        StationFault: the file exists, cannot be made, or would be spoilt in this place.
    """
    if path.exists():
        raise StationFault(f"已经有一个文件“{path.name}”。", "没有改动它。", "请换一个名称，或直接打开它。")
    unfinished = path.with_name(f"{path.name}.part")
    by = operator or next((person.name for person in founding.staff if person.post is StaffPost.CLERK), "")
    try:
        unfinished.unlink(missing_ok=True)
        # What was typed is checked and saved by `settle`; until then the station has a name that the file accepts.
        desks = Desks.create(unfinished, clock, StationProfile("联络站"), by, key=key)
        try:
            desks.settle(founding)
        finally:
            desks.close()
        unfinished.rename(path)
    except OSError as error:
        raise StationFault(
            "不能在这个文件夹里建立登记簿。", "没有改动任何文件。", "请换一个有写权限的文件夹。"
        ) from error
    finally:
        with suppress(OSError):  # the folder itself may be gone; the first error is the one to tell
            unfinished.unlink(missing_ok=True)
    return Desks.open(path, clock, operator, key)


def restore_station(restoration: "backup_desk.Restoration", clock: Clock, operator: str = "") -> Desks:
    """Let a proven backup take a closed register's place, and open it with a note of that in its log.

    Raises:
        StationFault: see `Restoration.put_back`; the register is as it was.
    """
    aside = restoration.put_back(clock.now())
    desks = Desks.open(restoration.path, clock, operator, restoration.key)
    desks.backups.note_restored(restoration.backup, aside)
    return desks


def make_demo(
    path: Path,
    clock: Clock,
    *,
    years: int = 3,
    opinions: int = 1200,
    seed: int = 1,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Desks:
    """Write the demo station to ``path`` and open it; what the arguments mean is told at `write_demo`.

    Raises:
        StationFault: a file of that name exists, or the disk refuses.
        Cancelled: it was stopped; nothing remains.
    """
    from station_app.services.demo import write_demo  # a window over a real register never needs it

    write_demo(path, clock.today(), years=years, opinions=opinions, seed=seed, progress=progress, cancelled=cancelled)
    return Desks.open(path, clock)


def remove_demo(path: Path) -> None:
    """Throw a demo away with what is attached to it.

    Raises:
        OSError: another program holds it.
    """
    path.unlink(missing_ok=True)
    store_path(path).unlink(missing_ok=True)


def _clerk_of(file: StationFile) -> str:
    """Return the name of the station's first clerk, whose PC this is unless said otherwise."""
    clerks = [person.name for person in StationRecords(file).staff() if person.post is StaffPost.CLERK]
    return clerks[0] if clerks else DEFAULT_OPERATOR
