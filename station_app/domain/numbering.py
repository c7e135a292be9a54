"""Numbers on paper (编号、登记号): labels that follow a pattern the station sets, never identities."""

import re
from dataclasses import dataclass
from enum import StrEnum

from station_app.domain.problems import FieldProblem

_SERIAL = re.compile(r"\{(0*1)\}")


class Series(StrEnum):
    """What is numbered."""

    VISIT = "visit"
    OPINION = "opinion"


@dataclass(frozen=True)
class NumberPattern:
    """How numbers look: ``{站}`` is the station's code, ``{年}`` the year, ``{0001}`` the serial with its digits."""

    text: str

    def number(self, code: str, year: int, serial: int) -> str:
        """Return the number for ``serial`` (counted from 1 in each year)."""
        filled = self.text.replace("{站}", code).replace("{年}", str(year))
        return _SERIAL.sub(lambda found: f"{serial:0{len(found[1])}d}", filled)

    def matches(self, code: str, number: str) -> bool:
        """Tell whether ``number`` could have been made by this pattern."""
        return self.serial_of(code, number) is not None

    def serial_of(self, code: str, number: str) -> tuple[int, int] | None:
        """Return the year and serial a number was made of, or None if it does not follow the pattern."""
        expression = re.escape(self.text.replace("{站}", code)).replace(r"\{年\}", r"(?P<year>[0-9]{4})")
        expression = re.sub(r"\\\{0*1\\\}", lambda found: rf"(?P<serial>[0-9]{{{len(found[0]) - 4},}})", expression)
        found = re.fullmatch(expression, number)
        return (int(found["year"]), int(found["serial"])) if found else None

    def problem(self, field: str) -> FieldProblem | None:
        """Return why the pattern cannot be used, or None."""
        if len(_SERIAL.findall(self.text)) != 1 or self.text.count("{年}") != 1:
            return FieldProblem(field, "编号样式要有一个 {年} 和一个序号（如 {0001}），例如 {站}-{年}-{0001}。")
        rest = _SERIAL.sub("", self.text.replace("{站}", "").replace("{年}", ""))
        if "{" in rest or "}" in rest or len(rest) > 20:
            return FieldProblem(field, "编号样式里只能用 {站}、{年}、{0001} 和不超过 20 个普通字符。")
        return None


DEFAULT_PATTERNS = {Series.VISIT: NumberPattern("D{年}-{0001}"), Series.OPINION: NumberPattern("{站}-{年}-{0001}")}
