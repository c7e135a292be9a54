"""What the form of a deputies' suggestion (专用纸) says: in whose name, by whom, about what."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from station_app.domain.calendars import long_date
from station_app.domain.opinion import Case
from station_app.domain.people import Deputy, Level
from station_app.domain.secrecy import for_paper
from station_app.domain.station import StationProfile
from station_app.domain.suggestion import SessionKind, Suggestion, SuggestionKind, level_word

if TYPE_CHECKING:
    from station_app.documents.suggestion_paper import SignerLine, SuggestionPaper

_FORMS = {SuggestionKind.SUGGESTION: "代表建议、批评和意见专用纸", SuggestionKind.BILL: "代表议案专用纸"}


def congress(level: Level, profile: StationProfile, term: str = "") -> str:
    """Return the name of a congress: 禾溪镇第十八届人民代表大会."""
    place = {Level.TOWNSHIP: profile.organ_name, Level.COUNTY: profile.county_name}.get(level)
    return f"{place or level_word(level, profile)}{term}人民代表大会"


def form_title(suggestion: Suggestion, profile: StationProfile) -> tuple[str, str]:
    """Return both lines of the form's title, for a session or for the time between two."""
    form = _FORMS[suggestion.kind]
    if suggestion.session_kind is SessionKind.BETWEEN:
        return congress(suggestion.level, profile), f"闭会期间{form}"
    return f"{congress(suggestion.level, profile, suggestion.term)}{suggestion.session}", form


def recipient(suggestion: Suggestion, profile: StationProfile) -> str:
    """Return to whom it is put forward: the session's presidium, the township's own, or the standing committee."""
    if suggestion.session_kind is SessionKind.IN_SESSION:
        return "大会主席团"
    if suggestion.level is Level.TOWNSHIP:
        return profile.organ
    return f"{congress(suggestion.level, profile)}常务委员会"


def compose_paper(
    suggestion: Suggestion, case: Case, deputies: Mapping[int, Deputy], profile: StationProfile
) -> "SuggestionPaper":
    """Return the form of a suggestion, filled in; what must not leave the station is taken out of the words.

    Args:
        deputies: the roster by id; the fields of those who are not in it stay empty.
    """
    from station_app.documents.suggestion_paper import SignerLine, SuggestionPaper

    lines = [_line(signer.deputy_id, signer.name, deputies, suggestion.level) for signer in suggestion.signers]
    progress = case.progress
    assisting = f"主办、{'、'.join(progress.assisting)}协办" if progress.assisting else "办理"
    return SuggestionPaper(
        title=form_title(suggestion, profile),
        organ=profile.organ,
        occasion=suggestion.occasion,
        number=suggestion.number,
        subject=suggestion.title,
        leader=lines[0] if suggestion.leader else SignerLine(),
        seconders=tuple(lines[1:] if suggestion.leader else lines),
        words=for_paper(case).words,
        submitted_on=_long(suggestion.submitted_on),
        recipient=recipient(suggestion, profile),
        units=f"{progress.unit}{assisting}" if progress.unit else "",
        handed_on=_long(progress.handed_on),
        demo=profile.demo,
    )


def _line(deputy_id: int, name: str, deputies: Mapping[int, Deputy], level: Level) -> "SignerLine":
    from station_app.documents.suggestion_paper import SignerLine

    deputy = deputies.get(deputy_id)
    if deputy is None:
        return SignerLine(name)
    cards = [mandate.card_number for mandate in deputy.mandates if mandate.level is level and mandate.card_number]
    return SignerLine(name, cards[-1] if cards else "", deputy.post, deputy.phone)


def _long(iso: str) -> str:
    return long_date(date.fromisoformat(iso)) if iso else ""
