"""`python -m bot staff leave`, `moved`, `stay`: shown first, done when meant, the bot running."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import SecretStr
from staff_stage import TABLES, StaffWorld, anna_books, named_as_left_behind, open_pages
from stage import MONDAY_MORNING, TOKEN

from bot.cli import main
from bot.commands import check, staff_access, staff_leaving, staff_links
from bot.commands.staff_access import UnknownStaff
from bot.commands.staff_leaving import NotPossible
from bot.domain.actors import OPERATOR

ALI = 'id = "mohammad"\nname = "Ali Mohammad"'
SUCCESSOR = 'id = "newcomer"\nname = "Nora Newcomer"'


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_pages(tmp_path) as made:
        yield made


async def leaves(town: StaffWorld, to: str | None = None, on: date | None = None) -> str:
    """Ali leaves."""
    return await staff_leaving.leave(town.settings, town.clock, "mohammad", on, to, yes=True)


async def edited(town: StaffWorld, caplog: pytest.LogCaptureFixture, old: str, new: str) -> None:
    """The bot is started with another city file."""
    text = files("bot.city").joinpath("herne.toml").read_text(encoding="utf-8")
    assert old in text
    file = town.folder / "herne.toml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    town.city = str(file)
    await town.restart()
    await town.is_served()
    await named_as_left_behind(caplog)


async def test_it_is_shown_first_and_nothing_is_changed(town: StaffWorld) -> None:
    await anna_books(town)
    await town.case_manager("mohammad")
    before = {table: await town.sql(f"SELECT * FROM {table}") for table in (*TABLES, "departures")}
    told = await staff_leaving.leave(
        town.settings, town.clock, "mohammad", None, "koekluoglu", yes=False
    )
    code = (await town.newest()).code
    first, second, *_, ends, last = told.splitlines()
    assert first == "mohammad: leaves Mon 23 Nov 2026 09:00; booked from then on: 1"
    assert second == (f"  {code}  Wed 25 Nov 2026 10:00  en  now with koekluoglu; told in chat")
    assert ends == "ends: 1 chats; links to pages open nothing"
    assert last == "Nothing is changed yet: the same again with --yes does it."
    after = {table: await town.sql(f"SELECT * FROM {table}") for table in (*TABLES, "departures")}
    assert after == before


async def test_a_client_reads_once_that_the_time_stays_and_with_whom(town: StaffWorld) -> None:
    anna = await anna_books(town)
    told = await leaves(town, "koekluoglu")
    assert "Now take mohammad out of the city file" in told
    await town.passes(minutes=1)
    await town.taken()
    await anna.sees_anywhere("Your appointment stays at the same time: ")
    about = await town.newest()
    assert (about.case_manager_id, about.office_id) == ("koekluoglu", "planb")
    await anna.takes("details")
    await anna.sees("Köklüoglu")


async def test_who_left_is_let_in_no_more_until_they_stay(town: StaffWorld) -> None:
    town.clock.ahead = 0.0  # as the commands that let people in
    page = await staff_links.page(town.settings, "mohammad")
    feed = await staff_links.feed(town.settings, "mohammad")
    assert [(await town.opens(url)).status for url in (page, feed)] == [200, 200]
    await leaves(town)
    assert [(await town.opens(url)).status for url in (page, feed)] == [404, 404]
    with_token = town.settings.model_copy(update={"token": SecretStr(TOKEN)})
    for command in (staff_access.invite, staff_links.page, staff_links.feed):
        with pytest.raises(UnknownStaff, match=r"^mohammad: has left; `staff stay mohammad`"):
            await command(with_token, "mohammad")
    await staff_leaving.stay(town.settings, town.clock, "mohammad")
    assert (await town.opens(page)).status == 404
    assert (await town.opens(await staff_links.page(town.settings, "mohammad"))).status == 200
    with pytest.raises(NotPossible, match=r"^mohammad: was not to leave"):
        await staff_leaving.stay(town.settings, town.clock, "mohammad")


async def test_on_a_later_day_chat_and_pages_end_by_the_clock(town: StaffWorld) -> None:
    await town.case_manager("mohammad")
    page = await town.lists_url()
    await leaves(town, on=date(2026, 11, 24))
    assert await town.sql("SELECT COUNT(*) FROM staff_chats") == [(1,)]
    lines = (await staff_access.listed(town.settings)).splitlines()
    assert "  mohammad: case manager, chat, 1 link, leaves 2026-11-24" in lines
    assert (await town.opens(page)).status == 200
    await town.to(MONDAY_MORNING + timedelta(days=1))
    assert await town.sql("SELECT COUNT(*) FROM staff_chats") == [(0,)]
    assert (await town.opens(page)).status == 404


async def test_01_check_names_who_is_left_behind_and_the_command_puts_it_right(
    town: StaffWorld, caplog: pytest.LogCaptureFixture
) -> None:
    async def errors() -> list[str]:
        known = town.settings
        found = await check.everything(
            known.city, known.database_url, for_telegram=False, live=False, now=town.now
        )
        return [each.reason for each in found if each.key == "office.case_manager"]

    await anna_books(town)
    await town.case_manager("mohammad")
    await edited(town, caplog, ALI, SUCCESSOR)
    assert await errors() == [
        "mohammad is no longer there, but still has booked: 1, chats: 1;"
        " `python -m bot staff leave mohammad` shows what becomes of it"
    ]
    await leaves(town, "planb")
    assert await errors() == []
    assert (await town.newest()).case_manager_id in {"newcomer", "koekluoglu"}


async def test_who_is_no_longer_in_the_city_file_is_revoked(
    town: StaffWorld, caplog: pytest.LogCaptureFixture
) -> None:
    await town.case_manager("mohammad")
    await staff_links.feed(town.settings, "mohammad")
    await edited(town, caplog, ALI, SUCCESSOR)
    told = await staff_access.revoke(town.settings, "mohammad")
    assert told.startswith("mohammad: no chat, no invitation, no calendar and no link any more")
    for table in ("staff_chats", "feeds"):
        assert await town.sql(f"SELECT COUNT(*) FROM {table}") == [(0,)]


async def test_01_operators_are_told_at_the_start_whom_the_city_file_leaves_behind(
    town: StaffWorld, caplog: pytest.LogCaptureFixture
) -> None:
    await anna_books(town)
    operator = await town.person(950, "de", "Kim")
    await operator.says_and_waits(await town.invitation_of(OPERATOR))
    await edited(town, caplog, ALI, SUCCESSOR)
    await operator.sees_anywhere("noch mit Terminen oder Zugängen: mohammad")


@pytest.mark.parametrize(
    ("id", "on", "to", "why"),
    [
        ("nobody", None, None, "nobody: nobody of the staff, now or before"),
        ("mohammad", None, "nobody", "nobody: no case manager of the city file; there are"),
        ("mohammad", None, "mohammad", "mohammad: cannot take over from themselves"),
        ("mohammad", date(2026, 11, 22), None, "2026-11-22: is over"),
    ],
)
async def test_what_cannot_be_is_told_in_a_line(
    town: StaffWorld, id: str, on: date | None, to: str | None, why: str
) -> None:
    with pytest.raises((UnknownStaff, NotPossible), match=f"^{re.escape(why)}"):
        await staff_leaving.leave(town.settings, town.clock, id, on, to, yes=True)


async def test_somebody_at_another_office_takes_what_is_booked_along(town: StaffWorld) -> None:
    with pytest.raises(UnknownStaff, match=r"^nobody: no case manager"):
        await staff_leaving.moved(town.settings, town.clock, "nobody", yes=False)
    assert (await staff_leaving.moved(town.settings, town.clock, "mohammad", yes=False)).startswith(
        "mohammad: sits at planb; booked elsewhere: 0\n"
    )


def test_the_command_line_takes_a_day_a_colleague_and_whether_it_is_meant() -> None:
    for command in ("leave", "moved", "stay"):
        shown = CliRunner().invoke(main, ["staff", command, "--help"])
        assert shown.exit_code == 0
    wrong = CliRunner().invoke(main, ["staff", "leave", "mohammad", "--on", "tomorrow"])
    assert wrong.exit_code == 2
