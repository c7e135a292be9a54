"""Reading a reception ledger (接待选民登记台账) line by line: several lines may be one visit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from station_app.domain.cell_dates import read_date
from station_app.domain.cell_masks import is_cut, is_masked_name, is_masked_phone
from station_app.domain.cell_names import Petitioner, read_names, read_people, read_petitioner
from station_app.domain.cell_numbers import read_phones
from station_app.domain.cell_places import find_place, read_village
from station_app.domain.cell_text import cell_text, compact, is_nothing, read_line, read_words
from station_app.domain.cell_words import read_gender, read_replied, read_tick
from station_app.domain.events import SATISFACTION_LABELS
from station_app.domain.people import Gender
from station_app.domain.progress import STATE_LABELS, Disposition, disposition_labels
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.row_cells import RowCells
from station_app.domain.row_verdicts import row_digest
from station_app.domain.sheet_mapping import DataRow, SheetMapping, SkippedRow
from station_app.domain.table_rows import table_rows
from station_app.domain.text import LINE_LIMIT, NAME_LIMIT, WORDS_LIMIT, clean_name, clean_phone, phone_problem
from station_app.domain.visit_sheet import VISIT_FORM, VisitLists, VisitRow

_TITLES = {known.key: known.title for known in VISIT_FORM.fields}
_DITTO = frozenset({"同上", "〃", "″", '"', "''", "”", "同前", "同上行"})
_BEHALF = re.compile(r"代(?:替)?(.{1,50}?)反映")
_ROUTE = re.compile(r"引导至(.+)", re.DOTALL)
_DAY_HEAD = re.compile(r"(?:接待日期?|接待时间|(?<!报出)(?<!填报)(?<!填表)日期)\s*[：:]\s*([^　\s（(]+)")
_PLACE_HEAD = re.compile(r"(?:接待)?地点\s*[：:]\s*([^　\n]+?)\s*(?=　|\s(?:报出|填报|填表)|接待代表|$)")
_LABELS = disposition_labels()
_NO_PROPOSAL = frozenset(
    {
        "",
        "—",
        "无",
        "/",
        "-",
        *(_LABELS[one] for one in (Disposition.STUDYING, Disposition.ON_SPOT, Disposition.REDIRECTED)),
    }
)
_STATES = frozenset({*STATE_LABELS.values(), "", "—", "无", "/", "-"})


@dataclass(frozen=True)
class _Visit:
    """What a line says about the visit; blank where it says nothing."""

    number: str
    case_number: str
    index: str
    raised_on: str
    petitioner: Petitioner
    masked: bool
    named: bool
    ditto: bool
    gender: Gender
    phone: str
    no_phone: bool
    address: str
    village: str
    told_village: str
    place: str
    receivers: tuple[str, ...]
    people: int | None


@dataclass(frozen=True)
class _Remark:
    """备注 in its parts: who is spoken for, the nature that is no 件, 紧急, 作废, and the rest."""

    on_behalf_of: str = ""
    nature: str = ""
    urgent: bool = False
    void: bool = False
    rest: str = ""


def read_visit_table(
    sheet: RawSheet, mapping: SheetMapping, today: date, lists: VisitLists
) -> tuple[tuple[VisitRow, ...], tuple[SkippedRow, ...]]:
    """Return the lines of the ledger in a worksheet whose columns are known, and the rows that are none.

    Args:
        today: visits later than that are problems.
    """
    data, skipped = table_rows(sheet, mapping, VISIT_FORM.entry)
    heading = "　".join((*mapping.heading, sheet.name))
    return tuple(read_visit_rows(data, heading, today, lists)), skipped


def read_visit_rows(data: Sequence[DataRow], heading: str, today: date, lists: VisitLists) -> Iterator[VisitRow]:
    """Yield the line each row says.

    Args:
        heading: what stands above the table; of a reception day's ledger it has date and place.
    """
    reader = _Reader(heading, today, lists)
    rows = [reader.read(row) for row in data]
    lines: dict[int, list[VisitRow]] = {}
    for row in rows:
        lines.setdefault(row.visit, []).append(row)
    for row in rows:
        others = [one for one in lines[row.visit] if one is not row]
        yield replace(row, kin=tuple(key for one in others for key in one.keys)) if others else row


class _Reader:
    """Reads line after line and remembers the visit it is in."""

    def __init__(self, heading: str, today: date, lists: VisitLists) -> None:
        self._today = today
        self._lists = lists
        day, place = _DAY_HEAD.search(heading), _PLACE_HEAD.search(heading)
        self._day = read_date(day[1]).value if day else ""  # of a sheet that has no such column
        self._place = place[1].strip() if place else ""
        self._visits = -1
        self._top: _Visit | None = None
        self._seen: dict[str, int] = {}

    def read(self, row: DataRow) -> VisitRow:
        """Read one row."""
        cells = RowCells(row, _TITLES)
        own = self._visit(cells)
        first = not self._goes_on(own, cells)
        if first:
            self._visits += 1
            self._top = own
        visit = own if first or self._top is None else _filled(own, self._top)
        self._check_visit(cells, visit)
        words = cells.take("words", read_words(cells["words"], WORDS_LIMIT))
        remark = self._remark(cells, of_matter=bool(words))
        number = cells.line("number")
        if not (words or remark.rest or number or visit.number) and not cells.has_problem("words"):
            cells.problem("words", "没有填写；没有意见、只是来访的，请在备注写明来意。")
        if is_cut(cells["words"]):
            cells.notice("words", "打印时截短了，这里只有开头；已登记的全文不改动。")
        made = self._row(cells, visit, remark, words, number, first=first)
        key = made.keys[0]
        if words and key in self._seen:
            cells.problem("words", f"与第 {self._seen[key]} 行的编号、日期、姓名和内容都相同，重复了。")
            made = replace(made, problems=tuple(cells.problems))
        self._seen.setdefault(key, row.number)
        return made

    def _row(
        self, cells: RowCells, visit: _Visit, remark: _Remark, words: str, number: str, *, first: bool
    ) -> VisitRow:
        route = _ROUTE.fullmatch(cell_text(cells["on_spot_answer"]))
        answer = cells.take("on_spot_answer", read_words(cells["on_spot_answer"], WORDS_LIMIT))
        result = cells.take("result", read_words(cells["result"], WORDS_LIMIT))
        satisfaction = compact(cells["satisfaction"])
        rest = remark.rest
        who = visit.petitioner if visit.people is None else replace(visit.petitioner, people=visit.people)
        return VisitRow(
            row_number=cells.row.number,
            visit=self._visits,
            first=first,
            visit_number=visit.number,
            number=number,
            raised_on=visit.raised_on,
            petitioner=who,
            masked=visit.masked,
            gender=visit.gender,
            phone=visit.phone,
            no_phone=visit.no_phone,
            address=visit.address,
            village=visit.village,
            told_village=visit.told_village,
            on_behalf_of=clean_name(cells.line("on_behalf_of")) or remark.on_behalf_of,
            place=visit.place or self._place,
            channel=self._listed(cells, "channel", self._lists.channels),
            receivers=visit.receivers,
            words=words,
            cut=is_cut(cells["words"]),
            category=self._listed(cells, "category", self._lists.categories),
            nature=self._listed(cells, "nature", self._lists.natures) or remark.nature,
            urgent="紧急" if remark.urgent or cells.take("urgent", read_tick(_tick(cells["urgent"]))) else "",
            on_spot_answer="" if route or is_nothing(answer) else answer,
            route=route[1].strip() if route else "",
            proposal=self._proposal(cells),
            result="" if result in _STATES else result,
            fed_back_on=cells.take("fed_back_on", read_date(cells["fed_back_on"])),
            satisfaction=next((key.value for key, word in SATISFACTION_LABELS.items() if word == satisfaction), ""),
            replied=cells.take("replied", read_replied(cells["replied"])),
            void=remark.void,
            recorder=cells.line("recorder"),
            notes=rest if first else "",
            remark="" if first else rest,
            day=bool(self._day) and "raised_on" not in cells.row.mapping.keys,
            people_told=visit.people is not None or (first and visit.petitioner.people > 1),
            columns=cells.row.mapping.keys,
            digest=row_digest(cells.row),
            uid=compact(cells["uid"]),
            problems=tuple(cells.problems),
            notices=tuple(cells.notices),
        )

    def _visit(self, cells: RowCells) -> _Visit:
        cell = cells["name"]
        name = "" if _is_ditto(cell) else cell_text(cell)
        gender = Gender.UNKNOWN if _is_ditto(cells["gender"]) else cells.take("gender", read_gender(cells["gender"]))
        phone = self._phone(cells)
        address, village, told_village = self._where(cells)
        return _Visit(
            number=cells.line("visit_number"),
            case_number=cells.line("number"),
            index=compact(cells["index"]),
            raised_on=self._date(cells),
            petitioner=self._petitioner(cells, name),
            masked=is_masked_name(name),
            named=bool(name),
            ditto=_is_ditto(cell),
            gender=gender,
            phone=phone,
            no_phone=not phone and not is_masked_phone(cells["phone"]) and not cells.has_problem("phone"),
            address=address,
            village=village,
            told_village=told_village,
            place="" if _is_ditto(cells["place"]) else cells.line("place"),
            receivers=() if _is_ditto(cells["receivers"]) else cells.take("receivers", read_names(cells["receivers"])),
            people=None if _is_ditto(cells["people"]) else cells.take("people", read_people(cells["people"])),
        )

    def _date(self, cells: RowCells) -> str:
        if "raised_on" not in cells.row.mapping.keys:
            return self._day
        return "" if _is_ditto(cells["raised_on"]) else cells.take("raised_on", read_date(cells["raised_on"]))

    def _petitioner(self, cells: RowCells, name: str) -> Petitioner:
        """Return who came; a name with digits in it (3栋业主) is one, as it is on the form."""
        reading = read_petitioner(name)
        if reading.reason and (written := clean_name(name)) and len(written) <= NAME_LIMIT:
            return Petitioner(written)
        return cells.take("name", reading)

    def _phone(self, cells: RowCells) -> str:
        """Return the phone; what the form would take is taken, what is hidden says nothing."""
        cell = cells["phone"]
        if is_masked_phone(cell):
            cells.notice("phone", "号码是隐去的，已登记的号码不改动。")
            return ""
        if _is_ditto(cell):
            return ""
        reading = read_phones(cell)
        if reading.reason and isinstance(cell, str) and not phone_problem("phone", clean_phone(cell)):
            return clean_phone(cell)
        phones = cells.take("phone", reading)
        if len(phones) > 1:
            cells.notice("phone", f"有 {len(phones)} 个号码，只登记第一个。")
        return phones[0] if phones else ""

    def _where(self, cells: RowCells) -> tuple[str, str, str]:
        """Return address, village, and the village as far as it is named for itself."""
        villages = self._lists.villages
        cell = cells["address"]
        address = "" if _is_ditto(cell) or is_nothing(cell) else cells.line("address")
        told = cells.take("village", read_line(read_village(cells["village"], villages), LINE_LIMIT))
        if address in villages:
            address, told = "", told or address
        told = villages.get(told, told)
        found = told or find_place(address, villages).village
        return address, villages.get(found, found), told

    def _goes_on(self, own: _Visit, cells: RowCells) -> bool:
        """Tell whether the line is a further opinion of the visit above."""
        top, columns = self._top, cells.row.mapping.keys
        if top is None or (own.number and top.number and own.number != top.number) or _contradicts(own, top):
            return False
        if not own.named:
            return own.ditto or (own.people is None and "raised_on" in columns and not own.raised_on)
        shared = ((own.number, top.number), (own.case_number, top.case_number), (own.index, top.index))
        if any(mine and mine == above for mine, above in shared):
            return True
        if "people" in columns:
            return own.people is None and top.people is not None
        return bool(own.petitioner.name and (own.phone or own.address))

    def _check_visit(self, cells: RowCells, visit: _Visit) -> None:
        if not visit.raised_on:
            if not cells.has_problem("raised_on"):
                cells.problem("raised_on", "没有填写，表头上面也没有写明接待日期。")
        elif visit.raised_on > self._today.isoformat():
            cells.problem("raised_on", f"{visit.raised_on} 在今天之后，请核对。")

    def _listed(self, cells: RowCells, key: str, known: frozenset[str]) -> str:
        """Return a word of one of the station's lists; another one is told and left out."""
        word = cells.line(key)
        if word and word not in known:
            cells.notice(key, f"“{word[:20]}”不在设置的列表里，按“其他”等默认项登记；已登记的不改动。")
            return ""
        return word

    def _proposal(self, cells: RowCells) -> str:
        text = cells.take("proposal", read_words(cells["proposal"], WORDS_LIMIT))
        if not text:
            way, unit = cells.line("disposition"), cells.line("unit")
            text = f"{way or '交办'}（{unit}）" if unit else way
        return "" if text in _NO_PROPOSAL else text

    def _remark(self, cells: RowCells, *, of_matter: bool) -> _Remark:
        """Return 备注 in its parts; only with a matter it tells more than notes and who is spoken for."""
        text = cells.take("remark", read_words(cells["remark"], WORDS_LIMIT))
        found, rest = _Remark(), []
        for part in text.split("；"):
            if behalf := _BEHALF.fullmatch(part):
                found = replace(found, on_behalf_of=clean_name(behalf[1]))
            elif not of_matter and part:
                rest.append(part)
            elif part in self._lists.uncounted:
                found = replace(found, nature=part)
            elif part in ("紧急", "作废"):
                found = replace(found, urgent=found.urgent or part == "紧急", void=found.void or part == "作废")
            elif part:
                rest.append(part)
        return replace(found, rest="；".join(rest))


def _contradicts(own: _Visit, top: _Visit) -> bool:
    """Tell whether a line says something else of the visit than the line above."""
    if own.named and own.petitioner.name != top.petitioner.name:
        return True
    said = (
        (own.raised_on, top.raised_on),
        ("" if own.gender is Gender.UNKNOWN else own.gender, top.gender),
        (own.phone, top.phone),
        (own.address, top.address),
        (own.told_village, top.told_village),
        (own.place, top.place),
        (own.receivers, top.receivers),
    )
    return any(mine and mine != above for mine, above in said)


def _filled(own: _Visit, top: _Visit) -> _Visit:
    """Return what a further line says with what it leaves to the line above."""
    return replace(
        own,
        number=own.number or top.number,
        raised_on=own.raised_on or top.raised_on,
        petitioner=own.petitioner if own.named else top.petitioner,
        masked=own.masked if own.named else top.masked,
        gender=top.gender if own.gender is Gender.UNKNOWN else own.gender,
        phone=own.phone or top.phone,
        no_phone=own.no_phone and top.no_phone,
        address=own.address or top.address,
        village=own.village or top.village,
        told_village=own.told_village or top.told_village,
        place=own.place or top.place,
        receivers=own.receivers or top.receivers,
    )


def _is_ditto(cell: object) -> bool:
    return isinstance(cell, str) and compact(cell) in _DITTO


def _tick(cell: object) -> str | None:
    """Return the cell 紧急, in which the word itself is a tick."""
    text = compact(cell) if isinstance(cell, str) else ""
    return "是" if text == "紧急" else text or None
