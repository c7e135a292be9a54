"""Reading a roster (代表花名册) row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from station_app.domain.cell_dates import read_month
from station_app.domain.cell_masks import is_masked_phone
from station_app.domain.cell_names import read_name
from station_app.domain.cell_numbers import read_id_number, read_phones
from station_app.domain.cell_places import Place, find_place, known_village
from station_app.domain.cell_text import compact, is_nothing
from station_app.domain.cell_words import party_word, read_ethnicity, read_gender, read_levels, read_tick
from station_app.domain.header_search import find_table
from station_app.domain.name_asides import NameCell, read_name_cell
from station_app.domain.people import GENDER_LABELS, Deputy, Gender, Level, level_label
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.roster_mandates import (
    end_in_remark,
    level_of_heading,
    mandate_values,
    mandates_of,
    term_of_heading,
)
from station_app.domain.row_cells import RowCells
from station_app.domain.row_verdicts import CellProblem, row_digest
from station_app.domain.sheet_form import SheetForm, TemplateColumn
from station_app.domain.sheet_mapping import DataRow, Field, SheetMapping, SkippedRow
from station_app.domain.table_rows import table_rows

ROSTER_FIELDS = (
    Field("index", "序号", ("序号", "编号", "序", "no", "no.", "排序号")),
    Field("uid", "记录标识", ("uid", "记录标识", "唯一标识")),
    Field("name", "姓名", ("姓名", "代表姓名", "名字", "代表", "人大代表姓名", "代表名单")),
    Field("gender", "性别", ("性别",), labels={code.value: word for code, word in GENDER_LABELS.items()}),
    Field("ethnicity", "民族", ("民族", "族别")),
    Field("birth_month", "出生年月", ("出生年月", "出生日期", "出生年月日", "出生", "生日", "出生时间")),
    Field("party", "政治面貌", ("政治面貌", "党派", "党派团体", "面貌", "所属党派")),
    Field("education", "学历", ("学历", "文化程度", "学历学位", "文化")),
    Field(
        "post",
        "工作单位及职务",
        (
            "工作单位及职务", "工作单位和职务", "单位职务", "单位及职务", "工作单位职务", "工作单位", "职务", "职业",
            "单位", "现任职务", "所在单位及职务", "单位和职务", "工作单位、职务",
        ),
    ),
    Field(
        "levels",
        "代表层级",
        (
            "代表层级", "代表阶层", "层级", "层次", "代表层次", "代表级别", "级别", "代表类别", "代表身份", "代表阶层层次",
            "哪级代表", "几级代表",
        ),
        labels={level: level_label(level) for level in Level},
    ),
    Field("level_national", "全国代表", ("全国", "全国代表", "全国人大", "全国人大代表", "全国级")),
    Field("level_provincial", "省代表", ("省", "省级", "省代表", "省人大", "省人大代表", "自治区", "自治区代表", "省级代表")),
    Field("level_city", "市代表", ("市", "市级", "市代表", "市人大", "市人大代表", "设区的市", "市级代表", "州")),
    Field("level_county", "县代表", ("县", "县级", "县代表", "县人大", "县人大代表", "县级代表", "区", "区级", "区代表", "区人大代表")),
    Field(
        "level_township",
        "镇代表",
        ("镇", "镇级", "镇代表", "镇人大", "镇人大代表", "镇级代表", "乡", "乡级", "乡代表", "乡人大代表", "乡镇", "乡镇级", "乡镇代表"),
    ),
    Field("terms", "届次", ("届次", "届别", "代表届次", "当选届次")),
    Field(
        "constituencies",
        "选区（选举单位）",
        ("选区", "选区选举单位", "选举单位", "所在选区", "当选选区", "选区名称", "选区号", "选区/选举单位"),
    ),
    Field("card_numbers", "代表证号", ("代表证号", "代表证编号", "证号", "代表证号码", "证件编号")),
    Field(
        "phone",
        "联系电话",
        (
            "联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "移动", "移动电话", "联系手机", "手机电话",
            "联系号码", "本人电话",
        ),
        second="phone2",
    ),
    Field(
        "phone2",
        "备用电话",
        ("备用电话", "电信", "联通", "第二电话", "其他电话", "电话2", "固定电话", "办公电话", "座机", "宅电", "备用号码", "广电"),
    ),
    Field("id_number", "身份证号", ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号码", "身份号码")),
    Field("address", "住址", ("住址", "详细住址", "家庭住址", "地址", "居住地址", "通讯地址", "家庭地址", "现住址", "居住地", "联系地址")),
    Field("village", "所在村（居）", ("所在村", "村", "所在村居", "村居", "所属村", "所属村居", "村社区", "所在村社区")),
    Field("groups", "代表小组", ("代表小组", "小组", "所在小组", "所属小组", "编组", "代表编组", "所在代表小组")),
    Field("contact_villages", "联系村（居）", ("联系村居", "联系村", "挂点村", "联系村社区", "联系村组", "联系村/居")),
    Field("skills", "专长", ("专长", "特长", "专业特长", "业务专长", "技能")),
    Field("languages", "语言、方言", ("语言、方言", "语言方言", "语言", "方言", "掌握语言", "使用语言")),
    Field("remark", "备注", ("备注", "说明", "备考")),
)  # fmt: skip
_TEMPLATE = (
    TemplateColumn("index", "", "", width=7),
    TemplateColumn("name", "一人一行", "欧阳小满", width=12),
    TemplateColumn("gender", "男或女", "女", ("男", "女"), width=7),
    TemplateColumn("ethnicity", "如 汉族、畲族", "汉族", width=10),
    TemplateColumn("birth_month", "年-月，如 1978-05", "1978-05", width=12),
    TemplateColumn("party", "如 中共党员、群众", "中共党员", ("中共党员", "群众", "民主党派", "无党派人士"), width=12),
    TemplateColumn("education", "如 大专", "大专", ("小学", "初中", "高中", "中专", "大专", "本科", "研究生"), width=9),
    TemplateColumn("post", "单位全称和职务", "竹坑村党总支书记", width=24),
    TemplateColumn(
        "levels", "全国、省、市、县、镇，几级的用“、”隔开", "县、镇", ("全国", "省", "市", "县", "镇"), width=14
    ),
    TemplateColumn("terms", "与层级一一对应", "第十七届、第十八届", width=18),
    TemplateColumn("constituencies", "与层级一一对应", "第三选区、第五选区", width=18),
    TemplateColumn("card_numbers", "与层级一一对应", "X0103、Z0025", width=16),
    TemplateColumn("phone", "11 位手机或带区号的座机", "14000000001", width=14),
    TemplateColumn("phone2", "可以不填", "", width=14),
    TemplateColumn("village", "村或社区的全称", "竹坑村", width=12),
    TemplateColumn("remark", "可以不填", "", width=16),
)
_ELSEWHERE = "代表小组和联系村(居)不在这里登记，请在“编组”里导入同一张表。"
ROSTER_FORM = SheetForm(
    "代表花名册",
    ROSTER_FIELDS,
    required=("name",),
    entry=("name",),
    template=_TEMPLATE,
    asides={
        "groups": _ELSEWHERE,
        "contact_villages": _ELSEWHERE,
        "id_number": "身份证号只用来分清同名的人，不登记。",
        "address": "住址只用来认出所在村(居)，不登记。",
    },
)
_LEVEL_OF_TICKS = {f"level_{level.value}": level for level in Level}
_TITLES = {known.key: known.title for known in ROSTER_FIELDS}


@dataclass(frozen=True)
class RosterRow:
    """One deputy as the roster sheet tells.

    Args:
        row_number: 1-based, as in Excel.
        deputy: draft with mandates; ``village`` is a name (``village_id`` stays None), ID number and address are
            empty unless they were asked for.
        village_group: number of the villagers' group in the address, or None.
        groups / contact_villages: names of the deputies' groups and of the villages in contact, as written.
        values: canonical text of every field the sheet has a column for; what an import remembers.
        keys: identity keys (`roster_keys`).
        digest: of the row as written.
        problems: why the row cannot be imported.
        notices: worth knowing, does not keep the row from being imported.
        uid: of our own export, or empty.
    """

    row_number: int
    deputy: Deputy
    village_group: int | None
    groups: tuple[str, ...]
    contact_villages: tuple[str, ...]
    values: Mapping[str, str]
    keys: tuple[str, ...]
    digest: str
    problems: tuple[CellProblem, ...] = ()
    notices: tuple[CellProblem, ...] = ()
    uid: str = ""

    @property
    def label(self) -> str:
        """The name."""
        return self.deputy.name


@dataclass(frozen=True)
class RosterSheet:
    """A roster read whole: how it was understood, its rows, and the rows that are none."""

    mapping: SheetMapping
    rows: tuple[RosterRow, ...]
    skipped: tuple[SkippedRow, ...]


def read_roster(
    sheets: Sequence[RawSheet],
    villages: Iterable[str] = (),
    *,
    keep_id_numbers: bool = False,
    keep_addresses: bool = False,
) -> RosterSheet:
    """Read the roster among ``sheets``.

    Args:
        villages: names the station knows; those in the sheet's own addresses are recognised too.
        keep_id_numbers / keep_addresses: off, as domain.md asks for the minimum of personal data: the ID number then
            only tells people apart within the sheet, and the address only gives the village.

    Raises:
        InvalidInput: no worksheet holds a roster (field ``sheet``).
    """
    sheet, mapping = find_table(sheets, ROSTER_FORM.fields, ROSTER_FORM.required)
    return read_roster_table(sheet, mapping, villages, keep_id_numbers=keep_id_numbers, keep_addresses=keep_addresses)


def read_roster_table(
    sheet: RawSheet,
    mapping: SheetMapping,
    villages: Iterable[str] = (),
    *,
    keep_id_numbers: bool = False,
    keep_addresses: bool = False,
    today: date | None = None,
) -> RosterSheet:
    """Read the roster in a worksheet whose columns are known; the other arguments are those of `read_roster`.

    Args:
        today: who is not 18 by then is a problem: nobody can have been elected (Constitution, art. 34); None asks not.
    """
    data, skipped = table_rows(sheet, mapping, ROSTER_FORM.entry)
    named = tuple(villages)
    known = {*named, *(find_place(row.cells.get("address"), named).village for row in data)} - {""}
    reader = _RowReader(
        sheet.name, frozenset(known), keep_id_numbers=keep_id_numbers, keep_addresses=keep_addresses, today=today
    )
    seen: dict[str, int] = {}
    names: dict[str, list[int]] = {}
    return RosterSheet(mapping, tuple(reader.read(row, seen, names) for row in data), skipped)


def roster_keys(name: str, phone: str = "", id_number: str = "", birth_month: str = "") -> tuple[str, ...]:
    """Return the identity keys of a deputy: the name with one of ID number, phone, birth month, strongest first."""
    marks = (("id", id_number), ("phone", phone), ("birth", birth_month))
    return tuple(f"{name}|{kind}|{mark}" for kind, mark in marks if name and mark)


def roster_values(deputy: Deputy) -> dict[str, str]:
    """Return the canonical text of each field of a registered deputy, for comparison with a sheet's row."""
    plain = (
        "name", "ethnicity", "birth_month", "party", "education", "post", "phone", "phone2", "id_number",
        "address", "village", "skills", "languages", "remark",
    )  # fmt: skip
    values = {key: str(getattr(deputy, key)) for key in plain}
    return (
        values
        | {"gender": deputy.gender.value if deputy.gender.value != "unknown" else "", "party": party_word(deputy.party)}
        | mandate_values(deputy.mandates)
    )


def _each(cells: RowCells, key: str) -> tuple[str, ...]:
    """Return what a cell says for each level, empty where it has a dash."""
    return tuple("" if is_nothing(part) else part for part in cells.parts(key))


@dataclass(frozen=True)
class _RowReader:
    sheet: str
    villages: frozenset[str]
    keep_id_numbers: bool
    keep_addresses: bool
    today: date | None

    def read(self, row: DataRow, seen: dict[str, int], names: dict[str, list[int]]) -> RosterRow:
        """Read one row; ``seen`` and ``names`` remember the identity keys and names of the rows before."""
        cells = RowCells(row, _TITLES)
        deputy, place, id_number = self._deputy(cells)
        keys = roster_keys(deputy.name, deputy.phone, id_number, deputy.birth_month)
        self._find_repeated(cells, deputy, keys, seen, names)
        values = roster_values(deputy)
        # What only a post seems to say of the village helps with a new entry, it corrects none.
        columns = row.mapping.keys | ({"village"} if place.village else set())
        columns |= {"levels"} if columns & _LEVEL_OF_TICKS.keys() else set()
        return RosterRow(
            row_number=row.number,
            deputy=deputy,
            village_group=place.group,
            groups=cells.parts("groups"),
            contact_villages=cells.parts("contact_villages"),
            values={key: value for key, value in values.items() if key in columns},
            keys=keys,
            digest=row_digest(row),
            problems=tuple(cells.problems),
            notices=tuple(cells.notices),
            uid=compact(row.cells.get("uid")),
        )

    def _deputy(self, cells: RowCells) -> tuple[Deputy, Place, str]:
        named = self._named(cells)
        phones = tuple(dict.fromkeys((*self._phones(cells, "phone"), *self._phones(cells, "phone2"))))
        if len(phones) > 2:
            cells.notice("phone", f"有 {len(phones)} 个号码，只登记前两个。")
        id_number = self._id_number(cells)
        address = cells.line("address")
        place = find_place(cells["address"], self.villages)
        village = cells.line("village") or place.village or known_village(cells["post"], self.villages)
        remark = cells.line("remark")
        if named.remark and named.remark not in remark:
            remark = f"{remark}；{named.remark}" if remark else named.remark
        end = end_in_remark(remark)
        if end.notice:
            cells.notice("remark", end.notice)
        heading = " ".join((*cells.row.mapping.heading, self.sheet))
        mandates = mandates_of(
            self._levels(cells),
            _each(cells, "terms"),
            _each(cells, "constituencies"),
            _each(cells, "card_numbers"),
            term_of_heading(heading),
            level_of_heading(heading),
            end,
        )
        if not mandates and not cells.has_problem("levels"):
            lost = [_TITLES[key] for key in ("terms", "constituencies", "card_numbers") if not is_nothing(cells[key])]
            without = f"，{'、'.join(lost)}也不登记" if lost else ""
            cells.notice("levels", f"没有写明代表层级，将登记为没有代表职务的人{without}，请核对。")
        deputy = Deputy(
            name=named.name,
            gender=self._gender(cells, named),
            ethnicity=cells.take("ethnicity", read_ethnicity(cells["ethnicity"])) or named.ethnicity,
            birth_month=self._birth_month(cells),
            party=cells.line("party"),
            education=cells.line("education"),
            post=cells.line("post"),
            phone=phones[0] if phones else "",
            phone2=phones[1] if len(phones) > 1 else "",
            id_number=id_number if self.keep_id_numbers else "",
            address=address if self.keep_addresses else "",
            village=village,
            skills=cells.line("skills"),
            languages=cells.line("languages"),
            remark=remark,
            mandates=mandates,
        )
        return deputy, place, id_number

    def _named(self, cells: RowCells) -> NameCell:
        """Return the name and what stands beside it; a name of our own export stays as it is."""
        if compact(cells["uid"]):
            named = NameCell(cells.take("name", read_name(cells["name"])))
        else:
            named = read_name_cell(cells["name"])
            if named.reason:
                cells.problem("name", named.reason)
        if not named.name and not cells.has_problem("name"):
            cells.problem("name", "没有填写。")
        if named.remark:
            cells.notice("name", f"姓名后面的“{named.remark}”登记到备注。")
        return named

    def _phones(self, cells: RowCells, key: str) -> tuple[str, ...]:
        if is_masked_phone(cells[key]):
            cells.notice(key, "号码是隐去的，已登记的号码不改动。")
            return ()
        return cells.take(key, read_phones(cells[key]))

    def _gender(self, cells: RowCells, named: NameCell) -> Gender:
        gender = cells.take("gender", read_gender(cells["gender"]))
        if Gender.UNKNOWN not in (gender, named.gender) and gender is not named.gender:
            cells.problem("gender", f"与姓名后面写的“{GENDER_LABELS[named.gender]}”不一致，请核对。")
        return named.gender if gender is Gender.UNKNOWN else gender

    def _birth_month(self, cells: RowCells) -> str:
        month = cells.take("birth_month", read_month(cells["birth_month"]))
        if self.today is not None and month > f"{self.today.year - 18}-{self.today:%m}":
            cells.problem("birth_month", f"{month} 出生的不满 18 周岁，不能当选代表，请核对年份。")
        return month

    def _levels(self, cells: RowCells) -> tuple[Level, ...]:
        """Return the levels named in one column, or ticked in a column each."""
        named = set(cells.take("levels", read_levels(cells["levels"])))
        told = [(key, level) for key, level in _LEVEL_OF_TICKS.items() if key in cells.row.cells]
        ticked = {level for key, level in told if cells.take(key, read_tick(cells[key]))}
        return tuple(level for level in Level if level in named | ticked)

    def _id_number(self, cells: RowCells) -> str:
        """Return the ID number; a wrong one is left out and never keeps a deputy from being registered."""
        reading = read_id_number(cells["id_number"])
        if reading.reason and self.keep_id_numbers:
            cells.notice("id_number", f"{reading.reason}本次不登记该号码。")
        return reading.value

    def _find_repeated(
        self, cells: RowCells, deputy: Deputy, keys: tuple[str, ...], seen: dict[str, int], names: dict[str, list[int]]
    ) -> None:
        """Note a row that repeats an earlier one; people of one name with nothing else in common stay apart.

        Of our own export the identity tells: two entries that look alike are two until somebody merges them.
        """
        number = cells.row.number
        earlier = names.setdefault(deputy.name, [])
        own = tuple(f"uid|{uid}" for uid in [compact(cells["uid"])] if uid)
        if repeats := [seen[key] for key in own or keys if key in seen]:
            cells.problem(
                "name",
                f"“{deputy.name}”与第 {repeats[0]} 行是同一人，重复了；请只留一行，几级职务用“、”隔开写在一起。",
            )
        elif not own and earlier and deputy.name and "重复" in deputy.remark:
            rows = "、".join(str(row) for row in earlier)
            cells.problem("name", f"备注写明重复，第 {rows} 行也有“{deputy.name}”；是同一人请删去一行，不是请改备注。")
        elif not own and earlier and deputy.name and not keys:
            cells.problem(
                "name", f"第 {earlier[0]} 行也有“{deputy.name}”，本行没有电话或出生年月，分不清是不是同一人。"
            )
        for key in (*own, *keys):
            seen.setdefault(key, number)
        earlier.append(number)
