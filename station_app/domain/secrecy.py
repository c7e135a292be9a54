"""What a paper may tell of a matter: names, phones and what else gives the petitioner away stay here unless open."""

import re
from dataclasses import replace
from typing import Final

from station_app.domain.opinion import Case, Openness

NOBODY: Final = "匿名"
PETITIONER: Final = "反映人"
HIDDEN: Final = "×××"
WITHHELD: Final = "（保密事项，原话不外送；需要了解详情的，请与联系人联系。）"

# Mobile and land-line numbers, also with blanks or hyphens, ID numbers, and other long runs of digits.
_NUMBERS = re.compile(
    r"(?<!\d)(?:1\d{2}[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}|\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]|\d{7,8})(?!\d)"
)

_PLAIN: Final = str.maketrans("０１２３４５６７８９－Ｘｘ　", "0123456789-Xx ")


def for_paper(case: Case) -> Case:
    """Return an opinion as papers that leave the station may tell it.

    公开 stays as it is. Otherwise name, phone and address are taken out, in the texts too, and of what is 保密 also the
    village, how many came, and the own words: how somebody tells a thing tells who it is.
    """
    if case.openness is Openness.OPEN:
        return case
    hidden = replace(case, petitioner=PETITIONER, phone="", address="", pinyin="", title=_masked(case.title, case))
    if case.openness is Openness.UNIT_ONLY:
        return replace(hidden, words=_masked(case.words, case))
    return replace(hidden, words=WITHHELD, village="", village_id=None, people=1)


def _masked(text: str, case: Case) -> str:
    if case.phone:
        text = text.replace(case.phone, HIDDEN)
    if case.address and case.address != case.village:
        text = text.replace(case.address, HIDDEN)
    if case.petitioner != NOBODY and len(case.petitioner) > 1:
        text = text.replace(case.petitioner, PETITIONER)
    # Full-width digits and hyphens are matched as plain ones; each stands for one character, so places stay.
    for found in reversed(list(_NUMBERS.finditer(text.translate(_PLAIN)))):
        text = f"{text[: found.start()]}{HIDDEN}{text[found.end() :]}"
    return text
