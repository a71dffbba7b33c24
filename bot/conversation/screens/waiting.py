"""Where nothing is free: whom to call, and to be told when something is."""

from bot.conversation import phone_lines
from bot.conversation.content import Day, Line, say
from bot.conversation.port import Port
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.domain.contacts import contact


def nothing_free(session: Session, port: Port) -> View:
    """The numbers that answer there, and the waiting list; the staff need neither."""
    if session.draft.walk_in is not None:
        return View(())
    numbers = _numbers(session, port)
    call = ((say("nothing_free.call"), *numbers),) if numbers else ()
    return View(call, column(*_offer(session, port)))


def on_menu(port: Port) -> View:
    """That they wait, and a button to stop; nothing for who does not."""
    waits = port.waiting()
    if waits is None:
        return View(())
    return View(
        ((say("waiting.on", day=Day(waits.until)),),),
        column(Key(say("waiting.stop"), "stop_waiting")),
    )


def _numbers(session: Session, port: Port) -> tuple[Line, ...]:
    city, draft = port.city, session.draft
    if draft.office_id is None:
        return phone_lines.everybodys(city)
    given = contact(city, draft.case_manager_id or "", draft.office_id)
    return () if given is None else (phone_lines.number(given),)


def _offer(session: Session, port: Port) -> tuple[Key, ...]:
    """Not to who has a time already, nor where it was looked for in a part only."""
    draft, waits = session.draft, port.waiting()
    target = draft.case_manager_id or draft.office_id or ""
    part = draft.speaking is not None or draft.wishes.by_phone
    if draft.moving is not None or part or (waits is not None and waits.target == target):
        return ()
    return (Key(say("waiting.ask"), "wait", target),)
