"""Somebody without Telegram sits at the desk: the staff book for them in chat, and hand a slip."""

import json
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from phone import Client
from stage import World, agree, book_at, open_world
from test_roles_in_chat import CARITAS, PLANB, tied

from bot.domain.actors import Actor, Role
from bot.messages.payloads import Kind
from bot.services import walk_in_bookings
from bot.simulator.person import Message, words
from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import appointments, staff_chats
from bot.storage.upkeep import staff_ties

MOHAMMAD = Actor(Role.CASE_MANAGER, "mohammad")

EARLIEST = "Nächster freier Termin"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, "herne") as made:
        yield made


async def booked(staff: Client) -> None:
    await staff.walks("Termin für jemanden buchen", "Arabisch", "Mittwoch, 25. November", "10:00")
    await staff.sees("Für jemanden ohne Telegram. Zettel: Arabisch")
    await staff.walks("Bestätigen")
    await staff.sees("Bitte drucken Sie den Zettel")


async def slip_of(staff: Client) -> Message:
    """The newest file in their chat."""
    await staff.settles()
    return [message for message in staff.messages if "file" in message][-1]


async def claim_of(world: World) -> str:
    """What the QR code on the only slip holds."""
    assert world.process is not None
    resources = world.process.resources
    [(number,)] = await world.sql("SELECT appointment_id FROM claims")
    assert isinstance(number, int)
    about = await resources.database.run(appointments.by_id, number)
    assert about is not None
    return walk_in_bookings.claim_token(resources.vault, about)


async def test_a_case_manager_books_in_six_presses_and_gets_the_slip(world: World) -> None:
    ali = await world.case_manager("mohammad")
    await booked(ali)
    await ali.walks("Zettel (PDF)")
    assert ali.pressed == 6
    [(code, language, status)] = await world.sql("SELECT code, language, status FROM appointments")
    assert (language, status) == ("ar", "booked")
    slip = await slip_of(ali)
    assert slip["file"]["name"] == f"{code}.pdf"
    with closing(pypdfium2.PdfDocument(await ali.downloads(slip))) as made:
        assert len(made) == 1


async def test_however_many_slips_are_made_telegram_is_asked_once_who_the_bot_is(
    world: World,
) -> None:
    ali = await world.case_manager("mohammad")
    await booked(ali)
    for _ in range(3):
        await ali.takes("slip")
        await world.taken()
    async with world.session.get(f"{world.simulator.url}/record") as answer:
        methods = [call["method"] for call in (await answer.json())["calls"]]
    assert (methods.count("sendDocument"), methods.count("getMe")) == (3, 1)


async def test_who_books_is_not_told_of_it_in_chat_but_of_what_others_book(
    world: World,
) -> None:
    ali, desk = await world.case_manager("mohammad"), await tied(world, PLANB)
    await booked(ali)
    await world.taken()
    assert [words(one) for one in ali.messages if "Neuer Termin" in words(one)] == []
    await desk.walks("Termin für jemanden buchen", "Deutsch", "Ali Mohammad")
    await desk.walks("Mittwoch, 25. November", "09:00", "Bestätigen")
    await ali.sees("Neuer Termin")


async def test_the_appointment_is_shown_as_one_on_paper_not_as_not_reached(world: World) -> None:
    ali = await world.case_manager("mohammad")
    await booked(ali)
    shown = words(ali.now)
    assert ("Ohne Telegram gebucht" in shown, "nicht erreicht" in shown) == (True, False)


async def test_the_slip_can_be_claimed_once_and_is_not_offered_after_that(world: World) -> None:
    ali, anna = await world.case_manager("mohammad"), await world.person()
    await booked(ali)
    await ali.walks("Zettel (PDF)")
    await world.taken()
    await anna.says_and_waits(f"/start {walk_in_bookings.PREFIX}{await claim_of(world)}")
    await anna.sees("هذا الموعد موجود الآن في هذه المحادثة")
    await ali.walks("Zettel (PDF)")
    assert "Zettel (PDF)" not in ali.labels


async def test_a_front_desk_books_with_anybody_of_its_office_only(world: World) -> None:
    desk = await tied(world, PLANB)
    await desk.walks("Termin für jemanden buchen", "Rumänisch", "Firdevs Köklüoglu")
    assert [label for label in desk.labels if "nder" in label] == []
    await desk.walks("Mittwoch, 25. November", "09:00", "Bestätigen")
    assert await world.sql("SELECT case_manager_id, language FROM appointments") == [
        ("koekluoglu", "ro")
    ]
    assert await world.sql("SELECT actor, action FROM audit") == [("front_desk:planb", "booked")]
    assert await world.sql("SELECT COUNT(*) FROM claims") == [(1,)]


async def test_who_is_revoked_while_booking_is_shown_the_menu_and_holds_nothing(
    world: World,
) -> None:
    ali = await world.case_manager("mohammad")
    await ali.walks("Termin für jemanden buchen", "Arabisch", "Mittwoch, 25. November")
    assert world.process is not None
    await world.process.resources.database.run(staff_ties.untie, MOHAMMAD)
    await ali.walks("10:00")
    assert "Für jemanden ohne Telegram" not in words(ali.now)
    assert await world.sql("SELECT COUNT(*) FROM appointments") == [(0,)]


async def test_a_slip_that_waits_is_not_sent_to_who_is_revoked(world: World) -> None:
    ali = await world.case_manager("mohammad")
    await booked(ali)
    assert world.process is not None
    await world.process.resources.database.run(_ask_for_the_slip_and_revoke, world.clock.now())
    world.process.chat_sender.wake()
    await world.taken()
    await ali.settles()
    assert [message for message in ali.messages if "file" in message] == []


def _ask_for_the_slip_and_revoke(tx: Tx, now: int) -> None:
    [row] = tx.all("SELECT appointment_id FROM claims")
    slip = json.dumps({"appointment": row["appointment_id"]})
    chat = staff_chats.of_case_manager(tx, "mohammad")
    key = "update:telegram:0:0"
    outbox.put(tx, OutboxRow(Kind.SLIP, slip, key, Priority.ANSWER, now, person_id=chat), now)
    staff_ties.untie(tx, MOHAMMAD)


async def test_under_a_new_key_no_slip_is_offered(world: World) -> None:
    ali = await world.case_manager("mohammad")
    await booked(ali)
    await world.sql("UPDATE claims SET token_hash = 'of the old key'")
    await ali.walks("Zettel (PDF)")
    assert "Zettel (PDF)" not in ali.labels


async def test_what_the_staff_are_as_clients_does_not_matter_when_they_book(world: World) -> None:
    kim = await world.person()
    await agree(kim)
    await book_at(kim)
    await kim.says_and_waits(await world.invitation_of(PLANB))
    await world.sql(
        "INSERT INTO blocked (chat_key, code, blocked_at)"
        f" SELECT chat_key, 'AAAA', {world.clock.now()} FROM chats"
    )
    await kim.walks("Termin für jemanden buchen", "Rumänisch", "Firdevs Köklüoglu")
    await kim.walks("Mittwoch, 25. November", "10:00", "Bestätigen")
    await kim.sees("Bitte drucken Sie den Zettel")


async def test_nobody_books_the_time_of_another_office(world: World) -> None:
    desk, other = await tied(world, CARITAS), await tied(world, PLANB, 911)
    await other.walks("Termin für jemanden buchen", "Deutsch", "Firdevs Köklüoglu")
    await other.walks("Mittwoch, 25. November", "09:00")
    _, theirs = other.data("Bestätigen")
    await desk.walks("Termin für jemanden buchen", "Deutsch")
    await desk.walks(EARLIEST)
    message_id, own = desk.data("Bestätigen")
    forged = f"{own.rpartition(':')[0]}:{theirs.rpartition(':')[2]}"
    await desk.presses_data(message_id, forged)
    await desk.sees("Diese Zeit ist gerade vergeben worden")
    assert await world.sql("SELECT COUNT(*) FROM appointments WHERE status = 'booked'") == [(0,)]
