"""An invented matter and what is to wait today."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from station_app.domain.calendars import add_months
from station_app.domain.events import Event, Satisfaction
from station_app.domain.station import Tier
from station_app.services.demo_people import CLERK, Office
from station_app.services.demo_texts import Scene, Theme


class Waiting:
    """How many matters are to wait for something today, so that every list of the day has its entries.

    Without it a quiet week before today would leave some lists empty.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self._left = {
            "study": 4, "hand_over": 3, "return": 1, "overdue": 2, "due_soon": 3, "county": 1, "feedback": 4,
            "rating": 4, "promise": 3, "urgent": 1,
            "extension": 1,
        }  # fmt: skip

    def wants(self, what: str) -> bool:
        """Tell whether one more of the kind is to wait."""
        return self._left[what] > 0

    def held(self, what: str, since: date, until: date, then: date) -> date:
        """Return ``then``, or today when today lies between ``since`` and ``until`` and one more is to wait."""
        if since <= self.today <= until and self._left[what] > 0 and then < self.today:
            self._left[what] -= 1
            return self.today
        # What waits by itself counts too.
        if since <= self.today <= until and then >= self.today:
            self._left[what] -= 1
        return then


@dataclass(frozen=True)
class Outcome:
    """What a matter came to, for those that are merged with it."""

    answered_on: date
    letter: str
    text: str


@dataclass
class Matter:
    """One matter to be followed.

    Args:
        raised_on: the day it was raised; ``entered_on`` the day it was registered, later for paper forms.
        minute: when it was registered.
        receivers: who received it, for answers at the table.
        reachable: whether the petitioner left a way to be told.
        id / number: once registered.
        main: the matter it is merged with, or None.
        tier / office: who handles it, once handed over.
        outcome: its first answer.
        open_until: the day it was closed; the distant future while it is open.
    """

    theme: Theme
    scene: Scene
    raised_on: date
    entered_on: date
    minute: int
    receivers: str
    reachable: bool
    urgent: bool
    recorder: str = CLERK
    id: int = 0
    number: str = ""
    main: "Matter | None" = None
    tier: Tier | None = None
    office: Office | None = None
    outcome: Outcome | None = None
    open_until: date = date.max


@dataclass(frozen=True)
class Happening:
    """An event, when it was entered, and the assisting and separate units of a hand-over."""

    day: date
    minute: int
    event: Event
    operator: str = CLERK
    assisting: tuple[int, ...] = ()
    separate: tuple[int, ...] = ()


def promise_day(rng: Random, answered_on: date, waiting: Waiting) -> date:
    """Return a day some months ahead; for a few a day about now, so that promises fall due."""
    month = add_months(answered_on, rng.randint(1, 9)).replace(day=1)
    end = rng.choice((add_months(month, 1) - timedelta(days=1), month.replace(day=10), month.replace(day=20)))
    end = max(end, answered_on + timedelta(days=10))
    today = waiting.today
    near = today + timedelta(days=rng.choice((-6, -4, -3, 2, 5, 9)))
    since, until = answered_on + timedelta(days=40), answered_on + timedelta(days=200)
    held = waiting.held("promise", since, until, answered_on)
    return near if held == today else end


def satisfaction(rng: Random, matter: Matter, attempt: int) -> Satisfaction:
    """Return how content a petitioner is with an answer, the less the less it brings."""
    letter = matter.outcome.letter if matter.outcome else "A"
    bad = 0.15 if letter in "CD" and attempt == 1 else 0.05 if attempt == 1 else 0.0
    weights = (0.72 - bad, 0.28, bad)
    kinds = (Satisfaction.SATISFIED, Satisfaction.FAIRLY, Satisfaction.DISSATISFIED)
    return rng.choices(kinds, weights)[0]
