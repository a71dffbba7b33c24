"""What whoever runs the program is told: that something did not reach the staff, and of nobody."""

from collections.abc import AsyncIterator

import pytest
from town import Town, invented, open_town

from bot.conversation import content
from bot.conversation.content import Name, Say
from bot.domain.actors import OPERATOR
from bot.domain.staffing import OFFICE, Mailbox
from bot.domain.troubles import Troubles
from bot.rendering.staff_mail import StaffMail
from bot.rendering.staff_words import Kind
from bot.storage import delivery, roles, troubles
from bot.storage.database import Tx
from bot.turn import operators
from bot.turn.mails import put_mail

DAY = 86_400


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def operator(town: Town, chat_id: int) -> int:
    person = await town.client(chat_id)
    await town.database.run(roles.tie, OPERATOR, person, town.now)
    return person


def refused_mail(tx: Tx, key: str, now: int) -> None:
    """A mail to an office that its server will never take."""
    mail = StaffMail(Kind.DIGEST, content.Screen(()), number=1)
    put_mail(tx, Mailbox(OFFICE, "mill"), mail, key, now + DAY, now)
    row = tx.one("SELECT MAX(id) AS id FROM outbox")
    assert row is not None
    delivery.settle(tx, row["id"], "failed", now)


async def told(town: Town) -> list[tuple[int, content.Line]]:
    rows = await town.rows("SELECT person_id, content FROM outbox WHERE kind = 'message'")
    return [(int(who), content.from_json(text).paragraphs[0][0]) for who, text in rows]


async def test_every_operator_is_told_once_a_day_of_mail_that_was_refused(town: Town) -> None:
    people = [await operator(town, 900), await operator(town, 901)]
    for key in ("first", "second"):
        await town.database.run(refused_mail, key, town.now)
    for _ in range(2):
        await town.database.run(operators.tell, town.city, town.now)
    name = Name(town.city.office["mill"].provider)
    assert await told(town) == [(each, Say("operator.told", {"name": name})) for each in people]
    town.now += DAY
    await town.database.run(refused_mail, "third", town.now)
    await town.database.run(operators.tell, town.city, town.now)
    assert [who for who, _ in await told(town)] == [*people, *people]


async def test_the_standing_counts_what_failed_and_what_waits(town: Town) -> None:
    amal = await town.client(7)
    await town.book(amal, town.slot("anna", "2026-11-24 09:00"))
    await town.database.run(refused_mail, "first", town.now - 6 * DAY)
    await town.database.run(refused_mail, "old", town.now - 8 * DAY)
    assert await town.at_desk(amal, lambda desk: desk.troubles()) == Troubles(
        lost_to_staff={"office:mill": 1}, homeless={"anna": 1}
    )


async def test_without_trouble_nobody_is_told_anything(town: Town) -> None:
    await operator(town, 900)
    await town.database.run(operators.tell, town.city, town.now)
    assert await told(town) == []
    assert await town.database.run(troubles.found, town.now) == Troubles()
