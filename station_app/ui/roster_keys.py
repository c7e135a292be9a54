"""The keys of the page 代表, as F1 lists them."""

from typing import Final

from station_app.ui.record_history import HISTORY_SHORTCUT

ROSTER_KEYS: Final = (
    ("Enter", "修改选中的代表"),
    ("Ctrl+K", "筛选代表：姓名、拼音、首字母、电话、选区、职务、证号"),
    ("Alt+D", "名册日期：看某一天谁在任"),
    ("Alt+K", "名册看成卡片或表格"),
    ("Alt+I", "导入名册"),
    ("Alt+U / Alt+W / Alt+E", "到编组、核对、换届"),
    ("Alt+H", "核对无误，记下今天的日期"),
    ("Alt+J", "编入小组"),
    ("Alt+Q", "请假、销假"),
    ("Alt+R", "转入、转出、换站室"),
    ("Alt+Z", "终止代表职务"),
    ("Alt+P", "照片"),
    ("Alt+↑ / Alt+↓", "在名册里：上移、下移，改排序号"),
    ("Alt+T", "可能重复的代表：逐对查看、合并"),
    ("Ctrl+P", "打印：公示牌、编组一览表、联系群众一览表、名册核对表"),
    HISTORY_SHORTCUT,
    ("Alt+G", "到左边一栏（小组、层级、村、选区、单位）"),
    ("Alt+B", "左边一栏换一种排法"),
    ("Insert", "在小组里：加成员"),
    ("Delete", "在小组里：移出成员，删除小组"),
    ("Ctrl+Delete", "在名册里：删除录错的代表（没有签到、接待、意见记录的）"),
    ("Ctrl+G", "在小组里：设为组长"),
    ("Ctrl+N", "在小组里：新建小组"),
    ("Alt+M", "在表单里：再加一个职务"),
    ("Alt+X", "在照片里：选择照片文件；方向键移动，＋ － 缩放"),
)
