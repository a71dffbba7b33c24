"""A client books, from the first hello to the code in hand."""

from stage import World, book_earliest

from bot.simulator.person import words


async def test_the_earliest_time_is_booked_in_seven_presses_at_most(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    done = anna.screen
    assert done is not None
    assert words(done).startswith("✅ Your appointment is booked.\n\nCode ")
    assert await world.sql("SELECT status, case_manager_id FROM appointments") == [
        ("booked", "mohammad")
    ]


async def test_the_case_manager_hears_of_it_at_once_without_name_or_topic(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await book_earliest(anna)
    code = (await world.sql("SELECT code FROM appointments"))[0][0]
    notice = await ali.sees("Neuer Termin")
    assert str(code) in words(notice)
