"""The form of a deputies' suggestion: one page, every signer, room for what is not known yet."""

from dataclasses import replace

from station_app.documents.page_pictures import page_texts
from station_app.documents.suggestion_paper import SignerLine, SuggestionPaper, suggestion_pdf, unprintable

PAPER = SuggestionPaper(
    title=("禾溪镇人民代表大会", "闭会期间代表建议、批评和意见专用纸"),
    organ="禾溪镇人民代表大会主席团",
    occasion="第十八届闭会期间",
    number="第12号",
    subject="关于修复上坪村沟渠的建议",
    leader=SignerLine("曾𬭚文", "T001", "大田村种粮大户", "14006614501"),
    seconders=(SignerLine("欧阳建国", "T002", "下坝村村委会主任"), SignerLine("阿依古丽·买买提")),
    words="上坪村沟渠淤塞多年。\n建议列入明年水利项目。",
    submitted_on="2026年11月18日",
    recipient="禾溪镇人民代表大会主席团",
    units="镇水务站主办、镇农技站协办",
    handed_on="2026年11月20日",
    demo=True,
)


def pages(paper: SuggestionPaper) -> list[str]:
    return ["".join(page.split()) for page in page_texts(suggestion_pdf(paper, bundled_only=True))]


def test_everything_stands_on_one_page() -> None:
    """Title, session, number, every deputy with card and post, the matter, and who is to handle it."""
    (page,) = pages(PAPER)
    for said in (
        "禾溪镇人民代表大会", "闭会期间代表建议、批评和意见专用纸", "第十八届闭会期间", "第12号", "曾𬭚文", "T001", "14006614501",
        "欧阳建国", "下坝村村委会主任", "阿依古丽·买买提", "建议列入明年水利项目。", "2026年11月18日", "请镇水务站主办、镇农技站协办。",
        "示例数据",
    ):  # fmt: skip
        assert said in page
    assert unprintable(PAPER) == {}


def test_a_long_matter_goes_on_overleaf_whole() -> None:
    """Nothing of two thousand characters is lost, and the end of the form follows it."""
    words = "".join(f"第{number}处渠段淤塞渗漏，" for number in range(220))
    paper = pages(replace(PAPER, words=words))
    assert len(paper) > 1
    assert all(f"第{number}处" in "".join(paper) for number in (0, 110, 219))
    assert "请镇水务站主办" in paper[-1]


def test_a_blank_form_is_one_page_too() -> None:
    """It is given to deputies to write on."""
    blank = replace(
        PAPER,
        number="",
        subject="",
        leader=SignerLine(),
        seconders=(),
        words="",
        submitted_on="",
        units="",
        handed_on="",
    )
    assert len(pages(blank)) == 1
