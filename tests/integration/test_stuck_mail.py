"""Mail is stuck where none goes out at all, not where one mailbox takes none."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import make_mocked_request
from post_office import post_office as opened
from test_mail_sender import NINE, STAFFING, TEN, Post
from town import Town, invented, open_town
from until import until

from bot.domain.appointment import Appointment
from bot.domain.staffing import Reach, Staffing
from bot.observability.counters import MAIL_SILENCE_SECONDS, Counters
from bot.storage.engine.leadership import Work
from bot.web.health import Health

STUCK = "no mail has been sent for a quarter of an hour, and one has been due for as long"
LONG = MAIL_SILENCE_SECONDS + 1


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with open_town(f"sqlite:///{tmp_path}/town.db", invented()) as town, opened() as office:
        town.staffing = STAFFING
        yield Post(town, office)


@dataclass
class Leading:
    """Whether this process leads."""

    ours: bool | None = True

    async def run(self, work: Work) -> None:
        await work()

    def ring(self) -> None:
        pass


@dataclass
class Looked:
    """What somebody sees who watches a bot."""

    town: Town
    counters: Counters
    leadership: Leading = field(default_factory=Leading)

    async def mail(self) -> tuple[bool, bool]:
        """Whether mail works, and whether its reason is among the reasons given."""
        database = self.town.database
        health = Health(
            *(database, database, self.leadership, self.counters),
            *(lambda: self.town.now, lambda: True),
        )
        answer = await health.ready(make_mocked_request("GET", "/readyz"))
        told: dict[str, Any] = json.loads(answer.text or "")
        return told["mail"], STUCK in told["reasons"]


async def booked(town: Town, number: int, who: str, moment: str) -> Appointment:
    return await town.book(await town.client(number), town.slot(who, moment))


async def test_one_mailbox_that_takes_nothing_leaves_the_bot_ready(post: Post) -> None:
    town, looked = post.town, Looked(post.town, post.counters)
    await booked(town, 7, "anna", NINE)
    post.office.says["RCPT"] = ["450 not now"] * 2
    async with post.running() as mail_sender:
        await until(lambda: post.counters.mails["later"] == 1)
        post.watch.now += LONG
        town.now += LONG
        await booked(town, 8, "cora", NINE)
        await post.passes(0, mail_sender)
        await until(lambda: post.counters.mails["sent"] == 1)
        await until(lambda: post.counters.mails["later"] == 2)
    assert post.office.recipients == ["cora@office.example"]
    assert await looked.mail() == (True, False)


async def test_where_nothing_is_sent_for_a_quarter_of_an_hour_mail_is_stuck(post: Post) -> None:
    town, looked = post.town, Looked(post.town, post.counters)
    await booked(town, 7, "anna", NINE)
    post.watch.now += LONG
    assert await looked.mail() == (True, False)
    town.now += LONG
    assert await looked.mail() == (False, True)
    looked.leadership.ours = False
    assert await looked.mail() == (True, False)


async def test_who_begins_to_send_has_as_long_for_the_first(post: Post) -> None:
    town, looked = post.town, Looked(post.town, post.counters)
    await booked(town, 7, "anna", NINE)
    post.office.says["RCPT"] = ["450 not now"]
    post.watch.now += LONG
    town.now += LONG
    async with post.running():
        await until(lambda: post.counters.mails["later"] == 1)
    assert await looked.mail() == (True, False)


async def test_an_address_that_is_left_holds_nothing_up(post: Post) -> None:
    town, looked = post.town, Looked(post.town, post.counters)
    client = await town.client(7)
    about = await town.book(client, town.slot("anna", NINE))
    async with post.running():
        await until(lambda: post.counters.mails["sent"] == 1)
    town.staffing = Staffing({"anna": Reach()})
    await town.move(client, about, town.slot("anna", TEN))
    assert await post.states() == [("case_manager:anna", "sent"), ("calendar:anna", "waiting")]
    post.watch.now += LONG
    town.now += LONG
    assert await looked.mail() == (True, False)
