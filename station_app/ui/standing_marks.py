"""How a deputy's standing is coloured wherever it is shown."""

from station_app.domain.people import Standing
from station_app.ui.theme import Tone

STANDING_TONES = {
    Standing.SERVING: Tone.GOOD,
    Standing.SUSPENDED: Tone.WARNING,
    Standing.ON_LEAVE: Tone.WARNING,
    Standing.LEFT: Tone.QUIET,
    Standing.MOVED_AWAY: Tone.QUIET,
    Standing.COMING: Tone.QUIET,
}
