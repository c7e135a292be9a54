"""What invented voters say and invented units answer: themes with slots, read from ``resources/demo``."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from station_app.domain.events import PROMISE_GIVEN_UP_WAY, PROMISE_KEPT_WAY, PROMISE_NOT_YET_WAY
from station_app.support.paths import resource

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_GROUP_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三")
_TITLE_LENGTH = 20


@dataclass(frozen=True)
class Theme:
    """A matter that villages bring up again and again.

    Every text may hold choices ``[a|b]`` and slots ``{处}``. Each of the ``words`` is a voice with its own title.

    Args:
        aligned: whether wishes, answers of class A and answers at the table, too, belong to the voice in their place.
        where: ``village`` (anywhere) or ``town`` (only in the two neighbourhoods of the market town).
        months: months in which it is brought up; empty for all.
        county_share / village_share / spot_share / urgent: chances from 0 to 1.
        redirect: the legal channel, for a matter the station does not receive; else empty.
        answers: texts by class A to D.
    """

    key: str
    category: str
    natures: tuple[str, ...]
    titles: tuple[str, ...]
    words: tuple[str, ...]
    details: tuple[str, ...]
    wishes: tuple[str, ...]
    unit: str
    answers: dict[str, tuple[str, ...]]
    helper: str = ""
    where: str = "village"
    months: tuple[int, ...] = ()
    weight: float = 1.0
    county: str = ""
    county_share: float = 0.0
    village_share: float = 0.0
    spot: tuple[str, ...] = ()
    spot_share: float = 0.0
    urgent: float = 0.0
    redirect: str = ""
    aligned: bool = False

    def of_voice(self, rng: Random, texts: tuple[str, ...], voice: int) -> str:
        """Return the text that belongs to a voice, or any where they do not belong together."""
        return texts[voice] if self.aligned and len(texts) == len(self.words) else rng.choice(texts)

    @property
    def asks_only(self) -> bool:
        """Whether it is always a question (咨询)."""
        return set(self.natures) == {"咨询"}


@dataclass(frozen=True)
class Scene:
    """Who speaks of which place and when.

    Args:
        village: short name; ``group`` the villagers' group, 1 …, or 0.
        month: month of the year, for words such as 入夏以来.
        people: how many came.
        on_behalf_of: for whom they speak, or empty.
        deputy: a deputy speaks, of others.
        voice: which of the theme's voices speaks.
    """

    village: str
    group: int
    month: int
    people: int = 1
    on_behalf_of: str = ""
    deputy: bool = False
    voice: int = 0

    @property
    def place(self) -> str:
        """The place as people name it: 上坪村三组."""
        return f"{self.village}{group_name(self.group)}" if self.group else self.village


def group_name(group: int) -> str:
    """Return 一组 … 十三组."""
    return f"{_GROUP_NUMBERS[group - 1]}组"


@cache
def themes() -> tuple[Theme, ...]:
    """Return every theme."""
    return tuple(_theme(row) for row in json.loads(resource("demo", "themes.json").read_text(encoding="utf-8")))


def _theme(row: dict[str, Any]) -> Theme:
    texts: dict[str, Any] = {
        name: tuple(row.get(name, ())) for name in ("natures", "titles", "words", "details", "wishes", "spot")
    }
    plain = {
        name: row[name]
        for name in (
            "where",
            "weight",
            "county",
            "county_share",
            "village_share",
            "spot_share",
            "urgent",
            "redirect",
            "aligned",
        )
        if name in row
    }
    return Theme(
        key=row["key"],
        category=row["category"],
        unit=row["unit"],
        helper=row.get("help", ""),
        months=tuple(row.get("months", ())),
        answers={letter: tuple(row[letter]) for letter in "ABCD" if letter in row},
        **texts,
        **plain,
    )


def pick_theme(rng: Random, month: int, *, deputy: bool = False) -> Theme:
    """Return a theme that fits the month; a deputy brings up neither questions nor private quarrels."""
    fitting, weights = _fitting(month, deputy=deputy)
    return rng.choices(fitting, cum_weights=weights)[0]


@cache
def _fitting(month: int, *, deputy: bool) -> tuple[tuple[Theme, ...], tuple[float, ...]]:
    fitting = tuple(
        theme
        for theme in themes()
        if (not theme.months or month in theme.months)
        and not (deputy and (theme.asks_only or theme.redirect or theme.key == "neighbor"))
    )
    total = 0.0
    sums = []
    for theme in fitting:
        total += theme.weight
        sums.append(total)
    return fitting, tuple(sums)


_OF_ONESELF = ("我家", "我弟", "我们邻居", "我爱人", "我今", "我们妇女")


def pick_voice(rng: Random, theme: Theme, *, deputy: bool = False) -> int:
    """Return which of a theme's voices speaks; a deputy, who speaks of others, none that says 我家."""
    voices = range(len(theme.words))
    of_others = [index for index in voices if not any(word in theme.words[index] for word in _OF_ONESELF)]
    return rng.choice(of_others or list(voices)) if deputy else rng.choice(voices)


def fill(rng: Random, text: str, **slots: str) -> str:
    """Return ``text`` with every choice made and every slot filled."""
    chosen = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), text)
    return chosen.format(**slots) if "{" in chosen else chosen


_VOTER_OPENERS = (
    "我是{处}的。", "我住{处}，", "代表你们好。", "想反映一个事：", "这个事讲过几回了：", "替组里的人来讲一声，",
    "今天赶圩顺路来讲一下，", "看到公告讲代表今天接待，特地来的。", "本来不想麻烦你们，",
)  # fmt: skip
_DEPUTY_OPENERS = (
    "走访{村}时，群众集中反映：", "近期联系选民时了解到：", "在{处}走访，有{户}群众提到：", "入户走访中，几位老人讲：",
    "小组活动到{村}，村民代表提出：", "", "选区群众多次反映：",
)  # fmt: skip
_VOTER_WISHES = (
    "希望{愿}。", "希望{愿}。", "请代表帮忙反映，{愿}。", "能不能{愿}？", "盼着{愿}。", "请镇里{愿}。", "最好{愿}。",
)  # fmt: skip
_DEPUTY_WISHES = ("建议{愿}。", "建议镇里{愿}。", "建议有关单位{愿}。", "群众希望{愿}，建议研究。")
_LONG_PASSAGES = (
    "情况是这样的，这个事不是一天两天了，组里开会讲过，村里也到现场看过，大家都晓得难处，可是一直没有个准信。",
    "我们也晓得镇里事情多、钱也紧，不是讲明天就要办好，但总要有个人来看一看、量一量，给组里一个回话。",
    "上个月组里开户主会，大家推我来讲。要出工的我们出工，要让地方的我们自己商量好，不会给镇里添麻烦。",
    "年轻人都在外头，屋里就剩老人和小孩，碰到事情没有主心骨，所以今天特地把大家的意思带过来。",
    "我年纪大了，讲得不周到的地方请多包涵，有什么要我们配合的，随时讲一声。",
)
_SLOT_WORDS = {
    "年": ("两年", "三年", "四五年", "好几年", "七八年", "一两年"),
    "户": ("十几户", "二十多户", "三十来户", "七八户", "四十多户", "五六户"),
    "里": ("一里多", "两里多", "三里多", "四五里"),
}
_SEASONS = (
    ("入冬以来", "天冷以后", "过年前后"),
    ("开春以后", "清明前后", "这个春上"),
    ("入夏以来", "端午过后", "这段热天"),
    ("入秋以来", "中秋过后", "秋收以后"),
)


def original_words(rng: Random, theme: Theme, scene: Scene) -> str:
    """Return what is said, in the speaker's own words: 20 to 120 characters mostly, seldom up to 400."""
    parts = [_opener(rng, theme, scene), theme.words[scene.voice]]
    if theme.details and rng.random() < 0.55:
        parts.append(rng.choice(theme.details))
    if rng.random() < 0.03 and not theme.asks_only:
        passages = _LONG_PASSAGES[:2] if scene.deputy else _LONG_PASSAGES  # the others speak of the speaker's own home
        parts[2:] = [*theme.details, *rng.sample(passages, min(rng.randint(2, 4), len(passages)))]
    if rng.random() < (0.2 if theme.asks_only else 0.85):
        form = rng.choice(_DEPUTY_WISHES if scene.deputy else _VOTER_WISHES)
        parts.append(form.replace("{愿}", theme.of_voice(rng, theme.wishes, scene.voice)))
    return fill(rng, "".join(parts), **_slots(rng, scene))


def _opener(rng: Random, theme: Theme, scene: Scene) -> str:
    if scene.deputy:
        return rng.choice(_DEPUTY_OPENERS)
    if scene.on_behalf_of:
        return f"替{scene.on_behalf_of}来讲一声，"
    if scene.people > 2 and rng.random() < 0.7:
        return rng.choice(
            (f"我们{scene.people}个人一起来的，都是{{处}}的。", f"{{处}}来了{scene.people}个人，讲同一个事：")
        )
    return rng.choice(_VOTER_OPENERS) if rng.random() < (0.25 if theme.asks_only else 0.5) else ""


def _slots(rng: Random, scene: Scene) -> dict[str, str]:
    slots = {key: rng.choice(words) for key, words in _SLOT_WORDS.items()}
    season = rng.choice(_SEASONS[scene.month % 12 // 3])
    return {**slots, "时": season, "村": scene.village, "处": scene.place}


def short_title(rng: Random, theme: Theme, scene: Scene) -> str:
    """Return the clerk's title, at most 20 characters; now and then with the village before it."""
    title = fill(rng, theme.titles[scene.voice])
    named = f"{scene.village}{title}"
    named_well = scene.village.endswith("村") and "村" not in title and not title.startswith("建议")
    return named if named_well and rng.random() < 0.25 and len(named) <= _TITLE_LENGTH else title


_BEFORE_ANSWERS = (
    "",
    "",
    "",
    "经现场查看，情况属实。",
    "接到交办后即安排人员到场核实。",
    "您反映的情况收悉。",
    "经了解，",
)
_OTHER_ANSWERS = {
    "B": ("已[安排人员|列入近期工作]着手解决，{期}完成。",),
    "C": ("已列入[明年工作计划|项目储备库]，待资金落实后逐步实施，期间加强[巡查|维护]。",),
    "D": ("因[资金|条件]所限暂难实施，已[当面|电话]向反映人说明情况，留作今后工作参考。",),
}


def answer(rng: Random, theme: Theme, scene: Scene, letter: str, promised: str) -> str:
    """Return an answer of class ``letter``; ``promised`` is the date in words for texts that name one."""
    text = theme.of_voice(rng, theme.answers.get(letter) or _OTHER_ANSWERS[letter], scene.voice)
    before = "" if text.startswith(("经", "接")) else rng.choice(_BEFORE_ANSWERS)
    if before.endswith("，") and not text.startswith("已"):
        before = ""
    return fill(rng, before + text, **_slots(rng, scene), 期=promised)


def spot_answer(rng: Random, theme: Theme, scene: Scene) -> str:
    """Return what was answered at the table."""
    return fill(rng, theme.of_voice(rng, theme.spot or _GENERAL_SPOT, scene.voice))


_GENERAL_SPOT = (
    "当场电话联系有关单位，约定三日内上门处理，反映人表示认可。",
    "当场说明有关政策和办理进度，反映人表示理解。",
    "代表当场与村里沟通，村里答应本周内派人处理。",
)
PROPOSALS = {
    "village": ("属村级事务，拟交{单位}办理。", "拟请{单位}核实后办理，并在村务公开栏公示。"),
    "township": (
        "情况基本属实，拟交{单位}办理。", "拟交{单位}实地核查后办理并答复。", "群众反映较多，拟交{单位}牵头办理。",
        "拟请{单位}提出解决方案，能办的尽快办。",
    ),
    "county": (
        "超出镇级职责，拟报县人大常委会转请{单位}办理。", "涉及{单位}职能，拟以函转请县人大常委会交办。",
    ),
    "suggestion": ("涉及面广，拟转为闭会期间代表建议，由{单位}主办。", "拟由代表领衔形成代表建议提出，由{单位}主办。"),
    "redirect": ("不属受理范围，拟引导反映人向{单位}反映。",),
}  # fmt: skip
RETURN_REASONS = (
    "经核实，该事项不属本单位管理范围，建议交{单位}。", "该事项主管单位为{单位}，申请退回。", "职责不在本单位，建议改由{单位}办理。",
)  # fmt: skip
EXTENSION_REASONS = (
    "因连续降雨无法施工，申请延期。",
    "需采购材料，周期较长，申请延期。",
    "需与多户协调，申请延期。",
    "资金正在报批，申请延期。",
)
URGE_NOTES = (
    "电话催办，承办单位表示近日答复。", "电话催办，经办人外出培训，回来即办。", "当面催办，答应本周到现场。", "发催办单，要求书面答复进度。",
)  # fmt: skip
SUPERVISE_NOTES = ("主席团督办，请主要负责人过问。", "代表小组现场督办，要求明确完成时间。")
INQUIRE_NOTES = ("电话询问县人大联工委，答复正在办理。", "电话询问，承办单位已到现场勘查。", "书面询问办理进度。")
INTERIM_ANSWERS = (
    "已到现场勘查，正在编制方案。",
    "材料已采购，待天气转好施工。",
    "已会商一次，初步方案征求群众意见。",
    "已列入议程，下周研究。",
)
FEEDBACK_NOTES = ("已告知办理结果。", "已将答复内容逐条告知。", "请反映人到现场看过。", "已告知承诺事项和时间。")
DISSATISFIED_REASONS = (
    "只修了一半，另一段没有动。", "修好不到一个月又坏了。", "答复讲得笼统，没有时间。", "人来看过，实际没有做。", "处理后没有明显改善。",
)  # fmt: skip
SECOND_ANSWERS = (
    "已再次到场，对遗留部分全部处理完毕，并请反映人现场确认。", "已返工，并明确专人负责后续管护。",
    "已召集有关单位现场协调，补做到位。", "已当面说明分步实施安排，先行解决群众最急的部分。",
)  # fmt: skip
WITHDRAWALS = ("反映人撤回：问题已自行解决。", "反映人撤回：与邻居已协商好。", "反映人撤回：房屋已转让，不再要求办理。")
RESTART_REASONS = (
    "反映人再次反映同一问题重新出现。",
    "回访发现处理后问题反弹，重新启动。",
    "汛期后又出现同样问题，重新启动。",
)
VOID_REASONS = ("与前一件重复登记。", "误登记，内容属另一件。")
PROMISE_NOTES = {
    PROMISE_KEPT_WAY: ("到现场查看，已完成。", "电话核实，已按期完成。", "代表小组视察时看过，已投入使用。"),
    PROMISE_NOT_YET_WAY: ("因天气影响未完成，承办单位另定时间。", "尚在收尾，另定完成时间。"),
    PROMISE_GIVEN_UP_WAY: (
        "规划已调整，承办单位已书面说明，并告知反映人。",
        "资金未能落实，承办单位已说明，列入下年再报。",
    ),
}
REFUSAL_REASONS = ("现场已具备施工条件，请按期办结。", "离期限尚早，请先抓紧办理。")
PART_ANSWERS = ("涉及本单位的部分已办结，其余由主办单位答复。", "已到现场配合处理，本单位承担的事项已完成。")


def promise_words(day: date) -> str:
    """Return a promised day as answers say it: 2027年8月底前."""
    if (day + timedelta(days=1)).day == 1:
        return f"{day.year}年{day.month}月底前"
    return f"{day.year}年{day.month}月{day.day}日前"
