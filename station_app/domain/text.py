"""Typed text: what is stripped, what is refused, how long it may be."""

import re
import unicodedata

from station_app.domain.problems import FieldProblem

# Tab and line feed stay; every other C0/C1 control character, and the invisible direction marks that can
# turn a name around on paper, are stripped as documents.md asks.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_UNSTORABLE = re.compile("[\ufffe\uffff\ud800-\udfff]")
_MIDDLE_DOTS = re.compile("[\u2022\u2027\u30fb\u0387\uff65•‧∙⋅]")

NAME_LIMIT = 50
LINE_LIMIT = 200
WORDS_LIMIT = 4000
CUT_MARK = "……（全文见登记表）"
"""How a text ends that was cut on paper (documents.md, Excel ledgers)."""


def clean(text: str) -> str:
    """Return ``text`` as it is stored: NFC, no control characters, no blank edges."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", unicodedata.normalize("NFC", text)).strip()


def clean_line(text: str) -> str:
    """Return ``text`` cleaned and on one line."""
    return re.sub(r"\s+", " ", clean(text))


def clean_name(text: str) -> str:
    """Return a person's name with the middle dot U+00B7 (GB 18030; minority names) and no inner blanks."""
    name = _MIDDLE_DOTS.sub("·", clean_line(text))
    return name.replace(" ", "") if any(char >= "\u2e80" for char in name) else name


def text_problem(field: str, label: str, text: str, limit: int) -> FieldProblem | None:
    """Return why ``text`` cannot be saved, or None."""
    if bad := _UNSTORABLE.search(text):
        return FieldProblem(field, f"{label}中第 {bad.start() + 1} 个字符无法保存（无效字符），请删去后重新输入。")
    if len(text) > limit:
        return FieldProblem(field, f"{label}有 {len(text)} 字，最多 {limit} 字，请精简或分成几条。")
    return None


_PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,19}")


def clean_phone(text: str) -> str:
    """Return a phone number in half-width digits without blanks."""
    return re.sub(r"[\s\-—]", "", unicodedata.normalize("NFKC", clean_line(text)))


def phone_problem(field: str, text: str, without: str = "没有电话请按“未留电话”。") -> FieldProblem | None:
    """Return why ``text`` is no phone number, or None. Extensions and shared numbers belong into the notes.

    Args:
        without: what to do when there is none.
    """
    if text and not _PHONE.fullmatch(text):
        return FieldProblem(field, f"联系电话只能是数字（可带区号），如 14000001234；{without}")
    return None


def masked_phone(phone: str) -> str:
    """Return the phone as screens show it: 140****4471."""
    return phone if len(phone) < 8 else f"{phone[:3]}****{phone[-4:]}"
