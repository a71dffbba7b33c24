"""What a client asked for, read as a wish, and in the same breath what comes of it.

Where the facts of the office are not what somebody needs, they are told what to do instead.
"""

from collections.abc import Iterator

from bot.conversation import way_of_talking
from bot.conversation.content import Count, Fold, Language, Line, Passage, say
from bot.domain.appointment import Wishes
from bot.domain.city import City
from bot.domain.spoken import speaks

FEW = 2


def wish_lines(
    wishes: Wishes, *, calls: bool = False, help_arranged: bool | None = None
) -> tuple[Line, ...]:
    """The wishes a client may see: all but the topic.

    That it is a talk by phone is no wish among others: it has lines of its own. `help_arranged`
    is None while nobody knows whether somebody can translate.
    """
    return (*_help(wishes, calls, help_arranged), *_of_a_visit(wishes))


def at_a_glance(lines: tuple[Line, ...]) -> tuple[Passage, ...]:
    """Few wishes as they are; of many, an app shows the first and the rest on a press."""
    return (Fold(lines),) if len(lines) > FEW else lines


def _help(wishes: Wishes, calls: bool, arranged: bool | None) -> tuple[Line, ...]:
    if not wishes.language_help:
        return ()
    if arranged is None:
        return (say("wishes.language_help"),)
    if arranged:
        return (say("wishes.help_coming"),)
    return (way_of_talking.say_by(calls, "wishes.help_missing"),)


def _of_a_visit(wishes: Wishes) -> Iterator[Line]:
    if wishes.adults:
        yield say("wishes.adults", n=Count(wishes.adults))
    if wishes.children:
        yield say("wishes.children", n=Count(wishes.children))
    if wishes.step_free:
        yield say("wishes.step_free")
    if wishes.for_family:
        yield say("wishes.for_family")


def not_understood(
    city: City, case_manager_id: str, language: str, wishes: Wishes, *, calls: bool = False
) -> tuple[Line, ...]:
    """That nobody there is known to speak the client's language, and what helps then.

    Nothing to who has asked for somebody to translate: they read what comes of it.
    """
    person = city.case_manager.get(case_manager_id)
    if person is None or wishes.language_help:
        return ()
    if speaks(city, person, language):
        return ()
    unknown = way_of_talking.say_by(calls, "wishes.language_unknown", language=Language(language))
    return (unknown,)
