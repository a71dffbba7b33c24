"""The question that was answered becomes a message to keep, once the next screen is there."""

from pathlib import Path

from accounts import ANNA, Accounts, at_confirm, on_a_database

from bot.delivery.channel import Call, DeleteMessage, EditMessage, NewMessage, RewriteMessage, Sent
from bot.delivery.recording import Attempt, settle
from bot.storage.engine.database import Tx
from bot.storage.queues import claimed_messages

NEXT = 900


def calls(tx: Tx, accounts: Accounts) -> list[Call | None]:
    """What Anna's chat gets, in order."""
    made: list[Call | None] = []
    unit = accounts.open_unit(tx, accounts.now)
    while claimed := claimed_messages.claim(tx, accounts.term, 1):
        call = accounts.composer.call(unit, claimed[0])
        made.append(call)
        place = call.message_id if isinstance(call, EditMessage) else NEXT + len(made)
        settle(unit, Attempt(claimed[0], call), Sent(place))
    return made


async def answered(
    folder: Path,
    *answers: str,
    on_the_way: tuple[str, ...] = (),
    meanwhile: str | None = None,
) -> tuple[int, list[Call | None]]:
    """The question's message, and what the chat gets once all the answers are handled."""

    def work(tx: Tx) -> tuple[int, list[Call | None]]:
        accounts = at_confirm(tx)
        accounts.walks(tx, ANNA, *on_the_way)
        question = accounts.live[ANNA].message_id or 0
        for answer in answers:
            accounts.handles(tx, ANNA, accounts.press(ANNA, accounts.button(ANNA, answer)))
        if meanwhile is not None:
            tx.run(meanwhile)
        return question, calls(tx, accounts)

    return await on_a_database(folder, work)


def first_line(call: Call | None) -> str:
    assert isinstance(call, NewMessage | RewriteMessage)
    return call.message.text.splitlines()[0]


async def test_the_next_screen_comes_first_and_what_is_kept_takes_the_place_of_the_question(
    tmp_path: Path,
) -> None:
    question, (screen, kept) = await answered(tmp_path, "confirm")
    assert isinstance(screen, NewMessage)
    assert isinstance(kept, RewriteMessage)
    assert (kept.message_id, kept.message.rows) == (question, ())


async def test_a_cancelled_appointment_is_kept_where_it_was_asked_about(tmp_path: Path) -> None:
    asked = "confirm", "cancel"
    question, (menu, *tidied) = await answered(tmp_path, "cancel_yes", on_the_way=asked)
    assert isinstance(menu, NewMessage)
    places = {
        call.message_id: first_line(call) for call in tidied if isinstance(call, RewriteMessage)
    }
    assert places[question].startswith("❌ Cancelled: ")
    assert [text for text in places.values() if "No longer valid" in text] != []


async def test_who_presses_twice_keeps_a_screen_and_the_message(tmp_path: Path) -> None:
    question, (screen, kept) = await answered(tmp_path, "confirm", "confirm")
    assert isinstance(screen, EditMessage)
    assert screen.message_id == question
    assert isinstance(kept, NewMessage)
    assert kept.message.rows == ()


async def test_a_question_goes_where_its_appointment_has_changed_in_the_meantime(
    tmp_path: Path,
) -> None:
    changes = "UPDATE appointments SET sequence = sequence + 1"
    question, made = await answered(tmp_path, "confirm", meanwhile=changes)
    assert made[1:] == [DeleteMessage(question)]
