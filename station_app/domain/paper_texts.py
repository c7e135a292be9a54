"""The words of each paper: blocks of official prose with placeholders, which a station may adapt."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from station_app.domain.papers import PAPER_LABELS, PaperKind
from station_app.domain.problems import FieldProblem
from station_app.domain.text import LINE_LIMIT

TEXT_LIMIT: Final = 1000


@dataclass(frozen=True)
class PaperTexts:
    """The blocks of one kind of paper, as templates or filled in.

    Args:
        title: 标题.
        recipient: 主送, without the colon.
        opening: what stands before the matters; a line feed begins a paragraph.
        request: what stands behind them; empty for nothing.
        copies: 抄送; empty for nobody.
    """

    title: str
    recipient: str
    opening: str
    request: str = ""
    copies: str = ""


@dataclass(frozen=True)
class PaperStyle:
    """How a station writes one kind of paper.

    Args:
        used: whether it is offered.
        names: whether name and phone are printed where the matter is 公开; never otherwise. Off where a paper goes to
            a unit, on where it goes to the petitioner.
        qr: whether the return code is printed as a QR code too.
        document_number: 发文字号 as far as it is always the same, ``{年}`` for the year; empty for none.
    """

    texts: PaperTexts
    used: bool = True
    names: bool = False
    qr: bool = False
    document_number: str = ""


BLOCK_LABELS: Final = {
    "title": "标题",
    "recipient": "主送",
    "opening": "正文开头",
    "request": "正文结尾",
    "copies": "抄送",
}

NUMBER_WORDS: Final = {
    PaperKind.HAND_OVER_LIST: "交办清单",
    PaperKind.HAND_OVER: "交办单",
    PaperKind.REFERRAL: "转办函",
    PaperKind.URGING: "催办单",
    PaperKind.SUPERVISION: "督办单",
    PaperKind.OUTCOME: "反馈单",
    PaperKind.NOTICE: "告知单",
    PaperKind.UNIT_OVERVIEW: "一览函",
    PaperKind.SURVEY: "征询表",
}
"""The word before the program's own serial: 交办单 2026-021. Papers without one are not letters."""
LETTER_KINDS: Final = tuple(NUMBER_WORDS)

COMMON: Final = {
    "联络站": "联络站名称",
    "机关": "落款的机关",
    "政府": "镇、乡人民政府或街道办事处",
    "县人大": "县（市、区）人大常委会",
    "本地": "我镇、我乡、我街道",
    "受文单位": "按办理层级：镇政府、办事处、村(居)委会或县人大常委会",
    "承办单位": "具体承办单位",
    "件数": "几件",
    "编号": "意见编号；几件的写“…等几件”",
    "日期": "打印的日期",
    "联系人": "联络员",
    "电话": "联络站电话",
    "退回时限": "设置里的异议退回时限",
}
"""Placeholders that every kind knows, with what they stand for."""
_OF_ONE: Final = {"标题": "意见标题", "反映日期": "反映的日期", "反映人": "公开的写姓名，其余写“反映人”"}
PLACEHOLDERS: Final[dict[PaperKind, dict[str, str]]] = {
    PaperKind.HAND_OVER_LIST: COMMON,
    PaperKind.HAND_OVER: {**COMMON, **_OF_ONE, "期限": "办理期限", "交办日期": "交办的日期"},
    PaperKind.REFERRAL: COMMON,
    PaperKind.URGING: COMMON,
    PaperKind.SUPERVISION: COMMON,
    PaperKind.OUTCOME: {
        **COMMON,
        **_OF_ONE,
        "答复单位": "答复的单位",
        "答复日期": "答复的日期",
        "答复类别": "A、B、C、D",
    },
    PaperKind.NOTICE: {**COMMON, **_OF_ONE, "渠道": "已告知的渠道"},
    PaperKind.UNIT_OVERVIEW: {**COMMON, "超期件数": "其中超期未答复几件"},
    PaperKind.SURVEY: {
        **COMMON,
        "领衔代表": "领衔代表的姓名",
        "建议标题": "代表建议的标题",
        "建议编号": "代表建议的届次会议和编号",
        "答复单位": "答复的单位",
        "答复日期": "答复的日期",
    },
}

DEFAULT_STYLES: Final = {
    PaperKind.HAND_OVER_LIST: PaperStyle(
        PaperTexts(
            "意见建议交办清单",
            "{受文单位}",
            "现将{联络站}收集的{件数}件意见建议予以交办，请按下表所列承办单位和办理期限抓紧办理。",
            "请收到后签收并退回回执。不属承办单位职责的，请在签收后{退回时限}内书面说明理由退回。"
            "办理结果请在期限内逐件书面答复，写明办理情况、答复类别、承办人和联系电话。",
        )
    ),
    PaperKind.HAND_OVER: PaperStyle(
        PaperTexts(
            "意见建议交办单",
            "{受文单位}",
            "现将{联络站}收集的1件意见建议交由你单位办理，有关情况和要求如下。",
            "请于{期限}前办结并书面答复，写明办理情况、答复类别、承办人和联系电话。"
            "不属承办单位职责的，请在签收后{退回时限}内书面说明理由退回。",
        )
    ),
    PaperKind.REFERRAL: PaperStyle(
        PaperTexts(
            "关于转请办理群众意见建议的函",
            "{县人大}",
            "近期，{联络站}在接待选民（群众）和代表联系群众中收集到意见建议{件数}件，"
            "经研究，所涉事项需由上级有关部门办理，现转请研究处理。有关情况如下：",
            "请将交办的单位和办理结果函告我们，以便及时向群众反馈。\n专此函达，请予支持为盼。",
        )
    ),
    PaperKind.URGING: PaperStyle(
        PaperTexts(
            "意见建议催办单",
            "{受文单位}",
            "交由你单位办理的下列{件数}件意见建议，至今未收到书面答复，请督促承办单位抓紧办理。",
            "请自收到本单之日起5个工作日内书面答复；确需延期的，请在此期间书面说明理由和预计办结的时间。",
            "{承办单位}",
        )
    ),
    PaperKind.SUPERVISION: PaperStyle(
        PaperTexts(
            "意见建议督办单",
            "{受文单位}",
            "交由你单位办理的下列{件数}件意见建议，至今未收到书面答复，现予督办。",
            "请负责同志过问，自收到本单之日起5个工作日内书面报告办理情况、未按期答复的原因和办结的时间。",
            "{承办单位}",
        )
    ),
    PaperKind.OUTCOME: PaperStyle(
        PaperTexts(
            "办理情况反馈单",
            "{反映人}",
            "您于{反映日期}向{联络站}反映的意见建议，{答复单位}已作出答复，现将办理情况反馈如下。",
            "请您在下面的评价回执上评价办理情况，交回或寄回{联络站}，也可以打电话告诉我们。"
            "感谢您对代表工作的关心和支持。",
        ),
        names=True,
    ),
    PaperKind.NOTICE: PaperStyle(
        PaperTexts(
            "告知单",
            "{反映人}",
            "您于{反映日期}反映的事项，经研究，不属于代表联络站受理的范围。\n"
            "您反映的事项依法应通过{渠道}渠道反映，请向{渠道}提出。",
            "特此告知。",
        ),
        used=False,
        names=True,
    ),
    PaperKind.UNIT_OVERVIEW: PaperStyle(
        PaperTexts(
            "承办事项一览函",
            "{承办单位}",
            "截至{日期}，你单位承办的意见建议中尚有{件数}件未答复，其中超期{超期件数}件。现将有关事项函告如下：",
            "请对照办理期限抓紧办理，并书面答复；已答复或情况有出入的，请与我们核对。",
            "{政府}",
        )
    ),
    PaperKind.SURVEY: PaperStyle(
        PaperTexts(
            "代表建议办理情况征询意见表",
            "{领衔代表}代表",
            "您领衔提出的《{建议标题}》，{答复单位}已于{答复日期}作出答复。现将办理情况送上，请您审阅。",
            "请您对办理结果和办理态度作出评价，填写下表后交回或寄回{联络站}；附议代表的意见请一并写明。",
        )
    ),
}
"""The usual words, after letters of township presidiums; 告知单 is off until a station wants it."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACES = re.compile(r"[{}]")
_LIMITS: Final = {"title": 60, "recipient": LINE_LIMIT, "copies": LINE_LIMIT}
_NEEDED: Final = ("title", "recipient", "opening")


def texts_problems(kind: PaperKind, texts: PaperTexts) -> list[FieldProblem]:
    """Return what is wrong with a station's own blocks: unknown placeholders, torn braces, empty or too long text."""
    found = [_block_problem(kind, name, getattr(texts, name)) for name in BLOCK_LABELS]
    return [problem for problem in found if problem]


def _block_problem(kind: PaperKind, name: str, text: str) -> FieldProblem | None:
    label, known = BLOCK_LABELS[name], PLACEHOLDERS[kind]
    limit = _LIMITS.get(name, TEXT_LIMIT)
    if not text and name in _NEEDED:
        return FieldProblem(name, f"请填写{label}；不改的，按“恢复默认”。")
    if len(text) > limit:
        return FieldProblem(name, f"{label}有 {len(text)} 字，最多 {limit} 字。")
    if "\n" in text and name not in {"opening", "request"}:
        return FieldProblem(name, f"{label}只能有一行。")
    for placeholder in _PLACEHOLDER.findall(text):
        if placeholder not in known:
            listed = "、".join(f"{{{one}}}" for one in known)
            return FieldProblem(name, f"{PAPER_LABELS[kind]}里没有“{{{placeholder}}}”。可以用：{listed}。")
    if torn := _BRACES.search(_PLACEHOLDER.sub("", text)):
        return FieldProblem(name, f"{label}里的“{torn[0]}”没有配成一对，请写成 {{编号}} 的样子。")
    return None


def document_number_problem(text: str) -> FieldProblem | None:
    """Return why a 发文字号 cannot be used, or None; ``{年}`` is all it may hold in braces."""
    if len(text) > 40:
        return FieldProblem("document_number", f"发文字号有 {len(text)} 字，最多 40 字。")
    if _BRACES.search(text.replace("{年}", "")):
        return FieldProblem("document_number", "发文字号里只能用 {年}，例如 禾人大函〔{年}〕　号。")
    return None


def filled(texts: PaperTexts, values: Mapping[str, str]) -> PaperTexts:
    """Return blocks with every placeholder replaced; one without a value becomes nothing."""

    def fill(text: str) -> str:
        return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)

    return replace(texts, **{field.name: fill(getattr(texts, field.name)) for field in fields(texts)})


def numbers_in_words(numbers: Iterable[str]) -> str:
    """Return one 编号, or the first of several: HX-2026-0101等3件."""
    listed = list(numbers)
    return listed[0] if len(listed) == 1 else f"{listed[0]}等{len(listed)}件"
