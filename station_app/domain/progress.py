"""Where an opinion stands: its state, and what its events say of it; `unfolding` fills this from the events."""

from dataclasses import dataclass
from enum import StrEnum

from station_app.domain.events import Satisfaction
from station_app.domain.station import StationProfile, Tier


class Disposition(StrEnum):
    """How a matter is dealt with (处理方式)."""

    ON_SPOT = "on_spot"
    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"
    SUGGESTION = "suggestion"
    REDIRECTED = "redirected"
    STUDYING = "studying"


def disposition_labels(profile: StationProfile | None = None) -> dict[Disposition, str]:
    """Return the label of each disposition in the words of a station; those of a town in a county without one."""
    tier, county = (profile.tier_word, profile.county_word) if profile else ("镇级", "县")
    return {
        Disposition.ON_SPOT: "当场答复",
        Disposition.VILLAGE: "村(居)办理",
        Disposition.TOWNSHIP: f"{tier}交办",
        Disposition.COUNTY: f"报{county}人大(转办)",
        Disposition.SUGGESTION: "转为代表建议",
        Disposition.REDIRECTED: "不属受理范围(引导)",
        Disposition.STUDYING: "正在研究",
    }


class State(StrEnum):
    """Where an opinion stands; always derived, never stored as truth."""

    REGISTERED = "registered"
    STUDIED = "studied"
    HANDLING = "handling"
    RETURNED = "returned"
    ANSWERED = "answered"
    FED_BACK = "fed_back"
    CLOSED = "closed"
    REDIRECTED = "redirected"
    ENDED = "ended"
    VOID = "void"


STATE_LABELS = {
    State.REGISTERED: "待研究",
    State.STUDIED: "待交办",
    State.HANDLING: "办理中",
    State.RETURNED: "退回待重办",
    State.ANSWERED: "待反馈",
    State.FED_BACK: "待评价",
    State.CLOSED: "办结",
    State.REDIRECTED: "办结(引导)",
    State.ENDED: "终止",
    State.VOID: "作废",
}

OPEN_STATES = frozenset(
    {State.REGISTERED, State.STUDIED, State.HANDLING, State.RETURNED, State.ANSWERED, State.FED_BACK}
)
"""在办: neither closed, redirected, ended nor void."""


@dataclass(slots=True)
class Progress:
    """Everything the events say about an opinion up to some day. Dates are ISO text, empty when not yet.

    ``waited_for`` names the units of separate handling (分别办理) that have not answered yet; a matter with one lead
    unit has none. ``extension_asked_on`` and ``extension_wanted`` stand while a request waits for its decision.

    Filled by `unfolding.derive` only; a plain mutable class because ledgers of 100,000 opinions build as many of these.
    """

    state: State = State.REGISTERED
    disposition: Disposition = Disposition.STUDYING
    round: int = 1
    raised_on: str = ""
    studied_on: str = ""
    proposal: str = ""
    approval: str = ""
    approver: str = ""
    first_handed_on: str = ""
    handed_on: str = ""
    handed_count: int = 0
    tier: Tier | None = None
    unit_id: int | None = None
    unit: str = ""
    assisting: tuple[str, ...] = ()
    separate: tuple[str, ...] = ()
    waited_for: tuple[str, ...] = ()
    county_assigned_on: str = ""
    received_on: str = ""
    returned_on: str = ""
    returns: int = 0
    extension_asked_on: str = ""
    extension_wanted: str = ""
    extended_to: str = ""
    extensions: int = 0
    rehandled_on: str = ""
    interim_on: str = ""
    urged_on: str = ""
    urged_count: int = 0
    answered_on: str = ""
    answer_class: str = ""
    answer: str = ""
    answered_by: str = ""
    answer_phone: str = ""
    promise: str = ""
    promised_on: str = ""
    promise_kept_on: str = ""
    promise_given_up_on: str = ""
    promise_delays: int = 0
    fed_back_on: str = ""
    unreachable: bool = False
    satisfaction: Satisfaction | None = None
    rated_on: str = ""
    closed_on: str = ""
    route: str = ""
    redirected_on: str = ""
    ended_on: str = ""
    end_reason: str = ""
    restarted_on: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    main_id: int | None = None
    urgent: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the matter is 在办: raised by then, and neither closed, redirected, ended nor void."""
        return bool(self.raised_on) and self.state in OPEN_STATES

    @property
    def has_open_promise(self) -> bool:
        """Whether something is promised for a date and neither kept nor given up."""
        settled = self.promise_kept_on or self.promise_given_up_on
        return bool(self.promised_on) and not settled and self.state not in {State.VOID, State.ENDED}
