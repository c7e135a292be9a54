"""What papers may tell: nothing that gives the petitioner away unless the matter is open."""

from dataclasses import replace

import pytest

from station_app.domain.opinion import Case, Openness, Source
from station_app.domain.progress import Progress
from station_app.domain.secrecy import HIDDEN, PETITIONER, WITHHELD, for_paper

OPEN = Case(
    id=1, uid="", number="HX-2026-0001", source=Source.VOTER, title="欧阳𬭚文反映沟渠淤塞", words="", category="农业农村",
    nature="意见", counts=True, channel="接待日", village_id=1, village="上坪村", openness=Openness.OPEN, urgent=False,
    raised_on="2026-11-10", petitioner="欧阳𬭚文", phone="14006614501", address="上坪村三组", people=3, receivers=(),
    visit_id=1, day_id=None, recorder="", remark="", events=(), progress=Progress(),
)  # fmt: skip


def told(words: str, openness: Openness = Openness.UNIT_ONLY) -> str:
    return for_paper(replace(OPEN, words=words, openness=openness)).words


def test_what_is_open_stays_as_it_is() -> None:
    assert for_paper(OPEN) == OPEN


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("我是欧阳𬭚文，沟渠淤了。", f"我是{PETITIONER}，沟渠淤了。"),
        ("电话14006614501。", f"电话{HIDDEN}。"),
        ("电话140 0661 4501或140-0661-4502。", f"电话{HIDDEN}或{HIDDEN}。"),
        ("座机0797-1234567。", f"座机{HIDDEN}。"),
        ("证号110101190001011237，", f"证号{HIDDEN}，"),
        ("证号11010119000101123X。", f"证号{HIDDEN}。"),
        ("住上坪村三组，门前的路。", f"住{HIDDEN}，门前的路。"),
        ("２０２６年的钱没发，１４００６６１４５０１", f"２０２６年的钱没发，{HIDDEN}"),
    ],
)
def test_names_phones_and_numbers_are_taken_out_of_the_words(words: str, left: str) -> None:
    assert told(words) == left


@pytest.mark.parametrize("words", ["2026-11-05 修了 300 米，花了 12000 元。", "109 国道 K35+200 处", "每亩 1250.5 元"])
def test_dates_and_amounts_stay(words: str) -> None:
    assert told(words) == words


def test_what_is_confidential_keeps_its_words_at_home() -> None:
    case = for_paper(replace(OPEN, words="我家对面的那户。", openness=Openness.CONFIDENTIAL))
    assert (case.words, case.village, case.petitioner, case.phone, case.people) == (WITHHELD, "", PETITIONER, "", 1)
    assert case.title == f"{PETITIONER}反映沟渠淤塞"
