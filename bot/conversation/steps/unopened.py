"""What is sent that nobody opens here is answered kindly by what it was, and changes nothing."""

from bot.conversation import coming_question, phone_lines, way_of_talking, whom_to_call
from bot.conversation.content import Line, say
from bot.conversation.events import SentKind
from bot.conversation.outcome import Ask, DeleteTheirMessage, Order, Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.domain.appointment import Appointment

ANSWERS = {
    SentKind.VOICE: "sent.voice",
    SentKind.FILE: "sent.file",
    SentKind.CONTACT: "sent.contact",
    SentKind.STICKER: "sent.sticker",
    SentKind.OTHER: "anything.not_opened",
}
AGAIN = "sent.again"
NO_ANSWER, STILL_NO_ANSWER = "sent.no_answer", "sent.still_no_answer"


def answer(session: Session, what: SentKind, port: Port) -> Outcome:
    """A word about it above the screen as it is; the second time in a row, whom to call."""
    if port.actor() is not None:
        return Outcome(session, notice=(say("staff.not_opened"),))
    if what is SentKind.STICKER and (asked := port.reminded()) is not None:
        return ask_again(session, asked, port)
    key = AGAIN if session.said == ANSWERS[what] else ANSWERS[what]
    told = _of_their_next_talk(port) if key == "sent.file" else say(key)
    helpless = key == AGAIN or what is SentKind.VOICE
    numbers = _or_call(whom_to_call.number(session.draft, port)) if helpless else ()
    # Somebody's number is theirs: it does not stay in the chat either.
    gone: tuple[Order, ...] = (DeleteTheirMessage(),) if what is SentKind.CONTACT else ()
    return Outcome(session, notice=(told, *numbers), orders=gone, said=key)


def reacted(session: Session, port: Port) -> Outcome:
    """A thumbs-up is no answer to a reminder, and disturbs nothing else; it is asked for once."""
    asked = port.reminded() if session.trail else None
    if asked is None or session.said in (NO_ANSWER, STILL_NO_ANSWER):
        return Outcome(session, silent=True, said=session.said)
    return ask_again(session, asked, port)


def place(session: Session, port: Port) -> Outcome:
    """A location nobody asked for: not used, and not left standing in the chat either."""
    key = "sent.location" if port.actor() is None else "staff.use_buttons"
    return Outcome(session, notice=(say(key),), orders=(DeleteTheirMessage(),))


def ask_again(session: Session, about: Appointment, port: Port) -> Outcome:
    """The two buttons of the reminder once more, in a message of its own."""
    again = session.said == NO_ANSWER
    key = STILL_NO_ANSWER if again else NO_ANSWER
    numbers = _or_call(phone_lines.number_of(port.city, about)) if again else ()
    question = coming_question.asked_again(port.city, about, key, *numbers)
    return Outcome(session, orders=(Ask(question),), silent=True, said=key)


def _of_their_next_talk(port: Port) -> Line:
    """A letter is read together there, or talked about on the phone."""
    phone = any(way_of_talking.calls(port.city, each) for each in port.coming_appointments()[:1])
    return way_of_talking.say_by(phone, "sent.file")


def _or_call(numbers: tuple[Line, ...]) -> tuple[Line, ...]:
    return (say("called_off.call"), *numbers) if numbers else ()
