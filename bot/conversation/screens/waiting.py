"""Where nothing is free: whom to call, and to be told when something is."""

from bot.conversation import whom_to_call
from bot.conversation.content import Day, say
from bot.conversation.port import Port
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session


def nothing_free(session: Session, port: Port) -> View:
    """Whom to call, and the waiting list; the staff need neither."""
    if session.draft.walk_in is not None:
        return View(())
    numbers = whom_to_call.number(session.draft, port)
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


def _offer(session: Session, port: Port) -> tuple[Key, ...]:
    """Not to who has a time already, nor where it was looked for in a part only."""
    draft, waits = session.draft, port.waiting()
    target = draft.case_manager_id or draft.office_id or ""
    part = draft.speaking is not None or draft.wishes.by_phone
    if draft.moving is not None or part or (waits is not None and waits.target == target):
        return ()
    return (Key(say("waiting.ask"), "wait", target),)
