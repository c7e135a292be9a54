"""Papers: whom they are for, what they leave out, what is noted of them, and how a returned one is found again."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.documents.page_pictures import page_count, page_texts
from station_app.domain.events import EventKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Openness
from station_app.domain.paper_texts import DEFAULT_STYLES, LETTER_KINDS
from station_app.domain.papers import PaperKind
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.problems import InvalidInput
from station_app.domain.progress import State
from station_app.domain.station import Tier
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from tests.services.paper_matters import COMMITTEE, NAME, PHONE, TODAY, answered, matter, move, paper_station

ON = TODAY.isoformat()
HAND_OVER, LIST, REFERRAL = PaperKind.HAND_OVER, PaperKind.HAND_OVER_LIST, PaperKind.REFERRAL


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    made = paper_station(tmp_path / "禾溪.station")
    yield made
    made.close()


def said(desks: Desks, kind: PaperKind, *case_ids: int) -> str:
    """Return the text of a paper without blanks."""
    return _text(desks.papers.pdf(desks.papers.prepare(kind, case_ids)))


def _text(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page_texts(pdf)))


def printed(desks: Desks, case_id: int) -> list[str]:
    return [event.text for event in desks.opinions.case(case_id).events if event.kind is EventKind.PRINTED]


def refusal(desks: Desks, kind: PaperKind, *case_ids: int) -> str:
    with pytest.raises(InvalidInput) as refused:
        desks.papers.issue(kind, case_ids)
    return str(refused.value)


# Whom it is for


@pytest.mark.parametrize(
    ("organ", "government", "county", "signed"),
    [
        ("town", "禾溪镇人民政府", "清源县人大常委会", "禾溪镇人民代表大会主席团"),
        ("ethnic", "云顶瑶族苗族侗族乡人民政府", "龙水自治县人大常委会", "云顶瑶族苗族侗族乡人民代表大会主席团"),
        ("street", "滨江街道办事处", "清源区人大常委会", "滨江街道人大工委"),
    ],
)
def test_every_paper_names_the_right_organs(
    tmp_path: Path, organ: str, government: str, county: str, signed: str
) -> None:
    desks = paper_station(tmp_path / "站.station", organ)
    own, up = matter(desks, due_on="2026-11-20"), matter(desks, tier=Tier.COUNTY)
    out, done = matter(desks, tier=None), matter(desks)
    move(desks, out, MoveDraft(Move.REDIRECT, "2026-11-12", route="人民法院"))
    answered(desks, done)
    desks.papers.save_style(PaperKind.NOTICE, replace(desks.papers.style(PaperKind.NOTICE), used=True))
    for kind, case_id, recipient in (
        (LIST, own, government),
        (HAND_OVER, own, government),
        (REFERRAL, up, county),
        (PaperKind.URGING, own, government),
        (PaperKind.SUPERVISION, own, government),
        (PaperKind.OUTCOME, done, NAME),
        (PaperKind.NOTICE, out, NAME),
        (PaperKind.UNIT_OVERVIEW, own, "城建办"),
    ):
        letter = desks.papers.prepare(kind, [case_id])
        assert (letter.recipient, letter.organ, letter.date) == (recipient, signed, "2026年11月25日")
        text = _text(desks.papers.pdf(letter))
        assert f"{signed}2026年11月25日" in text, kind
        assert f"{recipient}：" in text
        assert "联系人：肖敏" in text
        assert "14000000000" in text
        assert "{" not in text
        assert "回执" in text
        assert ("示例数据" in text) is (organ == "town")
    desks.close()


def test_a_village_is_written_to_itself_and_gets_no_copy(desks: Desks) -> None:
    case_id = matter(desks, tier=Tier.VILLAGE, unit_id=COMMITTEE)
    letter = desks.papers.prepare(PaperKind.URGING, [case_id])
    assert (letter.recipient, letter.copies) == ("上坪村民委员会", "")
    both = desks.papers.prepare(LIST, [case_id, matter(desks)])
    assert both.recipient == "禾溪镇人民政府、上坪村民委员会"


def test_a_county_office_is_never_written_to(desks: Desks) -> None:
    case_id = matter(desks, tier=Tier.COUNTY)
    move(desks, case_id, MoveDraft(Move.ASSIGN_AT_COUNTY, "2026-11-20", unit_id=3))
    assert "不能催办" in refusal(desks, PaperKind.URGING, case_id)
    assert "一览函" in refusal(desks, PaperKind.UNIT_OVERVIEW, case_id)
    assert desks.papers.prepare(REFERRAL, [case_id]).recipient == "清源县人大常委会"


# What it leaves out


@pytest.mark.parametrize("openness", [Openness.UNIT_ONLY, Openness.CONFIDENTIAL])
def test_no_name_and_no_phone_leave_the_station_unless_open(desks: Desks, openness: Openness) -> None:
    words = f"我是{NAME}，电话140 0661 4501，住上坪村三组，邻居占了通道。"
    case_id = matter(desks, words, openness, title=f"{NAME}反映通道被占")
    for kind in (HAND_OVER, LIST, PaperKind.URGING, PaperKind.UNIT_OVERVIEW):
        text = said(desks, kind, case_id)
        assert NAME not in text
        assert PHONE not in text
        assert "上坪村三组" not in text
        assert "通道被占" in text
    assert ("邻居占了通道" in said(desks, HAND_OVER, case_id)) is (openness is Openness.UNIT_ONLY)
    assert ("上坪村" in said(desks, HAND_OVER, case_id)) is (openness is Openness.UNIT_ONLY)


def test_an_open_matter_names_who_raised_it_where_the_station_wants_that(desks: Desks) -> None:
    case_id = matter(desks)
    text = said(desks, HAND_OVER, case_id)
    assert NAME not in text
    assert PHONE not in text
    desks.papers.save_style(HAND_OVER, replace(desks.papers.style(HAND_OVER), names=True))
    assert f"{NAME}{PHONE}" in said(desks, HAND_OVER, case_id)


def test_a_deputy_is_named_without_phone_and_addressed_as_one(desks: Desks) -> None:
    deputy = Deputy(name="钟䶮", phone="14000001001", mandates=(Mandate(Level.TOWNSHIP, "第十八届"),))
    deputy_id = desks.roster.save_deputy(deputy).value
    draft = DeputyOpinionDraft("2026-11-10", deputy_id, "建议在村口增设路灯。", "增设村口路灯", urgent=True)
    case_id = desks.opinions.register_deputy_opinion(draft).value
    move(desks, case_id, MoveDraft(Move.HAND_OVER, "2026-11-12", tier=Tier.TOWNSHIP, unit_id=1))
    text = said(desks, HAND_OVER, case_id)
    assert "提出代表钟䶮" in text
    assert "14000001001" not in text
    assert "紧急程度紧急" in text
    assert "【紧急】增设村口路灯" in said(desks, LIST, case_id)
    answered(desks, case_id)
    assert desks.papers.prepare(PaperKind.OUTCOME, [case_id]).recipient == "钟䶮代表"


def test_the_register_keeps_no_name_beside_the_paper(desks: Desks) -> None:
    case_id = matter(desks)
    answered(desks, case_id)
    done = desks.papers.issue(PaperKind.OUTCOME, [case_id])
    assert done.value.recipient == "反映人"
    assert printed(desks, case_id) == ["反馈单 2026-001，主送反映人"]
    assert desks.papers.letter(done.value).recipient == NAME


# What can be printed when


def test_what_cannot_be_printed_says_why(desks: Desks) -> None:
    fresh, handed, up = matter(desks, tier=None), matter(desks), matter(desks, tier=Tier.COUNTY)
    assert "还没有交办" in refusal(desks, HAND_OVER, fresh)
    assert "请印“关于转请办理群众意见建议的函”" in refusal(desks, HAND_OVER, up)
    assert "没有报县人大" in refusal(desks, REFERRAL, handed)
    assert "还没有答复" in refusal(desks, PaperKind.OUTCOME, handed)
    assert "告知单没有启用" in refusal(desks, PaperKind.NOTICE, fresh)
    assert "一次只印一件" in refusal(desks, HAND_OVER, handed, matter(desks))
    assert "按单位分开印" in refusal(desks, PaperKind.URGING, handed, matter(desks, unit_id=4))
    assert "没有可以列入" in refusal(desks, LIST)
    assert all(not printed(desks, case_id) for case_id in (fresh, handed, up))


def test_only_what_suits_is_offered_and_urgings_go_by_unit(desks: Desks) -> None:
    first, second, other, up = matter(desks), matter(desks), matter(desks, unit_id=4), matter(desks, tier=Tier.COUNTY)
    assert [offer.title for offer in desks.papers.offers([first])] == [
        "交办单",
        "催办单",
        "督办单",
        "承办事项一览函　城建办（2 件）",
    ]
    assert [offer.title for offer in desks.papers.offers([first, second, other, up])] == [
        "意见建议交办清单（3 件）",
        "关于转请办理群众意见建议的函（1 件）",
        "催办单　城建办（2 件）",
        "催办单　综合行政执法队（1 件）",
        "承办事项一览函　城建办（2 件）",
        "承办事项一览函　综合行政执法队（1 件）",
    ]
    assert desks.papers.offers([matter(desks, tier=None)]) == []


def test_an_overview_lists_all_a_unit_owes_the_pressing_first(desks: Desks) -> None:
    later, soon, done = matter(desks), matter(desks, due_on="2026-11-20"), matter(desks)
    answered(desks, done)
    assert desks.papers.open_of_unit(1) == (soon, later)
    text = said(desks, PaperKind.UNIT_OVERVIEW, soon, later)
    assert "尚有2件未答复，其中超期1件" in text
    assert "超期5天" in text
    assert "还剩17天" in text


# What is noted


def test_a_printed_paper_is_on_the_timeline_of_each_matter_and_moves_nothing(desks: Desks) -> None:
    ids = (matter(desks), matter(desks))
    before = [desks.opinions.case(case_id).progress.state for case_id in ids]
    done = desks.papers.issue(LIST, ids)
    paper = done.value
    assert (paper.number, paper.printed_on, paper.printed_by) == ("交办清单 2026-001", ON, "肖敏")
    assert paper.opinion_ids == ids
    for case_id, state in zip(ids, before, strict=True):
        assert printed(desks, case_id) == ["交办清单 2026-001，主送禾溪镇人民政府"]
        assert desks.opinions.case(case_id).progress.state is state
    assert desks.papers.issue(LIST, ids).value.number == "交办清单 2026-002"
    assert desks.papers.issue(HAND_OVER, ids[:1]).value.number == "交办单 2026-001"


def test_undo_takes_the_note_back_but_neither_number_nor_code(desks: Desks) -> None:
    case_id = matter(desks)
    paper = desks.papers.issue(HAND_OVER, [case_id]).value
    desks.housekeeping.undo()
    assert printed(desks, case_id) == []
    assert desks.papers.of_case(case_id) == []
    assert desks.papers.issue(HAND_OVER, [case_id]).value.number == "交办单 2026-002"
    # The sheet lies on somebody's desk all the same.
    assert desks.papers.by_code(paper.code).opinion_ids == (case_id,)


def test_an_urging_paper_is_the_urging_and_is_noted_once_a_day(desks: Desks) -> None:
    case_id = matter(desks)
    desks.papers.issue(PaperKind.URGING, [case_id])
    desks.papers.issue(PaperKind.URGING, [case_id])
    progress = desks.opinions.case(case_id).progress
    assert (progress.urged_count, progress.urged_on) == (1, ON)
    desks.papers.issue(PaperKind.SUPERVISION, [case_id])
    kinds = [event.kind for event in desks.opinions.case(case_id).events]
    assert kinds.count(EventKind.SUPERVISED) == 1
    for _ in range(3):
        desks.housekeeping.undo()
    assert desks.opinions.case(case_id).progress.urged_count == 0


def test_a_second_print_keeps_number_code_and_facts_and_says_so(desks: Desks) -> None:
    case_id = matter(desks)
    paper = desks.papers.issue(HAND_OVER, [case_id]).value
    first = desks.papers.letter(paper)
    desks.settings.save_unit(replace(desks.settings.units()[0], contact="李工"))
    assert desks.papers.issue_again(paper.id).value.code == paper.code
    again = desks.papers.letter(paper, again=True)
    assert (again.number, again.code) == (first.number, first.code)
    assert again.facts == first.facts
    assert "2026-11-25补印" in _text(desks.papers.pdf(again))
    events = [event for event in desks.opinions.case(case_id).events if event.kind is EventKind.PRINTED]
    assert [event.way for event in events] == ["", "补印"]


# Coming back


def test_a_code_leads_to_its_paper_and_a_wrong_one_is_told(desks: Desks) -> None:
    case_id = matter(desks)
    paper = desks.papers.issue(HAND_OVER, [case_id]).value
    typed = f"{paper.code[:3].lower()} {paper.code[3:].lower()}"
    assert desks.papers.by_code(typed) == paper
    wrong = paper.code[:5] + ("Z" if paper.code[5] != "Z" else "Y")
    with pytest.raises(InvalidInput, match="有一位抄错"):
        desks.papers.by_code(wrong)
    done = desks.papers.returned(paper.id, ON)
    assert done.value.returned_on == ON
    with pytest.raises(InvalidInput, match="不能早于打印"):
        desks.papers.returned(paper.id, "2026-11-24")


def test_codes_are_never_given_twice(tmp_path: Path) -> None:
    from station_app.services.papers_desk import PapersDesk
    from station_app.storage.station_file import StationFile

    desks = paper_station(tmp_path / "禾溪.station")
    case_id = matter(desks)
    desks.close()
    file = StationFile.open(tmp_path / "禾溪.station", fixed_clock(TODAY), "肖敏")
    again = Desks(file)
    draws = iter([3, 1, 4, 1, 5, 3, 1, 4, 1, 5, 9, 2, 6, 5, 3])
    papers = PapersDesk(file, again.settings, again.opinions, lambda _below: next(draws))
    codes = {papers.issue(HAND_OVER, [case_id]).value.code for _ in range(2)}
    assert len(codes) == 2
    again.close()


# The station's own words


def test_a_station_writes_its_own_words_and_gets_the_usual_ones_back(desks: Desks) -> None:
    case_id = matter(desks)
    own = desks.papers.style(HAND_OVER)
    texts = replace(own.texts, opening="请{承办单位}办理“{标题}”，{期限}前答复。", copies="{政府}办公室")
    desks.papers.save_style(HAND_OVER, replace(own, texts=texts, qr=True, document_number="禾人大〔{年}〕3号"))
    letter = desks.papers.prepare(HAND_OVER, [case_id])
    assert letter.opening == "请城建办办理“沟渠淤塞”，2026年12月12日前答复。"
    assert (letter.copies, letter.qr, letter.document_number) == ("禾溪镇人民政府办公室", True, "禾人大〔2026〕3号")
    assert desks.papers.issue(HAND_OVER, [case_id]).value.document_number == "禾人大〔2026〕3号"
    desks.papers.save_style(HAND_OVER, DEFAULT_STYLES[HAND_OVER])
    assert desks.papers.style(HAND_OVER) == DEFAULT_STYLES[HAND_OVER]
    with pytest.raises(InvalidInput, match="期现"):
        desks.papers.save_style(HAND_OVER, replace(own, texts=replace(texts, opening="{期现}")))


def test_words_are_previewed_with_a_real_matter_before_they_are_saved(desks: Desks) -> None:
    style = DEFAULT_STYLES[LIST]
    with pytest.raises(InvalidInput, match="还没有适合"):
        desks.papers.sample(LIST, style)
    for _ in range(4):
        matter(desks)
    letter = desks.papers.sample(LIST, replace(style, texts=replace(style.texts, title="交办表")))
    assert letter.title == "交办表"
    assert letter.table is not None
    assert len(letter.table.rows) == 3
    assert desks.papers.style(LIST) == style
    assert all(desks.papers.of_case(case.id) == [] for case in desks.opinions.cases())


# On paper


def test_a_usual_matter_fits_on_one_sheet_with_its_slip(desks: Desks) -> None:
    case_id = matter(desks, due_on="2026-11-20")
    for kind in (LIST, HAND_OVER, PaperKind.URGING, PaperKind.SUPERVISION):
        assert page_count(desks.papers.pdf(desks.papers.prepare(kind, [case_id]))) == 1, kind
    answered(desks, case_id)
    assert page_count(desks.papers.pdf(desks.papers.prepare(PaperKind.OUTCOME, [case_id]))) == 1


@pytest.mark.parametrize("kind", [HAND_OVER, LIST, REFERRAL])
def test_two_thousand_characters_are_all_on_paper(desks: Desks, kind: PaperKind) -> None:
    words = "".join(f"第{number}处水渠淤塞。" for number in range(1, 250))[:2000]
    tier = Tier.COUNTY if kind is REFERRAL else Tier.TOWNSHIP
    case_id = matter(desks, words, title="各处水渠淤塞", tier=tier)
    letter = desks.papers.prepare(kind, [case_id])
    pages = page_texts(desks.papers.pdf(letter))
    text = re.sub(r"\s", "", "".join(pages))
    torn = [number for number in range(1, 200) if f"第{number}处" not in text]
    assert len(torn) < len(pages), "no more is missing than what the foot of a page parts"
    sealed = next(page for page in pages if letter.organ in page and letter.date in re.sub(r"\s", "", page))
    assert len(re.sub(r"\s", "", sealed)) > 150, "the seal never stands alone on a page"


def test_a_closed_matter_keeps_its_papers(desks: Desks) -> None:
    case_id = matter(desks)
    desks.papers.issue(HAND_OVER, [case_id])
    answered(desks, case_id)
    move(desks, case_id, MoveDraft(Move.FEED_BACK, ON, way="无法联系"))
    assert desks.opinions.case(case_id).progress.state is State.CLOSED
    assert [offer.title for offer in desks.papers.again(case_id)] == ["补印 交办单 2026-001（2026-11-25）"]


def test_every_letter_kind_has_words() -> None:
    assert set(LETTER_KINDS) == set(DEFAULT_STYLES)
