"""Short words with a fixed meaning: gender, ethnicity, levels, yes and no."""

import re
from enum import StrEnum

from station_app.domain.cell_text import Reading, compact, is_nothing, shown
from station_app.domain.people import Gender, Level
from station_app.domain.raw_sheet import Cell


class Replied(StrEnum):
    """Whether an opinion of an old ledger was answered."""

    YES = "yes"
    NO = "no"
    IN_PROGRESS = "in_progress"
    UNKNOWN = "unknown"


REPLIED_LABELS: dict[str, str] = {
    Replied.YES: "已回复",
    Replied.NO: "未回复",
    Replied.IN_PROGRESS: "办理中",
    Replied.UNKNOWN: "",
}

_GENDERS = {"男": Gender.MALE, "男性": Gender.MALE, "女": Gender.FEMALE, "女性": Gender.FEMALE}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The 56 ethnic groups by their names in GB/T 3304, without 族 where it can be left out.
_ETHNICITIES = _words(
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
_PARTY_WORDS = {"党员": "中共党员", "共产党员": "中共党员", "中国共产党员": "中共党员", "团员": "共青团员"}
_OUTSIDE_THE_LIST = frozenset({"穿青人", "未识别民族", "其他"})

_LEVEL_WORDS = {
    Level.NATIONAL: ("全国", "国家"),
    Level.PROVINCIAL: ("自治区", "直辖市", "省"),
    Level.CITY: ("自治州", "地级市", "设区的市", "设区市", "州", "市"),
    Level.COUNTY: ("县级市", "自治县", "市辖区", "县", "区", "旗"),
    Level.TOWNSHIP: ("民族乡", "乡镇", "乡", "镇"),
}
_LEVEL_OF = {word: level for level, words in _LEVEL_WORDS.items() for word in words}
_LEVEL_WORD = re.compile("|".join(sorted(_LEVEL_OF, key=len, reverse=True)))
_LEVEL_FILLING = re.compile(r"人民代表大会|人大代表|人民代表|人大|代表|级(?!市)|届|兼|和|及|[、,;，；/\\+.·|\-()]")

_YES = _words("√ ✓ ✔ ☑ 是 有 已 对 y yes 1 已回复 已答复 已办复 已办结 办结 已办理 已反馈 已解决 回复 答复 是的")
_NO = _words("× ✕ ✗ ✘ ☒ x 否 无 未 不 没有 n no 0 未回复 未答复 未办理 未办结 未反馈 未解决 没回复 没有回复 尚未回复")
_TICKS = _words("v ● ○ ◯ ⬤ ■ ☆ ★ ◆")
_IN_PROGRESS = re.compile(r"(?:正在)?(?:办理|处理|研究|协调|跟进|解决|推进)中?|在办|正在.+|.+中|部分(?:回复|答复|解决)")


def read_gender(cell: Cell) -> Reading[Gender]:
    """Read 男 or 女; blank is unknown."""
    if is_nothing(cell):
        return Reading(Gender.UNKNOWN)
    gender = _GENDERS.get(compact(cell))
    return Reading(gender) if gender else Reading(Gender.UNKNOWN, f"“{shown(cell)}”不是性别，请填男或女。")


def read_ethnicity(cell: Cell) -> Reading[str]:
    """Read an ethnic group: 汉 and 汉族 both give 汉族."""
    if is_nothing(cell):
        return Reading("")
    text = compact(cell)
    if text in _OUTSIDE_THE_LIST:
        return Reading(text)
    stem = text.removesuffix("族")
    if stem in _ETHNICITIES:
        return Reading(f"{stem}族")
    return Reading("", f"“{shown(cell)}”不在 56 个民族之内，请核对。")


def party_word(text: str) -> str:
    """Return how GB/T 4762 names a political status that offices shorten; anything else unchanged."""
    return _PARTY_WORDS.get(text, text)


def read_levels(cell: Cell) -> Reading[tuple[Level, ...]]:
    """Read the levels of a deputy, highest first: 县、镇; 镇人大代表; 县级; 市县镇; 全国."""
    if is_nothing(cell):
        return Reading(())
    text = _LEVEL_FILLING.sub(" ", compact(cell).replace("市(县级)", "县级市"))
    found = {_LEVEL_OF[word] for word in _LEVEL_WORD.findall(text)}
    if not found or _LEVEL_WORD.sub("", text).strip():
        return Reading((), f"“{shown(cell)}”看不出代表层级，请填全国、省、市、县、乡或镇，几级的用“、”隔开。")
    return Reading(tuple(level for level in Level if level in found))


def read_tick(cell: Cell) -> Reading[bool]:
    """Read a cell that is ticked or not: √ V ● ○ 是 1 against a blank, × 否 0 and strokes."""
    text = compact(cell).lower()
    if is_nothing(cell) or text in _NO:
        return Reading(False)
    if text in _YES or text in _TICKS:
        return Reading(True)
    return Reading(False, f"“{shown(cell)}”看不出是不是，请打“√”或留空。")


def read_replied(cell: Cell) -> Reading[Replied]:
    """Read whether something was answered: √ 是 已回复 有 / × 否 未回复 / 办理中 / blank for unknown."""
    text = compact(cell).lower().rstrip("。.!")
    if not text or text in {"/", "-", "—", "——", "不详"}:
        return Reading(Replied.UNKNOWN)
    if text in _YES:
        return Reading(Replied.YES)
    if text in _NO:
        return Reading(Replied.NO)
    if _IN_PROGRESS.fullmatch(text):
        return Reading(Replied.IN_PROGRESS)
    return Reading(Replied.UNKNOWN, f"“{shown(cell)}”看不出是否回复，请填是、否或办理中。")
