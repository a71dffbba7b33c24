"""What the lists of the staff cost: as many statements for thirty talks as for one."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from town import VAULT, Town, block, case_manager, invented, open_town
from tracing import Traced

from bot.app import LOCALES
from bot.chat import reading_updates
from bot.conversation.session import Session, to_json
from bot.domain.actors import Actor, Role
from bot.rendering import catalogues
from bot.services import links
from bot.services.links import Links
from bot.services.updates import UpdateHandler
from bot.storage.engine.database import Tx
from bot.storage.records import chats, lists_links
from bot.storage.upkeep import staff_ties
from bot.web import day_page, own_page
from bot.web.access import Access, Door
from bot.web.visitor import Page, Reply, Visitor

T = TypeVar("T")

CHAT = 900
ANNA = case_manager(
    "anna",
    "mill",
    *(block(day, "08:00", "18:00") for day in range(5)),
    talk=30,
    buffer=0,
    talks_a_day=20,
)
DAYS = ("2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27")
TIMES = [f"{day} {8 + n // 2:02}:{n % 2 * 30:02}" for n in range(8) for day in DAYS]
OF_PAGE, OF_DESK, OF_WEEK = 10, 11, 13


async def of_lists(folder: Path, talks: int, look: Callable[[Town, Tx], T]) -> T:
    """What comes of looking at the week of Anna, who has so many talks in it."""
    async with open_town(f"sqlite:///{folder}/lotse.db", invented(ANNA, limit=1)) as town:
        town.choose = random.Random(1).choice
        for client, moment in enumerate(TIMES[:talks], 1):
            await town.book(await town.client(client), town.slot("anna", moment))
        return await town.database.run(lambda tx: look(town, tx))


def own(town: Town, tx: Tx) -> tuple[int, int]:
    """How many talks are on Anna's own page, and the statements it costs."""
    return page(town, tx, Actor.of(ANNA), own_page.show)


def desk(town: Town, tx: Tx) -> tuple[int, int]:
    """The same of the first day of the list of Anna's office."""
    first = DAYS[0]
    return page(
        town, tx, Actor(Role.FRONT_DESK, office_id="mill"), lambda one: day_page.show(one, first)
    )


def page(town: Town, tx: Tx, actor: Actor, show: Callable[[Visitor], Reply]) -> tuple[int, int]:
    """How many talks are on a page, and the statements it costs."""
    texts = catalogues.load(LOCALES, ("de",), ["de"])
    found, traced = Links(VAULT, "https://termine.example"), Traced(tx)
    access = Access(lambda tx, now: town.unit(tx), found, texts, lambda: town.now)
    link = lists_links.make(tx, actor, town.now, town.now + 1)
    visitor = access.visitor(traced, Door(links.to_lists(actor, link)))
    assert visitor is not None
    shown = show(visitor)
    assert isinstance(shown, Page)
    codes = [row["code"] for row in tx.all("SELECT code FROM appointments")]
    return sum(code in shown.html for code in codes), len(traced.told)


def week(town: Town, tx: Tx) -> int:
    """The statements of a press on the list of the week in Anna's chat."""
    person = chats.add(tx, VAULT, CHAT, to_json(Session()), town.now).person.id
    staff_ties.tie(tx, Actor.of(ANNA), person, town.now)
    handler = UpdateHandler(reading_updates.read, 0)
    press = {
        "id": "1",
        "data": "week::",
        "message": {"chat": {"id": CHAT, "type": "private"}, "message_id": 1},
    }
    arrival, traced = reading_updates.arrival(1, {"callback_query": press}), Traced(tx)
    assert arrival is not None
    assert handler.at_once(town.unit(traced), VAULT.lookup(CHAT), arrival)
    screens = tx.all("SELECT id FROM outbox WHERE kind = 'screen' AND person_id = :id", id=person)
    assert len(screens) == 1
    return len(traced.told)


@pytest.mark.parametrize("talks", [1, 3, 30])
async def test_a_page_costs_the_same_however_many_talks_it_shows(
    tmp_path: Path, talks: int
) -> None:
    assert await of_lists(tmp_path, talks, own) == (talks, OF_PAGE)


@pytest.mark.parametrize(("talks", "shown"), [(1, 1), (3, 1), (30, 8)])
async def test_a_day_of_the_front_desk_costs_the_same_however_many_talks_it_shows(
    tmp_path: Path, talks: int, shown: int
) -> None:
    assert await of_lists(tmp_path, talks, desk) == (shown, OF_DESK)


@pytest.mark.parametrize("talks", [1, 3, 30])
async def test_the_week_in_chat_costs_the_same_however_many_talks_it_shows(
    tmp_path: Path, talks: int
) -> None:
    assert await of_lists(tmp_path, talks, week) == OF_WEEK
