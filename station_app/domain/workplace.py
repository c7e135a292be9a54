"""Where a deputy works, read from 工作单位及职务, which rosters write in one cell."""

import re
from typing import Final

_ENDS: Final = (
    "村(?!民(?!兵)|[委医官干支])", "社区", "公司", "集团", "银行", "信用社", "合作社", "供销社", "农场", "林场", "果园", "厂(?![长主])",
    "商行", "店(?![长主])", "坊(?!主)", "超市", "学校(?!长)", "小学", "中学", "大学(?!生)", "幼儿园", "职校", "医院", "卫生院", "卫生室", "诊所",
    "局(?!长)", "所(?!长)", "站(?!长)", "中心(?!小学|卫生|幼儿|校)", "委员会", "协会", "商会", "事务所", "研究院", "法院", "检察院",
    "敬老院", "文化馆", "图书馆", "大队", "中队(?!长)", "政府", "(?<![返城])镇(?!长)", "(?<!返)乡(?![长贤亲])", "街道(?!工委|办)",
    "街道办", "县(?!长)", "园区", "开发区",
)  # fmt: skip
_WHERE: Final = re.compile(f".*(?:{'|'.join(_ENDS)})")


def workplace(post: str) -> str:
    """Return the part of a post that names where the deputy works: 水东村党总支书记 → 水东村; else the whole.

    It ends with the last word that ends the name of a place of work; duties after a comma are left out.
    """
    first = re.split("[、，,；;（(]", post, maxsplit=1)[0].strip()
    found = _WHERE.match(first)
    return found[0] if found else first
