"""What a new password has to be, and how hard it is to guess, in words."""

import itertools
import unicodedata
from typing import Final

from station_app.domain.problems import FieldProblem

SHORTEST: Final = 8
LONGEST: Final = 200
LONGEST_WAIT: Final = 60
_LONG: Final = 14
_MIDDLING: Final = 11
_COMMON: Final = ("password", "qwerty", "admin", "abc123", "iloveyou", "woaini", "5201314", "1314520")


def new_password_problems(password: str, again: str) -> list[FieldProblem]:
    """Return what is wrong with a new password: fields ``new`` and ``again``."""
    problems = []
    if len(password) < SHORTEST:
        problems.append(FieldProblem("new", f"密码至少 {SHORTEST} 个字符，可以用一句好记的话。"))
    elif len(password) > LONGEST:
        problems.append(FieldProblem("new", f"密码最多 {LONGEST} 个字符。"))
    elif password != password.strip():
        problems.append(FieldProblem("new", "密码的开头和末尾不要有空格，以后容易漏输。"))
    elif not all(_is_plain(char) for char in password):
        problems.append(FieldProblem("new", "密码里有看不见的控制字符，请重新输入。"))
    if not problems and unicodedata.normalize("NFC", again) != unicodedata.normalize("NFC", password):
        problems.append(FieldProblem("again", "两次输入的密码不一样，请重新输入。"))
    return problems


def strength_words(password: str) -> str:
    """Return one sentence on how easily the password is guessed; empty while it is too short to say."""
    if len(password) < SHORTEST:
        return ""
    lower = password.lower()
    if _runs(lower) or any(word in lower for word in _COMMON):
        return "容易猜到：不要用连续、重复的字符和常见的词。"
    if password.isdecimal() and len(password) < _LONG:
        return "较弱：只有数字，像生日、电话号码一类的容易被猜到。"
    kinds = sum(any(map(test, password)) for test in (str.isdecimal, str.islower, str.isupper, _is_other))
    if len(password) >= _LONG or (len(password) >= _MIDDLING and kinds > 1):
        return "强"
    return "中等：再长几个字符更好。"


def wait_after(wrong: int) -> int:
    """Return how many seconds to wait after so many wrong passwords in a row: 1, 2, 4 … 60; never a lockout."""
    return min(2 ** min(wrong - 1, 10), LONGEST_WAIT) if wrong else 0


def _is_plain(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cs", "Cn", "Co"}


def _is_other(char: str) -> bool:
    return not (char.isdecimal() or char.islower() or char.isupper())


def _runs(text: str) -> bool:
    """Tell whether most neighbours are equal or follow each other: 11111111, abcdefgh, 12344321."""
    close = sum(abs(ord(later) - ord(earlier)) <= 1 for earlier, later in itertools.pairwise(text))
    return close * 3 >= len(text) * 2
