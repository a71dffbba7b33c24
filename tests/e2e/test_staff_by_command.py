"""`python -m bot staff`: who is let in, who no more, while the bot runs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from staff_stage import StaffWorld
from stage import agree, book_at, open_world

from bot import roster
from bot.settings import SettingsError
from bot.simulator.person import words


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_world(tmp_path, "herne", StaffWorld) as made:
        assert isinstance(made, StaffWorld)
        await made.is_served()
        yield made


async def test_everybody_is_listed_with_the_ways_they_are_let_in(town: StaffWorld) -> None:
    await town.case_manager("mohammad")
    await roster.feed(town.settings, "mohammad")
    lines = (await roster.listed(town.settings)).splitlines()
    assert lines[lines.index("planb: front desk") :][:3] == [
        "planb: front desk",
        "  mohammad: case manager, chat, calendar",
        "  koekluoglu: case manager",
    ]


async def test_links_that_are_given_out_open_and_a_new_calendar_ends_the_old(
    town: StaffWorld,
) -> None:
    desk = await town.opens(await roster.invite(town.settings, "planb"))
    own = await town.opens(await roster.page(town.settings, "mohammad"))
    assert ("PLANB Ruhr" in desk.text, "Ali Mohammad" in own.text) == (True, True)
    old = await roster.feed(town.settings, "mohammad")
    new = await roster.feed(town.settings, "mohammad")
    assert [(await town.opens(url)).status for url in (old, new)] == [404, 200]


async def test_who_is_revoked_hears_nothing_more_until_invited_again(town: StaffWorld) -> None:
    ali, anna = await town.case_manager("mohammad"), await town.person()
    url, unused = await roster.feed(town.settings, "mohammad"), await town.invitation("mohammad")
    assert (await roster.revoke(town.settings, "mohammad")).startswith("mohammad: no chat")
    await agree(anna)
    await book_at(anna)
    await town.taken()
    await ali.settles()
    assert len(ali.messages) == 1
    await ali.says_and_waits(unused)
    assert await town.sql("SELECT COUNT(*) FROM staff_chats") == [(0,)]
    assert (await town.opens(url)).status == 404
    new = await town.case_manager("mohammad", 901)
    await new.settles()
    assert [words(one) for one in new.messages if "Neuer Termin" in words(one)] != []


async def test_what_cannot_be_is_told_in_a_line(town: StaffWorld) -> None:
    for command in (roster.invite, roster.page, roster.feed, roster.revoke):
        with pytest.raises(roster.UnknownStaff, match=r"^nobody: nobody of the staff; there are"):
            await command(town.settings, "nobody")
    without = town.settings.model_copy(update={"public_url": None, "listen": None})
    with pytest.raises(SettingsError, match="BOT_PUBLIC_URL"):
        await roster.page(without, "mohammad")
