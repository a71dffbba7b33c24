"""What whoever runs the program is told: that something did not reach the staff, and of nobody."""

from collections.abc import AsyncIterator

import pytest
from test_staff_service import attend
from town import Town, invented, open_town, swept

from bot.conversation import content
from bot.conversation.content import Name, Say
from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.delivery_failures import DeliveryFailures
from bot.domain.staffing import OFFICE, Mailbox, OfficeReach, Staffing
from bot.messages import operator_news, payloads
from bot.messages.digests import Digest
from bot.messages.operator_news import Undelivered, UpdatesKept, WebhookFault
from bot.services import operator_alerts
from bot.storage.engine.database import Tx
from bot.storage.queues import failed_messages, outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.upkeep import staff_ties

HOUR, DAY = 3600, 86_400
MILL = Actor(Role.FRONT_DESK, office_id="mill")
UNSEEN = Staffing({}, {"mill": OfficeReach(seen_within_hours=1)})


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def operator(town: Town, chat_id: int) -> int:
    person = await town.client(chat_id)
    await town.database.run(staff_ties.tie, OPERATOR, person, town.now)
    return person


def refused_mail(tx: Tx, key: str, now: int) -> None:
    """A mail to an office that its server will never take."""
    mailbox = str(Mailbox(OFFICE, "mill"))
    kind, text = payloads.encode(Digest(()))
    outbox.put(tx, OutboxRow(kind, text, key, Priority.NOTICE, now, mailbox=mailbox), now)
    row = tx.one("SELECT MAX(id) AS id FROM outbox")
    assert row is not None
    outbox.settle(tx, row["id"], "failed", now)


async def tell(town: Town) -> None:
    assert await town.does(lambda unit: swept(unit, operator_alerts.sweeps)) == []


async def told(town: Town) -> list[tuple[int, content.Passage]]:
    rows = await town.rows("SELECT person_id, kind, content FROM outbox WHERE kind = 'undelivered'")
    read = [(int(who), payloads.decode(kind, text)) for who, kind, text in rows]
    return [
        (who, operator_news.screen(news, town.city).paragraphs[0][0])
        for who, news in read
        if isinstance(news, Undelivered)
    ]


async def delivered(town: Town) -> list[int]:
    """To whom the messages went that were waiting."""
    found = await town.claim()
    for claimed in found:
        await town.database.run(outbox.settle, claimed.id, "sent", town.now)
    return [claimed.person_id for claimed in found]


async def test_every_operator_is_told_once_a_day_of_mail_that_was_refused(town: Town) -> None:
    people = [await operator(town, 900), await operator(town, 901)]
    for key in ("first", "second"):
        await town.database.run(refused_mail, key, town.now)
    await tell(town)
    name = Name(town.city.office["mill"].provider)
    assert await told(town) == [(each, Say("operator.told", {"name": name})) for each in people]
    assert await delivered(town) == people
    for _ in range(3):
        town.now += 60
        await tell(town)
        assert await delivered(town) == []
    town.now += DAY
    await town.database.run(refused_mail, "third", town.now)
    await tell(town)
    assert await delivered(town) == people


async def noted(town: Town, fault: WebhookFault) -> None:
    await town.database.run(operator_alerts.note_fault, fault, town.now)


async def told_of_updates(town: Town) -> list[object]:
    """What waits for the operators about updates, taken out of the outbox."""
    rows = await town.rows("SELECT kind, content FROM outbox WHERE kind = 'updates_kept'")
    await town.database.run(lambda tx: tx.run("DELETE FROM outbox WHERE kind = 'updates_kept'"))
    return [payloads.decode(kind, text) for kind, text in rows]


async def test_operators_are_told_once_a_day_that_updates_did_not_come(town: Town) -> None:
    await operator(town, 900)
    told_each_time: list[list[object]] = []
    for later in (0, 60, DAY, DAY):
        town.now += later
        if later != DAY or len(told_each_time) == 2:
            await noted(town, WebhookFault.TAKEN)
        await tell(town)
        told_each_time.append(await told_of_updates(town))
    taken = [UpdatesKept(WebhookFault.TAKEN)]
    assert told_each_time == [taken, [], taken, []]


async def test_what_happened_at_night_is_told_in_the_morning(town: Town) -> None:
    await operator(town, 900)
    town.now += 14 * HOUR
    await noted(town, WebhookFault.FAILING)
    await tell(town)
    assert await told_of_updates(town) == []
    town.now += 10 * HOUR
    await tell(town)
    assert await told_of_updates(town) == [UpdatesKept(WebhookFault.FAILING)]


async def test_what_was_told_yesterday_is_not_told_again_next_morning(town: Town) -> None:
    boss = await operator(town, 900)
    await town.database.run(refused_mail, "first", town.now)
    told_to = []
    for later in (60, DAY - 3600):
        town.now += later
        await tell(town)
        told_to += await delivered(town)
    assert told_to == [boss]


async def a_front_desk_to_be_told(town: Town) -> int:
    """The chat of a front desk for which a notice about an unseen booking waits."""
    chat = await town.client(901)
    await town.database.run(staff_ties.tie, MILL, chat, town.now)
    await town.book(await town.client(7), town.slot("anna", "2026-11-24 09:00"))
    town.now += 2 * HOUR
    await attend(town, UNSEEN, town.now)
    return chat


@pytest.mark.parametrize("ended", ["revoked", "became an operator"])
async def test_what_waits_for_a_front_desks_chat_ends_with_its_role(town: Town, ended: str) -> None:
    chat = await a_front_desk_to_be_told(town)
    if ended == "revoked":
        await town.database.run(staff_ties.untie, MILL)
    else:
        await town.database.run(staff_ties.tie, OPERATOR, chat, town.now)
    assert chat not in await delivered(town)


async def test_an_office_that_takes_chat_back_is_told_nothing_there(town: Town) -> None:
    chat = await town.client(901)
    await town.database.run(staff_ties.tie, MILL, chat, town.now)
    await town.book(await town.client(7), town.slot("anna", "2026-11-24 09:00"))
    town.now += 2 * HOUR
    without = Staffing({}, {"mill": OfficeReach(chat_allowed=False, seen_within_hours=1)})
    await attend(town, without, town.now)
    assert chat not in await delivered(town)


async def test_a_front_desk_that_blocked_the_bot_is_counted_as_staff(town: Town) -> None:
    chat = await a_front_desk_to_be_told(town)
    await town.database.run(outbox.fail_all_of, chat, town.now)
    found = await town.database.run(failed_messages.found, town.now)
    assert (found.lost_to_clients, found.lost_to_staff) == (0, {"office:mill": 1})


async def test_the_standing_counts_what_failed_and_what_waits(town: Town) -> None:
    amal = await town.client(7)
    await town.book(amal, town.slot("anna", "2026-11-24 09:00"))
    await town.database.run(refused_mail, "first", town.now - 6 * DAY)
    await town.database.run(refused_mail, "old", town.now - 8 * DAY)
    assert await town.at_port(amal, lambda port: port.delivery_failures()) == DeliveryFailures(
        lost_to_staff={"office:mill": 1}, unaddressed={"anna": 1}
    )


async def test_without_trouble_nobody_is_told_anything(town: Town) -> None:
    await operator(town, 900)
    await tell(town)
    assert await told(town) == []
    assert await town.database.run(failed_messages.found, town.now) == DeliveryFailures()
