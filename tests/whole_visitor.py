"""One visitor of whom everything is known, for tests of where it all goes.

A new field of `VisitorDraft` is given here first; the tests that use it then tell where it gets lost.
"""

from station_app.domain.people import Gender
from station_app.domain.reception import VisitorDraft

VISITOR = VisitorDraft(
    name="覃水生",
    gender=Gender.MALE,
    phone="14000617730",
    address="上坪村三组",
    village="上坪村",
    people=3,
    on_behalf_of="覃火生",
)
FLAGS = {"anonymous", "no_phone"}
"""What says that something is not told; pressed, they would contradict the rest."""
