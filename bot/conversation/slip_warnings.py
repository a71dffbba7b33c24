"""What somebody must know beforehand whose needs an office may not meet; for the slip of paper."""

from bot.conversation import way_of_talking
from bot.conversation.content import Line, say
from bot.conversation.wish_lines import not_understood
from bot.domain import step_free_access
from bot.domain.appointment import Appointment
from bot.domain.city import City, StepFree

ENTRANCES = {StepFree.NO: "step_free.none", StepFree.UNKNOWN: "step_free.unknown"}


def warnings(city: City, about: Appointment) -> tuple[Line, ...]:
    """Of the way in, and of the language, a line each; the number to ask stands below them."""
    calls = way_of_talking.calls(city, about)
    lacks = None if calls else step_free_access.lacking(city, about.wishes, about.office_id)
    entrance = () if lacks is None else (say(ENTRANCES[lacks]),)
    person, language = about.case_manager_id, about.language
    unknown = not_understood(city, person, language, about.wishes, calls=calls)
    missing = about.wishes.language_help and about.help_arranged is False
    helped = (way_of_talking.say_by(calls, "wishes.help_missing"),) if missing else ()
    return (*entrance, *unknown, *helped)
