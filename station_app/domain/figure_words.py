"""Titles and written definitions of the figures."""

from station_app.domain.events import SATISFACTION_LABELS, Satisfaction
from station_app.domain.opinion import SOURCE_LABELS
from station_app.domain.people import Level, level_label
from station_app.domain.progress import disposition_labels
from station_app.domain.station import StationProfile

BLANK = "未填"
"""What stands in a table for a value nobody typed."""

CLOSING_TITLE = "期末在办"
"""Stands in the workbooks of reported summaries, where the matters behind it are read from again: never changed."""

_NEW = "本期新收（按提出日期，不含作废和不计件的性质）"

_WORDS: dict[str, tuple[str, str, str]] = {
    # key: title, unit, definition
    "held": ("接待次数", "次", "本期已开展（含正在接待）的接待日，一个接待日计一次。"),
    "held.market": ("其中：逢{market}", "次", "本期已开展的接待日中，逢{market}的。"),
    "held.mobile": ("其中：流动接待", "次", "本期已开展的接待日中，流动接待的。"),
    "held.joint": ("其中：联合接待", "次", "本期已开展的接待日中，与部门联合接待的。"),
    "attended": ("代表进站", "人次", "本期已开展的接待日签到的代表，同一代表同一天计一次。"),
    "visits": ("接待群众批次", "批", "本期登记的接待，按来访日期；来源渠道设为不计接待的除外。"),
    "people": ("接待群众人次", "人次", "上述接待登记的人数之和。"),
    "received": ("收集意见建议", "件", _NEW + "的意见建议。"),
    "uncounted": ("另有不计件事项", "件", "本期提出、性质设为不计件（如咨询）的事项，不在其他任何数字之内。"),
    "received.merged": ("并案后事项数", "件", "本期新收的意见建议，期末已并案的合为一件；并案不减少件数，只供参考。"),
    "received.closed": ("本期新收已办结", "件", "本期新收、期末状态为办结的，不含引导和终止。"),
    "received.redirected": ("本期新收已引导", "件", "本期新收、期末状态为不属受理范围(引导)的。"),
    "opening": ("期初在办", "件", "期初前一日终了时，已提出而未办结、未引导、未终止的。"),
    "restarted": ("本期重新启动", "件", "本期重新启动的，按重新启动日期；同一件重新启动两次计两次。"),
    "redirected": ("本期引导", "件", "本期引导至法定渠道的，按引导日期，含以前提出的。"),
    "ended": ("本期终止", "件", "本期因撤回或转法定渠道终止的，按终止日期。"),
    "closed": ("本期办结", "件", "本期办结的，按办结日期，不含引导和终止；重新启动后再次办结的再计一次。"),
    "closing": (CLOSING_TITLE, "件", "期末终了时，已提出而未办结、未引导、未终止的。"),
    "closing.overdue": (
        "其中：超期未答复",
        "件",
        "期末在办中，承办单位有办理期限、期限已过而未答复的；县级事项不在内。",
    ),
    "closing.follow_up_full": (
        "其中：满跟踪期",
        "件",
        "期末在办中，转县级办理、跟踪期已满而未答复的；无法定时限，只作提醒。",
    ),
    "handed": ("交办", "件次", "本期交办（村(居)、{tier}、代表建议承办单位），按交办日期；重新交办再计一次。"),
    "sent_up": ("转办", "件次", "本期报{county}人大转办，按报送日期。"),
    "urged": ("催办", "件次", "本期催办、督办，按日期。"),
    "inquired": ("询问办理情况", "件次", "本期向{county}级询问办理情况，按日期。"),
    "answered": ("答复", "件次", "本期答复（含当场答复），按答复日期；重新办理后再次答复的再计一次。"),
    "answered.in_time": ("按期答复", "件次", "本期答复中有办理期限、在期限内的。"),
    "answered.late": ("逾期答复", "件次", "本期答复中有办理期限、晚于答复时有效期限的。"),
    "answered.fed_back": ("答复后已反馈", "件次", "本期答复中，期末已向反映人反馈的。"),
    "fed_back": ("反馈", "件次", "本期反馈，按反馈日期。"),
    "rated": ("评价", "件次", "本期评价，按评价日期；未评价不在内。"),
    "rating": ("已评价", "件", "最近一次评价在本期的事项，每件只取最近一次；未评价不在内。"),
    "rate.closed": ("本期新收办结率", "%", "本期新收且期末已办结 ÷（本期新收 − 其中引导）。"),
    "rate.closed_year": ("本年累计办结率", "%", "1月1日以来新收且期末已办结 ÷（新收 − 其中引导）。"),
    "rate.closed_term": ("本届累计办结率", "%", "本届以来新收且期末已办结 ÷（新收 − 其中引导）。"),
    "rate.content": ("满意率（含基本满意）", "%", "（满意 + 基本满意）÷ 已评价。"),
    "rate.satisfied": ("满意（不含基本满意）", "%", "满意 ÷ 已评价。"),
    "rate.in_time": ("按期答复率", "%", "按期答复 ÷（按期答复 + 逾期答复）。"),
    "rate.fed_back": ("反馈率", "%", "答复后已反馈 ÷ 本期答复。"),
    "suggested": ("代表建议交办", "件", "首次交办在本期、期末仍按代表建议（议案）办理的。"),
    "rate.met": ("代表建议见面率", "%", "上述代表建议中，期末承办单位已与代表面商的 ÷ 代表建议交办。"),
    "rate.suggestion_answered": ("代表建议答复率", "%", "上述代表建议中，期末已答复的 ÷ 代表建议交办。"),
    "rate.suggestion_content": (
        "代表建议满意率",
        "%",
        "（满意 + 基本满意）÷ 已评价，只算代表建议，按对办理结果的最近一次评价。",
    ),
    "promised": ("承诺到期", "件", "答复承诺的日期在本期的事项。"),
    "promised.kept": ("其中：已兑现", "件", "承诺日期在本期、期末已核实兑现的。"),
}

_PARTS: dict[str, tuple[str, str]] = {
    # dimension: unit, definition
    "received.source": ("件", _NEW + "中，来源为“{label}”的。"),
    "received.nature": ("件", _NEW + "中，诉求性质为“{label}”的。"),
    "received.category": ("件", _NEW + "中，类别为“{label}”的。"),
    "received.village": ("件", _NEW + "中，{village}为“{label}”的。"),
    "received.channel": ("件", _NEW + "中，来源渠道为“{label}”的。"),
    "received.disposition": ("件", _NEW + "中，期末处理方式为“{label}”的。"),
    "received.closed.category": ("件", "本期新收、期末已办结的，类别为“{label}”的。"),
    "closed.age": ("件", "本期办结中，{label}的。"),
    "assigned.unit": ("件次", "本期交办、转办，主办单位为“{label}”的。"),
    "answered.unit": ("件次", "本期答复，主办单位为“{label}”的。"),
    "closing.unit": ("件", "期末办理中（已交办而未答复），主办单位为“{label}”的。"),
    "closing.overdue.unit": ("件", "期末超期未答复，主办单位为“{label}”的。"),
    "rating.result": ("件", "最近一次评价在本期、评价为“{label}”的。"),
    "attended.level": ("人次", "代表进站人次中，以{label}代表身份参加的。"),
    "attended.deputy": ("人次", "代表进站人次中，{label}的。"),
    **{
        f"{work}.age": ("件次", f"本期{_WORDS[work][0]}中，{{label}}事项的。")
        for work in ("handed", "sent_up", "urged", "inquired", "answered", "fed_back", "rated")
    },
}

AGES = {"new": "本期新收", "earlier": "以前结转"}
WHOLES: dict[str, str] = {
    **{dimension: dimension.rpartition(".")[0] for dimension in _PARTS if dimension != "closing.unit"},
    "assigned.unit": "handed+sent_up",
}
"""The whole that the parts of a dimension must sum to; what is not with a unit is left out of ``closing.unit``."""

_BLANKS = {"answered.unit": "联络站（当场答复）", "assigned.unit": "未定", "closing.unit": "未定"}


class FigureWords:
    """The words of one station's figures.

    Args:
        profile: the station; it gives 圩日, 镇级, 县 and 全镇/其他.
    """

    def __init__(self, profile: StationProfile) -> None:
        self._village_word = profile.village_word
        self._words = {"market": profile.market_word, "tier": profile.tier_word, "county": profile.county_word}
        self._labels: dict[str, dict[str, str]] = {
            "received.source": {source.value: label for source, label in SOURCE_LABELS.items()},
            "received.disposition": {key.value: label for key, label in disposition_labels(profile).items()},
            "received.village": {"": profile.whole_place},
            "rating.result": {
                key.value: SATISFACTION_LABELS[key] for key in Satisfaction if key is not Satisfaction.UNRATED
            },
            "attended.level": {level.value: level_label(level, profile.organ_kind) for level in Level},
        }

    def figures(self) -> tuple[str, ...]:
        """Return the keys of all figures but the parts, in the order of papers."""
        return tuple(_WORDS)

    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions figures are parted by."""
        return tuple(_PARTS)

    def of(self, key: str) -> tuple[str, str, str]:
        """Return title, unit and definition of the figure ``key``."""
        title, unit, definition = _WORDS[key]
        return title.format(**self._words), unit, definition.format(**self._words)

    def of_part(self, dimension: str, part: str, label: str = "") -> tuple[str, str, str]:
        """Return title, unit and definition of one part of a dimension, e.g. 交通 of ``received.category``."""
        unit, definition = _PARTS[dimension]
        label = label or self.label(dimension, part)
        return label, unit, definition.replace("{label}", label).replace("{village}", self._village_word)

    def label(self, dimension: str, part: str) -> str:
        """Return the Chinese label of a part."""
        if dimension.endswith(".age"):
            return AGES[part]
        return self._labels.get(dimension, {}).get(part) or part or _BLANKS.get(dimension, BLANK)

    def fixed_parts(self, dimension: str) -> tuple[str, ...]:
        """Return the parts that a table always shows, zero or not, in its order; empty for free lists."""
        if dimension.endswith(".age"):
            return tuple(AGES)
        return tuple(part for part in self._labels.get(dimension, {}) if part)
