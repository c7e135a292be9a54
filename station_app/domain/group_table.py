"""Reading a sheet of groups: several names in a cell, villages with their grids, or a line a member."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from station_app.domain.cell_dates import read_date
from station_app.domain.cell_names import read_name, read_names
from station_app.domain.cell_numbers import read_phones
from station_app.domain.cell_places import chinese_number, read_village
from station_app.domain.cell_text import Reading, cell_text, compact, half_width, is_nothing, shown
from station_app.domain.cell_words import read_levels, read_tick
from station_app.domain.group_lines import places_words
from station_app.domain.group_sheet import GROUP_FORM, GroupRow
from station_app.domain.groups import GROUP_KIND_LABELS, GroupKind
from station_app.domain.named_deputies import NamedDeputies
from station_app.domain.people import Deputy
from station_app.domain.raw_sheet import Cell, RawSheet
from station_app.domain.row_cells import RowCells
from station_app.domain.row_verdicts import row_digest
from station_app.domain.sheet_mapping import DataRow, SheetMapping, SkippedRow
from station_app.domain.table_rows import table_rows
from station_app.domain.text import LINE_LIMIT, NAME_LIMIT, clean_line, text_problem

_TITLES = {known.key: known.title for known in GROUP_FORM.fields}
_PART = re.compile(r"[^、,;\n/()]+(?:\((?:[^()]|\([^()]*\))*\))?")
_KIND_WORDS = (
    (GroupKind.CHAT, re.compile(r"群")),
    (GroupKind.DUTY, re.compile(r"进站|值班|轮值|接待")),
    (GroupKind.FIELD, re.compile(r"专业|行业|领域")),
    (GroupKind.AREA, re.compile(r"片|区域|综合|代表小组|地域")),
)
_LEADER = re.compile(r"组长|召集人|负责人")
_TITLE = re.compile(r"^(?:小?组长|副组长|召集人|负责人|成员|组员)\s*:")
_LEADS = frozenset({"组长", "小组长", "召集人", "负责人", "群主"})
_FOLLOWS = frozenset({"组员", "成员", "副组长"})
_VILLAGE = re.compile(r"[^\W\d_]{1,10}(?:村|社区|嘎查|居委会)")
_COMMITTEE = re.compile(r"(?:村|居)?民?委(?:员)?会|居委会")
Places = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class KnownGroups:
    """What the names on the sheet are looked up in.

    Args:
        deputies: the roster.
        villages: short name of each village by all its names, in their order.
        kinds: kind of every registered group by its name.
        ended: ISO date on which a group was given up, by its name.
        members: ids of who is in each group today, by its name.
    """

    deputies: NamedDeputies
    villages: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, GroupKind] = field(default_factory=dict)
    ended: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, frozenset[int]] = field(default_factory=dict)


def read_group_table(
    sheet: RawSheet, mapping: SheetMapping, known: KnownGroups
) -> tuple[tuple[GroupRow, ...], tuple[SkippedRow, ...]]:
    """Return the groups or members of a worksheet whose columns are known, and the rows that are none."""
    data, skipped = table_rows(sheet, mapping, GROUP_FORM.entry)
    return tuple(read_group_rows(data, known)), skipped


def read_group_rows(data: Sequence[DataRow], known: KnownGroups) -> Iterator[GroupRow]:
    """Yield what each row says.

    A sheet has a line for each member where it has a column for one, or where a group's name stands on several lines.
    """
    names: list[str] = []
    for row in data:
        written = clean_line(cell_text(row.cells.get("name")))
        names.append(written or (names[-1] if names else ""))
    lines = Counter(names)
    reader = _Reader(known)
    for row, name in zip(data, names, strict=True):
        yield reader.read(row, name, single="member" in row.mapping.keys or lines[name] > 1)


@dataclass
class _Reader:
    known: KnownGroups
    _areas: dict[int, tuple[int, str]] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)
    _kinds: dict[str, GroupKind] = field(default_factory=dict)
    _among: frozenset[int] = frozenset()

    def read(self, row: DataRow, name: str, *, single: bool) -> GroupRow:
        """Read one row of the group of this name."""
        cells = RowCells(row, _TITLES)
        self._among = self.known.members.get(name, frozenset())
        self._check_name(cells, name)
        kind = self._kind(cells, name)
        leader, members, unknown = self._one(cells) if single else self._all(cells)
        places = cells.take("places", read_places(cells["places"], self.known.villages))
        made = GroupRow(
            row_number=row.number,
            name=name,
            kind=kind,
            single=single,
            leader=leader,
            members=tuple(self.known.deputies.in_order(members)),
            told_members=self._told(members),
            from_on=cells.take("from_on", read_date(cells["from_on"])),
            to_on=cells.take("to_on", read_date(cells["to_on"])),
            places=places,
            told_places=self._told_places(places),
            households=self._count(cells, "households"),
            people=self._count(cells, "people"),
            arrangement=cells.line("arrangement"),
            remark=cells.line("remark"),
            columns=row.mapping.keys,
            digest=row_digest(row),
            unknown=unknown,
            uid=compact(cells["uid"]),
        )
        if made.to_on and made.from_on and made.to_on <= made.from_on:
            cells.problem("to_on", f"{made.to_on} 不在编入日期 {made.from_on} 之后，请核对。")
        self._find_repeated(cells, made)
        return replace(made, problems=tuple(cells.problems), notices=tuple(cells.notices))

    def _check_name(self, cells: RowCells, name: str) -> None:
        if not name:
            cells.problem("name", "没有填写。")
        elif problem := text_problem("name", "小组名称", name, NAME_LIMIT):
            cells.problem("name", problem.message)
        elif ended := self.known.ended.get(name):
            cells.problem("name", f"“{name}”已在 {ended} 撤销，请先在编组里恢复，或换一个名称。")

    def _kind(self, cells: RowCells, name: str) -> GroupKind | None:
        """Return the kind the sheet names, else the registered one, else what the group's name tells."""
        text = compact(cells["kind"])
        kinds = {word: kind for kind, word in GROUP_KIND_LABELS.items()}
        if text and not is_nothing(text):
            found = kinds.get(text) or next((kind for kind, words in _KIND_WORDS if words.search(text)), None)
            if found is None:
                words = "、".join(GROUP_KIND_LABELS.values())
                cells.problem("kind", f"“{shown(text)}”看不出是哪一种，请填{words}。")
            else:
                self._kinds[name] = found
            return found
        known = self.known.kinds.get(name) or self._kinds.get(name)
        if known is not None:
            return known
        found = next((kind for kind, words in _KIND_WORDS if words.search(name)), GroupKind.AREA)
        cells.notice("kind", f"没有写明，新建为{GROUP_KIND_LABELS[found]}。")
        return found

    def _one(self, cells: RowCells) -> tuple[Deputy | None, list[Deputy], tuple[str, ...]]:
        """Return the member of a line, twice when it leads."""
        key = "member" if "member" in cells.row.mapping.keys else "members"
        name = cells.take(key, read_name(re.sub(r"\([^()]*\)", "", half_width(cell_text(cells[key])))))
        if not name:
            if not cells.has_problem(key):
                cells.problem(key, "没有填写。")
            return None, [], ()
        written = re.search(r"\(([^()]*)\)", half_width(cell_text(cells[key])))
        phones = read_phones(cells["phone"]).value
        levels = cells.take("level", read_levels(cells["level"])) or read_levels(written[1] if written else None).value
        phone = phones[0] if phones else ""
        found = self.known.deputies.find(name, levels, phone, cells.line("village"), self._among)
        deputy = cells.take(key, found)
        if deputy is None:
            return None, [], (name,)
        leads = compact(cells["is_leader"]) in _LEADS or (
            compact(cells["is_leader"]) not in _FOLLOWS and cells.take("is_leader", read_tick(cells["is_leader"]))
        )
        leads = leads or (bool(cell_text(cells["leader"])) and name in read_names(cells["leader"]).value)
        return deputy if leads else None, [deputy], ()

    def _all(self, cells: RowCells) -> tuple[Deputy | None, list[Deputy], tuple[str, ...]]:
        """Return leader and members of a group's line, and the names nobody on the roster has."""
        members, unknown = self._named(cells, "members", _parts(cells["members"]))
        leaders, strange = self._named(cells, "leader", _parts(cells["leader"]))
        if not leaders:  # 组长:张三 or 张三(组长) among the members
            marked = [part for part in _parts(cells["members"]) if _LEADER.search(part)]
            leaders = self._named(cells, "members", marked[:1])[0]
        if len(leaders) > 1:
            cells.notice("leader", f"有 {len(leaders)} 位，只把 {leaders[0].name} 登记为组长。")
        return leaders[0] if leaders else None, [*members, *leaders], tuple(dict.fromkeys((*unknown, *strange)))

    def _named(self, cells: RowCells, key: str, parts: Sequence[str]) -> tuple[list[Deputy], list[str]]:
        """Return the deputies the parts of a cell name, 张伟(县) or 张 三, and the names nobody has."""
        found: list[Deputy] = []
        unknown: list[str] = []
        wanted = [(name, part) for part in parts for name in self._names(cells, key, part)]
        times = Counter(name for name, _part in wanted)
        for name, part in wanted:
            inside = part.partition("(")[2].removesuffix(")")
            levels = read_levels(inside).value
            about = (name, levels, inside if inside.isdigit() else "", _village_in(inside, self.known.villages))
            who = [one for one in self.known.deputies.candidates(*about, self._among) if one not in found]
            if len(who) == 1 or 1 < len(who) <= times[name] - sum(one.name == name for one in found):
                found.append(who[0])
            elif not any(one.name == name for one in found) or who:
                cells.problem(key, self.known.deputies.find(*about, self._among).reason)
                unknown.append(name)
        return found, unknown

    @staticmethod
    def _names(cells: RowCells, key: str, part: str) -> tuple[str, ...]:
        """Return the names of a part: one that blanks have torn apart, or several with blanks between."""
        written = _TITLE.sub("", part.partition("(")[0]).strip()
        pieces = written.split()
        if len(pieces) <= 4 and all(len(piece) == 1 for piece in pieces):
            written = "".join(pieces)
        return cells.take(key, read_names(written))

    def _told(self, members: Iterable[Deputy]) -> str:
        return "、".join(self.known.deputies.told(one) for one in self.known.deputies.in_order(members))

    def _told_places(self, places: Places) -> str:
        order = {name: at for at, name in enumerate(dict.fromkeys(self.known.villages.values()))}
        arranged = sorted(places, key=lambda one: (order.get(one[0], len(order)), one[0], _number_in(one[1]), one[1]))
        return places_words([(village, [grid] if grid else []) for village, grid in arranged])

    def _count(self, cells: RowCells, key: str) -> int | None:
        text = compact(cells[key]).removeprefix("约").rstrip("户人余")
        if is_nothing(text) and text != "0":
            return None
        if text.isascii() and text.isdigit() and len(text) <= 6:
            return int(text)
        cells.problem(key, f"“{shown(cells[key])}”不是整数，请核对。")
        return None

    def _find_repeated(self, cells: RowCells, row: GroupRow) -> None:
        for key in row.keys[:1]:
            if key in self._seen:
                cells.problem("name", f"第 {self._seen[key]} 行已有“{row.label}”，重复了。")
            self._seen.setdefault(key, cells.row.number)
        if row.kind is not GroupKind.AREA or row.to_on:
            return
        for one in row.members:
            number, group = self._areas.setdefault(one.id, (cells.row.number, row.name))
            if group != row.name:
                cells.problem(
                    "member" if row.single else "members",
                    f"{one.name}在第 {number} 行已编入{group}，一位代表不能同时在两个片区小组。",
                )


def read_places(cell: Cell, villages: Mapping[str, str]) -> Reading[Places]:
    """Read villages with their grids: 竹坑村（第一网格、第二网格）、上坪村, 竹坑村第一网格; 全镇 names none.

    Args:
        villages: short name of each known village by all its names.
    """
    if is_nothing(cell):
        return Reading(())
    found: list[tuple[str, str]] = []
    for part in _parts(cell):
        written, _, inside = part.partition("(")
        written = compact(written)
        known = max((name for name in villages if name and written.startswith(name)), key=len, default="")
        village = villages[known] if known else read_village(written, villages)
        rest = _COMMITTEE.sub("", written.removeprefix(known)) if known else ""
        if not village:
            continue
        if not known and village not in villages.values() and not _VILLAGE.fullmatch(village):
            return Reading((), f"“{shown(part)}”看不出是哪个村(居)，请写村(居)的全称。")
        grids = [grid.strip() for grid in re.split("[、,，;；]", inside.removesuffix(")")) if grid.strip()]
        too_long = next((grid for grid in (*grids, rest) if len(grid) > LINE_LIMIT), "")
        if too_long:
            return Reading((), f"“{shown(too_long)}”太长，不像网格名称。")
        found += [(village, grid) for grid in (rest, *grids) if grid] or [(village, "")]
    return Reading(tuple(dict.fromkeys(found)))


def _parts(cell: Cell) -> list[str]:
    """Return the parts of a cell; what stands in brackets belongs to the part before it."""
    text = re.sub(r"\)\s*(?=[^\s)、,;/])", ")、", half_width(cell_text(cell)))
    return [part.strip() for part in _PART.findall(text) if part.strip() and not is_nothing(part)]


def _village_in(text: str, villages: Mapping[str, str]) -> str:
    return next((short for name, short in villages.items() if name and name in text), "")


def _number_in(grid: str) -> int:
    """Return the number a grid is called by: 第二网格 → 2."""
    number = re.search(r"[0-9]{1,4}|[一二两三四五六七八九十]{1,3}", grid)
    return chinese_number(number[0]) if number else 0
