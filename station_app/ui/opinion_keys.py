"""What the keys of the page of opinions do, as F1 lists them."""

from station_app.ui.record_history import HISTORY_SHORTCUT

SHORTCUTS = (
    ("F2", "登记意见（接待日以外收到的）"),
    ("回车", "在表中：到右侧最可能的一步；再按回车打开"),
    ("Ctrl+S", "保存右侧的短表"),
    ("Esc", "放弃短表，或回到表中"),
    ("Shift+↓、Ctrl+点击", "选几件，一起交办、催办、反馈、打印或并案"),
    ("Alt+U", "承办单位：未答复的事项、一览函、回填表"),
    ("Alt+I", "导入旧台账"),
    ("Alt+J", "给选中的一件添加附件"),
    ("Ctrl+P", "打印选中事项的文书"),
    ("Ctrl+E", "把表中所列导出为 Excel"),
    HISTORY_SHORTCUT,
)
