# noqa: INP001 - run by PyInstaller as a script; the installer is no package
"""Run by the frozen program before anything else: let Qt use the Chinese input method the desktop runs.

Qt asks ``QT_IM_MODULES`` and ``QT_IM_MODULE``; the folder carries the modules ``fcitx`` (for fcitx 4 and 5) and ``ibus``. A
desktop may name another one (``xim``, ``fcitx5``, a maker's own) or none, while ``XMODIFIERS`` still tells which program runs.
"""

import os
from collections.abc import MutableMapping

CARRIED = ("fcitx", "ibus")


def choose_input_method(environment: MutableMapping[str, str]) -> None:
    """Set ``QT_IM_MODULE`` to a carried module unless the desktop asks for one already."""
    asked = [*environment.get("QT_IM_MODULES", "").split(";"), environment.get("QT_IM_MODULE", "")]
    if any(module in CARRIED for module in asked):
        return
    hints = environment.get("XMODIFIERS", ""), environment.get("QT_IM_MODULE", "")  # "@im=fcitx", "fcitx5"
    for module in CARRIED:
        if any(module in hint for hint in hints):
            environment.pop("QT_IM_MODULES", None)
            environment["QT_IM_MODULE"] = module
            return


choose_input_method(os.environ)
