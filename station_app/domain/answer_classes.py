"""The classes of an answer (答复类别), preset ABCD."""

from typing import Final

ANSWER_CLASSES: Final = {
    "A": "已解决或基本解决",
    "B": "正在解决或已启动",
    "C": "列入规划计划逐步解决",
    "D": "暂难解决、留作参考、已说明",
}
