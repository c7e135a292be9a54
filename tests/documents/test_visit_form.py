"""The visitor's form: everything said is on paper, one page for each visit."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from station_app.documents.page_pictures import page_texts
from station_app.documents.visit_form import VisitFormData, blank_forms, write_visit_forms

FORM = VisitFormData(
    number="2026-0148",
    station="禾溪镇人大代表联络站",
    time="2026年11月25日 9:20",
    place="圩镇流动接待点（老粮站门口）",
    name="𠅤㛃玉",
    sex="女",
    phone="14000664501",
    address="竹坑村六组",
    people="3",
    on_behalf="王冬菊等2户",
    words="村口到学校的路没有路灯，晚自习学生回家不安全，去年讲过一次，请再催一催。",
    category="基础设施",
    answer="已当场说明办理程序。",
    plan="镇级交办：请镇村镇建设服务中心研究。",
    receivers="欧阳建国、钟奀",
)


def pages_of(folder: Path, *forms: VisitFormData) -> list[str]:
    """Write ``forms`` and return the text of each page without blanks."""
    path = folder / "登记表.pdf"
    write_visit_forms(path, forms, bundled_only=True)
    return [re.sub(r"\s", "", page) for page in page_texts(path)]


def test_every_field_is_on_the_one_page(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, FORM)
    assert len(pages) == 1
    for field in fields(FORM):
        value = getattr(FORM, field.name)
        if isinstance(value, str):
            assert re.sub(r"\s", "", value) in pages[0]
    for words in ("接待选民登记表", "选民（群众）签名：", "接待人签名："):
        assert words in pages[0]
    assert "示例数据" not in pages[0]


@pytest.mark.parametrize("sentences", [5, 20, 60, 300])
def test_long_words_go_on_without_losing_any(tmp_path: Path, sentences: int) -> None:
    said = "\n".join(f"第{n}句，路灯要修。" for n in range(sentences))
    pages = pages_of(tmp_path, replace(FORM, words=said))
    text = "".join(pages)
    assert [int(n) for n in re.findall(r"第(\d+)句，路灯要修。", text)] == list(range(sentences))
    assert all("2026-0148" in page for page in pages)
    assert len(pages) == 1 or "转续页" in pages[0]


def test_blank_forms_hold_their_number_only(tmp_path: Path) -> None:
    numbers = [f"2026-{n:04d}" for n in range(149, 154)]
    pages = pages_of(tmp_path, *blank_forms(numbers, "禾溪镇人大代表联络站", demo=True))
    assert len(pages) == 5
    for number, page in zip(numbers, pages, strict=True):
        assert number in page
        assert "□男□女" in page
        assert "年月日时" in page
        assert "示例数据" in page
