"""Founding a register: what is asked at the first start, and what its answers let be guessed."""

import re
import unicodedata
from dataclasses import dataclass

from station_app.domain.problems import invalid
from station_app.domain.station import OrganKind, StaffPost, StationProfile
from station_app.domain.text import clean, clean_line
from station_app.support.pinyin import initials

MOST_VILLAGES = 300
_ORGAN = re.compile(r".+?(?:街道|园区|开发区|工业区|[镇乡](?![镇乡]))")
_COUNTY = re.compile(r"(?:.*[省市])?(.{2,}?(?:自治县|自治旗|县|区|旗|市))(?=.*(?:乡|街道|园区|镇|开发区|工业区))")
_ORGAN_ENDINGS = {
    "族乡": OrganKind.ETHNIC_TOWNSHIP,
    "街道": OrganKind.STREET,
    "区": OrganKind.PARK,
    "镇": OrganKind.TOWN,
    "乡": OrganKind.TOWNSHIP,
}
_VILLAGE = re.compile(r"(?P<name>.*?\D)(?:[\s(,:，：]+)?(?:(?P<groups>\d{1,3})\s*个?(?:村民|居民)?(?:小组|组)?\)?)?")


@dataclass(frozen=True)
class FirstVillage:
    """A village as typed: its name and how many groups it has, 0 when not told."""

    name: str
    groups: int = 0


@dataclass(frozen=True)
class FirstPerson:
    """One of the station's own people as typed.

    Args:
        key: where the form asks for them, e.g. ``head``; problems are told at ``head_name`` and ``head_phone``.
    """

    key: str
    name: str
    post: StaffPost
    phone: str = ""


@dataclass(frozen=True)
class Founding:
    """Everything the assistant asks before the register exists."""

    profile: StationProfile
    villages: tuple[FirstVillage, ...] = ()
    staff: tuple[FirstPerson, ...] = ()


@dataclass(frozen=True)
class Guess:
    """What a station's name tells: 清源县禾溪镇人大代表联络站 → 清源县, 禾溪镇, a town, HX."""

    county_name: str = ""
    organ_name: str = ""
    organ_kind: OrganKind | None = None
    code: str = ""


def read_villages(typed: str) -> tuple[FirstVillage, ...]:
    """Read villages typed or pasted one per line, each with its number of groups if known.

    Understood are ``上坪村``, ``上坪村 12``, ``上坪村（12个小组）`` and two columns of a spreadsheet; 、 parts names too.

    Raises:
        InvalidInput: at ``villages``; a line cannot be read or a name comes twice.
    """
    found: dict[str, FirstVillage] = {}
    for number, line in enumerate(clean(typed).split("\n"), start=1):
        for part in re.split(r"[、；;]", line):
            text = clean_line(unicodedata.normalize("NFKC", part))
            if not text:
                continue
            read = _VILLAGE.fullmatch(text)
            if read is None:
                raise invalid("villages", f"第 {number} 行“{text}”看不懂，请写成“上坪村”或“上坪村 12”的样子。")
            name = read["name"].rstrip(" (,:")
            if name in found:
                raise invalid("villages", f"第 {number} 行的“{name}”前面已经写过，请删去一个。")
            found[name] = FirstVillage(name, int(read["groups"] or 0))
    if len(found) > MOST_VILLAGES:
        raise invalid("villages", f"写了 {len(found)} 个村(居)，最多 {MOST_VILLAGES} 个，请检查是否粘贴错了。")
    return tuple(found.values())


def guess(station_name: str) -> Guess:
    """Guess county, host organ, its kind and the code from a station's name; what is not told stays empty."""
    name = clean_line(station_name)
    county = _COUNTY.match(name)
    organ = _ORGAN.match(name[county.end() :] if county else name)
    if organ is None:
        return Guess(county[1] if county else "")
    kind = next(kind for ending, kind in _ORGAN_ENDINGS.items() if organ[0].endswith(ending))
    return Guess(county[1] if county else "", organ[0], kind, short_code(organ[0]))


def short_code(organ_name: str) -> str:
    """Return the initials of a place without its kind: 禾溪镇 → HX."""
    stem = re.sub(r"(?:民族乡|.族乡|街道|园区|开发区|工业区|镇|乡)$", "", organ_name) or organ_name
    letters = initials(stem)[0] if stem else ""
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())[:4].upper()
