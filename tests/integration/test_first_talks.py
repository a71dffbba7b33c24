"""A first talk is called so only where it is one, also after an earlier one was deleted."""

from collections.abc import AsyncIterator

import pytest
from mail_room import letters
from town import BERLIN, VAULT, Town, invented, open_town

from bot.delivery.channel import WrittenMail
from bot.domain.appointment import Appointment
from bot.domain.staffing import Reach, Staffing
from bot.storage.queues import claimed_mails
from bot.storage.records import circumstances, persons
from bot.storage.upkeep import housekeeping

FIRST, SECOND = "2026-11-24 10:00", "2026-12-15 10:00"
WORDS = {True: "Erstgespräch", False: "Folgegespräch", None: None}
STAFFING = Staffing({"anna": Reach("anna@office.example", by_mail=True, by_chat=False)})


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        made.staffing = STAFFING
        yield made


@pytest.fixture
async def amal(town: Town) -> int:
    client = await town.client(7)
    await town.database.run(persons.agree, client, "1", town.now)
    return client


async def book(town: Town, client: int, moment: str) -> Appointment:
    return await town.book(client, town.slot("anna", moment))


async def is_first(town: Town, about: Appointment) -> bool | None:
    found = await town.database.run(circumstances.of, [about.id], town.now)
    return found[about.id].first_talk


async def ends(town: Town, about: Appointment, status: str) -> None:
    """The talk is over, and its term too."""
    change = f"UPDATE appointments SET status = '{status}' WHERE id = :id"
    await town.database.run(lambda tx: tx.run(change, id=about.id))
    await town.database.run(lambda tx: tx.run("UPDATE outbox SET state = 'sent'"))
    town.now = about.end + 14 * 86_400 + 3600
    await town.database.run(housekeeping.tidy, town.now, BERLIN)
    assert await town.rows("SELECT id FROM appointments") == []


async def says(town: Town, about: Appointment) -> list[str]:
    """What the calendar entry of the newest mail calls the talk."""
    term = await town.database.run(claimed_mails.begin_term)
    claimed = await town.database.run(claimed_mails.claim, term, ())
    assert claimed is not None
    assert claimed.key.startswith(f"appt:{about.id}:")
    written = letters(town.city, town.staffing, VAULT).write(claimed)
    assert isinstance(written, WrittenMail)
    (entry,) = (p for p in written.message.walk() if p.get_content_type() == "application/ics")
    content = entry.get_payload(decode=True)
    assert isinstance(content, bytes)
    return [word for word in WORDS.values() if word and word.encode() in content]


@pytest.mark.parametrize(
    ("status", "first"), [("came", False), ("booked", False), ("missed", True)]
)
async def test_the_second_is_no_first_one_after_the_first_was_deleted(
    town: Town, amal: int, status: str, first: bool
) -> None:
    earlier = await book(town, amal, FIRST)
    assert await is_first(town, earlier) is True
    await ends(town, earlier, status)
    again = await book(town, amal, SECOND)
    assert await is_first(town, again) is first
    assert await says(town, again) == [WORDS[first]]


async def test_of_who_was_here_before_it_was_kept_nothing_is_said(town: Town, amal: int) -> None:
    await town.database.run(lambda tx: tx.run("UPDATE persons SET had_talk = NULL"))
    booked = await book(town, amal, SECOND)
    assert await is_first(town, booked) is None
    assert await says(town, booked) == []
    await ends(town, booked, "came")
    town.now += 86_400
    again = await book(town, amal, "2027-01-12 10:00")
    assert await is_first(town, again) is False


async def test_whoever_deletes_everything_is_a_stranger_in_this_too(town: Town, amal: int) -> None:
    await ends(town, await book(town, amal, FIRST), "came")
    assert await town.rows("SELECT had_talk FROM persons") == [(1,)]
    await town.database.run(persons.leave, amal, town.now)
    assert await town.rows("SELECT had_talk FROM persons") == [(0,)]
