"""Pictures of groups, visits and sign-ins being imported: their previews, on the pages where they are reached."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.services.intake import SheetKind
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.import_panel import ImportPanel
from station_app.ui.reception_page import ReceptionPage
from tests.documents.ugly_sheets import book
from tests.picture_scenes import Shot
from tests.ui.window_seat import page_of

_GROUPS = [
    ("禾溪镇人大代表编组一览表",),
    ("序号", "小组名称", "类型", "组长", "成员（层级）", "联系村（居）、网格", "联系户数", "进站安排", "备注"),
    (1, "河东片代表小组", "片区", "欧阳建国", "欧阳建国、钟 龚、黄金发\n钟秀珍", "下坝村（第一网格、第二网格）、石门村", "480户", "逢圩日", ""),
    (2, "老干部联络小组", "专业", "", "组长：钟龚；成员：兰秀娥、查无此人", "全镇", "", "", ""),
    (3, "女代表小组", "专业", "温㛃", "温㛃、罗金凤", "第三片", "许多", "", "两位同名"),
    (4, "第四进站组", "进站编组", "", "邱志明、赖小红", "", "", "农历廿四圩日", ""),
    ("合计", "4 组"),
]  # fmt: skip
_VISITS = [
    ("禾溪镇接待选民登记簿",),
    ("序号", "接待日期", "选民（群众）姓名", "性别", "联系电话", "住址", "人数", "反映内容（原话）", "类别", "当场答复情况", "接待人", "备注"),
    (1, "2024.3.5", "王 小 福", "男", 14000000021, "竹坑村四组5号", 1, "村口的路灯坏了两盏，晚上看不见路，孩子放学害怕。", "基础设施", "", "钟龚", ""),
    (None, None, None, None, None, None, None, "水沟堵了，下雨就漫到路上。", "环境卫生", "", None, ""),
    (2, "2024年3月5日", "匿名", "", "无", "", "3人", "问医保怎么交。", "其他", "已告知到便民服务中心三号窗口办理。", "欧阳建国、肖敏", "紧急"),
    (3, "2024-04-01", "李大姐等2人", "女", "看名片", "上坪村", "", "校车太挤。", "交通", "", "站长", "代赖婆婆反映"),
    (4, "2030-04-01", "赖水长", "男", "", "", 1, "桥栏杆松了。", "交通安全", "", "肖敏", ""),
    ("合　计", "4 批", "", "", "", "", 7),
]  # fmt: skip
_SIGNED = [
    ("2025年上半年代表进站接待情况表",),
    ("序号", "姓名", "代表层级", "单位及职务", "3月5日", "3月12日", "3月19日（逢圩）", "合计"),
    (1, "钟 龚", "县", "禾溪镇人大主席", "√", "v", "请假", 2),
    (2, "欧阳建国", "镇", "下坝村村委会主任", "×", "—", "代钟龚", 1),
    (3, "罗金凤", "镇", "", "√", "", "", 1),
    (4, "邱志明", "镇", "", "？", "到", "由欧阳建国代", 1),
    ("合计", "", "", "", 3, 2, 1, 6),
]


def _take(shot: Shot, kind: SheetKind, name: str, rows: Sequence[tuple[object, ...]]) -> ImportPanel:
    shot.told.answers = [book(shot.folder / name, *rows)]
    if kind is SheetKind.GROUPS:
        page = page_of(shot, "grouping", GroupingPage)
        shot.rest()
        page.start_import()
        panel = page.panel
    else:
        desk = page_of(shot, "reception", ReceptionPage)
        shot.rest()
        desk.start_import(kind)
        panel = desk.whole.panel
    shot.rest()
    assert isinstance(panel, ImportPanel)
    return panel


def _groups(shot: Shot) -> None:
    panel = _take(shot, SheetKind.GROUPS, "编组一览表2026.xlsx", _GROUPS)
    panel._switches[""].click()


def _ticked(shot: Shot) -> None:
    panel = _take(shot, SheetKind.GROUPS, "编组一览表2026.xlsx", _GROUPS)
    panel.table.select(1)
    panel.table.view.selectRow(0)
    panel.tick()


def _visits(shot: Shot) -> None:
    panel = _take(shot, SheetKind.VISITS, "接待登记簿2024.xlsx", _VISITS)
    panel._switches[""].click()


def _signed(shot: Shot) -> None:
    panel = _take(shot, SheetKind.ATTENDANCE, "进站接待情况2025上半年.xlsx", _SIGNED)
    panel._switches[""].click()


def _scene(prepare: Callable[[Shot], None]) -> Callable[[Path], QWidget]:
    return lambda folder: Shot(folder, "grouping", prepare)


SCENES = {
    "import_groups": _scene(_groups),
    "import_groups_ticked": _scene(_ticked),
    "import_visits": _scene(_visits),
    "import_visits_small": _scene(_visits),
    "import_attendance": _scene(_signed),
    "import_attendance_small": _scene(_signed),
}
SIZES = {name: (1024, 700) if name.endswith("small") else (1366, 768) for name in SCENES}
