"""The station, its host organ and the words that follow from it."""

from dataclasses import dataclass
from enum import StrEnum


class OrganKind(StrEnum):
    """Kind of the host organ (所属机关); it drives every word on screen and paper."""

    TOWNSHIP = "township"
    ETHNIC_TOWNSHIP = "ethnic_township"
    TOWN = "town"
    STREET = "street"
    PARK = "park"


class StationKind(StrEnum):
    """Kind of the liaison station."""

    HOUSE = "house"
    STATION = "station"
    OFFICE = "office"
    POINT = "point"


class Branch(StrEnum):
    """Whom a special station or room is for (所在领域)."""

    GENERAL = ""
    PARK = "park"
    ENTERPRISE = "enterprise"
    TRADE = "trade"
    CROSS_AREA = "cross_area"


class Tier(StrEnum):
    """Who handles a matter: the village, the township, the county, or a deputies' suggestion procedure."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"
    SUGGESTION = "suggestion"


ORGAN_KIND_LABELS = {
    OrganKind.TOWNSHIP: "乡",
    OrganKind.ETHNIC_TOWNSHIP: "民族乡",
    OrganKind.TOWN: "镇",
    OrganKind.STREET: "街道",
    OrganKind.PARK: "园区",
}
STATION_KIND_LABELS = {
    StationKind.HOUSE: "代表之家",
    StationKind.STATION: "联络站",
    StationKind.OFFICE: "联络室",
    StationKind.POINT: "联络点",
}
VILLAGE_WORD = "村(居)"
BRANCH_LABELS = {
    Branch.GENERAL: "普通",
    Branch.PARK: "园区",
    Branch.ENTERPRISE: "企业",
    Branch.TRADE: "行业",
    Branch.CROSS_AREA: "跨区域",
}


@dataclass(frozen=True)
class StationProfile:
    """The station as its papers name it.

    Args:
        name: full name, e.g. 禾溪镇人大代表联络站.
        code: short code used in numbers, e.g. ``HX``.
        organ_name: township or street without the organ, e.g. 禾溪镇.
        county_name: the county, e.g. 清源县.
        market_word: the local word for a market day: 圩日, 集日, 场日, 街日.
        market_endings: lunar endings of market days, e.g. ``(4, 7)``; empty when there is no market.
        term_name: current term of the township congress, e.g. 第十八届.
        term_from: ISO date on which 本届以来 begins.
        demo: True for invented data: every page and paper says 示例数据.
        branch: whom it is for; a special station's places are no villages.
    """

    name: str
    code: str = "HX"
    kind: StationKind = StationKind.STATION
    organ_kind: OrganKind = OrganKind.TOWN
    organ_name: str = ""
    county_name: str = ""
    place: str = ""
    phone: str = ""
    population: int | None = None
    market_word: str = "圩日"
    market_endings: tuple[int, ...] = ()
    term_name: str = ""
    term_from: str = ""
    demo: bool = False
    branch: Branch = Branch.GENERAL

    @property
    def tier_word(self) -> str:
        """The adjective of the host organ: 镇级, 乡级 or 街道."""
        return {
            OrganKind.TOWN: "镇级",
            OrganKind.TOWNSHIP: "乡级",
            OrganKind.ETHNIC_TOWNSHIP: "乡级",
            OrganKind.STREET: "街道",
            OrganKind.PARK: "园区",
        }[self.organ_kind]

    @property
    def county_word(self) -> str:
        """县, 市, 区 or 旗, as the county's name ends."""
        ending = self.county_name[-1:]
        return ending if ending and ending in "市区旗" else "县"

    @property
    def government(self) -> str:
        """Who a matter is handed to: the township government or the street office."""
        ending = {
            OrganKind.STREET: "办事处",
            OrganKind.PARK: "管委会",
        }.get(self.organ_kind, "人民政府")
        return f"{self.organ_name}{ending}"

    @property
    def organ(self) -> str:
        """Who papers go out from: the presidium of the congress, or the street's work committee."""
        ending = {
            OrganKind.STREET: "人大工委",
            OrganKind.PARK: "人大工委",
        }.get(self.organ_kind, "人民代表大会主席团")
        return f"{self.organ_name}{ending}"

    @property
    def has_congress(self) -> bool:
        """A street or park has no township deputies, congress or ballot."""
        return self.organ_kind not in {OrganKind.STREET, OrganKind.PARK}

    @property
    def whole_place(self) -> str:
        """The village choice for matters of everybody: 全镇/其他, of a special station 全企业/其他."""
        special = {
            Branch.PARK: "全园区/其他",
            Branch.ENTERPRISE: "全企业/其他",
            Branch.TRADE: "全行业/其他",
            Branch.CROSS_AREA: "全片区/其他",
        }
        if self.branch in special:
            return special[self.branch]
        return {
            OrganKind.TOWN: "全镇/其他",
            OrganKind.STREET: "全街道/其他",
            OrganKind.PARK: "全园区/其他",
        }.get(self.organ_kind, "全乡/其他")

    @property
    def village_word(self) -> str:
        """What the places are called whose people come: 村(居), of a special station 企业, 车间 or 会员单位."""
        return {
            Branch.PARK: "企业(楼栋)",
            Branch.ENTERPRISE: "车间(部门)",
            Branch.TRADE: "会员单位",
        }.get(self.branch, VILLAGE_WORD)


@dataclass(frozen=True)
class Village:
    """A village or neighbourhood committee (村、居). ``code`` is empty or the official division code."""

    id: int
    uid: str
    name: str
    short_name: str
    groups: int = 0
    position: int = 0
    retired: bool = False


class StaffPost(StrEnum):
    """Post of the station's staff."""

    HEAD = "head"
    DEPUTY_HEAD = "deputy_head"
    CLERK = "clerk"
    HELPER = "helper"


STAFF_POST_LABELS = {
    StaffPost.HEAD: "站长",
    StaffPost.DEPUTY_HEAD: "副站长",
    StaffPost.CLERK: "联络员",
    StaffPost.HELPER: "录入员",
}


@dataclass(frozen=True)
class Staff:
    """One of the station's own people."""

    id: int
    uid: str
    name: str
    post: StaffPost
    phone: str = ""
    retired: bool = False


@dataclass(frozen=True)
class Unit:
    """A handling unit (承办单位), with whom to call there: the office's phone, and the contact's own (mobile)."""

    id: int
    uid: str
    name: str
    tier: Tier
    contact: str = ""
    phone: str = ""
    position: int = 0
    retired: bool = False
    mobile: str = ""
    remark: str = ""

    @property
    def call(self) -> str:
        """The number to call first: the contact's own, else the office's."""
        return self.mobile or self.phone


class ListKey(StrEnum):
    """The editable lists."""

    CATEGORY = "category"
    CHANNEL = "channel"
    NATURE = "nature"


@dataclass(frozen=True)
class Choice:
    """One entry of an editable list.

    Args:
        counts: for natures, whether such an opinion counts as 件; for channels, whether such a visit
            counts as a reception (批次、人次); unused for categories.
    """

    id: int
    uid: str
    list_key: ListKey
    label: str
    counts: bool = True
    position: int = 0
    retired: bool = False


DEFAULT_CHOICES: dict[ListKey, tuple[tuple[str, bool], ...]] = {
    ListKey.CATEGORY: tuple(
        (label, True)
        for label in (
            "产业发展", "基础设施", "环境卫生", "城镇建设", "农业农村", "教育", "医疗", "养老社保",
            "住房物业", "交通", "安全", "其他",
        )
    ),
    ListKey.CHANNEL: (
        ("接待日", True), ("日常来访", True), ("走访", False), ("上门服务", False), ("流动接待", True),
        ("网格", False), ("电话", False), ("微信群", False), ("意见箱", False), ("调研视察", False),
        ("代表提出", False), ("其他", False),
    ),
    ListKey.NATURE: (("意见", True), ("建议", True), ("批评", True), ("咨询", False), ("求助", True)),
}  # fmt: skip
