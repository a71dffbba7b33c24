"""How each language writes a day. A further language is a catalogue and a line here.

Patterns are CLDR's and explicit, since a skeleton shortens the weekday. Arabic month names differ
from country to country, so Arabic gets the weekday and a numeric date.
"""

from dataclasses import dataclass

from babel import Locale


@dataclass(frozen=True, slots=True)
class Style:
    """The CLDR locale, the patterns of a written-out and of a short day, the direction."""

    locale: Locale
    day: str
    short_day: str
    right_to_left: bool = False


def _style(locale: str, day: str, short_day: str, *, right_to_left: bool = False) -> Style:
    return Style(Locale.parse(locale), day, short_day, right_to_left)


STYLES = {
    "de": _style("de", "EEEE, d. MMMM", "EEE d. MMM"),
    "en": _style("en_GB", "EEEE d MMMM", "EEE d MMM"),
    "uk": _style("uk", "EEEE, d MMMM", "EEE, d MMM"),
    "ru": _style("ru", "EEEE, d MMMM", "EEE, d MMM"),
    "fr": _style("fr", "EEEE d MMMM", "EEE d MMM"),
    "ro": _style("ro", "EEEE, d MMMM", "EEE, d MMM"),
    "ar": _style("ar", "EEEE d/M", "EEEE d/M", right_to_left=True),
}
DEFAULT = "en"
