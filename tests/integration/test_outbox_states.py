"""The steps between its states that the outbox makes are those of the table that is drawn."""

from collections.abc import AsyncIterator, Callable

import pytest
from town import MONDAY_MORNING as NOW
from town import Town, invented, open_town

from bot.messages.payloads import Kind
from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.queues.outbox_states import STEPS, State

TERM, LATER, ANNA = 5, NOW + 100, "anna"
Doing = Callable[[Tx, int, int], object]
"""Something done to the outbox, given a row's number and whose it is."""

DOINGS: dict[str, tuple[Doing, ...]] = {
    "promote_due": (lambda tx, row, who: outbox.promote_due(tx, LATER),),
    "address_unaddressed": (lambda tx, row, who: outbox.address_unaddressed(tx, ANNA, who),),
    "leave_to_the_next_chat": (lambda tx, row, who: outbox.leave_to_the_next_chat(tx, who),),
    "expire": (lambda tx, row, who: outbox.expire(tx, LATER + 1),),
    "expire_past": (lambda tx, row, who: outbox.expire_past(tx, LATER, LATER),),
    "take": (lambda tx, row, who: outbox.take(tx, [row], TERM),),
    "put_back": (lambda tx, row, who: outbox.put_back(tx, row, TERM, counted=True),),
    "put_off": (lambda tx, row, who: outbox.put_off(tx, row, TERM, LATER),),
    "release_abandoned": (lambda tx, row, who: outbox.release_abandoned(tx, TERM + 1),),
    "release_all_but": (lambda tx, row, who: outbox.release_all_but(tx, TERM, ()),),
    "settle": (
        lambda tx, row, who: outbox.settle(tx, row, State.SENT, NOW),
        lambda tx, row, who: outbox.settle(tx, row, State.EXPIRED, NOW),
        lambda tx, row, who: outbox.settle(tx, row, State.FAILED, NOW),
    ),
    "fail_all_of": (lambda tx, row, who: outbox.fail_all_of(tx, who, NOW),),
}
BEGINNINGS = {"put", "put_taken"}
WRITES_NO_STATE = {
    *("drop_unsent", "count_attempt", "has_open", "forget_all_of", "forget_untaken_of"),
    *("take_back", "forget_closed_about", "detach", "forget_settled"),
    *("forget_kept_for", "keep_entry"),
}


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def of_an_appointment(town: Town) -> tuple[int, int]:
    """A client and their appointment, which a row may be about."""
    client = await town.client(1)
    return client, (await town.book(client, town.slot(ANNA, "2026-11-24 10:00"))).id


def seen(tx: Tx, start: State, own: str | None, who: int, about: int, doing: Doing) -> set[str]:
    """The states a row in some state is in after something was done; empty where it is gone."""
    tx.run("DELETE FROM outbox")
    draft = OutboxRow(
        *(Kind.NOTICE, "{}", "key", Priority.NOTICE, LATER - 1, who, own, about), not_after=LATER
    )
    outbox.put(tx, draft, NOW)
    nobody = start is State.UNADDRESSED
    row = tx.one(
        "UPDATE outbox SET state = :state, term = :term, person_id = :who RETURNING id",
        state=start.value,
        term=TERM,
        who=None if nobody else who,
    )
    assert row is not None
    doing(tx, row["id"], who)
    return {found["state"] for found in tx.all("SELECT state FROM outbox")}


async def test_the_table_names_every_step_that_is_made_and_no_other(town: Town) -> None:
    client, about = await of_an_appointment(town)

    def steps(tx: Tx) -> set[tuple[str, str, str]]:
        return {
            (start, end, name)
            for name, doings in DOINGS.items()
            for doing in doings
            for start in State
            for own in (None, ANNA)
            for end in seen(tx, start, own, client, about, doing)
            if end != start
        }

    drawn = {
        (step.start, step.end, name) for step in STEPS for name in step.by if step.start is not None
    }
    assert await town.database.run(steps) == drawn


async def test_a_row_begins_in_the_states_of_the_table(town: Town) -> None:
    client, _ = await of_an_appointment(town)

    def begin(tx: Tx) -> set[str]:
        tx.run("DELETE FROM outbox")
        for who, own, due in ((client, None, NOW), (client, None, LATER), (None, ANNA, NOW)):
            key = f"{who} {due}"
            row = OutboxRow(Kind.NOTICE, "{}", key, Priority.NOTICE, due, who, own)
            outbox.put(tx, row, NOW)
        taken = OutboxRow(Kind.TEXT, "{}", "taken", Priority.ANSWER, NOW, client)
        outbox.put_taken(tx, taken, TERM)
        return {row["state"] for row in tx.all("SELECT state FROM outbox")}

    drawn = {str(step.end) for step in STEPS if step.start is None}
    assert await town.database.run(begin) == drawn


def test_every_function_of_the_outbox_is_in_the_table_or_writes_no_state() -> None:
    public = {
        name
        for name, value in vars(outbox).items()
        if callable(value) and getattr(value, "__module__", "") == outbox.__name__
        if not name.startswith("_") and not isinstance(value, type)
    }
    assert public == set(DOINGS) | WRITES_NO_STATE | BEGINNINGS
    assert {name for step in STEPS for name in step.by} == set(DOINGS) | BEGINNINGS
