"""The rescue of a register that cannot be opened: what is damaged, which backup, what of the newer entries comes back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from station_app.domain.backup import Backup, Contents
from station_app.domain.problems import invalid
from station_app.services.unlocking import needs_password
from station_app.storage import rescue
from station_app.storage.backup_folder import folder_of
from station_app.storage.backups import is_intact
from station_app.storage.file_key import FileKey, salt_of
from station_app.storage.manifests import backup_at, backups_in
from station_app.storage.rescue import Damage
from station_app.storage.restoring import look_into
from station_app.storage.wreck import UNOPENED, SavedStep
from station_app.support.clock import Clock
from station_app.support.faults import Cancelled, StationFault

COMES_BACK: Final = "能找回"
_MOST_TRIED: Final = 8
"""So many backups are looked into for one that goes with the damaged file."""
_LONGEST_LABEL: Final = 60
Progress = Callable[[float, str], None]


def _quiet(_part: float, _word: str) -> None:
    return


def _never() -> bool:
    return False


@dataclass(frozen=True)
class RescueLine:
    """A newer step as it is listed.

    Args:
        id: of the step.
        at: to the minute.
        operator: who did it.
        label: what was done; numbers, no names.
        verdict: 能找回, or why not.
    """

    id: int
    at: str
    operator: str
    label: str
    verdict: str

    @property
    def comes_back(self) -> bool:
        """Whether it can come back."""
        return self.verdict == COMES_BACK


@dataclass(frozen=True)
class Findings:
    """What a damaged register and a backup have to offer.

    Args:
        backup: what the rescue begins with; None when there is none, then it begins with the log's first step.
        contents: what the backup holds.
        damage: what is wrong, and the newer steps.
        backup_key: opens the backup.
        passed_over: how many backups lie there that cannot be used as they are: damaged, under another password, or
            of another way the register went.
    """

    backup: Backup | None
    contents: Contents | None
    damage: Damage
    backup_key: FileKey | None
    passed_over: int = 0

    @property
    def lines(self) -> tuple[RescueLine, ...]:
        """The newer steps, listed."""
        return tuple(_line(step) for step in self.damage.steps)

    @property
    def possible(self) -> bool:
        """Whether anything can be rescued."""
        return self.backup is not None or self.damage.readable > 0


@dataclass(frozen=True)
class Outcome:
    """What a rescue brought.

    Args:
        path: the register, as it can be opened now.
        aside: where the damaged file lies.
        back: the steps that came back.
        missed: those that were wanted and could not be done again.
        left: those the clerk did not want.
        other_password: it opens with the password of the backup, which is not that of the damaged file.
    """

    path: Path
    aside: Path
    back: tuple[SavedStep, ...]
    missed: tuple[SavedStep, ...]
    left: tuple[SavedStep, ...]
    other_password: bool


def damage_words(damage: Damage) -> str:
    """Return what is wrong in the clerk's words."""
    if damage.sound:
        return "没有发现损坏。"
    parts = []
    if UNOPENED in damage.problems:
        parts.append("文件的开头坏了，或者密码不对，里面的内容都读不出来。")
    elif damage.problems:
        many = "至少 " if len(damage.problems) >= 20 else ""
        parts.append(f"文件里有{many} {len(damage.problems)} 处读不出来或互相矛盾。")
    if damage.broken_step is not None:
        parts.append(f"操作记录从第 {damage.broken_step} 步起对不上。")
    return "".join(parts)


class RescueDesk:
    """Rescues one register that nothing has open.

    Args:
        path: the damaged file.
        clock: what time it is.
        key: of an encrypted file, when it is known already.
    """

    def __init__(self, path: Path, clock: Clock, key: FileKey | None = None) -> None:
        self.path = path
        self.clock = clock
        self._key = key

    def asks_password(self) -> bool:
        """Tell whether a password may be needed: the file is not a plain register at first sight.

        Raises:
            StationFault: it cannot be read.
        """
        return self._key is None and needs_password(self.path)

    def use_password(self, password: str) -> None:
        """Use a password for the damaged file; it may fit a backup though the file's own beginning is gone. Takes a
        moment.

        Raises:
            InvalidInput: field ``password``: it opens neither.
            StationFault: a file cannot be read.
        """
        backups = [one for one in self.backups() if one.manifest and one.manifest.key]
        try:
            salts = [salt_of(self.path), *(salt_of(one.path) for one in backups[:3])]
        except OSError as error:
            raise StationFault(f"读不了“{self.path.name}”。", "没有改动任何文件。") from error
        marks = {one.manifest.key for one in backups if one.manifest}
        for salt in dict.fromkeys(salts):
            key = FileKey.from_password(password, salt)
            if key.mark() in marks or rescue.opens(self.path, key):
                self._key = key
                return
        raise invalid("password", "用这个密码打不开损坏的文件，也打不开它的备份。请核对；没有加过密码的请留空。")

    def backups(self) -> list[Backup]:
        """Return the backups beside the file: the proven ones first, each newest first."""
        found = backups_in(folder_of(self.path))
        return sorted(found, key=lambda one: not one.proven)

    @staticmethod
    def backup_of(path: Path) -> Backup:
        """Return a file the clerk chose as a backup.

        Raises:
            StationFault: it cannot be read.
        """
        try:
            return backup_at(path)
        except OSError as error:
            raise StationFault(f"读不了“{path.name}”。", "没有改动任何文件。", "请检查文件或U盘。") from error

    def examine(self, progress: Progress = _quiet) -> Findings:
        """Look for the newest proven backup that goes with the file, and tell what both have to offer.

        A backup is passed over when it is damaged, opens with another password, or when the file went another way
        since. Without one the file's own log is all there is.
        """
        for number, backup in enumerate(self.backups()[:_MOST_TRIED], start=1):
            progress(number / (_MOST_TRIED + 1), "核对备份")
            if backup.manifest is not None and not is_intact(backup):
                continue
            try:
                found = self.examine_with(backup)
            except StationFault:
                continue
            if not found.damage.parted:
                return found
        alone = rescue.look_at(self.path, self._key, None, None)
        return Findings(None, None, alone, None, len(self.backups()))

    def examine_with(self, backup: Backup, password: str = "") -> Findings:
        """Tell what the file and this backup have to offer; with a password it takes a moment.

        Raises:
            PasswordNeeded, WrongKey: the backup does not open with the file's password, or not with this one.
            StationFault: it cannot be read.
        """
        key = self._key if needs_password(backup.path) else None
        if password:
            key = FileKey.from_password(password, salt_of(backup.path))
        contents = look_into(backup.path, key)
        return Findings(backup, contents, rescue.look_at(self.path, self._key, backup.path, key), key)

    def rescue(
        self,
        findings: Findings,
        unwanted: frozenset[int] = frozenset(),
        progress: Progress = _quiet,
        cancelled: Callable[[], bool] = _never,
        *,
        take_over: bool = False,
    ) -> Outcome:
        """Put the backup in the place of the damaged file with the newer steps on top; the damaged file is kept.

        Args:
            findings: of `examine`.
            unwanted: ids of steps that are not to come back.
            take_over: the clerk said that no other program has the file open.

        Raises:
            FileInUse: another program has it open, or may have.
            StationFault: the disk refuses; the damaged file is where it was.
            Cancelled: likewise.
        """
        wanted = [step for step in findings.damage.steps if step.id not in unwanted]

        def tell(done: int) -> None:
            if cancelled():
                raise Cancelled
            progress(done / len(wanted), f"{done}/{len(wanted)} 步")

        backup = findings.backup
        aside, missed = rescue.rescue(
            self.path, self._key, backup.path if backup else None, findings.backup_key, findings.damage, wanted,
            self.clock, take_over=take_over, tell=tell,
        )  # fmt: skip
        lost = {step.id for step in missed}
        return Outcome(
            self.path, aside,
            back=tuple(step for step in wanted if step.id not in lost),
            missed=tuple(missed),
            left=tuple(step for step in findings.damage.steps if step.id in unwanted),
            other_password=backup is not None and findings.backup_key != self._key,
        )  # fmt: skip

    def report(self, findings: Findings, outcome: Outcome | None) -> str:
        """Return the report as plain text: what was damaged, what came back, what not. Labels, no contents."""
        damage = findings.damage
        lines = [
            "登记簿抢救报告",
            f"文件：{self.path.name}",
            f"时间：{self.clock.now():%Y-%m-%d %H:%M}",
            f"检查结果：{damage_words(damage)}",
            f"所用备份：{_backup_words(findings.backup)}",
        ]
        if outcome is None:
            lines += ["", "尚未抢救，没有改动任何文件。", *_listed("备份之后登记的内容", damage.steps)]
        else:
            lines += [
                f"损坏的文件另存为：备份文件夹中的“{outcome.aside.name}”",
                *_listed("找回来的", outcome.back),
                *_listed("没有找回来的（读不完整，或它依据的登记没有找回来）", outcome.missed),
                *_listed("没有勾选、留在损坏文件里的", outcome.left),
            ]
        technical = list(damage.problems)
        return "\r\n".join([*lines, *(["", "技术信息（供技术人员看）：", *technical] if technical else [])]) + "\r\n"


def _backup_words(backup: Backup | None) -> str:
    if backup is None:
        return "没有可用的备份，只从文件自己的操作记录里找回"
    return f"{backup.at:%Y-%m-%d %H:%M}（{'已验证' if backup.proven else '未验证'}）{backup.path.name}"


def _line(step: SavedStep) -> RescueLine:
    try:
        at = f"{datetime.fromisoformat(step.at):%Y-%m-%d %H:%M}"
    except ValueError:
        at = step.at[:16]
    verdict = COMES_BACK if step.usable else "已依申请删除" if step.erased else "读不完整"
    numbers = [str(change.after["number"]) for change in step.changes if change.after.get("number")]
    label = "　".join([step.label, *(number for number in numbers if number not in step.label)])
    return RescueLine(step.id, at, step.operator, label, verdict)


def _listed(title: str, steps: Sequence[SavedStep]) -> list[str]:
    lines = [_line(step) for step in steps]
    rows = [f"  {line.at}  {line.operator}  {line.label[:_LONGEST_LABEL]}  {line.verdict}" for line in lines]
    return ["", f"{title}（{len(steps)} 步）：", *(rows or ["  无"])]
