"""What enters is kept first, and nothing is passed over in silence that a person did."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.chat.connecting import connect
from bot.chat.intake import Intake
from bot.services.incoming import Arrival

CHAT = {"id": 7, "type": "private"}
PRESS = {"id": "1", "data": "menu:1:", "message": {"message_id": 1, "date": 1, "chat": CHAT}}
TEXT = {"message_id": 2, "date": 1, "chat": CHAT, "from": {"id": 7}, "text": "hello"}
REPORT = {"message_id": 2, "date": 1, "chat": CHAT, "from": {"id": 7}, "pinned_message": {}}


@pytest.fixture
def kept() -> list[Arrival]:
    return []


@pytest.fixture
async def intake(kept: list[Arrival]) -> AsyncIterator[Intake]:
    async def accept(arrivals: list[Arrival]) -> None:
        kept.extend(arrivals)

    async with connect("http://127.0.0.1:9", "1:test") as connection:
        yield Intake(connection.api, accept)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"message": TEXT}, []),
        ({"message": TEXT, "poll": {}}, []),
        ({"message": REPORT, "callback_query": PRESS}, []),
        (
            {"message": TEXT, "callback_query": PRESS},
            ["an update tells two things at once; the first is handled"],
        ),
    ],
)
async def test_an_update_that_tells_two_things_is_kept_and_that_is_said(
    intake: Intake,
    kept: list[Arrival],
    caplog: pytest.LogCaptureFixture,
    told: dict[str, Any],
    said: list[str],
) -> None:
    caplog.set_level(logging.WARNING)
    assert await intake.take([{"update_id": 5, **told}]) == 5
    assert [(each.number, each.incoming.chat_id) for each in kept] == [(5, 7)]
    assert [each.getMessage() for each in caplog.records] == said


async def test_what_telegram_reports_is_acknowledged_and_not_kept(
    intake: Intake, kept: list[Arrival]
) -> None:
    assert await intake.take([{"update_id": 5, "message": REPORT}]) == 5
    assert kept == []
