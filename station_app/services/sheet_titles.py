"""Which of our own books a spreadsheet is: one that belongs elsewhere, or that cannot be imported, is told by its title."""

from collections.abc import Sequence

from station_app.domain.cell_text import cell_text
from station_app.domain.problems import invalid
from station_app.domain.raw_sheet import RawSheet

_HEAD = 5  # rows among which the title of a book stands
_PAGES = {
    "代表花名册": ("roster", "“代表”页的“导入名册”"),
    "意见建议办理台账": ("opinions", "“意见”页的“导入旧台账”"),
    "接待选民登记台账": ("visits", "“接待”页的“导入”"),
    "代表签到表": ("attendance", "“接待”页的“导入”"),
    "编组一览表": ("groups", "“编组”页的“导入”"),
}
"""Books that are imported: as what, and where. The others are made from what is registered."""


def refuse_other_books(sheets: Sequence[RawSheet], kind: str) -> None:
    """Refuse a spreadsheet that is a book of ours of another kind, before any of it is read.

    Raises:
        InvalidInput: where it is imported, or that it cannot be (field ``sheet``).
    """
    from station_app.services.books import BOOK_LABELS  # with all the books behind it

    titles = {text for sheet in sheets for row in sheet.rows[:_HEAD] if len(text := _only_text(row)) > 1}
    if any(title in titles and owner == kind for title, (owner, _place) in _PAGES.items()):
        return
    for title in (*_PAGES, *BOOK_LABELS.values()):
        if title not in titles:
            continue
        if title in _PAGES:
            raise invalid("sheet", f"这是“{title}”，请用{_PAGES[title][1]}导入。")
        raise invalid(
            "sheet", f"这是“{title}”，由登记簿里的内容生成，只能导出，不能导入；要改内容，请在登记簿里改了再导出。"
        )


def _only_text(row: Sequence[object]) -> str:
    """Return the text of a row that has but one."""
    texts = [text for cell in row if isinstance(cell, str) and (text := cell_text(cell))]
    return texts[0] if len(texts) == 1 else ""
