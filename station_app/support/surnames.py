"""Surnames: which characters of a name they are, and how they are read where a dictionary reads the character otherwise.

Readings are those that 现代汉语词典 marks as surname (姓); where usage in the country parts from it, the commoner one.
"""

from typing import Final

_SINGLE: Final = """
单shan 曾zeng 解xie 查zha 区ou 仇qiu 盖ge 朴piao 覃qin 缪miao 乐yue 华hua 任ren 纪ji 洗xian 冼xian 员yun 贠yun 种chong
祭zhai 句gou 那na 宁ning 甯ning 应ying 燕yan 黑he 折she 召shao 秘bi 逄pang 逢pang 郗xi 郄qie 佴nai 乜nie 翟zhai 隗wei
阚kan 晁chao 朝chao 宓mi 牟mou 葛ge 谌chen 尉wei 蔚yu 占zhan 肖xiao 都du 顿dun 干gan 过guo 呙guo 涡guo 哈ha 还huan 会gui
炅gui 炔gui 妫gui 贾jia 强qiang 费fei 贲ben 卜bu 薄bo 伯bo 柏bai 便pian 扁bian 盛sheng 晟cheng 重chong 褚chu 繁po 行xing
和he 滑hua 郇xun 隽juan 监jian 教jiao 矫jiao 经jing 阙que 昝zan 雒luo 落luo 率shuai 芈mi 弭mi 糜mi 难ning 能nai 粘nian
仆pu 亓qi 丌ji 契qi 瞿qu 璩qu 曲qu 撒sa 色se 少shao 佘she 舍she 厍she 莘shen 什shi 石shi 殳shu 宿su 眭sui 镡tan 邰tai
臺tai 仝tong 庹tuo 拓tuo 宛wan 万wan 相xiang 颉xie 要yao 幺yao 叶ye 於yu 于yu 俞yu 恽yun 藏zang 臧zang 笮ze 扎zha 长chang
仉zhang 中zhong 訾zi 禚zhuo 缑gou 暨ji 嵇ji 籍ji 稽ji 蹇jian 湛zhan 钭tou 爨cuan 笪da 酆feng 冮gang 禤xuan 车che
冯feng 角jue 俱ju 揭jie 苑yuan 令ling
"""
_DOUBLE: Final = """
尉迟yu,chi 欧阳ou,yang 万俟mo,qi 澹台tan,tai 长孙zhang,sun 单于chan,yu 令狐ling,hu 司马si,ma 诸葛zhu,ge 上官shang,guan
皇甫huang,fu 宇文yu,wen 鲜于xian,yu 呼延hu,yan 慕容mu,rong 公孙gong,sun 夏侯xia,hou 东方dong,fang 司徒si,tu 司空si,kong
司寇si,kou 南宫nan,gong 独孤du,gu 乐正yue,zheng 宰父zai,fu 夹谷jia,gu 子车zi,ju 亓官qi,guan 谷梁gu,liang 榖梁gu,liang
穀梁gu,liang 段干duan,gan 拓跋tuo,ba 完颜wan,yan 叶赫ye,he 百里bai,li 钟离zhong,li 闻人wen,ren 濮阳pu,yang 淳于chun,yu
太史tai,shi 太叔tai,shu 申屠shen,tu 轩辕xuan,yuan 端木duan,mu 公冶gong,ye 公羊gong,yang
赫连he,lian 漆雕qi,diao 漆彫qi,diao 巫马wu,ma 颛孙zhuan,sun 仲孙zhong,sun 叔孙shu,sun 第五di,wu 即墨ji,mo 纳兰na,lan
壤驷rang,si 羊舌yang,she 梁丘liang,qiu 左丘zuo,qiu 东郭dong,guo 西门xi,men 贺兰he,lan 屈突qu,tu 贺若he,ruo 豆卢dou,lu 哥舒ge,shu
歐陽ou,yang 尉遲yu,chi 萬俟mo,qi 長孫zhang,sun 單于chan,yu 司馬si,ma 諸葛zhu,ge 鮮于xian,yu 東方dong,fang 獨孤du,gu
"""
SURNAME_READINGS: Final[dict[str, tuple[str, ...]]] = {
    **{entry[0]: (entry[1:],) for entry in _SINGLE.split()},
    **{entry[:2]: tuple(entry[2:].split(",")) for entry in _DOUBLE.split()},
}
"""Pinyin without tones, a syllable for each character, of the surnames that are not read as any other word is."""

DOTS: Final = "·•・．‧∙⋅●"
"""The dot between the parts of a minority or foreign name, as it is (GB/T 15834: U+00B7) and as it gets typed."""


def surname_of(name: str) -> str:
    """Return the surname a name begins with: two characters when they are a known double surname, else one.

    A name with a dot, such as 阿依古丽·买买提, has no surname: the first part is the given name.
    """
    if any(dot in name for dot in DOTS):
        return ""
    return name[:2] if len(name) > 2 and name[:2] in SURNAME_READINGS else name[:1]
