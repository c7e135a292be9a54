"""A clerk in a hurry: does real actions through the desks at random, and says of each when it is acknowledged."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from station_app.domain import periods
from station_app.domain.attachment import Owner
from station_app.domain.backup import Occasion
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import Tier
from station_app.services.attachments_desk import Pasted
from station_app.services.books import Book, Selection
from station_app.services.intake import SheetKind
from station_app.station import Desks, restore_station
from station_app.storage.file_key import FileKey
from station_app.storage.rekeying import Rekeying

WORK = 1000
"""Rounds of key derivation in these runs; the real number would only make them slow."""


@dataclass
class Diary:
    """What the clerk was told: written line by line, so that a kill cannot take it back.

    Args:
        path: JSON lines; ``begin`` before an action, ``done`` when the program acknowledged it.
    """

    path: Path
    handle: int = field(init=False)

    def __post_init__(self) -> None:
        self.handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(self, **note: Any) -> None:
        """Append one line."""
        os.write(self.handle, (json.dumps(note, ensure_ascii=False) + "\n").encode())


class Clerk:
    """Works with one station file until killed.

    Args:
        desks: of the open file.
        diary: what was acknowledged goes there.
        exports: folder for ledgers.
        sheet: a spreadsheet of deputies to import.
        random: what is done, and in which order.
    """

    def __init__(self, desks: Desks, diary: Diary, exports: Path, sheet: Path, random: Random) -> None:
        self._desks = desks
        self._diary = diary
        self._exports = exports
        self._sheet = sheet
        self._random = random
        self._today = desks.clock.today().isoformat()
        self._actions: tuple[tuple[int, Callable[[], dict[str, Any]]], ...] = (
            (30, self.register),
            (20, self.move),
            (5, self.move_many),
            (8, self.save_deputy),
            (8, self.undo),
            (6, self.keep_draft),
            (4, self.back_up),
            (3, self.export),
            (1, self.month_set),
            (2, self.import_roster),
            (3, self.rekey),
            (4, self.attach),
            (2, self.restore),
            (1, self.erase),
        )

    def work(self, most: int) -> None:
        """Do ``most`` actions, or as many as there is time for."""
        weights = [weight for weight, _ in self._actions]
        for _ in range(most):
            (action,) = self._random.choices([action for _, action in self._actions], weights)
            self._diary.write(begin=action.__name__)
            try:
                told = action()
            except InvalidInput:
                told = {"refused": True}
            file = self._desks._file
            step, mac = (file.tuples("SELECT id, mac FROM steps ORDER BY id DESC LIMIT 1") or [(0, "")])[0]
            self._diary.write(done=action.__name__, step=step, mac=mac, **told)

    def register(self) -> dict[str, Any]:
        """Register a visitor with one or two opinions."""
        name = self._random.choice(("覃水生", "欧阳䶮", "单解仇", "黄㛃", "蓝彩凤"))
        visitor = VisitorDraft(name=name, phone=f"1400000{self._random.randrange(10_000):04}", address="竹坑村三组")
        words = [
            f"水圳第 {self._random.randrange(10**6)} 段塌方，请修。" for _ in range(self._random.choice((1, 1, 2)))
        ]
        draft = VisitDraft(
            on=self._today, visitor=visitor, receivers=(Receiver("肖敏"),), opinions=tuple(map(OpinionDraft, words))
        )
        registered = self._desks.reception.register_visit(draft).value
        return {"visit": registered.visit_number, "opinions": list(registered.case_numbers)}

    def move(self) -> dict[str, Any]:
        """Take one open matter a step further."""
        cases = [case for case in self._desks.opinions.cases() if self._desks.opinions.moves(case)]
        if not cases:
            return self.register()
        case = self._random.choice(cases)
        unit = self._random.choice([unit for unit in self._desks.settings.units() if unit.tier is Tier.TOWNSHIP])
        move = self._random.choice(self._desks.opinions.moves(case))
        draft = MoveDraft(
            move, self._today, text="已派人查看。", person="肖敏", tier=Tier.TOWNSHIP, unit_id=unit.id, way="电话",
            answer_class="A" if move in {Move.ANSWER, Move.ANSWER_ON_SPOT} else "", route="县人民法院", decision="同意",
        )  # fmt: skip
        self._desks.opinions.move(case.id, draft)
        return {"moved": case.number}

    def move_many(self) -> dict[str, Any]:
        """Hand several matters over in one step."""
        waiting = [
            case.id for case in self._desks.opinions.cases() if Move.HAND_OVER in self._desks.opinions.moves(case)
        ]
        unit = next(unit for unit in self._desks.settings.units() if unit.tier is Tier.TOWNSHIP)
        chosen = waiting[: self._random.randrange(2, 9)]
        if len(chosen) < 2:
            return self.register()
        self._desks.opinions.move_many(
            chosen, MoveDraft(Move.HAND_OVER, self._today, tier=Tier.TOWNSHIP, unit_id=unit.id)
        )
        return {"handed_over": len(chosen)}

    def save_deputy(self) -> dict[str, Any]:
        """Add a deputy."""
        name = f"欧阳{chr(0x4E00 + self._random.randrange(20_000))}"
        self._desks.roster.save_deputy(Deputy(name=name, mandates=(Mandate(Level.TOWNSHIP),)))
        return {"deputy": name}

    def undo(self) -> dict[str, Any]:
        """Take back one step or several."""
        steps = self._desks.housekeeping.undoable()
        if not steps:
            return self.register()
        self._desks.housekeeping.undo(back_to=self._random.choice(steps[:4]).id)
        return {"undone": True}

    def keep_draft(self) -> dict[str, Any]:
        """Keep an unfinished form."""
        text = f"半句话 {self._random.randrange(10**6)}"
        self._desks.housekeeping.keep_draft("visit", {"words": text})
        return {"draft": text}

    def back_up(self) -> dict[str, Any]:
        """Write a proven backup."""
        return {"backup": self._desks.backups.back_up().path.name}

    def export(self) -> dict[str, Any]:
        """Write a ledger."""
        book = self._random.choice((Book.OPINIONS, Book.VISITS, Book.ROSTER))
        selection = Selection(book, title="全部")
        path = self._desks.reports.export(selection, self._random.choice(("xlsx", "pdf")), self._exports)
        return {"files": [path.name]}

    def month_set(self) -> dict[str, Any]:
        """Write the month's set."""
        written = self._desks.reports.month_set(periods.month(self._today[:7]), self._exports)
        return {"files": [path.name for path in written.files]}

    def import_roster(self) -> dict[str, Any]:
        """Import a spreadsheet of deputies."""
        preview = self._desks.intake.preview(self._sheet, SheetKind.ROSTER)
        return {"imported": self._desks.intake.confirm(preview).value}

    def rekey(self) -> dict[str, Any]:
        """Set, change or remove the password."""
        password = "" if self._random.random() < 0.3 else f"口令{self._random.randrange(10**9)}"
        key = FileKey.fresh(password, WORK) if password else None
        # The parent has to know under which keys the file may lie after a kill.
        self._diary.write(next_key=key.literal() if key else "")
        change = Rekeying(self._desks._file, "修改密码")
        change.prepare(key, lambda _part, _word: None, lambda: False)
        change.finish()
        return {"key": key.literal() if key else ""}

    def attach(self) -> dict[str, Any]:
        """Attach a file to an opinion."""
        cases = self._desks.opinions.cases()
        if not cases:
            return self.register()
        case = self._random.choice(cases)
        content = f"现场情况 {self._random.randrange(10**9)}\n".encode() * self._random.randrange(1, 4000)
        packer = self._desks.attachments.packer(Owner.OPINION, keep_original=True)
        (attachment_id,) = self._desks.attachments.attach(
            Owner.OPINION, case.id, packer.pack([Pasted("现场情况.txt", content)])
        ).value
        return {"attached": attachment_id, "sha256": hashlib.sha256(content).hexdigest()}

    def restore(self) -> dict[str, Any]:
        """Restore a backup; the register is closed for it and opened again."""
        key = self._desks._file.key
        mark = key.mark() if key else ""
        fitting = [
            line.backup
            for line in self._desks.backups.listed()
            if line.backup.manifest and line.backup.manifest.key == mark and line.backup.occasion == Occasion.BY_HAND
        ]
        if not fitting:
            return self.register()
        backup = self._random.choice(fitting)
        restoration = self._desks.backups.prepare(backup)
        self._diary.write(restoring=backup.path.name)
        self._desks.close()
        self._desks = restore_station(restoration, self._desks.clock, "肖敏")
        return {"restored": backup.path.name}

    def erase(self) -> dict[str, Any]:
        """Erase a visitor's data on request."""
        visits = self._desks.erasing.held("覃水生", "")
        if not visits:
            return self.register()
        self._desks.erasing.erase([visits[0].id], self._today, "本人书面申请", words_too=True)
        return {"erased": visits[0].number}
