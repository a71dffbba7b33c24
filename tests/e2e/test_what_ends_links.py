"""The tables of docs/operating.md about links, played: what each opens, and what ends it when."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from staff_stage import StaffWorld, anna_books, browser_at, open_pages

from bot.commands import rotate_key, staff_access, staff_leaving, staff_links
from bot.services.links import AFTER_ITS_END, LISTS_LAST, SESSION_LASTS

OPERATING = Path(__file__).parents[2] / "docs/operating.md"
ALI = "mohammad"
KINDS = ("appointment", "lists", "session", "calendar")
ENDS = ("`staff end-link`", "`staff revoke`", "`staff leave`", "`rotate-key`")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages; Anna has booked with Ali Mohammad."""
    async with open_pages(tmp_path) as made:
        yield made


async def handed_out(town: StaffWorld) -> dict[str, str]:
    """One address of each kind; the session is this browser's."""
    await anna_books(town)
    lists = await town.lists_link(town.actor(ALI))
    await town.opens(town.url(lists))
    return {
        "appointment": await town.visit_url(),
        "lists": town.url(lists),
        "session": town.lists_at(lists),
        "calendar": await staff_links.feed(town.settings, ALI),
    }


async def end_link(town: StaffWorld) -> None:
    """Each as far as it can be ended by itself."""
    (only,) = (await staff_links.listed(town.settings, ALI)).splitlines()
    await staff_links.end(town.settings, ALI, only.partition(":")[0])
    await staff_links.end(town.settings, ALI, (await town.newest()).code)


async def revoke(town: StaffWorld) -> None:
    await staff_access.revoke(town.settings, ALI)


async def leave(town: StaffWorld) -> None:
    await staff_leaving.leave(town.settings, town.clock, ALI, None, None, yes=True)


async def rotate(town: StaffWorld) -> None:
    await town.stop()
    await rotate_key.rotate(town.settings)
    await town.start()
    await town.is_served()


DOING: dict[str, Callable[[StaffWorld], Awaitable[None]]] = dict(
    zip(ENDS, (end_link, revoke, leave, rotate), strict=True)
)


def told() -> dict[tuple[str, str], bool]:
    """Whether the page says that something ends a kind of link."""
    text = OPERATING.read_text(encoding="utf-8")
    head, _, *body = (
        text.partition("What ends which before its time:\n\n")[2].partition("\n\n")[0].splitlines()
    )
    names = [cell.strip() for cell in head.strip("|").split("|")][1:]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in body]
    return {
        (row[0], name): cell.startswith("ends")
        for row in rows
        for name, cell in zip(names, row[1:], strict=True)
    }


@pytest.mark.parametrize("end", ENDS)
async def test_what_ends_a_link_is_written_down(town: StaffWorld, end: str) -> None:
    urls = await handed_out(town)
    assert [(await town.opens(url)).status for url in urls.values()] == [200] * len(KINDS)
    await DOING[end](town)
    found = {kind: (await town.opens(url)).status == 404 for kind, url in urls.items()}
    assert found == {kind: told()[kind, end] for kind in KINDS}


async def test_who_is_handed_a_link_opens_what_it_says_and_a_session_is_not_handed_on(
    town: StaffWorld,
) -> None:
    urls = await handed_out(town)
    async with browser_at(town.links.public_url) as another:
        opened = {kind: (await another.get(url)).status for kind, url in urls.items()}
    # The link to the lists began a session there as well, at the same paths.
    assert opened == {"appointment": 200, "lists": 200, "session": 200, "calendar": 200}
    async with browser_at(town.links.public_url) as third:
        assert (await third.get(urls["session"])).status == 404


async def test_each_link_ends_when_the_page_says(town: StaffWorld) -> None:
    urls = await handed_out(town)
    terms = {
        kind: re.search(rf"^\| {kind}, .*\| (.*) \|$", text, re.M)[1]  # type: ignore[index]
        for text in [OPERATING.read_text(encoding="utf-8")]
        for kind in KINDS
    }
    assert terms == {
        "appointment": "14 days after its end",
        "lists": "7 days by mail, 30 by command",
        "session": "12 hours",
        "calendar": "renewed by the same command",
    }
    begun, about = town.now, await town.newest()
    ends = {
        "session": begun + SESSION_LASTS,
        "appointment": about.end + AFTER_ITS_END,
        "lists": begun + LISTS_LAST,
    }
    for kind, moment in ends.items():
        for at, status in ((moment - 60, 200), (moment + 1, 404)):
            town.clock.ahead += at - town.now
            assert (await town.opens(urls[kind])).status == status, kind
    assert (await town.opens(urls["calendar"])).status == 200
