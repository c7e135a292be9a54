"""The official sentences of a summary, from its figures."""

from datetime import date

from station_app.domain.carried_over import CarriedOver
from station_app.domain.figure_values import Figures
from station_app.domain.periods import PeriodKind
from station_app.domain.progress import Disposition
from station_app.domain.station import STATION_KIND_LABELS, StationProfile


def month_prose(figures: Figures, profile: StationProfile) -> str:
    """Return the paragraph of a summary: what was held, received, done with it, closed, and what is still open.

    Every part that is 0 is left out, sources, dispositions and closings sum to their wholes, and every per cent
    carries its fraction. 逢圩日 and 流动接待 may be the same day, so they need not sum.
    """
    sentences = [
        _opening_words(figures) + _reception(figures, profile) + "，" + _received(figures),
        _dealt_with(figures, profile),
        _closed(figures),
        _flows(figures),
        _still_open(figures),
    ]
    return "".join(f"{sentence}。" for sentence in sentences if sentence)


_SPAN_WORDS = {
    PeriodKind.MONTH: ("本月", "月末"),
    PeriodKind.QUARTER: ("本季度", "季度末"),
    PeriodKind.HALF_YEAR: ("半年来", "期末"),
    PeriodKind.YEAR: ("全年", "年末"),
}


def _span(figures: Figures) -> str:
    return _SPAN_WORDS.get(figures.period.kind, ("本期", "期末"))[0]


def _opening_words(figures: Figures) -> str:
    """Return 10月，— or, while the period still runs, 11月（截至22日），."""
    period = figures.period
    title = f"{int(period.from_on[5:7])}月" if period.kind is PeriodKind.MONTH else period.title
    if figures.as_of < period.to_on:
        day = date.fromisoformat(figures.as_of)
        title += f"（截至{day.day}日）" if period.kind is PeriodKind.MONTH else f"（截至{day.month}月{day.day}日）"
    return f"{title}，"


def _reception(figures: Figures, profile: StationProfile) -> str:
    station = STATION_KIND_LABELS[profile.kind]
    held = figures.count("held")
    kinds = _listed(
        (f"逢{profile.market_word}", figures.count("held.market"), "次"),
        ("流动接待", figures.count("held.mobile"), "次"),
        ("联合接待", figures.count("held.joint"), "次"),
    )
    parts = [f"{station}开展代表接待选民活动{held}次{f'（其中{kinds}）' if kinds else ''}"]
    if not held:
        parts = [f"{station}未开展代表接待选民活动"]
    if attended := figures.count("attended"):
        parts.append(f"代表进站{attended}人次")
    if visits := figures.count("visits"):
        parts.append(f"接待选民群众{visits}批{figures.count('people')}人次")
    return "，".join(parts)


def _received(figures: Figures) -> str:
    received, merged = figures.count("received"), figures.count("received.merged")
    if not received:
        return "未收到意见建议"
    beside = f"（并案后{merged}件）" if merged < received else ""
    voters, deputies = figures.count("received.source.voter"), figures.count("received.source.deputy")
    if not deputies:
        return f"收集意见建议{received}件{beside}，均为群众意见"
    if not voters:
        return f"收集意见建议{received}件{beside}，均为代表意见"
    return f"收集意见建议{received}件{beside}，其中群众意见{voters}件、代表意见{deputies}件"


def _dealt_with(figures: Figures, profile: StationProfile) -> str:
    """Return how the new matters were dealt with; the parts sum to all that was received."""
    words = {
        Disposition.ON_SPOT: "当场答复",
        Disposition.VILLAGE: "村（居）办理",
        Disposition.TOWNSHIP: "交办",
        Disposition.COUNTY: f"报{profile.county_word}人大转办",
        Disposition.SUGGESTION: "转为代表建议",
        Disposition.REDIRECTED: "引导至法定渠道",
        Disposition.STUDYING: "正在研究",
    }
    return "，".join(
        f"{word}{count}件"
        for disposition, word in words.items()
        if (count := figures.count(f"received.disposition.{disposition.value}"))
    )


def _closed(figures: Figures) -> str:
    span = _span(figures)
    closed = figures.count("closed")
    parts = []
    if closed:
        ages = _listed(
            (f"{span}新收", figures.count("closed.age.new"), "件"),
            ("以前结转", figures.count("closed.age.earlier"), "件"),
        )
        parts.append(f"{span}办结{closed}件（{ages}）")
    elif figures.count("received"):
        parts.append(f"{span}未办结事项")
    if (rate := figures.ratio("rate.closed")).denominator:
        parts.append(f"{span}新收办结率{rate}")
    sentence = "，".join(parts)
    if (content := figures.ratio("rate.content")).denominator:
        rated = f"已评价{content.denominator}件，满意率（含基本满意）{content}"
        return f"{sentence}；{rated}" if sentence else rated
    return sentence


def _flows(figures: Figures) -> str:
    """Return what else changed the number of open matters, so that a reader can reckon it up."""
    earlier = figures.tie.redirected - _redirected_new(figures)
    parts = _listed(
        ("重新启动", figures.tie.restarted, "件"),
        ("以前结转引导至法定渠道", earlier, "件"),
        ("终止", figures.tie.ended, "件"),
    )
    return f"{_span(figures)}{parts}" if parts else ""


def _redirected_new(figures: Figures) -> int:
    """Return how many redirections of the period were of matters it received."""
    new = set(figures["received"].cases)
    return sum(number in new for number in figures["redirected"].cases)


def _still_open(figures: Figures) -> str:
    running = figures.as_of < figures.period.to_on
    end = "目前" if running else _SPAN_WORDS.get(figures.period.kind, ("本期", "期末"))[1]
    late = _listed(
        ("超期未答复", figures.count("closing.overdue"), "件"),
        ("满跟踪期", figures.count("closing.follow_up_full"), "件"),
    )
    return f"{end}在办{figures.tie.closing}件{f'，其中{late}' if late else ''}"


def _listed(*parts: tuple[str, int, str]) -> str:
    return "、".join(f"{word}{count}{unit}" for word, count, unit in parts if count)


def carried_over_words(carried: CarriedOver) -> list[str]:
    """Return how 期初在办 came of the closing figure last reported, with every correction singly."""
    month = int(carried.period.from_on[5:7])
    signs = {1: "加", -1: "减"}
    singly = [f"{one.number} {signs[one.change]}1件（{one.reason}）" for one in carried.corrections]
    first = (
        f"{month}月报出期末在办{carried.reported}件，以前月份补录更正后期初在办{carried.now}件（{carried.sum_words}）"
    )
    return [f"{first}：{'；'.join(singly)}。"]
