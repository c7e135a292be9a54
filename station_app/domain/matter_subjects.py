"""Which words name the same subject of a matter: people say 班车, 公交 or 客车 and mean one thing.

A short thesaurus of what voters bring to a liaison station, in the order of its preset categories. It only helps to
find what may be the same matter; nothing is counted by it.
"""

from collections import defaultdict
from typing import Final

_SUBJECTS: Final = (
    # 产业发展
    "茶叶 茶农 茶园 鲜叶 茶厂",
    "销路 卖不出 收购价 滞销 没人收 没有人来收 帮农民卖",
    "油茶",
    "快递 包裹 取件 代收点",
    "贷款 信贷 贴息",
    "务工 就业 打工 招工 岗位",
    "合作社 分红 集体收入",
    "旅游 民宿 农家乐 景点",
    "补贴 补助 奖补 补偿款 补助款",
    # 基础设施
    "路灯 照明 黑灯瞎火",
    "自来水 饮水 水龙头 停水 断水 水压 管网 吃水",
    "水质 发黄 发浑 泥腥",
    "电压 变压器 增容 空调带不动",
    "停电 断电 跳闸",
    "电线 线路 电杆 电线杆 拉线",
    "信号 基站 通讯 网络 手机没信号 信号塔",
    "电视 广播 喇叭",
    "燃气 煤气 液化气",
    # 环境卫生
    "垃圾 清运 保洁车",
    "保洁员 清洁工",
    "厕所 公厕 粪池 化粪池 改厕",
    "排污 污水 粪水 粪污 废水",
    "养殖场 养猪场 猪场 鸡场 养鸡场",
    "河道 清淤 水葫芦 水草 淤积 打捞",
    "噪音 噪声 吵 扰民 划拳",
    "烧烤 夜宵 油烟",
    "扬尘 满路灰 一身灰 粉尘",
    # 城镇建设
    "占道 摆摊 摊位 小贩 菜摊 流动摊",
    "市场 农贸市场 菜市场 集市 圩场",
    "下水道 排水 内涝 淹水 积水 倒灌 雨水管",
    "健身器材 健身 锻炼 器材",
    "广场 文化广场 戏台",
    "井盖",
    "违建 搭建 违章建筑",
    # 农业农村
    "水渠 渠道 沟渠 灌溉 渠",
    "山塘 水库 塘坝",
    "机耕路 机耕道 收割机",
    "农田 高标准 田埂 田坎 田界",
    "野猪 野生动物 糟蹋庄稼 毁坏庄稼",
    "病虫害 虫子 农药 打药",
    "种子 化肥 农资",
    "采伐 砍树 砍伐 林业站 杉木 采伐证",
    "山林 林权 公益林",
    "流转 租金 承包地",
    "河堤 堤坝 防洪 决口",
    # 教育
    "校车 接送 上学路远",
    "幼儿园 入园 学前",
    "食堂 饭菜 午餐",
    "图书室 农家书屋 书屋 看书",
    "学费 助学 读书困难",
    # 医疗
    "医保 合作医疗 报销",
    "村医 卫生室 坐诊 卫生院",
    "救护车 急救 急诊",
    # 养老社保
    "低保 五保 特困 因病致贫 生活困难",
    "养老金 养老保险 养老待遇",
    "认证 人脸 刷脸 资格认证",
    "高龄 高龄补贴 老龄津贴",
    "老年食堂 幸福食堂 老人吃饭 集中吃饭 热饭 助餐",
    "残疾 残疾证 护理补贴",
    "退役 退伍 老兵 当过兵 士兵",
    # 住房物业
    "漏水 漏雨 渗水 防水 楼顶",
    "物业 物业费 维修基金 维修资金",
    "停车 车位 停车位",
    "充电 充电桩",
    "电梯",
    "建房 宅基地 拆旧建新 批地",
    "危房 老房子 危房改造",
    # 交通
    "班车 公交 客车 车次 班次 加车",
    "桥 危桥 石拱桥 老桥 桥墩 桥面",
    "护栏 栏杆",
    "硬化 水泥路 断头路 土路 打水泥",
    "坑洼 坑坑洼洼 破损 压烂 压坏 到处是坑",
    "大货车 大车 砂石车 拉砂石",
    "候车 站台 候车亭",
    "红绿灯 标志牌 警示牌 减速带 广角镜 凸面镜 反光镜",
    "路口 岔路口 三岔路",
    # 安全
    "滑坡 山坡 塌方 山体 裂口 挡土墙",
    "消防 消防栓 火灾 防火 着火",
    "狗 野狗 流浪狗",
    "溺水 游泳 下河",
)


def subjects_in(words: str) -> frozenset[int]:
    """Return the subjects that a matter's words name, each by its number in the list."""
    return frozenset(
        number
        for at, char in enumerate(words)
        if char in _BY_FIRST
        for name, number in _BY_FIRST[char]
        if words.startswith(name, at)
    )


def _by_first() -> dict[str, list[tuple[str, int]]]:
    """Return the names by their first character: a text is gone through once, not once for every name."""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, line in enumerate(_SUBJECTS):
        for name in line.split():
            found[name[0]].append((name, number))
    return dict(found)


_BY_FIRST: Final = _by_first()
