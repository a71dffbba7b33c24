"""Who hears of a booking that nobody saw, and of a client who was not reached."""

from collections.abc import AsyncIterator

import pytest
from town import MONDAY_MORNING, Town, at, invented, open_town, swept

from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.staffing import OfficeReach, Reach, Staffing
from bot.services import escalation
from bot.storage.records import absences, chats
from bot.storage.upkeep import staff_ties

HOUR = 3600
BEN = Actor(Role.CASE_MANAGER, "ben", "mill")
DESK = Actor(Role.FRONT_DESK, office_id="mill")
NO_MAIL = OfficeReach(seen_within_hours=1)
WITH_MAIL = OfficeReach("mill@example.org", True, 1)
NO_CHAT = OfficeReach(None, False, 1)


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


def staffing(office: OfficeReach, ben: Reach | None = None) -> Staffing:
    """Ben is Anna's deputy."""
    return Staffing({"anna": Reach(deputy="ben"), "ben": ben or Reach()}, {"mill": office})


async def tie(town: Town, actor: Actor, chat_id: int) -> int:
    person = await town.client(chat_id)
    await town.database.run(staff_ties.tie, actor, person, town.now)
    return person


async def unseen(town: Town) -> None:
    """Anna has a booking that she has not seen, and an hour has passed."""
    await town.book(await town.client(1), town.slot("anna", "2026-12-01 09:00"))
    town.now += HOUR


async def look(town: Town) -> None:
    assert await town.does(lambda unit: swept(unit, escalation.sweeps)) == []


async def passed_on(town: Town) -> list[tuple[str, int | str]]:
    """The rows that tell of it: the kind, and whose mailbox or which person's chat it is for."""
    rows = await town.rows(
        "SELECT kind, mailbox, person_id FROM outbox WHERE dedupe_key LIKE '%not_seen%' ORDER BY id"
    )
    return [(kind, mailbox or person) for kind, mailbox, person in rows]


async def marks(town: Town) -> list[bool]:
    rows = await town.rows("SELECT passed_on_at FROM appointments ORDER BY id")
    return [moment is not None for (moment,) in rows]


async def test_a_deputy_who_has_a_chat_is_told(town: Town) -> None:
    ben = await tie(town, BEN, 900)
    town.staffing = staffing(WITH_MAIL)
    await unseen(town)
    await look(town)
    assert await passed_on(town) == [("notice", ben)]


async def test_a_deputy_without_a_chat_is_told_by_mail(town: Town) -> None:
    town.staffing = staffing(WITH_MAIL, Reach("ben@example.org", by_mail=True, by_chat=False))
    await unseen(town)
    await look(town)
    assert await passed_on(town) == [("notice", "case_manager:ben")]


async def test_in_place_of_a_deputy_who_never_tied_a_chat_the_office_is_told(town: Town) -> None:
    town.staffing = staffing(WITH_MAIL)
    await unseen(town)
    await look(town)
    assert await passed_on(town) == [("notice", "office:mill")]


async def test_in_place_of_a_deputy_who_blocked_the_bot_the_office_is_told(town: Town) -> None:
    await town.database.run(chats.mark_unreachable, await tie(town, BEN, 900))
    town.staffing = staffing(WITH_MAIL)
    await unseen(town)
    await look(town)
    assert await passed_on(town) == [("notice", "office:mill")]


async def test_in_place_of_a_deputy_who_is_not_told_in_chat_the_office_is_told(town: Town) -> None:
    await tie(town, BEN, 900)
    town.staffing = staffing(WITH_MAIL, Reach(by_chat=False))
    await unseen(town)
    await look(town)
    assert await passed_on(town) == [("notice", "office:mill")]


async def test_a_deputy_who_is_away_is_not_asked_and_one_who_is_back_is(town: Town) -> None:
    ben = await tie(town, BEN, 900)
    town.staffing = staffing(WITH_MAIL)
    await unseen(town)
    until = town.now + HOUR
    await town.database.run(absences.add, "ben", MONDAY_MORNING, until)
    await look(town)
    await town.book(await town.client(2), town.slot("anna", "2026-12-01 10:00"))
    town.now = until + HOUR
    await look(town)
    assert await passed_on(town) == [("notice", "office:mill"), ("notice", ben)]


async def test_an_office_without_mail_is_told_in_every_chat_of_its_front_desk(town: Town) -> None:
    desks = [await tie(town, DESK, 900), await tie(town, DESK, 901)]
    town.staffing = staffing(NO_MAIL)
    await unseen(town)
    await look(town)
    assert await passed_on(town) == [("notice", desk) for desk in desks]


@pytest.mark.parametrize("office", [NO_MAIL, NO_CHAT])
async def test_where_no_office_hears_the_operator_does_once(
    town: Town, office: OfficeReach
) -> None:
    operator = await tie(town, OPERATOR, 902)
    desk = await tie(town, DESK, 900)
    await town.database.run(chats.mark_unreachable, desk)
    town.staffing = staffing(office)
    await unseen(town)
    await look(town)
    await look(town)
    assert await passed_on(town) == [("unattended", operator)]
    assert await marks(town) == [True]


async def test_while_nobody_can_be_told_it_is_not_passed_on_and_then_it_is(town: Town) -> None:
    town.staffing = staffing(NO_MAIL)
    await unseen(town)
    await look(town)
    assert (await passed_on(town), await marks(town)) == ([], [False])
    ben = await tie(town, BEN, 900)
    await look(town)
    assert (await passed_on(town), await marks(town)) == ([("notice", ben)], [True])


async def test_of_a_client_who_was_not_reached_everybody_at_the_office_hears(town: Town) -> None:
    desk = await tie(town, DESK, 900)
    town.staffing = Staffing(
        {"anna": Reach("anna@example.org", by_mail=True)},
        {"mill": OfficeReach("mill@example.org")},
    )
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", "2026-12-01 09:00"))
    town.now = at("2026-11-30 09:00")
    await town.database.run(
        lambda tx: tx.run(
            "UPDATE outbox SET state = 'failed', settled_at = :now WHERE kind = 'reminder'",
            now=town.now,
        )
    )
    for _ in range(2):
        await look(town)
    rows = await town.rows(
        "SELECT case_manager_id, mailbox, person_id FROM outbox WHERE appointment_id = :about"
        " AND dedupe_key LIKE '%not_reached%' ORDER BY id",
        about=booked.id,
    )
    assert rows == [
        ("anna", None, None),
        ("anna", "case_manager:anna", None),
        (None, "office:mill", None),
        (None, None, desk),
    ]
