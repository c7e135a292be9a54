"""Pinyin of names and words: for sorting, and for finding 张伟明 by typing zwm.

pypinyin reads surnames as common words (曾 ceng, 单 dan, 解 jie, 查 cha); the tables below put that right.
It takes 0.14 s to import, so that happens at the first use.
"""

from functools import lru_cache

_SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "仇": "qiu",
    "朴": "piao",
    "盖": "ge",
    "任": "ren",
    "华": "hua",
    "乐": "yue",
    "缪": "miao",
    "覃": "qin",
    "纪": "ji",
    "冼": "xian",
    "翟": "zhai",
    "员": "yun",
    "黑": "he",
    "种": "chong",
    "洗": "xian",
    "隗": "wei",
    "阚": "kan",
    "逄": "pang",
    "晁": "chao",
    "宓": "mi",
    "牟": "mu",
    "祭": "zhai",
    "那": "na",
    "燕": "yan",
    "应": "ying",
    "葛": "ge",
    "宁": "ning",
    "谌": "chen",
    "句": "gou",
    "尉": "wei",
    "占": "zhan",
    "肖": "xiao",
}
_DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"),
    "欧阳": ("ou", "yang"),
    "万俟": ("mo", "qi"),
    "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"),
    "单于": ("chan", "yu"),
    "司马": ("si", "ma"),
    "诸葛": ("zhu", "ge"),
    "上官": ("shang", "guan"),
    "令狐": ("ling", "hu"),
    "皇甫": ("huang", "fu"),
    "宇文": ("yu", "wen"),
    "鲜于": ("xian", "yu"),
    "呼延": ("hu", "yan"),
    "慕容": ("mu", "rong"),
    "公孙": ("gong", "sun"),
    "夏侯": ("xia", "hou"),
    "东方": ("dong", "fang"),
    "司徒": ("si", "tu"),
    "南宫": ("nan", "gong"),
    "独孤": ("du", "gu"),
}
_MOST_SPELLINGS = 32


@lru_cache(maxsize=50_000)
def readings(text: str) -> tuple[tuple[str, ...], ...]:
    """Return every reading of every character without tones, the likeliest first.

    Letters and digits read as themselves in lower case; other marks as an empty reading.
    The surname's reading comes first where ``text`` begins with one.

    Example:
        ``readings("曾单")`` gives ``(("zeng", "ceng"), ("dan", "shan", "chan"))``.
    """
    from pypinyin import Style, pinyin

    in_words = iter(pinyin(text, style=Style.NORMAL, v_to_u=False, errors="ignore"))
    found: list[tuple[str, ...]] = []
    for character in text:
        every = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False, errors="ignore")
        if not every:
            found.append((character.lower() if character.isalnum() else "",))
            continue
        first = next(in_words, every[0])[0]
        found.append(tuple(dict.fromkeys([first, *every[0]] if first in every[0] else every[0])))
    return _with_surname(text, tuple(found))


def _with_surname(text: str, found: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    surname = _DOUBLE_SURNAMES.get(text[:2]) or ((_SURNAMES[text[0]],) if text and text[0] in _SURNAMES else ())
    head = tuple(tuple(dict.fromkeys([reading, *others])) for reading, others in zip(surname, found, strict=False))
    return head + found[len(head) :]


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


def matches(text: str, typed: str) -> bool:
    """Tell whether ``typed`` (characters, pinyin or initials of any reading) finds ``text``.

    Example:
        张伟明 is found by 伟明, ``zwm``, ``wm``, ``zhangwei`` and ``zhwm``.
    """
    typed = typed.strip().lower().replace(" ", "")
    if not typed or typed in text.lower():
        return True
    if not typed.isascii():
        return False
    every = readings(text)
    return any(_spells(every, start, typed) for start in range(len(every)))


def begins(text: str, typed: str) -> bool:
    """Tell whether ``typed`` finds ``text`` from its first character on: bmy begins 不满意, not 基本满意."""
    typed = typed.strip().lower().replace(" ", "")
    return text.lower().startswith(typed) or (typed.isascii() and _spells(readings(text), 0, typed))


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
