"""Papers (文书) that go out about opinions, and the code by which a returned one finds its matter again."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from station_app.domain.moves import Move
from station_app.domain.problems import invalid


class PaperKind(StrEnum):
    """What is printed about one matter or several."""

    HAND_OVER_LIST = "hand_over_list"
    HAND_OVER = "hand_over"
    REFERRAL = "referral"
    URGING = "urging"
    SUPERVISION = "supervision"
    OUTCOME = "outcome"
    NOTICE = "notice"
    UNIT_OVERVIEW = "unit_overview"
    ANSWER_SHEET = "answer_sheet"
    SURVEY = "survey"


PAPER_LABELS: Final = {
    PaperKind.HAND_OVER_LIST: "意见建议交办清单",
    PaperKind.HAND_OVER: "交办单",
    PaperKind.REFERRAL: "关于转请办理群众意见建议的函",
    PaperKind.URGING: "催办单",
    PaperKind.SUPERVISION: "督办单",
    PaperKind.OUTCOME: "办理情况反馈单",
    PaperKind.NOTICE: "告知单",
    PaperKind.UNIT_OVERVIEW: "承办事项一览函",
    PaperKind.ANSWER_SHEET: "办理情况回填表",
    PaperKind.SURVEY: "办理情况征询意见表",
}

NEXT_MOVES: Final = {
    PaperKind.HAND_OVER_LIST: (Move.RECEIVE, Move.ANSWER),
    PaperKind.HAND_OVER: (Move.RECEIVE, Move.ANSWER),
    PaperKind.REFERRAL: (Move.ASSIGN_AT_COUNTY, Move.ANSWER),
    PaperKind.URGING: (Move.ANSWER,),
    PaperKind.SUPERVISION: (Move.ANSWER,),
    PaperKind.OUTCOME: (Move.RATE, Move.FEED_BACK),
    PaperKind.NOTICE: (),
    PaperKind.UNIT_OVERVIEW: (Move.ANSWER,),
    PaperKind.ANSWER_SHEET: (Move.ANSWER,),
    PaperKind.SURVEY: (Move.RATE, Move.FEED_BACK),
}
"""What a paper that comes back is about, the first that is allowed then."""

# 31 characters, a prime number: letters and digits that cannot be taken for each other (no 0 O, 1 I L).
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH: Final = 6


@dataclass(frozen=True)
class Paper:
    """A paper that was printed.

    Args:
        code: its return code (回执码).
        number: 程序流水号, e.g. 交办单 2026-021.
        document_number: 发文字号 from the office's own register, or empty.
        unit_id: the unit it went to, or None.
        recipient: 主送, in words.
        copies_to: 抄送, in words.
        opinion_ids: the matters on it, in order.
        returned_on: ISO date it came back, or empty.
    """

    id: int
    uid: str
    kind: PaperKind
    code: str
    number: str
    document_number: str
    unit_id: int | None
    recipient: str
    copies_to: str
    printed_on: str
    printed_by: str
    opinion_ids: tuple[int, ...]
    returned_on: str = ""


def new_code(random_below: Callable[[int], int]) -> str:
    """Return a return code: five characters at random and one that checks them.

    Args:
        random_below: gives a random number from 0 to one less than its argument.
    """
    values = [random_below(len(_ALPHABET)) for _ in range(CODE_LENGTH - 1)]
    total = sum(weight * value for weight, value in enumerate(values, 1))
    last = -total * pow(CODE_LENGTH, -1, len(_ALPHABET)) % len(_ALPHABET)
    return "".join(_ALPHABET[value] for value in (*values, last))


def looks_like_code(typed: str) -> bool:
    """Tell whether what was typed is as long as a code and made of its characters."""
    text = _plain(typed)
    return len(text) == CODE_LENGTH and all(char in _ALPHABET for char in text)


def read_code(typed: str) -> str:
    """Return a code as it is stored, from what was read off a paper.

    The weighted sum modulo a prime finds any single wrong character and any two that changed places.

    Args:
        typed: small letters, full-width characters and blanks are allowed.

    Raises:
        InvalidInput: field ``code``; it is no code, or a character is wrong.
    """
    text = _plain(typed)
    if len(text) != CODE_LENGTH:
        raise invalid("code", f"回执码是 {CODE_LENGTH} 位字母和数字，现在是 {len(text)} 位。")
    if foreign := [char for char in text if char not in _ALPHABET]:
        raise invalid("code", f"回执码里没有“{foreign[0]}”（不用字母 I、L、O 和数字 0、1），请核对纸上的码。")
    if sum(weight * _ALPHABET.index(char) for weight, char in enumerate(text, 1)) % len(_ALPHABET):
        raise invalid("code", "回执码不对：有一位抄错，或两位前后颠倒，请核对纸上的码。")
    return text


def _plain(typed: str) -> str:
    return "".join(unicodedata.normalize("NFKC", typed).split()).replace("-", "").upper()
