"""Deputies of several levels and terms, with leaves and places, as hypothesis makes them; all of them may be saved."""

from datetime import date, timedelta

from hypothesis import strategies as st

from station_app.domain.people import Deputy, EndReason, Gender, Leave, Level, Mandate, Placement
from station_app.domain.text import clean_line

FIRST = date(2014, 1, 1)
_SPAN = (date(2028, 12, 31) - FIRST).days
DAYS = st.integers(0, _SPAN).map(lambda offset: (FIRST + timedelta(days=offset)).isoformat())
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12).map(clean_line)


@st.composite
def intervals(draw: st.DrawFn, *, open_start: bool = False) -> list[tuple[str, str]]:
    """Return spans one after the other, each ending before the next begins; the last may be open, the first as well."""
    cuts = sorted(draw(st.lists(DAYS, min_size=0, max_size=8, unique=True)))
    spans = [(cuts[at], cuts[at + 1]) for at in range(0, len(cuts) - 1, 2)]
    if len(cuts) % 2:
        spans.append((cuts[-1], ""))
    if open_start and spans and draw(st.booleans()):
        spans[0] = ("", spans[0][1])
    return spans


@st.composite
def deputies(draw: st.DrawFn) -> Deputy:
    """Return a deputy of several levels and terms, with leaves and places, that may be saved."""
    mandates = [
        Mandate(
            level,
            term=draw(st.sampled_from(["", "第十七届", "第十八届"])),
            constituency=draw(TEXTS),
            card_number=draw(TEXTS),
            from_on=begun,
            to_on=ended,
            end_reason=draw(st.sampled_from(EndReason)) if ended else None,
            suspended=(held := draw(st.booleans())),
            suspended_on=begun if held and draw(st.booleans()) else "",
            by_election=draw(st.booleans()),
        )
        for level in Level
        for begun, ended in draw(intervals(open_start=True))
    ]
    spans = draw(intervals())
    eve = [
        (begun, (date.fromisoformat(ended) - timedelta(days=1)).isoformat() if ended else "") for begun, ended in spans
    ]
    places = draw(intervals(open_start=True))
    return Deputy(
        name=draw(st.sampled_from(["钟龑", "欧阳建国", "𬭚文", "阿依古丽·买买提"])),
        gender=draw(st.sampled_from(Gender)),
        post=draw(TEXTS),
        skills=draw(TEXTS),
        languages=draw(TEXTS),
        duty_wishes=draw(TEXTS),
        phone_public=draw(st.booleans()),
        mandates=tuple(mandates) or (Mandate(Level.TOWNSHIP),),
        leaves=tuple(Leave(begun, ended, draw(TEXTS)) for begun, ended in eve),
        placements=tuple(Placement(None, begun, ended, draw(TEXTS), draw(TEXTS)) for begun, ended in places),
    )
