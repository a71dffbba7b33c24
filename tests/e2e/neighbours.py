"""Somebody beside the trouble, who must not notice any of it."""

from phone import Client
from stage import World, book_earliest

from bot.simulator.person import words


async def neighbour(world: World) -> tuple[Client, tuple[str, list[str]]]:
    """Somebody with an appointment, whom nothing here may touch, and what they see."""
    berta = await world.person(8, name="Berta")
    await book_earliest(berta)
    return berta, berta.view


async def unharmed(world: World, berta: Client, view: tuple[str, list[str]]) -> None:
    """The neighbour's screen and appointment are as they were, and the buttons work."""
    await world.taken()
    await berta.looks()
    assert berta.view == view
    assert await world.sql("SELECT COUNT(*) FROM inbox") == [(0,)]
    assert await world.sql("SELECT status FROM appointments WHERE person_id = 1") == [("booked",)]
    await berta.walks("Show at the door")
    assert "Hello. I have an appointment." in words(berta.now)
