"""In front of real people: only who is there can be booked, and only who agreed is named."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from phone import Client
from stage import World, agree, open_world

from bot.simulator.person import labels, words

EXAMPLE = "This is only an example"
OFFICE = "Rathaus, Nordstadt"
PHONE = "09900 12-30"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Ada has not agreed to be named, Bela's hours are not confirmed."""
    text = Path("tests/cities/smallville.toml").read_text(encoding="utf-8")
    text = text.replace('"Ada Adler"\nagreed_to_be_named = true', '"Ada Adler"')
    others, bela = text.split('id = "busch"')
    bela = bela.replace("confirmed = true", "confirmed = false")
    file = tmp_path / "live.toml"
    file.write_text(f'{others}id = "busch"{bela}', encoding="utf-8")
    return file


@pytest.fixture
async def live(tmp_path: Path, city: Path) -> AsyncIterator[World]:
    """The bot as real people meet it; no case manager has a chat yet."""
    async with open_world(tmp_path, str(city), example=False) as made:
        yield made


async def to_the_office(person: Client) -> None:
    """From the menu to the people of the office."""
    await person.walks("Book an appointment", "99001", OFFICE)


async def test_an_office_where_nobody_can_be_booked_shows_its_phone_only(live: World) -> None:
    anna = await live.person()
    await agree(anna)
    assert EXAMPLE not in words(anna.now)
    await to_the_office(anna)
    assert "You cannot book an appointment here at the moment. Please call" in words(anna.now)
    assert PHONE in words(anna.now)
    assert "Earliest free time" not in anna.labels
    await anna.walks("Main menu", "Offices and phone numbers", OFFICE)
    assert PHONE in words(anna.now)
    assert "Book an appointment here" not in anna.labels


async def test_who_has_not_agreed_to_be_named_is_met_as_the_team(live: World) -> None:
    ada = await live.case_manager("adler")
    assert "Ada Adler" in words(ada.now)
    anna = await live.person()
    await agree(anna)
    await to_the_office(anna)
    assert [label for label in anna.labels if "Ada" in label or "Bela" in label] == []
    await anna.walks("Rathaus, Nordstadt", "Wednesday 25 November", "10:40")
    assert "👤 Rathaus, Nordstadt\n" in words(anna.now)
    await anna.walks("Confirm")
    assert "👤 Rathaus, Nordstadt\n" in words(anna.now)
    assert EXAMPLE not in words(anna.now)
    assert "Neuer Termin" in words(await ada.sees("Neuer Termin"))
    await anna.walks("Show at the door")
    assert "Rathaus, Nordstadt" in words(anna.now)
    await anna.walks("Main menu")
    await to_the_office(anna)
    assert "Again with Rathaus, Nordstadt" in anna.labels
    assert [m for m in anna.messages if "Adler" in words(m) + "".join(labels(m))] == []


async def test_what_is_booked_stays_when_somebody_can_be_booked_no_more(live: World) -> None:
    ada = await live.case_manager("adler")
    anna = await live.person()
    await agree(anna)
    await to_the_office(anna)
    await anna.walks("Earliest free time", "Confirm")
    await ada.blocks()
    await live.taken()
    await anna.walks("Main menu")
    await to_the_office(anna)
    assert "You cannot book an appointment here" in words(anna.now)
    await anna.walks("Main menu", "My appointments")
    await anna.walks(anna.labels[0])
    assert "👤 Rathaus, Nordstadt\n" in words(anna.now)
    await anna.walks("Cancel the appointment", "Yes, cancel")
    await anna.walks("My appointments")
    assert words(anna.now) == "You have no appointments."


async def test_in_an_example_it_is_said_where_one_books_and_when_one_has(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    assert EXAMPLE in words(anna.now)
    await anna.walks("Book an appointment", "44649", "Earliest free time", "Confirm")
    assert EXAMPLE in words(anna.now)
