"""Signing in on the command line: the name by --operator, the PIN from STATION_PIN or typed, never an argument."""

import os
import sys
from typing import Final

from station_app.domain.problems import invalid
from station_app.services.operators_desk import OperatorsDesk
from station_app.station import Desks

PIN: Final = "STATION_PIN"


def signed_in(desks: Desks, name: str) -> Desks:
    """Sign in where the file has operators, for reading too; close the file when that fails.

    Args:
        desks: the desks of the open file.
        name: what ``--operator`` says; empty for nothing.

    Returns:
        The same desks.

    Raises:
        InvalidInput: no such operator, a wrong PIN, or a wrong one was tried just before; fields ``operator``, ``pin``.
    """
    try:
        _sign_in(desks.operators, name)
    except BaseException:
        desks.close()
        raise
    return desks


def _sign_in(desk: OperatorsDesk, name: str) -> None:
    if not desk.any():
        return
    found = next((one for one in desk.working() if one.name == name), None)
    if found is None:
        raise invalid("operator", "这本登记簿设了操作员，请用 --operator 写明其中一位的姓名，并给出PIN。")
    desk.sign_in(found.id, _pin() if found.has_pin else "")


def _pin() -> str:
    """Return the PIN from the variable, or as typed without showing it."""
    from getpass import getpass

    if given := os.environ.get(PIN):
        return given
    nobody = invalid("pin", f"需要PIN：请设环境变量 {PIN}，或在终端里运行，按提示输入。")
    if sys.stdin is None or not sys.stdin.isatty():
        raise nobody
    try:
        return getpass("PIN：")
    except EOFError as error:
        raise nobody from error
