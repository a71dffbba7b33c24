"""What a client typed in their own words: understood, shown, and never done without a press.

What they have chosen so far stays chosen.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation import whom_to_call
from bot.conversation.content import Say, say
from bot.conversation.outcome import DeleteTheirMessage, Outcome
from bot.conversation.port import Port
from bot.conversation.screens import own_words as screens
from bot.conversation.screens.entry import emergency_number
from bot.conversation.session import Session
from bot.conversation.steps import (
    choosing,
    entry,
    manners,
    typed_appointments,
    typed_times,
    unopened,
    whereabouts,
)
from bot.conversation.steps.typed_times import CHOOSING
from bot.conversation.wanted import Wanted
from bot.domain.city import CaseManager
from bot.domain.place_index import key_of
from bot.domain.places import Found
from bot.understanding.heard import Heard
from bot.understanding.intent_kinds import Alarm, Danger, Intent

BEFORE_THE_MENU = ("language", "notice")
YES_OR_NO = (*CHOOSING, "cancel", "delete", "withdraw")
"""Where a yes or no is about what stands there, and not about a reminder."""
MOST_GUESSES = 4
GUESSES = {
    Intent.CALL_ME: ("way:phone", "directory:"),
    Intent.STOP: ("mine:", "privacy:"),
    Intent.HELP: ("book:", "mine:", "directory:"),
}
FIRST_NUMBER = {Danger.SUICIDE: "despair", Danger.MEDICAL: "fire"}
"""Who helps first, where it is not the police."""
POLITE = {
    Intent.YES: "typed.press",
    Intent.NO: "typed.press",
    Intent.OK: "typed.welcome",
    Intent.THANKS: "typed.welcome",
    Intent.HELLO: "typed.hello",
}


def typed(session: Session, text: str, port: Port) -> Outcome:
    """What a message leads to, on whatever screen; danger comes before everything."""
    heard = Heard(text, port.words, port.city, port.today, session.language)
    if heard.danger is not None:
        return _emergency(session, heard.danger, port)
    if not session.trail:
        return entry.start(session, port)
    if session.screen in BEFORE_THE_MENU and session.trail[0] in BEFORE_THE_MENU:
        return _not_yet(session, heard, port)
    outcome = _understood(session, heard, port)
    if outcome is None:
        outcome = _not_understood(session, port)
    elif outcome.session.screen != "unknown_place":
        outcome = replace(outcome, session=outcome.session.choosing(misses=0))
    return manners.in_their_language(manners.not_again(session, outcome, port), heard)


def _emergency(session: Session, alarm: Alarm, port: Port) -> Outcome:
    """The numbers that help, the first of them also in the language in which it was typed.

    What was typed does not stay in the chat, where somebody at home may read it.
    """
    begun = session if session.trail else entry.start(session, port).session
    others = [one for one in alarm.languages if one != session.language]
    first = FIRST_NUMBER.get(alarm.dangers[0], "police")
    numbers = (emergency_number(first, other) for other in others)
    notice = (say("typed.taken_away"), *numbers)
    return Outcome(begun.to("emergency"), notice, (DeleteTheirMessage(),))


def _not_yet(session: Session, heard: Heard, port: Port) -> Outcome:
    """First the language and the notice; said in the language that was typed, if it is known."""
    missed = session.choosing(misses=session.draft.misses + 1)
    if session.screen == "language" and heard.language is not None:
        return Outcome(missed, notice=(Say("language.choose", {}, heard.language),))
    if not session.draft.misses:
        return Outcome(missed, notice=(say("anything.use_buttons"),))
    return Outcome(missed, notice=(say("guessed.again"), *whom_to_call.number(session.draft, port)))


def _understood(session: Session, heard: Heard, port: Port) -> Outcome | None:
    asked_where, intents = session.screen in whereabouts.ASKED, heard.intents
    wanted, first = typed_times.wanted(session, heard, port), intents[0] if intents else None
    booked, named = port.coming_appointments(), typed_appointments.by_code(heard.text, port)
    about_one = first in typed_appointments.NOT_A_PLACE and booked
    if asked_where and not about_one and (heard.place.places or heard.place.elsewhere):
        return _where_they_live(session, heard, wanted, port)
    if first is Intent.WHERE and not booked:
        return Outcome(session.to("directory"))
    if first in typed_appointments.ABOUT_APPOINTMENTS and not (
        first is Intent.CHANGE and wanted is not None
    ):
        return typed_appointments.about(session, named or booked, first, port)
    if named and not intents:
        return Outcome(session.choosing(looking_at=named[0].id).to("appointment"))
    if wanted is not None:
        return _no_booking(session, port) or Outcome(
            session.choosing(wanted=wanted, guesses=()).to("suggested")
        )
    if guesses := (*_speaking(heard), *_whom(heard, port)):
        refused, reading = _may_not_begin(session, port), _reading(session, heard)
        if refused is None:
            return _guess(session, (*reading, *guesses))
        return _guess(session, reading) if reading else refused
    if asked_where and not intents:
        return whereabouts.typed(session, heard.place, port)
    if heard.place.places:
        return _may_not_begin(session, port) or _another_place(session, heard.place, port)
    return _plainly(session, intents, port)


def _where_they_live(session: Session, heard: Heard, wanted: Wanted | None, port: Port) -> Outcome:
    """The offices near there; with a time beside the place, what is free then."""
    outcome = whereabouts.typed(session, heard.place, port)
    if wanted is None or outcome.session.screen != "offices":
        return outcome
    then = outcome.session.choosing(wanted=wanted).to("suggested")
    return replace(outcome, session=then)


def _another_place(session: Session, found: Found, port: Port) -> Outcome:
    """The offices near a place nobody has asked for; who has said one already has to press it."""
    if not session.draft.order:
        return whereabouts.typed(session, found, port)
    return _guess(session, [f"area:{key_of(spot)}" for spot in found.places])


def _no_booking(session: Session, port: Port) -> Outcome | None:
    """Why they may not book; who has enough appointments may still move one."""
    if session.draft.moving is None and screens.movable(port) and entry.has_agreed(session, port):
        return None
    return _may_not_begin(session, port)


def _may_not_begin(session: Session, port: Port) -> Outcome | None:
    """Why they may not look for a time; who is looking for another one has begun already."""
    moving = session.draft.moving
    if moving is None:
        return choosing.no_booking(session, port)
    refused = port.barred(moving)
    return None if refused is None else entry.call_instead(session, refused.reason, port)


def _reading(session: Session, heard: Heard) -> tuple[str, ...]:
    """To read another language here."""
    asked = Intent.LANGUAGE in heard.intents or session.screen == "language"
    return (f"language:{heard.speaks}",) if asked and heard.speaks else ()


def _speaking(heard: Heard) -> tuple[str, ...]:
    """To talk to somebody who speaks a language."""
    return (f"speaking:{heard.speaks}",) if heard.speaks else ()


def _whom(heard: Heard, port: Port) -> tuple[str, ...]:
    last = port.last_case_manager() if heard.same_person else None
    named = heard.people if last is None else (last, *heard.people)
    return tuple(
        f"person:{each.id}" if isinstance(each, CaseManager) else f"office:{each.id}"
        for each in named
    )


def _plainly(session: Session, intents: tuple[Intent, ...], port: Port) -> Outcome | None:
    """An answer that is the same for everybody."""
    match intents[:1]:
        case (Intent.BOOK,) if session.screen in CHOOSING:
            return Outcome(session, notice=(say("typed.go_on"),))
        case (Intent.BOOK,):
            return choosing.no_booking(session, port) or Outcome(session.to("place"))
        case (Intent.YES | Intent.NO | Intent.OK,) if (
            session.screen not in YES_OR_NO and (asked := port.reminded()) is not None
        ):
            return unopened.ask_again(session, asked, port)
        case (Intent.CALL_ME,) if _may_not_begin(session, port) is not None:
            return Outcome(session.to("directory"), notice=whom_to_call.number(session.draft, port))
        case (Intent.CALL_YOU,):
            return Outcome(session.to("directory"), notice=whom_to_call.number(session.draft, port))
        case (Intent.LANGUAGE,):
            return Outcome(session.to("language"))
        case (Intent() as intent,) if intent in GUESSES:
            return _guess(session, _as_far_as_possible(session, GUESSES[intent], port))
        case (Intent() as intent,):
            return Outcome(session, notice=(say(POLITE[intent]),))
        case _:
            return None


def _guess(session: Session, guesses: Iterable[str]) -> Outcome:
    some = tuple(dict.fromkeys(guesses))[:MOST_GUESSES]
    return Outcome(session.choosing(guesses=some).to("guessed"))


def _not_understood(session: Session, port: Port) -> Outcome:
    """One sentence, the likeliest buttons and a number; on the way to a time those stand there."""
    misses = session.draft.misses + 1
    missed = session.choosing(misses=misses)
    if session.screen in CHOOSING:
        said = screens.not_understood(misses)
        return Outcome(missed, notice=(said, *whom_to_call.number(session.draft, port)))
    likely = ("mine:", "book:") if port.coming_appointments() else ("book:", "directory:")
    return _guess(missed, _as_far_as_possible(session, likely, port))


def _as_far_as_possible(session: Session, guesses: tuple[str, ...], port: Port) -> tuple[str, ...]:
    """Without a new appointment for who may have none now; who has not agreed can do so."""
    refused = _may_not_begin(session, port)
    if refused is None or refused.session.screen == "notice":
        return guesses
    return tuple(dict.fromkeys((*(each for each in guesses if each != "book:"), "directory:")))
