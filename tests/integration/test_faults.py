"""Trouble with the Bot API: nothing is lost, and what one person gets stays in order."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from phone import Client
from stage import TOKEN, World, agree, open_world
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.chat import polling
from bot.chat.telegram_channel import result_of
from bot.chat.transport import RequestTimeouts
from bot.conversation import screen_codec
from bot.conversation.content import Name, Screen
from bot.delivery import retries
from bot.delivery.channel import Locked, Rejected, Sent, Unfound, Unreachable, Unsure
from bot.delivery.retries import MOST_SEARCHES, PAUSES, judged
from bot.messages.payloads import Kind
from bot.runtime.timeouts import ApiTimeouts
from bot.storage.engine.database import DatabaseUnavailable, Tx
from bot.storage.queues import outbox
from bot.storage.queues.outbox import MOST_PUT_OFF_SECONDS
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import chats

IMPATIENT = ApiTimeouts(
    requests=RequestTimeouts(read=0.3),
    polls=polling.PollPauses(poll=1, margin=0.3, first=0.05, longest=0.1, conflict=0.1),
    chat_sender=retries.RetryPauses(first=0.3, longest=0.3, locked=0.1, unfound=1),
)
NOT_FOUND = {"status": 400, "description": "Bad Request: chat not found"}
NEWS = ["news 1", "news 2", "news 3"]
STRUCK = ("sendMessage", "editMessageText")
LATE = 0.5
NO_EFFECT: dict[str, dict[str, Any]] = {
    "429": {"retry_after": 1},
    "500": {"status": 500},
    "502": {"status": 502},
    "time-out before the effect": {"delay": LATE, "drop": "before"},
    "dropped before the effect": {"drop": "before"},
    "slow": {"delay": 0.1},
}
EFFECT: dict[str, dict[str, Any]] = {
    "time-out after the effect": {"delay": LATE},
    "dropped after the effect": {"drop": "after"},
}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A bot that waits tenths of a second where it would wait for seconds."""
    async with open_world(tmp_path, "tests/cities/smallville.toml", timeouts=IMPATIENT) as made:
        yield made


async def faults(world: World, **wanted: Any) -> None:
    """The trouble from now on; without any, none."""
    async with world.session.put(f"{world.simulator.url}/faults", json=wanted) as answer:
        answer.raise_for_status()


async def strike(world: World, *methods: str, times: int = 2, **fault: Any) -> None:
    """The next calls of each method fail that way."""
    script = [{"method": method, "times": times, **fault} for method in methods]
    await faults(world, script=script)


async def agreed(world: World, *ids: int) -> list[Client]:
    """People at the main menu."""
    people = [await world.person(id, name=f"P{id}") for id in ids]
    for person in people:
        await agree(person)
    return people


def write_news(tx: Tx, person_ids: list[int], news: list[str], now: int) -> None:
    for text in news:
        for person_id in person_ids:
            told = screen_codec.to_json(Screen(((Name(text),),)))
            key = f"news:{person_id}:{text}"
            outbox.put(tx, OutboxRow(Kind.TEXT, told, key, Priority.NOTICE, now, person_id), now)


async def brings_news(world: World, people: list[Client], news: list[str] = NEWS) -> None:
    """Each is sent the same messages, and nobody waits for them to arrive."""
    assert world.process is not None
    resources = world.process.resources
    ids = [
        (await world.process.resources.database.run(_id_of, world, person.id)) for person in people
    ]
    await resources.database.run(write_news, ids, news, resources.clock.now())
    world.process.chat_sender.wake()


def _id_of(tx: Tx, world: World, chat_id: int) -> int:
    assert world.process is not None
    found = chats.by_key(tx, world.process.resources.vault.lookup(chat_id))
    assert found is not None
    return found.person.id


async def read(person: Client) -> list[str]:
    """The news in a chat, as often as they came."""
    await person.looks(last=1000)
    return [m["text"] for m in person.messages if m["text"].startswith("news")]


async def outbox_states(world: World) -> list[tuple[object, ...]]:
    return await world.sql("SELECT kind, state FROM outbox ORDER BY id")


@pytest.mark.parametrize("kind", NO_EFFECT)
async def test_a_call_without_effect_is_made_again_and_nothing_lost_or_doubled(
    world: World, kind: str
) -> None:
    people = await agreed(world, 1, 2, 3)
    await strike(world, *STRUCK, "getUpdates", **NO_EFFECT[kind])
    await brings_news(world, people)
    await people[0].presses("Emergency numbers")
    await world.taken()
    assert [await read(person) for person in people] == [NEWS] * 3
    await people[0].sees_anywhere("112")
    assert await outbox_states(world) == []


@pytest.mark.parametrize("kind", EFFECT)
async def test_a_call_of_unknown_effect_is_made_again_and_doubles_no_more_than_that(
    world: World, kind: str
) -> None:
    people = await agreed(world, 1, 2, 3)
    await strike(world, *STRUCK, **EFFECT[kind])
    await brings_news(world, people)
    await people[0].presses("Emergency numbers")
    await world.taken()
    got = [await read(person) for person in people]
    assert [list(dict.fromkeys(news)) for news in got] == [NEWS] * 3
    assert sum(map(len, got)) - 3 * len(NEWS) in (1, 2)
    await people[0].sees_anywhere("112")
    assert await outbox_states(world) == []


async def test_somebody_else_who_polls_is_told_of_once_and_waited_for(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    (anna,) = await agreed(world, 1)
    caplog.set_level(logging.INFO)
    await strike(world, "getUpdates", times=3, status=409)
    await anna.walks("Emergency numbers", "Main menu")
    told = [each.getMessage() for each in caplog.records if each.name == "bot.chat.polling"]
    assert told == ["another process polls with the same token", "the Bot API answers again"]


async def test_somebody_else_who_polls_is_told_of_also_where_an_outage_came_before(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    (anna,) = await agreed(world, 1)
    caplog.set_level(logging.INFO)
    outage, other = ({"method": "getUpdates", "status": status} for status in (502, 409))
    await faults(world, script=[outage, other])
    await anna.walks("Emergency numbers", "Main menu")
    await world.taken()
    told = [each.getMessage() for each in caplog.records if each.name == "bot.chat.polling"]
    assert told == [
        "the Bot API is unreachable; trying again",
        "another process polls with the same token",
        "the Bot API answers again",
    ]
    noted = "SELECT 1 FROM facts WHERE name = 'webhook_fault:taken'"
    assert await world.sql(noted) == [(1,)]


async def test_a_revoked_token_stops_the_sending_and_all_goes_out_when_it_is_back(
    world: World,
) -> None:
    people = await agreed(world, 1, 2)
    await faults(world, revoked=True)
    await brings_news(world, people)
    await people[0].presses("Emergency numbers")
    await people[0].looks(wait=0.4)
    assert [await read(person) for person in people] == [[], []]
    # Besides, the press may be here: a poll that was under way could still bring it.
    kept = [kind for kind, _ in await outbox_states(world) if kind == "message"]
    assert len(kept) == 2 * len(NEWS)
    await faults(world)
    await world.taken()
    assert [await read(person) for person in people] == [NEWS] * 2
    await people[0].sees_anywhere("112")


async def test_who_has_blocked_the_bot_gets_nothing_more_until_they_write_again(
    world: World,
) -> None:
    anna, berta = await agreed(world, 1, 2)
    await strike(world, "sendMessage", times=1, status=403)
    await brings_news(world, [anna])
    await world.taken()
    await brings_news(world, [anna, berta], ["news 4"])
    await world.taken()
    assert (await read(anna), await read(berta)) == ([], ["news 4"])
    assert await outbox_states(world) == [("message", "failed")] * 4
    await anna.says_and_waits("/menu")
    await brings_news(world, [anna], ["news 5"])
    await world.taken()
    assert await read(anna) == ["news 5"]


@pytest.mark.parametrize(
    "error",
    [
        Forbidden("Forbidden: bot was blocked by the user"),
        Forbidden("Forbidden: user is deactivated"),
        Forbidden("Forbidden: bot can't initiate conversation with a user"),
        BadRequest("Bad Request: PEER_ID_INVALID"),
        BadRequest("Bad Request: user not found"),
        BadRequest("Bad Request: USER_IS_BLOCKED"),
        BadRequest("Bad Request: INPUT_USER_DEACTIVATED"),
        InvalidToken("Not Found: user not found"),
        NetworkError("Internal Server Error: PEER_ID_INVALID (500)"),
    ],
)
async def test_blocked_deactivated_and_unknown_people_are_unreachable(error: TelegramError) -> None:
    async def call() -> None:
        raise error

    assert await result_of(call) == Unreachable()


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (BadRequest("Bad Request: chat not found"), Unfound()),
        (BadRequest("Bad Request: message is not modified"), Sent(None)),
        (BadRequest("Bad Request: can't parse entities: 5"), Rejected("Can't parse entities")),
        (InvalidToken("Unauthorized"), Locked()),
        (NetworkError("Bad Gateway"), Unsure("NetworkError")),
    ],
)
async def test_every_other_failure_is_what_it_says(error: TelegramError, result: object) -> None:
    async def call() -> None:
        raise error

    assert await result_of(call) == result


def test_a_chat_that_is_not_found_is_looked_for_again_over_minutes_and_then_gone() -> None:
    found = [judged(Unfound(), tried, others_arrive=True) for tried in range(MOST_SEARCHES)]
    assert found == [*[Unfound()] * (MOST_SEARCHES - 1), Unreachable()]
    assert [PAUSES.until_search(tried) for tried in range(MOST_SEARCHES - 1)] == [60, 120, 240]
    assert PAUSES.until_search(MOST_SEARCHES - 2) < MOST_PUT_OFF_SECONDS


async def until_sent(world: World) -> None:
    """Wait until nothing is left that was put off."""
    async with asyncio.timeout(20):
        # Nothing tells of a row that is gone.
        while await world.sql("SELECT 1 FROM outbox WHERE state = 'planned'"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await world.taken()


async def test_a_chat_that_is_not_found_for_a_moment_gets_all_its_messages(world: World) -> None:
    (anna,) = await agreed(world, 1)
    await strike(world, "sendMessage", times=len(NEWS), **NOT_FOUND)
    await brings_news(world, [anna])
    await world.taken()
    assert await read(anna) == []
    await until_sent(world)
    assert await read(anna) == NEWS
    assert await outbox_states(world) == []


async def test_who_presses_while_their_chat_is_looked_for_is_answered_at_once(
    world: World,
) -> None:
    (anna,) = await agreed(world, 1)
    await strike(world, "sendMessage", times=1, **NOT_FOUND)
    await brings_news(world, [anna], ["news 1"])
    await world.taken()
    assert await outbox_states(world) == [("message", "planned")]
    await anna.walks("Emergency numbers", "Main menu")
    assert await read(anna) == []
    await until_sent(world)
    assert await read(anna) == ["news 1"]


async def test_a_chat_that_is_never_found_is_given_up(world: World) -> None:
    (anna,) = await agreed(world, 1)
    await strike(world, "sendMessage", times=3 * MOST_SEARCHES, **NOT_FOUND)
    await brings_news(world, [anna])
    for _ in range(MOST_SEARCHES):
        await world.taken()
        await world.passes(seconds=10)
    await until_sent(world)
    assert await read(anna) == []
    assert await outbox_states(world) == [("message", "failed")] * 3


async def test_a_webhook_that_somebody_sets_while_we_poll_is_taken_away_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    (anna,) = await agreed(world, 1)
    assert world.process is not None
    state, told = world.process.ingress.counters.webhook, []
    elsewhere = {"url": "http://127.0.0.1:9/elsewhere"}
    for times in (1, 2, 3):
        await anna.presses("Emergency numbers")
        await anna.presses("Main menu")
        await world.taken()
        await bot_call(world, "setWebhook", **elsewhere)
        async with asyncio.timeout(10):
            # Nothing tells of it.
            while state.losses < times or not state.stands:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        told.append((state.ours, (await bot_call(world, "getWebhookInfo"))["url"]))
    assert told == [(True, ""), (True, ""), (False, "")]
    said = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
    assert said == [
        "a webhook was set by somebody else; it is taken away again",
        "two bots with one token: each takes the updates away from the other",
    ]
    assert await world.sql("SELECT name FROM facts WHERE name LIKE 'webhook%'") == [
        ("webhook_fault:taken",)
    ]


async def bot_call(world: World, method: str, **parameters: Any) -> Any:
    """What somebody else does with the bot's token."""
    url = f"{world.simulator.url}/bot{TOKEN}/{method}"
    async with world.session.post(url, json=parameters) as answer:
        return (await answer.json())["result"]


MALFORMED: list[dict[str, Any]] = [
    {},
    {"message": 5},
    {"message": {"chat": {"id": "x"}}},
    {"message": {"chat": {"id": 77, "type": "private"}, "text": {"no": "text"}}},
    {"callback_query": {"id": 7, "data": None, "message": []}},
    {"my_chat_member": {"chat": {"id": 2**70, "type": "private"}}},
    {"update_id": "7", "message": {"text": "no number"}},
]


async def test_malformed_updates_are_passed_over_and_harm_nobody(world: World) -> None:
    (anna,) = await agreed(world, 1)
    for update in MALFORMED:
        await world.brings(update)
    await anna.presses("Emergency numbers")
    await world.taken()
    await anna.sees_anywhere("112")
    assert await world.sql("SELECT * FROM inbox") == []


async def test_a_poison_update_is_set_aside_and_the_ones_behind_it_are_handled(
    world: World,
) -> None:
    (anna,) = await agreed(world, 1)
    key = str((await world.sql("SELECT chat_key FROM chats"))[0][0])
    await world.sql(
        "INSERT INTO inbox (channel, update_id, chat_key, payload_sealed, received_at)"
        f" VALUES ('telegram', 5, '{key}', 'never sealed', 0)"
    )
    await anna.presses("Emergency numbers")
    await world.taken()
    await anna.sees_anywhere("112")
    await anna.sees_anywhere("something went wrong")
    assert await world.sql("SELECT update_id, attempts, set_aside FROM inbox") == [(5, 3, 1)]


async def test_poison_rows_are_set_aside_and_the_ones_behind_them_go_out(world: World) -> None:
    anna, berta = await agreed(world, 1, 2)
    await world.sql(
        "INSERT INTO outbox (person_id, kind, content, due_at, priority, state, dedupe_key)"
        " SELECT id, 'message', 'no screen', 0, 1, 'waiting', 'poison:' || id FROM persons"
    )
    await brings_news(world, [anna, berta])
    await world.taken()
    assert [await read(person) for person in (anna, berta)] == [NEWS] * 2
    assert await outbox_states(world) == [("message", "failed")] * 2


async def test_an_address_that_cannot_be_read_stops_nobody_else(world: World) -> None:
    anna, berta = await agreed(world, 1, 2)
    await world.sql("UPDATE chats SET chat_sealed = 'damaged' WHERE person_id = 1")
    await brings_news(world, [anna, berta])
    await world.taken()
    assert [await read(person) for person in (anna, berta)] == [[], NEWS]
    assert await outbox_states(world) == [("message", "failed")] * 3


async def test_a_row_that_fails_while_others_arrive_is_set_aside_in_the_end(tmp_path: Path) -> None:
    hasty = ApiTimeouts(chat_sender=retries.RetryPauses(first=0.03, longest=0.03))
    async with open_world(tmp_path, "tests/cities/smallville.toml", timeouts=hasty) as world:
        anna, berta = await agreed(world, 1, 2)
        await anna.walks("Book an appointment", "99001", "Earliest free time", "Confirm")
        await strike(world, "sendDocument", times=1000, status=500)
        await anna.presses("Add to my calendar")
        made = 0
        while ("calendar_file", "failed") not in await outbox_states(world):
            made += 1
            await brings_news(world, [berta], [f"news {made}"])
            await berta.sees(f"news {made}")
        assert made >= retries.MOST_ATTEMPTS - 1
        async with world.session.get(f"{world.simulator.url}/faults") as answer:
            left = json.loads(await answer.text())["script"][0]["times"]
        assert retries.MOST_ATTEMPTS <= 1000 - left < 3 * retries.MOST_ATTEMPTS
        await anna.says_and_waits("/menu")
        assert "Book an appointment" in anna.labels


async def test_while_nothing_arrives_nothing_is_given_up(tmp_path: Path) -> None:
    hasty = ApiTimeouts(chat_sender=retries.RetryPauses(first=0.01, longest=0.01))
    async with open_world(tmp_path, "tests/cities/smallville.toml", timeouts=hasty) as world:
        people = await agreed(world, 1, 2)
        struck = 4 * retries.MOST_ATTEMPTS
        await strike(world, "sendMessage", times=struck, status=502)
        await brings_news(world, people)
        await world.taken()
        assert [await read(person) for person in people] == [NEWS] * 2
        assert await outbox_states(world) == []


async def test_a_full_disk_makes_updates_and_messages_wait_and_loses_none(world: World) -> None:
    people = await agreed(world, 1, 2, 3)
    assert world.process is not None
    database = world.process.resources.database
    await database.run(lambda tx: tx.run("CREATE TABLE filler (bytes BLOB)"))
    # One page at most means: no more than there are now.
    await database.run(lambda tx: tx.all("PRAGMA max_page_count = 1"))
    with suppress(DatabaseUnavailable):
        while True:
            await database.run(lambda tx: tx.run("INSERT INTO filler VALUES (zeroblob(3000))"))
    for person in people:
        for _ in range(8):
            await person.says("x" * 4000)
    await asyncio.sleep(1.2)
    waiting = await world.pending()
    await database.run(lambda tx: tx.all("PRAGMA max_page_count = 1000000"))
    assert waiting > 0
    await world.taken()
    assert await world.sql("SELECT COUNT(*) FROM handled") == [(3 * 3 + 3 * 8,)]
    for person in people:
        await person.looks()
        await person.walks("Emergency numbers", "Main menu")
