"""The diagnostic package: what a technician needs after an error, and nothing about anybody.

It holds versions, counts, names of settings, and the scrubbed log. Never the station file, a name, a phone, a word of
what was said, a path, or the value of a setting.
"""

import json
import platform
import sys
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from station_app.support.logs import bug_text, log_tail, scrub
from station_app.support.safe_file import write_file

README = (
    "这是代表联络站登记簿的诊断包，供技术人员查找程序错误。\n"
    "里面只有程序、系统的版本号，登记簿各表的行数，设置项的名称，和去掉个人信息的日志。\n"
    "没有登记簿，没有任何人的姓名、电话、住址和反映内容，也没有文件夹的名称。\n"
)


@dataclass(frozen=True)
class Facts:
    """What is told about this run.

    Args:
        program: version of the program.
        versions: other versions by name, e.g. ``{"qt": "6.9.3"}``.
        counts: rows by table of the open station file; empty when none is open.
        settings: names of settings; values are not taken.
        screen: sizes and scales of the screens, e.g. ``1366x768 x1.0``.
        crashes: what crashed runs left behind, as `take_crashes` returns it.
    """

    program: str
    versions: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    settings: Iterable[str] = ()
    screen: Iterable[str] = ()
    crashes: Iterable[str] = ()


def package_name(now: datetime) -> str:
    """Return the file name that is suggested."""
    return f"诊断包-{now:%Y%m%d-%H%M}.zip"


def write_package(
    path: Path, facts: Facts, log_folder: Path, now: datetime, error: BaseException | None = None
) -> None:
    """Write the package.

    Args:
        path: the .zip.
        facts: what is told about this run.
        log_folder: where the log lies.
        now: when it is written.
        error: the error that led to it, if one did.

    Raises:
        StationFault: it could not be written; nothing half-written remains.
    """
    texts = {
        "说明.txt": README,
        "facts.json": json.dumps(_told(facts, now), ensure_ascii=True, indent=2),
        "log.txt": log_tail(log_folder),
        "crashes.txt": "\n\n".join(facts.crashes),
        "error.txt": bug_text(error) if error is not None else "",
    }

    def write(stream: BinaryIO) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in texts.items():
                if text:
                    package.writestr(name, text)

    write_file(path, write)


def _told(facts: Facts, now: datetime) -> dict[str, Any]:
    return {
        "written": now.isoformat(timespec="seconds"),
        "program": facts.program,
        # Not platform.node(): a PC is often called after its clerk.
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "versions": {name: scrub(version) for name, version in facts.versions.items()},
        "screen": [scrub(one) for one in facts.screen],
        "rows": dict(facts.counts),
        "settings": sorted({scrub(one) for one in facts.settings}),
    }
