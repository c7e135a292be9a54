"""The papers of the reception page, as it asks for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ReceptionPapers:
    """What prints the page's papers; each shows the pages or prints them.

    Args:
        ledger: takes the id of a day: 接待选民登记台账.
        visit_forms: takes ids of visits: 接待选民登记表 to sign.
        blank_forms: takes the numbers reserved for blank forms.
    """

    ledger: Callable[[int], None]
    visit_forms: Callable[[Sequence[int]], None]
    blank_forms: Callable[[Sequence[str]], None]
