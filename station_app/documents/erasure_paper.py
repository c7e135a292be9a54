"""个人信息删除确认单: what was erased, what stays, which backups still hold it; nothing of the person."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from station_app.documents.official_blocks import Block, Paragraph, SignOff, Table
from station_app.documents.official_page import OfficialPaper, write_official_paper
from station_app.domain.calendars import long_date
from station_app.domain.erasure import STAYS, Erasure, StillHeld, held_words
from station_app.domain.record_words import moment

TITLE: Final = "个人信息删除确认单"


@dataclass(frozen=True)
class ErasurePaper:
    """What stands on it.

    Args:
        station: name of the station.
        held: backups that still hold the data today.
        on: the day it is printed.
    """

    station: str
    erasure: Erasure
    held: tuple[StillHeld, ...]
    on: date
    demo: bool = False


def write_erasure_paper(path: Path, paper: ErasurePaper, *, bundled_only: bool = False) -> None:
    """Write it as PDF.

    Raises:
        StationFault: the file cannot be written.
    """
    done = paper.erasure
    rows = (
        ("申请日期", long_date(date.fromisoformat(done.asked_on))),
        ("删除时间", moment(done.at)),
        ("申请理由", done.reason),
        ("涉及的登记", "、".join(done.numbers)),
        ("删除的范围", f"{done.counts_words}中的个人信息，连同操作记录里的改动内容和查找索引"),
        ("保留的内容", f"{STAYS}（属于履职登记，依规定保存）"),
        ("备份", "；".join(held_words(paper.held)) or "本机和已插上的U盘的备份里都已没有"),
        ("经办人", done.by),
        ("操作记录", f"第 {done.step_id} 步"),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(
            "根据《中华人民共和国个人信息保护法》第四十七条，联络站已依申请删除申请人的个人信息，情况如下。"
            "本单不写申请人的姓名和联系方式。"
        ),
        Table(("项目", "内容"), rows, (20, 80), frozenset({1}), size=12),
        Paragraph("经办人（签名）：", indent=False),
        SignOff(paper.station, long_date(paper.on)),
    )
    write_official_paper(path, OfficialPaper((TITLE,), paper.station, blocks, paper.demo), bundled_only=bundled_only)
