"""How an appointment is put to the staff: the same words in chat, on pages and in mails.

Never the topic, unless its reader may know it; never more of a client than code and language.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import assert_never

from bot.conversation import phone_lines
from bot.conversation.content import CityText, Code, Day, Language, Line, Name, Time, say
from bot.conversation.staff_wishes import wished
from bot.domain.appointment import Answer, Appointment, Status
from bot.domain.appointment_view import AppointmentView, Mark
from bot.domain.city import City
from bot.domain.lifecycle import Act
from bot.domain.open_matters import TO_BE_SAID, Matter


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line on how things stand, and how it is to be taken."""

    line: Line
    mark: Mark


def facts(about: Appointment, city: City) -> tuple[Line, ...]:
    """When it is, whose, who calls whom in a talk by phone, and what is wished for."""
    return (
        say("staff.when", day=Day(about.start), time=Time(about.start)),
        say("staff.who", code=Code(about.code), language=Language(about.language)),
        *phone_lines.way_of_talking(city, about),
        *wished(about.wishes),
    )


def matters(view: AppointmentView) -> tuple[MarkedLine, ...]:
    """What is left to do about it."""
    return tuple(MarkedLine(say(f"matter.{each}"), Mark.ATTENTION) for each in view.matters)


LABELS = {
    Act.SETTLE: "staff.settle",
    Act.SEE: "staff.see",
    Act.ARRANGE_HELP: "staff.help_yes",
    Act.REFUSE_HELP: "staff.help_no",
    Act.NOTE_LATE: "staff.note_late",
    Act.NOTE_ELSEWHERE: "staff.note_elsewhere",
    Act.MOVE_FOR_CLIENT: "staff.another_time",
    Act.REBOOK_FOR_CLIENT: "staff.another_time",
    Act.CANCEL_FOR_CLIENT: "staff.client_cancels",
    Act.ASK_TIME: "staff.ask_time",
    Act.CALL_OFF: "staff.cannot",
    Act.CAME: "staff.came",
    Act.MISSED: "staff.missed",
    Act.UNDO: "staff.undo",
}
"""What the button of each act says, in the order in which they stand."""
LABELS_BY_PHONE = {Act.CAME: "staff.called", Act.MISSED: "staff.not_called"}
"""Where it says something else about a talk by phone."""


FOR_CLIENT = (Act.NOTE_LATE, Act.NOTE_ELSEWHERE, Act.MOVE_FOR_CLIENT, Act.CANCEL_FOR_CLIENT)
"""What is noted for a client who has called or stands at the desk; in a place of its own."""
GIVING = frozenset({Act.MOVE_FOR_CLIENT, Act.REBOOK_FOR_CLIENT})
"""What gives an appointment another time."""
WITH_TIMES = GIVING | {Act.ASK_TIME}
"""What is done with times that are chosen first."""


def label(act: Act, view: AppointmentView) -> Line:
    """What a button says: no times are offered to whom no message reaches.

    A colleague's talk is called off in so many words: "I can't" could mean that they cannot stand
    in.
    """
    if act is Act.SETTLE and TO_BE_SAID & {*view.matters}:
        return say("staff.settle_told")
    if act is Act.CALL_OFF and not view.own:
        return say("staff.call_off")
    if act is Act.CALL_OFF and not view.delivery.reached:
        return say("staff.cannot_plain")
    if act in LABELS_BY_PHONE and view.about.wishes.by_phone:
        return say(LABELS_BY_PHONE[act])
    return say(LABELS[act])


def headline(about: Appointment, city: City, case_manager: str | None = None) -> tuple[Line, ...]:
    """The time of day, whose it is, and what is wished for; with whom, where that must be said.

    Of a talk by phone also that the client calls, and which number.
    """
    when = say(
        "staff.entry",
        time=Time(about.start),
        code=Code(about.code),
        language=Language(about.language),
    )
    whose = () if case_manager is None else (say("staff.with", name=Name(case_manager)),)
    way = phone_lines.way_of_talking(city, about)
    return (when, *whose, *way, *wished(about.wishes))


def entry(about: Appointment, city: City, case_manager: str | None = None) -> tuple[Line, ...]:
    """An appointment in the list of a day."""
    more = (*answer(about), *outcome(about))
    return (*headline(about, city, case_manager), *(each.line for each in more))


def answer(about: Appointment) -> tuple[MarkedLine, ...]:
    """What is known of its client on the way."""
    match about.answer:
        case Answer.NONE:
            return ()
        case Answer.COMING:
            return (MarkedLine(say("staff.coming"), Mark.GOOD),)
        case Answer.LATE:
            return (MarkedLine(say("staff.late"), Mark.ATTENTION),)
        case Answer.ELSEWHERE:
            return (MarkedLine(say("staff.elsewhere"), Mark.ATTENTION),)
        case Answer.ASKED:
            return (MarkedLine(say("staff.time_asked"), Mark.WAITING),)
        case Answer.KEPT:
            return (MarkedLine(say("staff.time_kept"), Mark.ATTENTION),)
        case _ as never:
            assert_never(never)


def _answer(view: AppointmentView) -> tuple[MarkedLine, ...]:
    """The same; of a question that waits also since when."""
    if view.about.answer is not Answer.ASKED or (at := view.asked_at) is None:
        return answer(view.about)
    asked = say("staff.time_asked_since", day=Day(at), time=Time(at))
    return (MarkedLine(asked, Mark.WAITING),)


def outcome(about: Appointment) -> tuple[MarkedLine, ...]:
    """What became of an appointment that is over or called off."""
    by_phone = about.wishes.by_phone
    match about.status:
        case Status.CAME:
            told = say("staff.has_called" if by_phone else "staff.has_come")
            return (MarkedLine(told, Mark.GOOD),)
        case Status.MISSED:
            told = say("staff.has_not_called" if by_phone else "staff.has_missed")
            return (MarkedLine(told, Mark.OFF),)
        case Status.CALLED_OFF:
            return (MarkedLine(say("staff.called_off"), Mark.OFF),)
        case Status.CANCELLED:
            return (MarkedLine(say("staff.cancelled"), Mark.OFF),)
        case _:
            return ()


def whose(view: AppointmentView, city: City) -> str | None:
    """With whom it is, where that is not the reader and the city file names them."""
    person = None if view.own else city.case_manager.get(view.about.case_manager_id)
    return person.name if person else None


def remarks(view: AppointmentView, now: int, said: Collection[Matter]) -> tuple[MarkedLine, ...]:
    """What sets an appointment in a list apart from one that everybody knows of.

    What the list has `said` of its open matters is not said again.
    """
    return tuple(_remarks(view, now, said))


def _remarks(view: AppointmentView, now: int, said: Collection[Matter]) -> Iterator[MarkedLine]:
    ahead = view.about.end > now
    if view.own and Act.SEE in view.acts and Matter.NOT_SEEN not in said:
        yield MarkedLine(say("staff.not_seen"), Mark.WAITING)
    if view.on_paper and ahead and Matter.NOT_CLAIMED not in said:
        yield MarkedLine(say("walk_in.short"), Mark.WAITING)
    elif not (view.on_paper or view.delivery.reached) and ahead and Matter.NOT_REACHED not in said:
        yield MarkedLine(say("staff.not_reached_short"), Mark.ATTENTION)
    if view.own and view.delivery.failed:
        yield MarkedLine(say("staff.notice_failed"), Mark.ATTENTION)


def standing(view: AppointmentView, now: int) -> tuple[MarkedLine, ...]:
    """Who knows what of an appointment at `now` (UTC epoch seconds), beside its open matters."""
    told = () if view.about.status is Status.CANCELLED else _told(view, now)
    return (*_state(view), *told)


def topic(view: AppointmentView) -> tuple[Line, ...]:
    """What it is about, for who may read it."""
    named = view.topic
    return () if named is None else (say("staff.topic", topic=CityText(f"topic.{named}")),)


def _state(view: AppointmentView) -> Iterator[MarkedLine]:
    about = view.about
    yield from outcome(about)
    if about.status in (Status.CALLED_OFF, Status.CANCELLED):
        return
    if (at := about.seen_at) is not None:
        yield MarkedLine(say("staff.is_seen", day=Day(at), time=Time(at)), Mark.GOOD)
    elif about.status is Status.BOOKED and Matter.NOT_SEEN not in view.matters:
        yield MarkedLine(say("staff.not_seen"), Mark.WAITING)
    if about.wishes.language_help and Matter.HELP_OPEN not in view.matters:
        yield _help(about.help_arranged)


def _help(arranged: bool | None) -> MarkedLine:
    if arranged is None:
        return MarkedLine(say("staff.help_open"), Mark.WAITING)
    if arranged:
        return MarkedLine(say("staff.help_comes"), Mark.GOOD)
    return MarkedLine(say("staff.help_missing"), Mark.ATTENTION)


def _told(view: AppointmentView, now: int) -> Iterator[MarkedLine]:
    told, about = view.delivery, view.about
    if (at := told.told_at) is not None:
        yield MarkedLine(say("staff.told", day=Day(at), time=Time(at)), Mark.GOOD)
    elif told.reached:
        yield MarkedLine(say("staff.not_told_yet"), Mark.WAITING)
    if (at := told.reminded_at) is not None:
        yield MarkedLine(say("staff.reminded", day=Day(at), time=Time(at)), Mark.GOOD)
    yield from _answer(view)
    if view.on_paper:
        yield MarkedLine(say("walk_in.on_paper"), Mark.WAITING)
    elif not told.reached and about.end > now:
        by_phone = about.wishes.by_phone
        told_nothing = say("staff.not_reached_by_phone" if by_phone else "staff.not_reached")
        yield MarkedLine(told_nothing, Mark.ATTENTION)
    if told.failed:
        yield MarkedLine(say("staff.notice_failed"), Mark.ATTENTION)
