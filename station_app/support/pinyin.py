"""Pinyin of names and words: for sorting, and for finding 张伟明 by typing zwm.

pypinyin reads names as common words (曾 ceng, 单 dan, 解 jie; 建行 jian hang); ``support.surnames`` and the tables
below put that right. Every other reading it knows finds the name as well.
It takes 0.14 s to import, so that happens at the first use.
"""

from functools import lru_cache
from typing import Final

from station_app.support.surnames import DOTS, SURNAME_READINGS, surname_of

_GIVEN: Final = """
长chang 重chong 乐le 行xing 朝chao 曾zeng 盛sheng 晟sheng 茜qian 莘shen 单dan 解jie 调tiao 藏cang 传chuan 大da 得de 都du
降jiang 强qiang 觉jue 教jiao 隽jun 娜na 莎sha 朴pu 少shao 石shi 省sheng 宿su 遂sui 为wei 尉wei 蔚wei 相xiang 校xiao 兴xing
燕yan 应ying 予yu 与yu 员yuan 载zai 占zhan 召zhao 折zhe 正zheng 中zhong 种zhong 琢zhuo 子zi 和he 会hui 还huan 华hua 盖gai
区qu 查cha 仇chou 便bian 冠guan 观guan 好hao 间jian 将jiang 角jiao 卡ka 宁ning 奇qi 期qi 若ruo 色se 叶ye 参can 扎zha 炅jiong
率lv 艾ai 芾fu 菀wan 莞wan 筠yun 箐qing 靓liang 珩heng 诜shen 翯he 彧yu 赟yun 昇sheng 龑yan 炔que 秘mi 广guang 阿a 万wan
"""
_GIVEN_READINGS: Final = {entry[0]: entry[1:] for entry in _GIVEN.split()}
"""How characters with several readings are read in given names."""
_GIVEN_PAIRS: Final = {
    "朝晖": ("zhao", "hui"),
    "朝霞": ("zhao", "xia"),
    "朝阳": ("zhao", "yang"),
    "朝旭": ("zhao", "xu"),
    "重远": ("zhong", "yuan"),
    "重义": ("zhong", "yi"),
    "重德": ("zhong", "de"),
    "劲松": ("jing", "song"),
    "扎西": ("zha", "xi"),
}
_ALSO_READ: Final = {"谌": "shen", "费": "bi"}
"""What people type for a surname though no dictionary of pypinyin reads it so."""
_MOST_SPELLINGS = 32
_MOST_INDEXED = 8


@lru_cache(maxsize=50_000)
def readings(text: str) -> tuple[tuple[str, ...], ...]:
    """Return every reading of every character without tones, the likeliest in a name first.

    Letters and digits read as themselves in lower case; other marks as an empty reading. A character nobody knows
    a reading of is itself, or passed over in what is typed. ü is v, and yu as well, as passports write it.

    Example:
        ``readings("曾单")`` gives ``(("zeng", "ceng"), ("dan", "shan", "chan"))``.
    """
    from pypinyin import Style, pinyin

    surname = surname_of(text)
    likely = [*_surname_readings(surname), *_given_readings(text[len(surname) :])]
    found: list[tuple[str, ...]] = []
    for character, first in zip(text, likely, strict=True):
        every = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False, errors="ignore")
        known = [each for each in (first, *(every[0] if every else ()), _ALSO_READ.get(character, "")) if each]
        if known:
            found.append(tuple(dict.fromkeys([*known, *(each.replace("v", "yu") for each in known)])))
        elif not character.isalnum():
            found.append(("",))
        else:
            found.append((character.lower(),) if character.isascii() else (character, ""))
    return tuple(found)


def _surname_readings(surname: str) -> tuple[str, ...]:
    return SURNAME_READINGS.get(surname) or _word_readings(surname)


def _given_readings(given: str) -> list[str]:
    """Return the likeliest reading of each character of a given name, empty where none is known."""
    likely = [_GIVEN_READINGS.get(each, word) for each, word in zip(given, _word_readings(given), strict=True)]
    for start in range(len(given) - 1):
        if pair := _GIVEN_PAIRS.get(given[start : start + 2]):
            likely[start : start + 2] = pair
    return likely


def _word_readings(text: str) -> tuple[str, ...]:
    """Return the reading that each character has in its word, empty where it has none."""
    from pypinyin import Style, pinyin

    known = iter(pinyin(text, style=Style.NORMAL, v_to_u=False, errors="ignore"))
    return tuple(next(known)[0] if pinyin(each, errors="ignore") else "" for each in text)


def spelling(text: str) -> str:
    """Return the likeliest pinyin, syllables parted by blanks: 张伟明 → ``zhang wei ming``."""
    return " ".join(each[0] for each in readings(text) if each[0])


def sort_key(text: str) -> tuple[tuple[str, ...], str]:
    """Return a key that sorts names by pinyin, syllable by syllable; equal sounds by their characters."""
    return tuple(each[0] for each in readings(text)), text


def initials(text: str) -> tuple[str, ...]:
    """Return the initials of every reading, likeliest first, at most 32: 曾伟 → ``("zw", "cw")``."""
    spelled = [""]
    for each in readings(text):
        letters = list(dict.fromkeys(reading[:1] for reading in each))
        spelled = [start + letter for letter in letters for start in spelled][:_MOST_SPELLINGS]
    return tuple(dict.fromkeys(spelled))


def indexed(name: str) -> tuple[str, str]:
    """Return what a search finds a name by: whole spellings, the likeliest first, at most 8, and initials.

    Example:
        ``indexed("单文")`` gives ``("shanwen danwen chanwen", "sw dw cw")``.
    """
    spelled = [""]
    for each in readings(name):
        known = [reading for reading in each if reading]
        spelled = [start + reading for reading in known or [""] for start in spelled][:_MOST_INDEXED]
    return " ".join(dict.fromkeys(spelled)), " ".join(initials(name))


def matches(text: str, typed: str) -> bool:
    """Tell whether ``typed`` (characters, pinyin or initials of any reading) finds ``text``.

    Example:
        张伟明 is found by 伟明, ``zwm``, ``wm``, ``zhangwei`` and ``zhwm``.
    """
    typed = _plain(typed)
    if not typed or typed in _plain(text):
        return True
    if not typed.isascii():
        return False
    every = readings(text)
    return any(_spells(every, start, typed) for start in range(len(every)))


def begins(text: str, typed: str) -> bool:
    """Tell whether ``typed`` finds ``text`` from its first character on: bmy begins 不满意, not 基本满意."""
    typed = _plain(typed)
    return _plain(text).startswith(typed) or (typed.isascii() and _spells(readings(text), 0, typed))


_PASSED_OVER: Final = str.maketrans({"ü": "v", **dict.fromkeys(f" \u3000'’.{DOTS}")})


def _plain(text: str) -> str:
    """Return a text as it is compared: small letters, without blanks, apostrophes and the dots of names."""
    return text.lower().translate(_PASSED_OVER)


def _spells(every: tuple[tuple[str, ...], ...], start: int, typed: str) -> bool:
    """Tell whether ``typed`` is made of beginnings of the readings from ``start`` on."""
    if not typed:
        return True
    if start == len(every):
        return False
    for reading in every[start]:
        if not reading:
            return _spells(every, start + 1, typed)
        for length in range(min(len(reading), len(typed)), 0, -1):
            if typed.startswith(reading[:length]) and _spells(every, start + 1, typed[length:]):
                return True
    return False
