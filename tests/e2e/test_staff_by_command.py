"""`python -m bot staff`: who is let in, who no more, while the bot runs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from staff_stage import StaffWorld, open_pages
from stage import TOKEN, agree, book_at

from bot.commands import staff_access as staff_commands
from bot.commands import staff_links
from bot.settings import Settings, SettingsError
from bot.simulator.person import words


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_pages(tmp_path) as made:
        yield made


async def test_everybody_is_listed_with_the_ways_they_are_let_in(town: StaffWorld) -> None:
    await town.case_manager("mohammad")
    await staff_links.feed(town.settings, "mohammad")
    lines = (await staff_commands.listed(town.settings)).splitlines()
    assert lines[lines.index("planb: front desk") :][:3] == [
        "planb: front desk",
        "  mohammad: case manager, chat, calendar",
        "  koekluoglu: case manager",
    ]


async def test_links_that_are_given_out_open_and_a_new_calendar_ends_the_old(
    town: StaffWorld,
) -> None:
    desk = await town.opens(await staff_links.page(town.settings, "planb"))
    own = await town.opens(await staff_links.page(town.settings, "mohammad"))
    assert ("PLANB Ruhr" in desk.text, "Ali Mohammad" in own.text) == (True, True)
    old = await staff_links.feed(town.settings, "mohammad")
    new = await staff_links.feed(town.settings, "mohammad")
    assert [(await town.opens(url)).status for url in (old, new)] == [404, 200]


async def test_who_is_revoked_hears_nothing_more_until_invited_again(town: StaffWorld) -> None:
    ali, anna = await town.case_manager("mohammad"), await town.person()
    url, unused = (
        await staff_links.feed(town.settings, "mohammad"),
        await town.invitation("mohammad"),
    )
    assert (await staff_commands.revoke(town.settings, "mohammad")).startswith("mohammad: no chat")
    await ali.settles()  # the news of the calendar may have been under way
    heard = len(ali.messages)
    await agree(anna)
    await book_at(anna)
    await town.taken()
    await ali.settles()
    assert len(ali.messages) == heard
    await ali.says_and_waits(unused)
    assert await town.sql("SELECT COUNT(*) FROM staff_chats") == [(0,)]
    assert (await town.opens(url)).status == 404
    new = await town.case_manager("mohammad", 901)
    await new.settles()
    assert [words(one) for one in new.messages if "Neuer Termin" in words(one)] != []


@pytest.mark.parametrize("id, greeting", [("planb", "Guten Tag, PLANB"), ("operator", "Stand:")])
async def test_a_front_desk_and_an_operator_are_invited_to_a_chat_and_revoked(
    town: StaffWorld, id: str, greeting: str
) -> None:
    link = await staff_commands.invite(with_token(town.settings), id)
    kim = await town.person(910, "de", "Kim")
    await kim.says_and_waits(f"/start {link.partition('=')[2]}")
    await kim.sees(greeting)
    lines = (await staff_commands.listed(town.settings)).splitlines()
    assert [line for line in lines if line.startswith(f"{id}:") and ", chat" in line] != []
    await staff_commands.revoke(town.settings, id)
    assert await town.sql("SELECT COUNT(*) FROM role_chats") == [(0,)]
    await kim.says_and_waits("/menu")
    assert greeting not in words(kim.now)


async def test_a_front_desk_is_not_invited_to_a_chat_its_office_does_not_want(
    town: StaffWorld, tmp_path: Path
) -> None:
    staff = tmp_path / "no-chats.toml"
    staff.write_text("[office.planb]\ntelegram = false\n", encoding="utf-8")
    known = with_token(town.settings).model_copy(update={"staff": staff})
    with pytest.raises(SettingsError, match="`staff page planb` opens its list"):
        await staff_commands.invite(known, "planb")


def with_token(known: Settings) -> Settings:
    """The settings of a command that speaks to the Bot API."""
    return known.model_copy(update={"token": SecretStr(TOKEN)})


async def test_what_cannot_be_is_told_in_a_line(town: StaffWorld) -> None:
    known = with_token(town.settings)
    for command in (
        staff_commands.invite,
        staff_links.page,
        staff_links.feed,
        staff_commands.revoke,
    ):
        with pytest.raises(
            staff_commands.UnknownStaff, match=r"^nobody: nobody of the staff; there are"
        ):
            await command(known, "nobody")
    with pytest.raises(staff_commands.UnknownStaff, match=r"^operator: has a chat and no page"):
        await staff_links.page(known, "operator")
    without = town.settings.model_copy(update={"public_url": None, "listen": None})
    with pytest.raises(SettingsError, match="BOT_PUBLIC_URL"):
        await staff_links.page(without, "mohammad")
