"""Pictures of the import: columns to be corrected, problem rows, differences, the file still to be chosen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.ui.import_panel import ImportPanel
from station_app.ui.roster_page import RosterPage
from tests.documents.ugly_sheets import book
from tests.picture_scenes import Shot
from tests.ui.window_seat import page_of

Prepare = Callable[[Shot], None]
_ODD = [
    ("禾溪镇第十八届人民代表大会代表联系表",),
    ("填报单位：禾溪镇人大主席团", "", "", "", "", "2026年11月"),
    ("序号", "称呼", "男女", "哪一级的代表", "工作单位（职务）", "联系电话", "备用", "相片"),
    (1, "罗小满", "女", "镇", "枫林村妇女主任", "14000001088", "", "见附件"),
    (2, "覃水生", "男", "县、镇", "水东村党总支书记", "14000001077", "", ""),
    (3, "㛃玉", "女", "镇", "圩镇社区网格员", "14000001066", "14000002066", ""),
]
_WRONG = [
    ("禾溪镇人大代表花名册",),
    ("姓名", "性别", "出生年月", "代表层级", "工作单位及职务", "联系电话", "备注"),
    ("罗小满", "女", "1985.3", "镇", "枫林村妇女主任", "14000001088", ""),
    ("张三、李四", "男", "1978", "镇", "两人同格", "1.38E+10", ""),
    ("", "不详男", "1979.13", "村", "没有名字的一行", "1400000109", ""),
    ("覃小舟", "男", "1990.01", "县、镇", "溪口合作社", "14000001077", "已调离"),
    ("合计", "3 人"),
]


def _take(shot: Shot, path: Path | None) -> ImportPanel:
    """Begin the import of a file and wait for what is shown."""
    page = page_of(shot, "roster", RosterPage)
    shot.told.answers = [path]
    page.start_import()
    shot.rest()
    panel = page.importing
    assert panel is not None
    return panel


def _mapping(shot: Shot) -> None:
    _take(shot, book(shot.folder / "代表联系表2026.xlsx", *_ODD))


def _problems(shot: Shot) -> None:
    panel = _take(shot, book(shot.folder / "花名册（各村报）.xlsx", *_WRONG))
    panel.table.select(2)


def _differences(shot: Shot) -> None:
    people = [deputy for deputy in shot.desks.roster.deputies() if deputy.phone][:6]
    rows = [
        (
            one.name,
            one.party,
            "大学本科",
            f"{one.post}，兼村务监督委员会主任、村集体经济合作社理事长和水利工程协管员",
            one.phone,
        )
        for one in people
    ]
    heads = ("姓名", "政治面貌", "学历", "工作单位及职务", "联系电话")
    new = ("罗小满", "群众", "大专", "枫林村", "14000001088")
    panel = _take(shot, book(shot.folder / "花名册.xlsx", heads, *rows, new))
    panel.table.select(1)
    panel.table.view.selectRow(1)
    panel.tick()


def _choose(shot: Shot) -> None:
    _take(shot, None)


def _scene(prepare: Prepare) -> Callable[[Path], QWidget]:
    return lambda folder: Shot(folder, "roster", prepare)


SCENES = {
    "import_columns": _scene(_mapping),
    "import_columns_small": _scene(_mapping),
    "import_problems": _scene(_problems),
    "import_differences": _scene(_differences),
    "import_differences_small": _scene(_differences),
    "import_choose": _scene(_choose),
}
SIZES = {name: (1024, 700) if name.endswith("small") else (1366, 768) for name in SCENES}
