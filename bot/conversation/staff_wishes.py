"""What a client asked for, as the staff read it."""

from bot.conversation.content import Count, Line, Say, say
from bot.domain.appointment import Wishes


def wished(wishes: Wishes) -> tuple[Line, ...]:
    """The wishes a case manager is told: all but the topic.

    That it is a talk by phone is no wish among others: it has lines of its own.
    """
    told: list[Say] = []
    if wishes.language_help:
        told.append(say("staff.wish_language_help"))
    if wishes.adults:
        told.append(say("staff.wish_adults", n=Count(wishes.adults)))
    if wishes.children:
        told.append(say("staff.wish_children", n=Count(wishes.children)))
    if wishes.step_free:
        told.append(say("staff.wish_step_free"))
    if wishes.for_family:
        told.append(say("staff.wish_for_family"))
    return tuple(told)
