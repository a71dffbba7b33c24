"""Somebody leaves the city file while they have appointments: nobody meets an error."""

from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from staff_stage import StaffWorld, anna_books, named_as_left_behind, open_pages
from stage import MONDAY_MORNING

from bot.domain import slots
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Wishes
from bot.services import links
from bot.services.walk_in_bookings import WalkInBookings
from bot.simulator.person import words
from bot.storage.engine.database import Tx

ALI = 'id = "mohammad"\nname = "Ali Mohammad"'
SUCCESSOR = 'id = "newcomer"\nname = "Nora Newcomer"'
DESK = Actor(Role.FRONT_DESK, office_id="planb")
WEDNESDAY_TEN = MONDAY_MORNING + timedelta(days=2, hours=1)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    async with open_pages(tmp_path) as made:
        yield made


async def ali_leaves(town: StaffWorld, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The bot is started with a city file that names somebody else in his place."""
    text = files("bot.city").joinpath("herne.toml").read_text(encoding="utf-8")
    assert ALI in text
    file = folder / "herne.toml"
    file.write_text(text.replace(ALI, SUCCESSOR), encoding="utf-8")
    town.city = str(file)
    await town.restart()
    await town.is_served()
    await named_as_left_behind(caplog)


async def booked_on_paper(town: StaffWorld) -> Appointment:
    """The front desk has booked a talk with Ali for somebody who sits there."""
    resources = town.resources
    ali = resources.city.case_manager["mohammad"]

    def book(tx: Tx) -> Appointment:
        slot = slots.slot_at(ali, int(WEDNESDAY_TEN.timestamp()))
        books = WalkInBookings(resources.open_unit(tx, town.now), DESK)
        made = books.book(slot, "ar", Wishes(), form=None)
        assert isinstance(made, Appointment)
        return made

    return await resources.database.run(book)


async def test_01_the_front_desk_prints_the_slip_and_sees_page_and_list(
    town: StaffWorld, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    about = await booked_on_paper(town)
    await ali_leaves(town, tmp_path, caplog)
    page = await town.opens(f"{await town.desk_url('planb')}/appointment/{about.id}")
    assert (page.status, about.code in page.text) == (200, True)
    async with town.session.get(page.link("slip.pdf")) as answer:
        assert (answer.status, (await answer.read())[:5]) == (200, b"%PDF-")
    assert (await town.opens(await town.desk_url("planb"))).status == 200


async def test_01_the_front_desk_calls_it_off_and_the_client_chooses_another_time(
    town: StaffWorld, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    anna = await anna_books(town)
    about = await town.newest()
    await ali_leaves(town, tmp_path, caplog)
    url = town.url(links.to_appointment(DESK, about))
    assert (await town.sends(url, act="call_off", confirmed="yes")).status == 200
    await anna.sees_anywhere(about.code)
    await anna.takes("rebook")
    await anna.takes("confirm")
    assert await town.sql("SELECT status, case_manager_id FROM appointments ORDER BY id") == [
        ("cancelled", "mohammad"),
        ("booked", "newcomer"),
    ]


async def test_01_a_client_sees_is_reminded_of_and_cancels_what_was_booked_with_them(
    town: StaffWorld, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    anna = await anna_books(town)
    about = await town.newest()
    await ali_leaves(town, tmp_path, caplog)
    for action in ("menu", "mine", "details"):
        await anna.takes(action)
    await anna.sees("Please call us before your appointment:")
    await anna.takes("door")
    assert about.code in words(anna.now)
    assert "PLANB Ruhr" in words(anna.now)
    assert "mohammad" not in words(anna.now)
    await town.to(MONDAY_MORNING + timedelta(days=1, hours=1, minutes=1))
    await anna.sees_anywhere("Appointment tomorrow, Wednesday 25 November, 10:00")
    reminder = next(words(each) for each in anna.messages if "Appointment tomorrow" in words(each))
    assert "02323 16-4711" in reminder
    await anna.says_and_waits("/menu")
    for action in ("mine", "details", "cancel", "cancel_yes"):
        await anna.takes(action)
    assert await town.sql("SELECT status FROM appointments") == [("cancelled",)]
