"""Who sends people is counted by month, without a person, and no flood of links fills anything."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from accounts import Accounts
from town import Town, at, invented, open_town

from bot.conversation.port import Port
from bot.domain.referral import Referral, Referred
from bot.storage.engine.database import Tx
from bot.storage.engine.migrations import open_newest
from bot.storage.records import referral_counts
from bot.storage.records.referral_counts import MonthlyReferrals
from bot.storage.upkeep import personal_data

INVENTED = 60
FIRST_CHAT = 5000


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def counted(town: Town) -> list[MonthlyReferrals]:
    return await town.database.run(referral_counts.everything)


async def test_new_chats_and_bookings_are_counted_by_the_month_of_the_city(town: Town) -> None:
    client = await town.client(1)

    def three(port: Port) -> None:
        for what in (Referred.STARTED, Referred.STARTED, Referred.BOOKED):
            port.count_referral("school", what)

    town.now = at("2026-11-30 23:59")
    await town.at_port(client, three)
    town.now = at("2026-12-01 00:00")
    await town.at_port(client, lambda port: port.count_referral("other", Referred.BOOKED))
    assert await counted(town) == [
        MonthlyReferrals("2026-11", "school", started=2, booked=1),
        MonthlyReferrals("2026-12", "other", started=0, booked=1),
    ]


async def test_what_comes_at_once_is_counted_all(town: Town) -> None:
    def one(tx: Tx) -> None:
        referral_counts.count(tx, "2026-11", "school", Referred.STARTED)

    await asyncio.gather(*(town.database.run(one) for _ in range(8)))
    assert await counted(town) == [MonthlyReferrals("2026-11", "school", 8, 0)]


async def test_links_that_somebody_invents_are_one_line_a_month_and_leave_no_word(url: str) -> None:
    accounts = Accounts("herne")
    sent = [Referral(f"invented-{number}", f"no_{number}") for number in range(INVENTED)]

    def flood(tx: Tx) -> list[str]:
        accounts.opens(tx)
        for number, named in enumerate(sent):
            accounts.says(tx, FIRST_CHAT + number, f"/start {named.argument}")
        return [row["session"] for row in tx.all("SELECT session FROM chats")]

    async with open_newest(url) as database:
        sessions = await database.run(flood)
        found = await database.run(referral_counts.everything)
    assert [(one.source, one.started) for one in found] == [("other", INVENTED)]
    assert [kept for kept in sessions if "invented" in kept or "no_" in kept] == []


async def test_what_a_link_named_is_in_the_persons_own_copy_and_goes_with_them(url: str) -> None:
    accounts = Accounts("herne")

    def before_and_after(tx: Tx) -> tuple[str, int]:
        accounts.opens(tx)
        accounts.says(tx, FIRST_CHAT, "/start o_planb-r_school")
        held = str(personal_data.of(tx, 1))
        accounts.walks(tx, FIRST_CHAT, "language:en")
        accounts.says(tx, FIRST_CHAT, "/delete")
        accounts.walks(tx, FIRST_CHAT, "delete_yes")
        rows = tx.all("SELECT session FROM chats")
        return held, sum("school" in row["session"] for row in rows)

    async with open_newest(url) as database:
        held, left = await database.run(before_and_after)
        kept = await database.run(referral_counts.everything)
    assert "o_planb-r_school" in held
    assert left == 0
    assert [(one.source, one.started, one.booked) for one in kept] == [("school", 1, 0)]
