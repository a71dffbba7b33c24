"""A thumbs-up is no answer: the reminder's two buttons come again, and a press decides."""

import pytest
from phone import Client
from stage import World
from test_being_reminded import DAY_BEFORE, booked, reminders

from bot.simulator.person import labels, words

QUESTION = (
    "Thank you! Does that mean you are coming? Appointment: Wednesday 25 November, 10:00. "
    "Please press one of the two buttons."
)
COMING = "👍 Die Person kommt"
ANSWERS = ["Yes, I’m coming", "I can’t come"]


async def reminded(world: World) -> Client:
    anna = await booked(world)
    await anna.walks("Main menu", "Book an appointment", "44649")
    await world.to(DAY_BEFORE)
    await reminders(world, anna)
    return anna


async def sends(world: World, anna: Client, what: str) -> None:
    """A sticker, an emoji, or one set on the reminder."""
    if what == "sticker":
        await anna.sends(sticker=True)
    elif what == "reaction":
        await anna.reacts(anna.messages[-1]["message_id"])
    else:
        await anna.says(what)
    await world.taken()
    await anna.looks()


@pytest.mark.parametrize("what", ["sticker", "reaction", "👍", "🙏🏽 ❤️"])
async def test_a_thumbs_up_after_a_reminder_is_asked_what_it_means(world: World, what: str) -> None:
    ali = await world.case_manager("mohammad")
    anna = await reminded(world)
    await sends(world, anna, what)
    assert (words(anna.messages[-1]), labels(anna.messages[-1])) == (QUESTION, ANSWERS)
    assert COMING not in "".join(map(words, ali.messages))
    await anna.walks("Yes, I’m coming")
    assert words(anna.now).startswith("👍 Thank you.")
    await ali.sees(COMING)


async def test_no_leads_to_the_question_whether_to_cancel_and_nothing_is_lost(world: World) -> None:
    anna = await reminded(world)
    await sends(world, anna, "👍")
    await anna.walks("I can’t come")
    assert "Yes, cancel it" in anna.labels
    assert await world.sql("SELECT status FROM appointments") == [("booked",)]


async def test_what_was_being_chosen_can_be_chosen_on(world: World) -> None:
    anna = await reminded(world)
    before = len(anna.messages)
    await sends(world, anna, "👍")
    await sends(world, anna, "sticker")
    assert len(anna.messages) == before + 2
    assert words(anna.messages[-1]).startswith(
        "Sorry, a picture does not tell us if you are coming."
    )
    await anna.takes("earliest")
    assert "Confirm" in anna.labels


async def test_a_second_reaction_is_not_asked_about_again(world: World) -> None:
    anna = await reminded(world)
    await sends(world, anna, "reaction")
    before = anna.messages
    await anna.reacts(before[-1]["message_id"], "🔥")
    await anna.reacts(before[-1]["message_id"], "")
    await world.taken()
    await anna.looks()
    assert len(anna.messages) == len(before)


async def test_a_reaction_to_anything_else_changes_nothing(world: World) -> None:
    anna = await booked(world)
    before = len(anna.messages), anna.view, await world.sql("SELECT session FROM chats")
    await sends(world, anna, "reaction")
    assert (len(anna.messages), anna.view, await world.sql("SELECT session FROM chats")) == before


async def test_once_the_answer_is_known_a_sticker_is_thanked_for(world: World) -> None:
    anna = await reminded(world)
    await anna.walks("Yes, I’m coming")
    await sends(world, anna, "sticker")
    assert words(anna.messages[-1]).startswith("🙂 Thank you!")


async def test_a_contact_does_not_stay_in_the_chat(world: World) -> None:
    anna = await booked(world)
    await anna.sends(contact=True)
    await world.taken()
    await anna.looks()
    assert [each for each in anna.chat["messages"] if each.get("kind") == "contact"] == []
    assert "We do not keep phone numbers" in words(anna.now)


async def test_a_reaction_of_somebody_nothing_is_known_of_is_met_with_silence(world: World) -> None:
    anna = await world.person()
    await anna.says_and_waits("/start")
    await world.sql("DELETE FROM chats")
    before = len(anna.messages)
    await sends(world, anna, "reaction")
    assert len(anna.messages) == before
    assert await world.sql("SELECT COUNT(*) FROM inbox WHERE set_aside = 1") == [(0,)]
