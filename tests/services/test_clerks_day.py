"""The clerk's typical day as a script through the desks: what one evening's file and papers hold in the end."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from station_app.documents.page_pictures import page_texts
from station_app.domain.agenda import TodoGroup
from station_app.domain.events import EventKind, Satisfaction
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.papers import PaperKind
from station_app.domain.periods import month
from station_app.domain.progress import Disposition, State
from station_app.domain.reception import DayState, OpinionDraft, Presence, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import Tier
from station_app.services.books import Book, Selection
from station_app.services.unlocking import key_of_password
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.support.faults import StationFault
from tests.services.conftest import TODAY

PASSWORD = "禾溪河的水清又清 2026"
ON = TODAY.isoformat()
VISITORS: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    # name, phone, words, how it is dealt with
    ("刘发根", "14000000011", "沟渠又淤了，晚稻灌不上水。", {}),
    ("钟秀英", "14000000012", "与邻居的债务官司判了，请代表帮忙改判。", {"disposition": Disposition.REDIRECTED, "route": "人民法院"}),
    ("何田生", "14000000013", "高龄补贴要带什么材料。", {"disposition": Disposition.ON_SPOT, "answer": "带身份证和户口本到便民中心办。"}),
    ("", "", "学校门口放学时车多，没有人疏导。", {}),
    ("王冬菊", "14000000014", "县城到镇里的末班车太早。", {}),
    ("曾招娣", "14000000015", "村里的路灯坏了五盏。", {}),
)  # fmt: skip


class _Day:
    """The station, its file, and the time on the wall."""

    def __init__(self, desks: Desks, folder: Path) -> None:
        self.desks = desks
        self.folder = folder
        self.receivers = (Receiver("钟䶮", 1), Receiver("欧阳建国", 2))

    def register(self, name: str, phone: str, words: str, how: dict[str, object], **more: object) -> int:
        """Register one visitor with one matter and return the matter's id."""
        visitor = VisitorDraft(name=name, anonymous=not name, phone=phone, no_phone=not phone, address="竹坑村三组")
        draft = VisitDraft(
            on=ON, visitor=visitor, receivers=self.receivers, day_id=1, opinions=(OpinionDraft(words, **how),), **more  # type: ignore[arg-type]  # keywords of two drafts
        )  # fmt: skip
        return self.desks.reception.register_visit(draft).value.case_ids[0]


@pytest.fixture
def day(desks: Desks, tmp_path: Path) -> Iterator[_Day]:
    """A locked station in the morning, unlocked by its password; one matter was handed over in October."""
    made = _Day(desks, tmp_path)
    earlier = VisitDraft(
        on="2026-10-20",
        visitor=VisitorDraft(name="刘发根", phone="14000000011"),
        receivers=made.receivers,
        opinions=(OpinionDraft("沟渠淤塞，晚稻灌不上水。"),),
    )
    case_id = desks.reception.register_visit(earlier).value.case_ids[0]
    desks.opinions.move(case_id, MoveDraft(Move.HAND_OVER, "2026-10-23", tier=Tier.TOWNSHIP, unit_id=1))
    change = desks.password.change("", PASSWORD, PASSWORD)
    change.prepare(lambda _part, _word: None, lambda: False)
    change.finish()
    desks.close()
    with pytest.raises(StationFault):
        Desks.open(desks.path, desks.clock)
    made.desks = Desks.open(desks.path, desks.clock, "", key_of_password(desks.path, PASSWORD))
    yield made
    made.desks.close()


def test_a_clerks_day_from_the_mornings_list_to_the_stick(day: _Day) -> None:
    desks = day.desks

    # 今日: the old matter is overdue, the reception of today is there to begin
    agenda = desks.today.agenda()
    assert agenda.day is not None
    assert [item.group for item in agenda.items if item.case_id] == [TodoGroup.OVERDUE]
    old = next(item.case_id for item in agenda.items if item.case_id) or 0
    forms = desks.reception.print_blank_forms(4).value
    slip = desks.papers.issue(PaperKind.URGING, [old]).value

    # open, two deputies sign in, six visitors
    desks.days.open(agenda.day.id)
    for deputy_id in (1, 2):
        desks.days.sign_in(agenda.day.id, deputy_id, Presence.PRESENT)
    (known,) = desks.similar.persons("刘发根", "14000000011")
    assert "2026-10-20" in [visit.on for visit, _cases in known.visits]
    cases = [day.register(*visitor) for visitor in VISITORS]
    states = [desks.opinions.case(case_id).progress.state for case_id in cases]
    assert states == [State.REGISTERED, State.REDIRECTED, State.CLOSED, *[State.REGISTERED] * 3]

    # four paper forms from the mobile desk, entered by their numbers
    for number, form in enumerate(forms):
        words = f"纸面登记的第 {number + 1} 件：水管漏水。"
        cases.append(day.register(f"廖水{'金木水火'[number]}", "", words, {}, form_number=form, paper=True))
    visits = desks.reception.visits_of_day(1)
    assert len(visits) == 10
    assert {visit.number for visit in visits if visit.paper} == set(forms)

    # the day's ledger, to be signed
    ledger = desks.reports.export(Selection(Book.VISITS, ON, ON, "2026年11月25日", day_id=1), "pdf", day.folder)
    printed = "".join("".join(page_texts(ledger)).split())
    assert all(name in printed for name, *_rest in VISITORS if name)

    # the day's matters to the township on one list, one to the county by letter
    waiting = [case_id for case_id in cases if desks.opinions.case(case_id).progress.state is State.REGISTERED]
    county = cases[4]
    township = [case_id for case_id in waiting if case_id != county]
    desks.opinions.move_many(township, MoveDraft(Move.HAND_OVER, ON, tier=Tier.TOWNSHIP, unit_id=1))
    desks.opinions.move(county, MoveDraft(Move.HAND_OVER, ON, tier=Tier.COUNTY))
    listed = desks.papers.issue(PaperKind.HAND_OVER_LIST, township).value
    letter = desks.papers.issue(PaperKind.REFERRAL, [county]).value
    assert listed.opinion_ids == tuple(township)
    text = "".join("".join(page_texts(_kept(day, desks.papers.pdf(desks.papers.letter(letter))))).split())
    assert "人民代表大会常务委员会" in text or "人大常委会" in text
    assert "王冬菊" not in text

    # an answer comes back on the slip that was printed in the morning: its six characters lead on
    found = desks.finder.find(f"{slip.code[:3]} {slip.code[3:]}")
    assert (found[0].id, found[0].move) == (old, Move.ANSWER)
    desks.papers.returned(slip.id, ON)
    desks.opinions.move(old, MoveDraft(Move.ANSWER, ON, text="已清淤 300 米。", answer_class="A", person="李工"))
    desks.opinions.move(old, MoveDraft(Move.FEED_BACK, ON, way="电话", satisfaction=Satisfaction.SATISFIED))
    kinds = [event.kind for event in desks.opinions.case(old).events]
    assert kinds[-4:] == [EventKind.ANSWERED, EventKind.FED_BACK, EventKind.RATED, EventKind.CLOSED]

    # close, the month, the stick
    desks.days.end(1)
    assert desks.days.one(1).state is DayState.HELD
    out = day.folder / "导出"
    out.mkdir()
    written = desks.reports.month_set(month("2026-11"), out)
    assert all(file.stat().st_size for file in written.files)
    figures = written.figures
    assert figures.ties
    assert desks.reports.untied_months() == []
    assert [figures.count(key) for key in ("held", "attended", "visits", "received", "closing")] == [1, 2, 10, 10, 8]
    stick = day.folder / "U盘"
    stick.mkdir()
    copied = desks.backups.copy_all_to(stick)
    on_stick = copied / desks.path.name
    with_it = Desks.open(on_stick, fixed_clock(date(2026, 11, 26)), "", key_of_password(on_stick, PASSWORD))
    assert [case.number for case in with_it.opinions.cases()] == [case.number for case in desks.opinions.cases()]
    with_it.close()
    assert desks.housekeeping.check().sound


def _kept(day: _Day, pdf: bytes) -> Path:
    path = day.folder / "函.pdf"
    path.write_bytes(pdf)
    return path
