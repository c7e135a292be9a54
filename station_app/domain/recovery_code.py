"""The code on a recovery sheet: 48 bytes as eight numbered rows that find every slip of the pen.

A row is ten characters for six bytes and two check characters of a Reed-Solomon code over GF(32) in which the row's
number takes part. Its distance is three: one or two wrong characters, two characters that changed places, and a row in
the place of another are found with certainty. The alphabet is Crockford's: no I, L, O, U; what looks like 1 or 0 is read
so.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final

from station_app.domain.problems import FieldProblem, InvalidInput

ROWS: Final = 8
ROW_LENGTH: Final = 12
SECRET_BYTES: Final = 48

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_VALUES: Final = {char: value for value, char in enumerate(_ALPHABET)}
_GROUP: Final = 4
_ROW_BYTES: Final = SECRET_BYTES // ROWS
_DATA: Final = ROW_LENGTH - 2
_SPARE_BITS: Final = 5 * _DATA - 8 * _ROW_BYTES
_MODULUS: Final = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


def code_rows(secret: bytes) -> tuple[str, ...]:
    """Return the rows as printed, e.g. ``3F7K 9QXD M2WA``.

    Args:
        secret: 48 bytes.
    """
    parts = [secret[start : start + _ROW_BYTES] for start in range(0, SECRET_BYTES, _ROW_BYTES)]
    return tuple(_grouped(_encoded(part, number)) for number, part in enumerate(parts, start=1))


def row_problem(number: int, typed: str) -> str:
    """Return what is wrong with a typed row, or an empty text; small letters, blanks and full-width forms are fine.

    Args:
        number: of the row, from 1.
    """
    text = _cleaned(typed)
    if not text:
        return f"请输入第 {number} 行。"
    strange = next((char for char in text if char not in _VALUES), "")
    if strange:
        return f"第 {number} 行里有“{strange}”，恢复单上没有这个字符，请核对。"
    if len(text) != ROW_LENGTH:
        return f"第 {number} 行应为 {ROW_LENGTH} 个字符，现在是 {len(text)} 个。"
    values = [_VALUES[char] for char in text]
    if _fits(values, number):
        return ""
    other = next((row for row in range(1, ROWS + 1) if _fits(values, row)), 0)
    if other:
        return f"这是恢复单的第 {other} 行，这里要输入第 {number} 行。"
    return f"第 {number} 行有输错的字符，请对照恢复单重新核对。"


def read_rows(typed: Sequence[str]) -> bytes:
    """Return the 48 bytes that eight typed rows stand for.

    Raises:
        InvalidInput: fields ``row_1`` … ``row_8``.
    """
    problems = [
        FieldProblem(f"row_{number}", told)
        for number, row in enumerate(typed, start=1)
        if (told := row_problem(number, row))
    ]
    if problems:
        raise InvalidInput(problems)
    return b"".join(_decoded(_cleaned(row)) for row in typed)


def _cleaned(typed: str) -> str:
    text = unicodedata.normalize("NFKC", typed).upper().translate(_LOOKS_LIKE)
    return "".join(char for char in text if not char.isspace() and char not in "-·.")


def _grouped(text: str) -> str:
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _encoded(part: bytes, number: int) -> str:
    bits = int.from_bytes(part) << _SPARE_BITS
    values = [bits >> 5 * place & 31 for place in reversed(range(_DATA))]
    return "".join(_ALPHABET[value] for value in [*values, *_checks(values, number)])


def _decoded(text: str) -> bytes:
    bits = 0
    for char in text[:_DATA]:
        bits = bits << 5 | _VALUES[char]
    return (bits >> _SPARE_BITS).to_bytes(_ROW_BYTES)


def _fits(values: Sequence[int], number: int) -> bool:
    spare = values[_DATA - 1] & (1 << _SPARE_BITS) - 1
    return not spare and _sums([number, *values]) == (0, 0)


def _checks(values: Sequence[int], number: int) -> tuple[int, int]:
    """Return the two characters that make both sums of the row zero."""
    plain, weighted = _sums([number, *values])
    # a + b = plain and w·a + w'·b = weighted, with the weights of the last two places.
    first, second = _WEIGHTS[_DATA + 1], _WEIGHTS[_DATA + 2]
    b = _times(weighted ^ _times(first, plain), _inverse(first ^ second))
    return plain ^ b, b


def _sums(word: Sequence[int]) -> tuple[int, int]:
    plain = weighted = 0
    for value, weight in zip(word, _WEIGHTS, strict=False):
        plain ^= value
        weighted ^= _times(value, weight)
    return plain, weighted


def _times(one: int, other: int) -> int:
    """Multiply in GF(32)."""
    product = 0
    for place in range(5):
        if other >> place & 1:
            product ^= one << place
    for place in reversed(range(5, 9)):
        if product >> place & 1:
            product ^= _MODULUS << place - 5
    return product


def _inverse(value: int) -> int:
    return next(other for other in range(1, 32) if _times(value, other) == 1)


def _powers() -> tuple[int, ...]:
    found = [1]
    while len(found) < ROW_LENGTH + 1:
        found.append(_times(found[-1], 2))
    return tuple(found)


_WEIGHTS: Final = _powers()
"""Powers of a primitive element, one for the row's number and each character: all different, so the distance is 3."""
