"""Attachments: photos, scans and office files that belong to a visit, an opinion, an answer."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any, Final, Self

from station_app.domain.problems import FieldProblem
from station_app.domain.text import clean_line, text_problem

NAME_LIMIT: Final = 100
PDF: Final = "application/pdf"
TIFF: Final = "image/tiff"
_MEGABYTE: Final = 1024 * 1024


class Owner(StrEnum):
    """What an attachment belongs to; stored by its code, the table of the record."""

    VISIT = "visits"
    OPINION = "opinions"
    EVENT = "events"
    DEPUTY = "deputies"
    DAY = "reception_days"


@dataclass(frozen=True)
class Attachment:
    """One file that belongs to a record.

    Args:
        owner / owner_id: the record.
        name: file name with its suffix, as the clerk sees it.
        media_type: e.g. ``image/jpeg``.
        size: bytes as kept.
        sha256: of the content as kept, 64 hex digits.
        original: kept as it was; False for a photo that was reduced.
        added_at: ISO time.
        source: where it came in, e.g. 答复 2026-11-20; empty when it belongs to what is shown itself.
    """

    id: int
    owner: Owner
    owner_id: int
    name: str
    media_type: str
    size: int
    sha256: str
    original: bool
    added_at: str
    source: str = ""

    @property
    def is_photo(self) -> bool:
        """Whether it is a picture of one page; a scan kept as TIFF may have several."""
        return self.media_type.startswith("image/") and self.media_type != TIFF

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF."""
        return self.media_type == PDF


@dataclass(frozen=True)
class AttachmentLimits:
    """What the station sets about attachments.

    Args:
        longest_edge: pixels to which a photo is reduced.
        largest_mb: the largest file that is taken.
        warn_mb: from how much in all the clerk is told.
    """

    longest_edge: int = 1600
    largest_mb: int = 20
    warn_mb: int = 200

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Self:
        """Return the limits as they are kept; what is missing has its default."""
        return cls(**{key: int(value) for key, value in kept.items() if key in cls.__dataclass_fields__})

    def to_dict(self) -> dict[str, int]:
        """Return them as they are kept."""
        return asdict(self)

    @property
    def largest(self) -> int:
        """The largest file in bytes."""
        return self.largest_mb * _MEGABYTE

    @property
    def warn(self) -> int:
        """The total in bytes from which the clerk is told."""
        return self.warn_mb * _MEGABYTE


def limit_problems(limits: AttachmentLimits) -> list[FieldProblem]:
    """Return what is wrong with the limits before saving, by field."""
    spans = {
        "longest_edge": (limits.longest_edge, "照片长边", 400, 8000),
        "largest_mb": (limits.largest_mb, "单个文件上限", 1, 200),
        "warn_mb": (limits.warn_mb, "提醒总量", 10, 10_000),
    }
    return [
        FieldProblem(field, f"{title}请填 {least} 到 {most:,} 的整数。")
        for field, (value, title, least, most) in spans.items()
        if not least <= value <= most
    ]


def named(typed: str, suffix: str) -> str:
    """Return a typed or found file name on one line, with the suffix that tells what it is.

    Args:
        suffix: with its dot, e.g. ``.jpg``.
    """
    name = clean_line(PurePath(clean_line(typed).replace("\\", "/")).name)
    stem = name[: -len(suffix)] if name.lower().endswith(suffix.lower()) else name
    return (stem.strip(". ")[: NAME_LIMIT - len(suffix)] or "未命名") + suffix


def name_problem(typed: str) -> FieldProblem | None:
    """Return what is wrong with a typed name: field ``name``."""
    if not clean_line(typed).strip(". "):
        return FieldProblem("name", "请填写附件名称。")
    return text_problem("name", "附件名称", typed, NAME_LIMIT)


def size_words(size: int) -> str:
    """Return a size as the clerk reads it: 312 KB, 4.2 MB."""
    return f"{max(1, round(size / 1024))} KB" if size < _MEGABYTE else f"{size / _MEGABYTE:.1f} MB"
