"""Pictures of the import: columns to be corrected, problem rows, differences, the file still to be chosen."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station_app.ui.import_panel import ImportPanel
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.roster_page import RosterPage
from station_app.ui.station_window import StationWindow
from tests.picture_scenes import demo_desks

Prepare = Callable[["ImportShot"], None]
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


class ImportShot(StationWindow):
    """A window over the demo in which a roster is being imported."""

    def __init__(self, folder: Path, prepare: Prepare) -> None:
        self.messages_of_shot = RecordedMessages()
        super().__init__(demo_desks(folder), window_settings(str(folder / "window.ini")), self.messages_of_shot)
        self.folder = folder
        self._prepare = prepare

    def before_picture(self) -> None:
        """Bring the page into the state that is wanted."""
        self.activateWindow()
        self._prepare(self)
        self.rest()

    def rest(self) -> None:
        """Wait for jobs and timers."""
        for turn in range(200):
            loop = QEventLoop()
            QTimer.singleShot(50, loop.quit)
            loop.exec()
            if not self.jobs.busy and turn > 5:
                return

    def take(self, path: Path | None) -> ImportPanel:
        """Begin the import of a file and wait for what is shown."""
        self.show_page("roster")
        page = self.page("roster")
        assert isinstance(page, RosterPage)
        self.messages_of_shot.answers = [path]
        page.start_import()
        self.rest()
        panel = page.importing
        assert panel is not None
        return panel

    def book(self, name: str, rows: Sequence[tuple[object, ...]]) -> Path:
        """Write a workbook into the scene's folder."""
        from tests.documents.ugly_sheets import book

        return book(self.folder / name, *rows)


def _mapping(shot: ImportShot) -> None:
    shot.take(shot.book("代表联系表2026.xlsx", _ODD))


def _problems(shot: ImportShot) -> None:
    panel = shot.take(shot.book("花名册（各村报）.xlsx", _WRONG))
    panel.table.select(2)


def _differences(shot: ImportShot) -> None:
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
    panel = shot.take(
        shot.book(
            "花名册.xlsx",
            [
                ("姓名", "政治面貌", "学历", "工作单位及职务", "联系电话"),
                *rows,
                ("罗小满", "群众", "大专", "枫林村", "14000001088"),
            ],
        )
    )
    panel.table.select(1)
    panel.table.view.selectRow(1)
    panel.tick()


def _choose(shot: ImportShot) -> None:
    shot.take(None)


def _scene(prepare: Prepare) -> Callable[[Path], QWidget]:
    return lambda folder: ImportShot(folder, prepare)


SCENES = {
    "import_columns": _scene(_mapping),
    "import_columns_small": _scene(_mapping),
    "import_problems": _scene(_problems),
    "import_differences": _scene(_differences),
    "import_differences_small": _scene(_differences),
    "import_choose": _scene(_choose),
}
SIZES = {name: (1024, 700) if name.endswith("small") else (1366, 768) for name in SCENES}
