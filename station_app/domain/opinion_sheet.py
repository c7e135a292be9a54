"""Reading an old ledger of opinions (意见台账) row by row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from station_app.domain.cell_dates import read_date
from station_app.domain.cell_masks import is_cut, is_masked_name, is_masked_phone
from station_app.domain.cell_names import Petitioner, read_names, read_people, read_petitioner
from station_app.domain.cell_numbers import read_phones
from station_app.domain.cell_places import is_village, read_village
from station_app.domain.cell_text import compact, read_line, read_words
from station_app.domain.cell_words import REPLIED_LABELS, Replied, read_gender, read_replied
from station_app.domain.header_search import find_table
from station_app.domain.people import GENDER_LABELS, Gender
from station_app.domain.progress import STATE_LABELS, State
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.row_cells import RowCells
from station_app.domain.row_verdicts import CellProblem, row_digest, short_digest
from station_app.domain.sheet_form import SheetForm, TemplateColumn
from station_app.domain.sheet_mapping import Field, SheetMapping, SkippedRow
from station_app.domain.table_rows import table_rows
from station_app.domain.text import LINE_LIMIT, WORDS_LIMIT
from station_app.domain.visit_sheet import said_key

OPINION_FIELDS = (
    Field("index", "序号", ("序号", "序", "no", "no.")),
    Field("uid", "记录标识", ("uid", "记录标识", "唯一标识")),
    Field("number", "编号", ("编号", "意见编号", "登记号", "登记编号", "件号", "建议编号", "受理编号")),
    Field(
        "raised_on",
        "提出日期",
        (
            "提出日期", "提出时间", "接待日期", "日期", "时间", "反映时间", "反映日期", "登记日期", "登记时间", "接待时间", "收集时间",
            "来访日期", "来访时间", "收集日期",
        ),
    ),
    Field(
        "petitioner",
        "提出人",
        (
            "提出人", "反映人", "姓名", "选民姓名", "群众姓名", "选民群众姓名", "选民", "提出人姓名", "反映人姓名", "来访人",
            "来访人姓名", "选民(群众)姓名", "群众", "来访群众",
        ),
    ),
    Field("gender", "性别", ("性别",), labels={code.value: word for code, word in GENDER_LABELS.items()}),
    Field("people", "人数", ("人数", "来访人数", "反映人数")),
    Field(
        "phone",
        "联系电话",
        (
            "联系电话", "提出人联系方式", "联系方式", "电话", "手机", "手机号码", "手机号", "提出人电话", "反映人电话", "提出人联系电话",
            "反映人联系方式", "来访人电话", "选民电话", "群众电话",
        ),
    ),
    Field("address", "住址", ("住址", "地址", "家庭住址", "详细住址", "提出人住址", "反映人住址", "居住地")),
    Field("place", "提出地点", ("提出地点", "接待地点", "收集地点", "来访地点", "反映地点", "地点")),
    Field("channel", "来源渠道", ("来源渠道", "渠道", "提出方式", "反映渠道", "收集方式", "反映方式", "来源方式", "收集渠道", "方式")),
    Field(
        "receivers",
        "接收代表",
        ("接收代表", "接待代表", "接待人", "接收人", "收集代表", "接待人员", "受理人", "代表", "代表姓名", "接收人姓名", "接访代表"),
    ),
    Field(
        "handled_by",
        "接收机构",
        ("接收代表所属机构", "接收机构", "所属机构", "所属联络站", "受理机构", "受理单位", "接收单位", "联络站", "所属站点"),
    ),
    Field(
        "words",
        "反映内容",
        (
            "反映内容", "意见内容", "反映内容原话", "意见建议内容", "内容", "意见建议", "反映事项", "意见", "建议内容", "反映问题",
            "主要内容", "诉求内容", "意见和建议", "反映的问题", "意见、建议内容", "反映情况", "群众意见",
            "反映问题及建议", "反映的问题及建议", "问题及建议", "问题和建议", "意见建议及诉求", "具体内容",
        ),
    ),
    Field("category", "类别", ("类别", "意见类别", "分类", "问题类别", "类型", "意见类型")),
    Field("nature", "性质", ("性质", "诉求性质", "意见性质")),
    Field("village", "村（居）", ("村居", "意见地点", "村(居)", "村", "所在村", "涉及村", "涉及地点", "所属村居", "问题地点", "村社区", "涉及村居", "企业(楼栋)", "车间(部门)", "会员单位")),
    Field("unit", "承办单位", ("承办单位", "办理单位", "责任单位", "主办单位", "交办单位", "转办单位")),
    Field("replied", "是否回复", ("是否回复", "是否答复", "回复情况", "是否办结", "是否反馈", "办理状态", "是否已回复", "办理进度", "答复与否"), labels=REPLIED_LABELS),
    Field("answer", "办理结果", ("办理结果", "答复内容", "办理情况", "答复情况", "处理结果", "回复内容", "处理情况", "当场答复情况", "办理答复情况")),
    Field("remark", "备注", ("备注", "说明", "备考")),
)  # fmt: skip
_TEMPLATE = (
    TemplateColumn("index", "", "", width=7),
    TemplateColumn("number", "旧台账的编号，可以不填", "2024-008", width=12),
    TemplateColumn("raised_on", "年-月-日，如 2024-03-05", "2024-03-05", width=13),
    TemplateColumn("petitioner", "姓名；匿名填“匿名”", "王小福", width=12),
    TemplateColumn("gender", "男或女", "男", ("男", "女"), width=7),
    TemplateColumn("people", "来了几人", "1", width=7),
    TemplateColumn("phone", "11 位手机或带区号的座机；没有填“无”", "14000000002", width=14),
    TemplateColumn("place", "在哪里提出的", "联络站", width=14),
    TemplateColumn("receivers", "几位的用“、”隔开", "张明、李芳", width=14),
    TemplateColumn("words", "反映的原话", "村口的路灯坏了两盏，晚上看不见路。", width=40),
    TemplateColumn("category", "与设置里的类别一致", "基础设施", width=12),
    TemplateColumn("village", "意见涉及的村或社区；全镇的不填", "竹坑村", width=12),
    TemplateColumn("unit", "由哪个单位办理", "镇城建办", width=14),
    TemplateColumn("replied", "是、否或办理中", "是", ("是", "否", "办理中"), width=9),
    TemplateColumn("answer", "怎样答复的", "已更换灯泡。", width=24),
    TemplateColumn("remark", "可以不填", "", width=14),
)
OPINION_FORM = SheetForm(
    "意见台账",
    OPINION_FIELDS,
    required=("words",),
    entry=("words", "petitioner", "raised_on"),
    template=_TEMPLATE,
)
_TITLES = {known.key: known.title for known in OPINION_FIELDS}

# Where an opinion was raised tells the channel of domain.md, as far as it tells anything; first match wins.
_CHANNELS = (
    (re.compile(r"上门服务"), "上门服务"),
    (re.compile(r"走访|上门|入户|下村|进村"), "走访"),
    (re.compile(r"流动|集市|圩日|接待点"), "流动接待"),
    (re.compile(r"日常来访|来访"), "日常来访"),
    (re.compile(r"联络站|代表之家|联络室|联络点|接待日|接待室|站内"), "接待日"),
    (re.compile(r"网格"), "网格"),
    (re.compile(r"电话|来电"), "电话"),
    (re.compile(r"微信|QQ|网络|线上|扫码"), "微信群"),
    (re.compile(r"意见箱|信箱|来信"), "意见箱"),
    (re.compile(r"调研|视察|座谈"), "调研视察"),
    (re.compile(r"代表提出|代表反映"), "代表提出"),
)
OTHER_CHANNEL = "其他"

_OWN_TITLE = "答复日期及类别"  # of our own ledger, and of no other
LEDGER_NOTES = frozenset(
    {"紧急", "当场答复", "并案", *(STATE_LABELS[state] for state in (State.REDIRECTED, State.ENDED, State.VOID))}
)
"""What our own ledger adds to the remark of a matter."""
_PLAIN = (
    "number", "raised_on", "phone", "address", "place", "channel", "handled_by", "words", "category", "nature",
    "village", "unit", "answer", "remark",
)  # fmt: skip


@dataclass(frozen=True)
class OpinionRow:
    """One opinion as the old ledger tells.

    Args:
        row_number: 1-based, as in Excel.
        number: 编号 as in the sheet (``2024-008``, ``6``); a label, the program gives its own.
        raised_on: ISO date.
        petitioner: name, anonymous or not, number of people; ``masked`` when the name is hidden (张某).
        phone: digits, or empty; ``no_phone`` when the sheet says 无.
        place / channel: where, as written, and the channel it tells (其他 when it tells none).
        receivers: names, as written: deputies, or 代表小组.
        handled_by: the organ of the receivers.
        words: as typed.
        village: known name, or as written; empty for 全镇.
        keys: identity keys (`opinion_keys`).
        digest, problems, notices, uid: as in `RosterRow`.
        columns: keys of the fields the sheet has.
    """

    row_number: int
    number: str
    raised_on: str
    petitioner: Petitioner
    masked: bool
    gender: Gender
    phone: str
    no_phone: bool
    address: str
    place: str
    channel: str
    receivers: tuple[str, ...]
    handled_by: str
    words: str
    category: str
    nature: str
    village: str
    unit: str
    replied: Replied
    answer: str
    remark: str
    keys: tuple[str, ...]
    digest: str
    columns: frozenset[str] = frozenset()
    problems: tuple[CellProblem, ...] = ()
    notices: tuple[CellProblem, ...] = ()
    uid: str = ""

    @property
    def label(self) -> str:
        """The petitioner's name."""
        return self.petitioner.name

    @property
    def notes(self) -> str:
        """What the visit itself says besides its columns."""
        return f"接收机构：{self.handled_by}" if self.handled_by else ""

    @property
    def values(self) -> dict[str, str]:
        """Canonical text of every field the sheet has a column for; what an import remembers."""
        values = {key: str(getattr(self, key)) for key in _PLAIN}
        values |= {
            "petitioner": "" if self.masked else self.petitioner.name,
            "words": "" if is_cut(self.words) else self.words,
            "people": str(self.petitioner.people),
            "gender": "" if self.gender is Gender.UNKNOWN else self.gender.value,
            "receivers": "、".join(self.receivers),
            "replied": "" if self.replied is Replied.UNKNOWN else self.replied.value,
        }
        told = set(self.columns)
        if "place" in told:
            told |= {"channel"} | ({"village"} if self.village else set())
        if "petitioner" in told and self.petitioner.people > 1:  # a single name does not say that nobody else came
            told.add("people")
        return {key: text for key, text in values.items() if key in told}


@dataclass(frozen=True)
class OpinionSheet:
    """A ledger read whole: how it was understood, its rows, and the rows that are none."""

    mapping: SheetMapping
    rows: tuple[OpinionRow, ...]
    skipped: tuple[SkippedRow, ...]


def read_opinions(
    sheets: Sequence[RawSheet],
    today: date,
    villages: Iterable[str] = (),
    *,
    keep_addresses: bool = False,
) -> OpinionSheet:
    """Read the ledger of opinions among ``sheets``.

    Args:
        today: opinions raised later are problems.
        villages: names the station knows.
        keep_addresses: off, as domain.md asks for the minimum of personal data.

    Raises:
        InvalidInput: no worksheet holds such a ledger (field ``sheet``).
    """
    sheet, mapping = find_table(sheets, OPINION_FORM.fields, OPINION_FORM.required)
    return read_opinion_table(sheet, mapping, today, villages, keep_addresses=keep_addresses)


def read_opinion_table(
    sheet: RawSheet,
    mapping: SheetMapping,
    today: date,
    villages: Iterable[str] = (),
    *,
    keep_addresses: bool = False,
) -> OpinionSheet:
    """Read the ledger in a worksheet whose columns are known; the other arguments are those of `read_opinions`."""
    data, skipped = table_rows(sheet, mapping, OPINION_FORM.entry)
    names = tuple(villages)
    rows: list[OpinionRow] = []
    seen: dict[str, int] = {}
    for row in data:
        cells = RowCells(row, _TITLES)
        rows.append(_read_row(cells, today, names, keep_addresses, seen))
    return OpinionSheet(mapping, tuple(rows), skipped)


def opinion_keys(number: str, raised_on: str, petitioner: str, words: str) -> tuple[str, ...]:
    """Return the identity keys of an opinion, strongest first.

    The first takes number, date, name and words; the others leave one out, so that a corrected cell is a change and
    no new opinion. Without a name, date and words alone say too little: two people may ask for the same lamp.
    """
    said = short_digest(re.sub(r"[\s，。！？、,.!?]", "", words))
    keys = [f"all|{number}|{raised_on}|{petitioner}|{said}"]
    if number:
        keys += [f"date|{number}|{raised_on}|{petitioner}", f"number|{number}|{petitioner}|{said}"]
    if petitioner:
        keys.append(f"said|{raised_on}|{petitioner}|{said}")
    return tuple(keys)


def channel_of(place: str) -> str:
    """Return the channel a place or way tells: 上门走访 → 走访, 圩镇流动接待点 → 流动接待, 联络站 → 接待日, else 其他."""
    return next((channel for pattern, channel in _CHANNELS if pattern.search(place)), OTHER_CHANNEL)


def _read_row(
    cells: RowCells, today: date, villages: Sequence[str], keep_addresses: bool, seen: dict[str, int]
) -> OpinionRow:
    raised_on = _raised_on(cells, today)
    petitioner = _petitioner(cells)
    words = cells.take("words", read_words(cells["words"], WORDS_LIMIT))
    if not words and not cells.has_problem("words"):
        cells.problem("words", "没有填写。")
    hidden = is_masked_phone(cells["phone"])
    if hidden:
        cells.notice("phone", "号码是隐去的，已登记的号码不改动。")
    phones = () if hidden else cells.take("phone", read_phones(cells["phone"]))
    if len(phones) > 1:
        cells.notice("phone", f"有 {len(phones)} 个号码，只登记第一个。")
    place = cells.line("place")
    address = cells.line("address")
    number = cells.line("number")
    _compare_years(cells, number, raised_on)
    keys = opinion_keys(number, raised_on, petitioner.name, words)
    masked = is_masked_name(cells["petitioner"])
    if masked and number:  # the number tells more than what is left of the name
        keys = (*keys, said_key(number, raised_on, words))
    if words and keys[0] in seen:
        cells.problem("words", f"与第 {seen[keys[0]]} 行的编号、日期、提出人和内容都相同，重复了。")
    if words:  # what could not be read is not compared
        seen.setdefault(keys[0], cells.row.number)
    return OpinionRow(
        row_number=cells.row.number,
        number=number,
        raised_on=raised_on,
        petitioner=petitioner,
        masked=masked,
        gender=cells.take("gender", read_gender(cells["gender"])),
        phone=phones[0] if phones else "",
        no_phone=not phones and not hidden and not cells.has_problem("phone"),
        address=address if keep_addresses else "",
        place=place,
        channel=channel_of(cells.line("channel") or ("" if is_village(place, villages) else place)),
        receivers=cells.take("receivers", read_names(cells["receivers"])),
        handled_by=cells.line("handled_by"),
        words=words,
        category=cells.line("category"),
        nature=cells.line("nature"),
        village=_village(cells, villages, place),
        unit=cells.line("unit"),
        replied=cells.take("replied", read_replied(cells["replied"])),
        answer=cells.take("answer", read_words(cells["answer"], WORDS_LIMIT)),
        remark=_remark(cells),
        keys=keys,
        digest=row_digest(cells.row),
        columns=cells.row.mapping.keys,
        problems=tuple(cells.problems),
        notices=tuple(cells.notices),
        uid=compact(cells["uid"]),
    )


def _remark(cells: RowCells) -> str:
    """Return the remark; what our own ledger adds to it tells the state of the matter and is none."""
    remark = cells.line("remark")
    if not any(column.title == _OWN_TITLE for column in cells.row.mapping.columns):
        return remark
    return "；".join(part for part in remark.split("；") if part not in LEDGER_NOTES)


def _raised_on(cells: RowCells, today: date) -> str:
    raised_on = cells.take("raised_on", read_date(cells["raised_on"]))
    if not raised_on and not cells.has_problem("raised_on"):
        cells.problem("raised_on", "没有填写。")
    elif raised_on > today.isoformat():
        cells.problem("raised_on", f"{raised_on} 在今天之后，请核对。")
    return raised_on


def _petitioner(cells: RowCells) -> Petitioner:
    petitioner = cells.take("petitioner", read_petitioner(cells["petitioner"]))
    people = cells.take("people", read_people(cells["people"]))
    return petitioner if people is None else replace(petitioner, people=people)


def _village(cells: RowCells, villages: Sequence[str], place: str) -> str:
    """Return the village the matter is about; without such a column, the one it was raised in."""
    if "village" in cells.row.mapping.keys:
        return cells.take("village", read_line(read_village(cells["village"], villages), LINE_LIMIT))
    return place if is_village(place, villages) else ""


def _compare_years(cells: RowCells, number: str, raised_on: str) -> None:
    """Point out a number of another year than the date: one of the two may be a slip of the pen."""
    year = re.match(r"(?:19|20)\d{2}(?!\d)", number)
    if year and raised_on and year[0] != raised_on[:4]:
        cells.notice("number", f"“{number}”的年份与提出日期 {raised_on} 不一致，按提出日期登记。")
