"""Operators: who works with the file, signing in by PIN, and when the window locks itself."""

import hashlib
import math
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final

from station_app.domain.operators import Operator, Right, Role, operator_problems, pin_problem
from station_app.domain.problems import FieldProblem, InvalidInput, invalid, refuse
from station_app.domain.station import StaffPost
from station_app.domain.text import clean_name
from station_app.services.done import SETTINGS, Done
from station_app.storage.change_log import Step
from station_app.storage.operators import OperatorRecords
from station_app.storage.settings import Settings
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support.faults import NotAllowed, StationFault

LONGEST_WAIT: Final = 60
"""Seconds to wait at most after a wrong PIN; nobody is ever locked out."""
USUAL_IDLE_MINUTES: Final = 10
MOST_IDLE_MINUTES: Final = 240
NOBODY: Final = "系统"
"""Who does what the program does by itself before anybody has signed in."""
_IDLE_MINUTES: Final = "idle_minutes"
_PINS_SET: Final = "pins_set"
_WHOLE_FILE: Final = "file"
_SALT_BYTES: Final = 16


class MustWait(InvalidInput):
    """Wrong PINs were tried; the next try is taken in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__([FieldProblem("pin", f"请等 {seconds} 秒再试。")])
        self.seconds = seconds


class OperatorsDesk:
    """Keeps the operators and lets them sign in.

    Args:
        file: the open file.
        changed: called when somebody else works with the file, or is called otherwise.
    """

    def __init__(self, file: StationFile, changed: Callable[[], None] = lambda: None) -> None:
        self._file = file
        self._changed = changed
        self._records = OperatorRecords(file)
        self._settings = Settings(file)
        self.current: Operator | None = None
        """Who is signed in; None before, and in a file without operators."""

    # Reading

    def any(self) -> bool:
        """Tell whether the file has operators, so that somebody has to sign in."""
        return self._records.any()

    def all(self) -> list[Operator]:
        """Return every operator, retired ones last."""
        return self._records.all()

    def working(self) -> list[Operator]:
        """Return who may sign in."""
        return [one for one in self._records.all() if not one.retired]

    def may(self, right: Right) -> bool:
        """Tell whether who is signed in has a right; without operators everybody has every one."""
        return right in self._file.rights

    def idle_minutes(self) -> int:
        """Return after how many minutes without a key the window locks itself; 0 for never."""
        return int(self._settings.get(_IDLE_MINUTES, USUAL_IDLE_MINUTES))

    def first_proposal(self) -> Operator:
        """Return who the first operator probably is: the clerk among the staff."""
        clerks = [one for one in StationRecords(self._file).staff() if one.post is StaffPost.CLERK and not one.retired]
        if not clerks:
            return Operator(0, "", "", Role.CLERK)
        return Operator(0, "", clerks[0].name, Role.CLERK, clerks[0].id)

    def wait_seconds(self, operator_id: int) -> int:
        """Return how long an operator has to wait after wrong PINs: 1, 2, 4 … 60 seconds; 0 for not at all."""
        return self._wait(self._one(operator_id).uid)

    def wait_to_unlock(self) -> int:
        """Return how long to wait after wrong passwords, in seconds."""
        return self._wait(_WHOLE_FILE)

    def can_lock(self) -> bool:
        """Tell whether there is anything to unlock with: operators, or the file's password."""
        return self._file.key is not None or self.any()

    # Signing in

    def sign_in(self, operator_id: int, pin: str) -> Operator:
        """Let an operator work with the file; the log names them from now on.

        Raises:
            MustWait: wrong PINs were tried just before.
            InvalidInput: the PIN is wrong, field ``pin``; or this operator does not work here any more, ``name``.
        """
        operator = self._one(operator_id)
        if operator.retired:
            raise invalid("name", "这名操作员已停用，请另选一位。")
        self._check_pin(operator, pin)
        if operator != self.current:  # who only unlocks goes on, and can still undo
            self.current = operator
            self._begin_session()
        return operator

    def unlock(self, password: str) -> None:
        """Let who knows the file's password go on, where there are no operators.

        Raises:
            MustWait: wrong passwords were tried just before.
            InvalidInput: it is wrong; field ``pin``.
        """
        from station_app.services.password_desk import refuse_wrong

        if wait := self._wait(_WHOLE_FILE):
            raise MustWait(wait)
        try:
            refuse_wrong(self._file, password)
        except InvalidInput:
            self._records.note_wrong_pin(_WHOLE_FILE)
            raise invalid("pin", "密码不对，请重新输入。") from None
        self._records.forget_wrong_pins(_WHOLE_FILE)

    # Writing

    def save(self, operator: Operator, pin: str = "") -> Done[int]:
        """Create (id 0) or change an operator.

        Args:
            pin: the PIN of a new one, or a new PIN instead of a forgotten one; empty leaves it as it is.

        Raises:
            InvalidInput: name or role are wrong, the PIN is too easy, or one is missing where the role needs it;
                fields ``name``, ``role``, ``pin``.
            NotAllowed: who is signed in does not govern.
        """
        operator, pin = replace(operator, name=clean_name(operator.name)), _digits(pin)
        problems = operator_problems(operator, self._records.all())
        has_pin = bool(operator.id) and self._records.pin(operator.id) is not None
        if pin:
            problems += [problem for problem in [pin_problem(pin)] if problem]
        elif not has_pin and Right.GOVERN in operator.role.rights:
            problems.append(FieldProblem("pin", f"{operator.role.label}要设PIN，否则谁都能用这个名字登录。"))
        me = self.current
        if me is not None and me.id == operator.id and (operator.retired or operator.role is not me.role):
            problems.append(FieldProblem("role", "不能停用自己或改自己的角色，请由另一位站长或联络员来改。"))
        refuse(problems)
        label = f"保存操作员 {operator.id or '（新）'}"
        with self._file.write(label, Right.GOVERN) as step:
            saved = self._records.save(step, operator)
            if pin:
                self._put_pin(step, saved, pin)
        if me is not None and me.id == saved:
            self.current = self._one(saved)
            self._file.operator = operator.name
            self._changed()
        if pin:
            self._begin_session()
        return Done(saved, f"已保存操作员 {operator.name}", frozenset({SETTINGS}), step.id)

    def retire(self, operator: Operator, *, retired: bool) -> Done[int]:
        """Take an operator out of use, or into use again.

        Raises:
            InvalidInput: nobody who governs would remain, or it is who is signed in; field ``role``.
            NotAllowed: who is signed in does not govern.
        """
        return self.save(replace(operator, retired=retired))

    def change_pin(self, old: str, new: str) -> Done[None]:
        """Change one's own PIN; that it was changed is logged, and cannot be undone.

        Raises:
            MustWait: wrong PINs were tried just before.
            InvalidInput: the old PIN is wrong, field ``old``; the new one is too easy, field ``pin``.
            NotAllowed: nobody is signed in.
        """
        if self.current is None:
            raise NotAllowed
        new = _digits(new)
        refuse([pin_problem(new)])
        try:
            self._check_pin(self.current, old)
        except InvalidInput as wrong:
            raise InvalidInput(FieldProblem("old", one.message) for one in wrong.problems) from None
        with self._file.write("修改自己的PIN", None) as step:
            self._put_pin(step, self.current.id, new)
        self.current = self._one(self.current.id)
        self._begin_session()
        return Done(None, "PIN已修改", frozenset({SETTINGS}), 0)

    def can_reset_by_sheet(self, operator: Operator) -> bool:
        """Tell whether a forgotten PIN can be set anew with the recovery sheet: of who governs an encrypted file."""
        return self._file.key is not None and Right.GOVERN in operator.role.rights

    def reset_pin_by_sheet(self, operator_id: int, rows: Sequence[str], new: str) -> Done[None]:
        """Set the PIN of somebody who governs anew, for who holds the file's recovery sheet.

        The file's password would not do: whoever opens the file knows it, those who only register too.

        Args:
            rows: the rows of the sheet as typed.

        Raises:
            InvalidInput: fields ``row_1`` … ``row_8`` or ``sheet``; the new PIN is too easy, field ``pin``.
        """
        from station_app.services.unlocking import key_of_rows

        operator, new = self._one(operator_id), _digits(new)
        refuse([pin_problem(new)])
        if not self.can_reset_by_sheet(operator):
            raise NotAllowed
        # The open file itself is not read: closing it again would drop this process's locks on it.
        if key_of_rows(rows) != self._file.key:
            raise invalid("sheet", "这张恢复单不是这本登记簿现在的恢复单。")
        with self._file.write("用恢复单重设PIN", None) as step:
            self._put_pin(step, operator_id, new)
        return Done(None, "PIN已重设", frozenset({SETTINGS}), 0)

    def save_idle_minutes(self, minutes: int) -> Done[None]:
        """Set after how many minutes the window locks itself; 0 for never.

        Raises:
            InvalidInput: it is not within 0 and 240; field ``idle_minutes``.
            NotAllowed: who is signed in does not govern.
        """
        if not 0 <= minutes <= MOST_IDLE_MINUTES:
            raise invalid("idle_minutes", f"请填 0 到 {MOST_IDLE_MINUTES} 的整数。")
        with self._file.write("保存自动锁定时间", Right.GOVERN) as step:
            self._settings.put(step, _IDLE_MINUTES, minutes)
        return Done(None, "已保存自动锁定时间", frozenset({SETTINGS}), step.id)

    # Parts

    def _wait(self, whose: str) -> int:
        tried, last = self._records.wrong_pins(whose)
        if not tried:
            return 0
        wait = timedelta(seconds=min(2 ** min(tried - 1, 6), LONGEST_WAIT))
        left = datetime.fromisoformat(last) + wait - self._file.clock.now()
        # A clock that was set back must not keep anybody out for longer than the wait itself.
        return max(0, math.ceil(min(left, wait).total_seconds()))

    def _one(self, operator_id: int) -> Operator:
        return next(one for one in self._records.all() if one.id == operator_id)

    def _check_pin(self, operator: Operator, pin: str) -> None:
        kept = self._records.pin(operator.id)
        if kept is None:
            return
        if wait := self.wait_seconds(operator.id):
            raise MustWait(wait)
        salt, digest = kept
        right = compare_digest(_digest(pin, salt), digest)
        with suppress(StationFault):  # a file opened only for reading cannot count
            if right:
                self._records.forget_wrong_pins(operator.uid)
            else:
                self._records.note_wrong_pin(operator.uid)
        if not right:
            raise invalid("pin", "PIN不对，请重新输入。忘记了请让站长或联络员重设。")

    def _put_pin(self, step: Step, operator_id: int, pin: str) -> None:
        salt = secrets.token_bytes(_SALT_BYTES)
        self._records.put_pin(operator_id, salt, _digest(pin, salt))
        self._records.forget_wrong_pins(self._one(operator_id).uid)
        # The log tells whose PIN was set, and how often; the PIN itself stands outside.
        times = {**self._settings.get(_PINS_SET, {})}
        times[str(operator_id)] = times.get(str(operator_id), 0) + 1
        self._settings.put(step, _PINS_SET, times)

    def _begin_session(self) -> None:
        """Begin a new session of who works: what was done before can no longer be undone, a PIN's setting neither."""
        self._file.sign_in(self.current.name if self.current else self._file.operator, self._rights())
        self._changed()

    def _rights(self) -> frozenset[Right]:
        return self.current.role.rights if self.current else self._file.rights


def _digits(pin: str) -> str:
    """Return a PIN as typed with any input method in plain digits."""
    return unicodedata.normalize("NFKC", pin).strip()


def _digest(pin: str, salt: bytes) -> bytes:
    typed = _digits(pin).encode(errors="surrogatepass")
    return hashlib.scrypt(typed, salt=salt, n=2**14, r=8, p=1)
