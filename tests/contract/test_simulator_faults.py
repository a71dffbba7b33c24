"""Trouble on demand, and the record of calls."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientError
from simulator_sides import ANNA, NOON, Sides, running_simulator


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    async with running_simulator() as both:
        yield both


async def say(sides: Sides, chat_id: int = ANNA) -> dict[str, Any]:
    body: dict[str, Any] = await sides.bot("sendMessage", chat_id=chat_id, text="a")
    return body


async def messages(sides: Sides) -> int:
    return len((await sides.look(f"/people/{ANNA}/chat"))["messages"])


async def test_flood_control_allows_a_burst_of_five_in_a_chat(sides: Sides) -> None:
    await sides.faults(flood_control=True)
    answers = [await say(sides) for _ in range(6)]

    assert [answer["ok"] for answer in answers] == [True] * 5 + [False]
    assert answers[-1] == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_flood_control_counts_edits_only_overall(sides: Sides) -> None:
    await sides.faults(flood_control=True)
    message_id = (await say(sides))["result"]["message_id"]
    edits = [
        await sides.bot("editMessageText", chat_id=ANNA, message_id=message_id, text=f"{n}")
        for n in range(20)
    ]

    assert all(edit["ok"] for edit in edits)


async def test_flood_control_knows_thirty_a_second_overall(sides: Sides) -> None:
    people = range(2000, 2045)
    for person in people:
        await sides.people("/people", id=person, first_name="P")
        await sides.people(f"/people/{person}/messages", text="hi")
    await sides.faults(flood_control=True)
    first = [await say(sides, person) for person in people[:30]]
    codes = {(await say(sides, person)).get("error_code") for person in people[30:]}

    assert all(answer["ok"] for answer in first)
    assert 429 in codes


async def test_a_revoked_token_is_unauthorized(sides: Sides) -> None:
    await sides.faults(revoked=True)
    assert await sides.refused("getMe") == (401, "Unauthorized")

    await sides.faults()
    assert (await sides.done("getMe"))["is_bot"]


async def test_a_script_strikes_so_many_calls_of_a_method(sides: Sides) -> None:
    await sides.faults(
        script=[
            {"method": "sendMessage", "times": 1, "status": 502},
            {"method": "sendMessage", "times": 1, "retry_after": 7},
            {"method": "*", "times": 1, "status": 403},
        ]
    )

    assert sum(fault["times"] for fault in (await sides.look("/faults"))["script"]) == 3
    answers = [await say(sides) for _ in range(4)]
    assert await sides.look("/faults") == {"script": []}
    assert [answer.get("error_code") for answer in answers] == [502, 429, 403, None]
    assert answers[1]["parameters"] == {"retry_after": 7}
    assert await messages(sides) == 2


async def test_a_fault_says_what_it_is_told_to_say(sides: Sides) -> None:
    gone = {"method": "sendMessage", "status": 400, "description": "Bad Request: PEER_ID_INVALID"}
    await sides.faults(script=[gone])

    assert await sides.refused("sendMessage", chat_id=ANNA, text="a") == (
        400,
        "Bad Request: PEER_ID_INVALID",
    )


@pytest.mark.parametrize(("drop", "taken"), [("before", 0), ("after", 1)])
async def test_a_connection_ends_before_or_after_the_call_took_effect(
    sides: Sides, drop: str, taken: int
) -> None:
    await sides.faults(script=[{"method": "sendMessage", "times": 1, "drop": drop}])
    before = await messages(sides)
    with pytest.raises(ClientError):
        await say(sides)

    assert await messages(sides) == before + taken


async def test_who_waits_no_longer_has_still_asked(sides: Sides) -> None:
    await sides.faults(script=[{"method": "sendMessage", "times": 1, "delay": 0.1}])
    before = await messages(sides)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(say(sides), 0.05)
    await asyncio.sleep(0.15)

    assert await messages(sides) == before + 1


async def test_a_delay_only_delays(sides: Sides) -> None:
    await sides.faults(script=[{"method": "getMe", "times": 1, "delay": 0.01}])

    assert (await sides.done("getMe"))["is_bot"]


@pytest.mark.parametrize(
    "wanted", [{"flood": True}, {"script": [{"times": 1}]}, {"script": [{"method": "*", "x": 1}]}]
)
async def test_unknown_faults_are_refused(sides: Sides, wanted: dict[str, Any]) -> None:
    async with sides.session.put(f"{sides.url}/faults", json=wanted) as answer:
        assert answer.status == 400


async def test_the_record_names_calls_without_their_texts(sides: Sides) -> None:
    before = (await sides.look("/record"))["n"]
    await say(sides)
    await sides.bot("editMessageText", chat_id=ANNA, message_id=9, text="a")

    record = await sides.look(f"/record?after={before}")
    assert record == {
        "n": before + 2,
        "calls": [
            {
                "n": before + 1,
                "at": NOON,
                "method": "sendMessage",
                "chat_id": ANNA,
                "message_id": 2,
                "ok": True,
                "error_code": None,
                "description": None,
            },
            {
                "n": before + 2,
                "at": NOON,
                "method": "editMessageText",
                "chat_id": ANNA,
                "message_id": 9,
                "ok": False,
                "error_code": 400,
                "description": "Bad Request: message to edit not found",
            },
        ],
    }
