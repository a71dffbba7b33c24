"""What is booked for somebody without Telegram, and the one chat that may claim it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from town import VAULT, Town, at, invented, open_town

from bot.delivery.channel import Unreachable
from bot.delivery.recording import Attempt, settle
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Reason, Refused, Version, Wishes
from bot.domain.appointment_view import AppointmentView
from bot.domain.lifecycle import Act
from bot.messages.payloads import Kind
from bot.services import staff_notifying, walk_in_bookings
from bot.services.staff_service import StaffService
from bot.services.walk_in_bookings import WalkInBookings
from bot.storage.queues import message_history, outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import feeds
from bot.storage.vault import Vault

ANNA = Actor(Role.CASE_MANAGER, "anna", "mill")
HELP = Wishes(language_help=True, adults=1)


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def book_walk_in(
    town: Town, language: str = "ar", form: str | None = None, at: str = "09:00"
) -> Appointment | Refused:
    """Anna books for somebody who sits in front of her."""
    slot = town.slot("anna", f"2026-11-24 {at}")
    return await town.does(
        lambda unit: WalkInBookings(unit, ANNA).book(slot, language, HELP, form=form)
    )


async def booked_for(town: Town) -> Appointment:
    made = await book_walk_in(town)
    assert isinstance(made, Appointment)
    return made


async def claim(town: Town, token: str, person: int) -> Appointment | None:
    return await town.does(lambda unit: walk_in_bookings.claim(unit, token, person))


async def test_it_is_an_appointment_like_any_other_of_nobody_who_can_be_reached(
    town: Town,
) -> None:
    about = await booked_for(town)
    assert (about.language, about.wishes, about.start) == ("ar", HELP, at("2026-11-24 09:00"))
    assert not await town.does(lambda unit: staff_notifying.is_reached(unit, about))
    assert await town.rows("SELECT actor, action FROM audit") == [("case_manager:anna", "booked")]
    assert await town.rows("SELECT COUNT(*) FROM outbox WHERE kind = 'reminder'") == [(0,)]
    assert await town.rows("SELECT id FROM persons") == [(about.person_id,)]
    assert await town.rows("SELECT person_id FROM chats") == []


async def test_what_their_office_tells_them_is_known_not_to_have_arrived(town: Town) -> None:
    about = await booked_for(town)
    draft = OutboxRow(
        Kind.TEXT, "{}", "called off", Priority.NOTICE, town.now, about.person_id, None, about.id
    )
    await town.database.run(outbox.put, draft, town.now)
    [claimed] = [each for each in await town.claim() if each.person_id == about.person_id]
    assert (claimed.chat_sealed, claimed.reachable) == (None, False)
    await town.does(lambda unit: settle(unit, Attempt(claimed, Unreachable()), Unreachable()))
    unreached = await town.database.run(message_history.not_reached, town.now, town.now)
    assert unreached == [about.id]


async def test_a_time_that_is_taken_is_refused_and_leaves_nothing(town: Town) -> None:
    await booked_for(town)
    assert await book_walk_in(town, "uk") == Refused(Reason.TAKEN)
    assert await town.rows("SELECT COUNT(*) FROM persons") == [(1,)]
    assert await town.rows("SELECT COUNT(*) FROM claims") == [(1,)]


async def test_14_a_form_that_is_sent_twice_books_once(town: Town) -> None:
    both = [await book_walk_in(town, form="one") for _ in range(2)]
    assert both[0] == both[1]
    assert await town.rows("SELECT COUNT(*) FROM appointments") == [(1,)]
    together = [book_walk_in(town, form="two", at="10:00") for _ in range(2)]
    first, second = await asyncio.gather(*together)
    assert isinstance(first, Appointment)
    assert first == second
    assert await town.rows("SELECT COUNT(*) FROM appointments") == [(2,)]


async def test_14_two_guests_who_want_the_same_are_two_and_the_second_is_told_taken(
    town: Town,
) -> None:
    first, second = [await book_walk_in(town, form=form) for form in ("one", "two")]
    assert isinstance(first, Appointment)
    assert second == Refused(Reason.TAKEN)
    assert await book_walk_in(town) == Refused(Reason.TAKEN)
    assert await town.rows("SELECT COUNT(*) FROM appointments") == [(1,)]


async def test_who_got_another_time_instead_of_one_called_off_claims_it_with_the_new_slip(
    town: Town,
) -> None:
    about, olena = await booked_for(town), await town.client(7)
    await town.does(lambda unit: StaffService(unit, ANNA).do(Act.CALL_OFF, about.version))
    gone = Version(about.id, about.sequence + 1)
    ten = town.slot("anna", "2026-11-24 10:00")
    given = await town.does(lambda unit: StaffService(unit, ANNA).another_time(gone, ten))
    assert isinstance(given, AppointmentView)
    claimed = await claim(town, walk_in_bookings.claim_token(VAULT, given.about), olena)
    assert claimed == replace(given.about, person_id=olena)
    assert await town.rows("SELECT person_id, status FROM appointments ORDER BY id") == [
        (olena, "cancelled"),
        (olena, "booked"),
    ]


async def test_a_claim_brings_the_appointment_its_time_and_its_reminders(town: Town) -> None:
    about, olena = await booked_for(town), await town.client(7)
    token = walk_in_bookings.claim_token(VAULT, about)
    assert token not in str(await town.rows("SELECT * FROM claims"))
    before = await town.cells(about.id)
    claimed = await claim(town, token, olena)
    assert claimed is not None
    assert (claimed.id, claimed.person_id) == (about.id, olena)
    assert await town.cells(about.id) == before
    assert await town.rows("SELECT DISTINCT person_id FROM client_cells") == [(olena,)]
    assert await town.rows(
        "SELECT DISTINCT person_id FROM outbox WHERE kind = 'reminder' AND state = 'planned'"
    ) == [(olena,)]
    assert await town.rows("SELECT id FROM persons") == [(olena,)]
    assert await town.does(lambda unit: staff_notifying.is_reached(unit, claimed))


async def test_a_claim_is_good_once_and_not_for_two_at_the_same_time(town: Town) -> None:
    about = await booked_for(town)
    people = [await town.client(number) for number in range(7, 13)]
    token = walk_in_bookings.claim_token(VAULT, about)
    got = await asyncio.gather(*(claim(town, token, person) for person in people))
    [winner] = [one for one in got if one is not None]
    assert winner.person_id in people
    assert await town.rows("SELECT person_id FROM appointments") == [(winner.person_id,)]
    again = [await claim(town, token, person) for person in people]
    assert [one.person_id for one in again if one is not None] == [winner.person_id]


async def test_neither_the_code_nor_a_wrong_or_late_token_claims(town: Town) -> None:
    about, olena = await booked_for(town), await town.client(7)
    for token in ("", about.code, "A" * 22, f"{about.id}"):
        assert await claim(town, token, olena) is None
    town.now = about.end
    assert await claim(town, walk_in_bookings.claim_token(VAULT, about), olena) is None


async def test_what_the_office_called_off_cannot_be_claimed(town: Town) -> None:
    about, olena = await booked_for(town), await town.client(7)
    await town.cancel(about.person_id, about.id)
    assert await claim(town, walk_in_bookings.claim_token(VAULT, about), olena) is None


async def test_who_has_another_talk_then_keeps_it_and_the_token_stays_good(town: Town) -> None:
    about = await booked_for(town)
    olena, berta = await town.client(7), await town.client(8)
    await town.book(olena, town.slot("cora", "2026-11-24 09:00"))
    token = walk_in_bookings.claim_token(VAULT, about)
    assert await claim(town, token, olena) is None
    assert await claim(town, token, berta) is not None


async def test_a_hold_gives_way_to_a_claim(town: Town) -> None:
    about, olena = await booked_for(town), await town.client(7)
    assert await town.hold(olena, town.slot("cora", "2026-11-24 09:00")) is None
    assert await claim(town, walk_in_bookings.claim_token(VAULT, about), olena) is not None
    assert await town.rows("SELECT COUNT(*) FROM appointments") == [(1,)]


async def test_under_a_new_key_a_printed_slip_is_good_and_none_is_printed(town: Town) -> None:
    about, olena = await booked_for(town), await town.client(7)
    printed, other = walk_in_bookings.claim_token(VAULT, about), Vault(bytes(31) + b"x")

    async def slip(key: Vault) -> str | None:
        return await town.does(
            lambda unit: walk_in_bookings.slip_token(replace(unit, vault=key), about)
        )

    assert await slip(VAULT) == printed
    assert await slip(other) is None
    assert await claim(town, printed, olena) is not None
    assert await slip(VAULT) is None


async def test_a_calendar_has_one_address_and_only_its_hash_is_kept(town: Town) -> None:
    await town.database.run(feeds.make, "anna", "first", town.now)
    await town.database.run(feeds.make, "anna", "second", town.now)
    assert await town.rows("SELECT case_manager_id, token_hash FROM feeds") == [("anna", "second")]
    assert await town.database.run(feeds.whose, "first") is None
    assert await town.database.run(feeds.whose, "second") == "anna"
    assert await town.database.run(feeds.revoke, "anna")
    assert not await town.database.run(feeds.is_made, "anna")
