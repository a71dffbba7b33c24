"""Code, address and number can be copied where they are shown; two buttons stand out."""

from phone import Client
from stage import World, book_earliest


def copied(person: Client) -> dict[str, str]:
    """What each button on the screen copies."""
    buttons = (button for row in person.now["buttons"] for button in row)
    return {button["text"]: button["copies"] for button in buttons if "copies" in button}


def coloured(person: Client) -> dict[str, str]:
    """The buttons on the screen that stand out."""
    buttons = (button for row in person.now["buttons"] for button in row)
    return {button["text"]: button["style"] for button in buttons if "style" in button}


async def test_what_is_needed_of_an_appointment_can_be_copied(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    code = await world.code()
    shown = copied(anna)
    assert shown["📋 Code"] == code
    assert shown["📋 Address"] in anna.now["text"]
    await anna.walks("Show at the door")
    assert copied(anna) == {"📋 Code": code}
    await anna.walks("Main menu", "Offices and phone numbers")
    await anna.takes("card", "planb")
    assert copied(anna) == {"📋 Address": "Hauptstraße 221, 44649 Herne"}
    await anna.walks("Back")
    await anna.takes("card", "city")  # four numbers, each with a name: none stands for all
    assert [*copied(anna)] == ["📋 Address"]


async def test_the_two_ways_of_the_notice_look_alike_and_the_deciding_press_stands_out(
    world: World,
) -> None:
    anna = await world.person()
    await anna.says_and_waits("/start")
    await anna.walks("English")
    assert coloured(anna) == dict.fromkeys(("I agree", "No, show phone numbers"), "primary")
    await anna.walks("I agree", "Book an appointment", "44649", "Earliest free time")
    assert coloured(anna) == {"Confirm": "primary"}
    await anna.walks("Confirm", "Cancel the appointment")
    assert coloured(anna) == {"Yes, cancel it": "danger"}


async def test_in_arabic_what_is_copied_has_no_invisible_signs(world: World) -> None:
    anna = await world.person(language="ar")
    await book_earliest(anna)
    await anna.takes("settings")
    await anna.walks("العربية")
    assert copied(anna)["📋 الرمز"] == await world.code()
    assert all(text.isprintable() for text in copied(anna).values())
