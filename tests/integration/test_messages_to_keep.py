"""The question that was answered becomes a message to keep, once the next screen is there."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from accounts import VAULT, Accounts, on_a_database

from bot.delivery.channel import Call, DeleteMessage, EditMessage, NewMessage, RewriteMessage, Sent
from bot.delivery.recording import Attempt, settle
from bot.services.updates import Queue
from bot.storage.engine.database import Tx
from bot.storage.queues import claimed_messages

ANNA = 7
NEXT = 900


@dataclass
class Screen:
    """A client at a question, whose answer is handled and not yet delivered."""

    accounts: Accounts
    tx: Tx
    question: int

    def answers(self, action: str) -> None:
        """Press a button of the question."""
        number = next(self.accounts.update_ids)
        press = self.accounts.press(ANNA, self.accounts.button(ANNA, action))
        update = json.dumps({"update_id": number, **press}).encode()
        self.accounts.handler.take_in(self.tx, [(number, ANNA, update)], self.accounts.now)
        chat, now = VAULT.lookup(ANNA), self.accounts.now
        assert self.accounts.handler.next_of(self.tx, chat, now) is Queue.DONE

    def calls(self) -> list[Call | None]:
        """What the chat gets, in order."""
        made: list[Call | None] = []
        unit = self.accounts.open_unit(self.tx, self.accounts.now)
        while claimed := claimed_messages.claim(self.tx, self.accounts.term, 1):
            call = self.accounts.composer.call(unit, claimed[0])
            made.append(call)
            place = call.message_id if isinstance(call, EditMessage) else NEXT + len(made)
            settle(unit, Attempt(claimed[0], call), Sent(place))
        return made


def at_the_summary(tx: Tx) -> Screen:
    """Before a client's first booking is confirmed."""
    accounts = Accounts("herne")
    accounts.opens(tx)
    accounts.says(tx, ANNA, "/start")
    accounts.walks(tx, ANNA, "language:en", "agree", "book", "anywhere", "office", "person")
    accounts.walks(tx, ANNA, "later", "day", "time")
    return Screen(accounts, tx, accounts.live[ANNA].message_id or 0)


def before_cancelling(tx: Tx) -> Screen:
    """At the question whether to cancel."""
    screen = at_the_summary(tx)
    screen.accounts.walks(tx, ANNA, "confirm", "cancel")
    return Screen(screen.accounts, tx, screen.accounts.live[ANNA].message_id or 0)


async def shown(folder: Path, work: Callable[[Tx], list[Call | None]]) -> list[Call | None]:
    return await on_a_database(folder, work)


def first_line(call: Call | None) -> str:
    assert isinstance(call, NewMessage | RewriteMessage)
    return call.message.text.splitlines()[0]


async def test_the_next_screen_comes_first_and_what_is_kept_takes_the_place_of_the_question(
    tmp_path: Path,
) -> None:
    question = 0

    def confirms(tx: Tx) -> list[Call | None]:
        nonlocal question
        screen = at_the_summary(tx)
        question = screen.question
        screen.answers("confirm")
        return screen.calls()

    screen, kept = await shown(tmp_path, confirms)
    assert isinstance(screen, NewMessage)
    assert isinstance(kept, RewriteMessage)
    assert (kept.message_id, kept.message.rows) == (question, ())


async def test_a_cancelled_appointment_is_kept_where_it_was_asked_about(tmp_path: Path) -> None:
    question = 0

    def cancels(tx: Tx) -> list[Call | None]:
        nonlocal question
        screen = before_cancelling(tx)
        question = screen.question
        screen.answers("cancel_yes")
        return screen.calls()

    menu, *tidied = await shown(tmp_path, cancels)
    assert isinstance(menu, NewMessage)
    places = {
        call.message_id: first_line(call) for call in tidied if isinstance(call, RewriteMessage)
    }
    assert places[question].startswith("❌ Cancelled: ")
    assert [text for text in places.values() if "No longer valid" in text] != []


async def test_who_presses_twice_keeps_a_screen_and_the_message(tmp_path: Path) -> None:
    question = 0

    def confirms_twice(tx: Tx) -> list[Call | None]:
        nonlocal question
        screen = at_the_summary(tx)
        question = screen.question
        screen.answers("confirm")
        screen.answers("confirm")
        return screen.calls()

    screen, kept = await shown(tmp_path, confirms_twice)
    assert isinstance(screen, EditMessage)
    assert screen.message_id == question
    assert isinstance(kept, NewMessage)
    assert kept.message.rows == ()


async def test_a_question_goes_where_its_appointment_has_changed_in_the_meantime(
    tmp_path: Path,
) -> None:
    question = 0

    def confirms(tx: Tx) -> list[Call | None]:
        nonlocal question
        screen = at_the_summary(tx)
        question = screen.question
        screen.answers("confirm")
        tx.run("UPDATE appointments SET sequence = sequence + 1")
        return screen.calls()

    calls = await shown(tmp_path, confirms)
    assert calls[1:] == [DeleteMessage(question)]
