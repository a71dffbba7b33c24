"""Times of one case manager that overlap at different lengths: however many confirm, one is booked.

A city file has one length; two versions of it meet while it is being changed.
"""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest
from audit import OVERLAPS
from figures import NOT_COUNTED, Sizes
from fleet import KEY
from pydantic import SecretStr
from racetown import CITY, with_other_talks

from bot import app
from bot.conversation.port import Search
from bot.conversation.session import Session, to_json
from bot.domain.actors import CLIENT
from bot.domain.appointment import Appointment, Reason, Refused, Wishes
from bot.domain.city import City
from bot.domain.slots import Slot
from bot.runtime.clock import Clock
from bot.runtime.resources import Resources
from bot.services.availability import Availability
from bot.services.bookings import Bookings
from bot.services.unit import Unit
from bot.settings import Settings
from bot.storage.engine.database import Tx
from bot.storage.records import chats

TUESDAY_MORNING = datetime(2026, 12, 1, 9, tzinfo=UTC).timestamp()
NOWHERE = "http://127.0.0.1:1"
OVERLAPPING = {30: "09:15-09:45", 45: "09:10-09:55"}


def join(tx: Tx, resources: Resources, people: range) -> list[int]:
    """So many clients; their ids."""
    empty, now = to_json(Session()), resources.clock.now()
    return [chats.add(tx, resources.vault, chat_id, empty, now).person.id for chat_id in people]


def _unit(tx: Tx, resources: Resources, city: City) -> Unit:
    """The unit of work in this version of the town."""
    return replace(resources.open_unit(tx, resources.clock.now()), city=city)


def first_slot(tx: Tx, resources: Resources, city: City, client: int) -> Slot:
    """The first free time of this version of the town."""
    search = Search(tuple(office.id for office in city.offices))
    found = Availability(_unit(tx, resources, city), client).earliest(search)
    assert found is not None
    return found


def confirm(
    tx: Tx, resources: Resources, city: City, client: int, slot: Slot
) -> Appointment | Refused:
    """A client presses Confirm in this version of the town."""
    bookings = Bookings(_unit(tx, resources, city), client, "en", CLIENT)
    return bookings.confirm(slot, Wishes(), None)


def overlap_at_one_moment(wanted: list[Slot]) -> bool:
    """Whether these times differ, and there is a moment that lies in all of them."""
    starts = {slot.start for slot in wanted}
    return len(starts) == len(wanted) and max(starts) < min(slot.end for slot in wanted)


@pytest.mark.timeout(1800)
async def test_of_times_that_overlap_at_different_lengths_one_is_booked(
    url: str, tmp_path: Path, sizes: Sizes, row: list[str]
) -> None:
    began, clock = time.monotonic(), Clock(machine=lambda: TUESDAY_MORNING)
    made = Settings(api_url=NOWHERE, database_url=url, city=CITY, data_key=SecretStr(KEY))
    files = [*with_other_talks(tmp_path, OVERLAPPING), CITY]
    cities = [app.load_city(made.model_copy(update={"city": file})) for file in files]
    async with app.open_resources(made, clock) as resources:
        run = resources.database.run
        clients = await run(join, resources, range(1, sizes.racers + 1))
        wanted = [await run(first_slot, resources, city, clients[0]) for city in cities]
        assert overlap_at_one_moment(wanted)
        choices = zip(clients, cycle(zip(cities, wanted, strict=True)))
        answers = await asyncio.gather(
            *(run(confirm, resources, city, client, slot) for client, (city, slot) in choices)
        )
        overlaps = (await run(lambda tx: tx.all(OVERLAPS)))[0]["n"]
    booked = [answer for answer in answers if isinstance(answer, Appointment)]
    engine = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    what = f"{len(clients)} confirm at once, 3 lengths"
    row += map(str, (engine, 1, 0, what, len(clients), len(booked), NOT_COUNTED, NOT_COUNTED))
    row += map(str, (overlaps, round(time.monotonic() - began)))
    assert (len(booked), overlaps) == (1, 0)
    assert answers.count(Refused(Reason.TAKEN)) == len(clients) - 1
