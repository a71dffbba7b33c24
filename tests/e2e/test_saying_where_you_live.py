"""Where a client lives, said in every way a phone allows; the offices come nearest first."""

import pytest
from phone import Client
from stage import World, agree

from bot.simulator.person import words

IN_WANNE = (51.5312, 7.1657)
IN_BERLIN = (52.52, 13.40)
LEAVES = ("Back", "Main menu")


async def asked(world: World, **who: str) -> Client:
    """Somebody in front of the question where they live."""
    anna = await world.person(**who)  # type: ignore[arg-type]
    await agree(anna)
    await anna.walks("Book an appointment")
    return anna


def offices(person: Client) -> list[str]:
    """The offices on the screen, in order."""
    assert person.labels[0] == "Earliest free time"
    return [label.partition(",")[0] for label in person.labels[1:6]]


async def test_a_postal_code_orders_the_offices_and_all_can_be_chosen(world: World) -> None:
    anna = await asked(world)
    assert anna.labels[:3] == ["44623", "44625", "44627"]
    await anna.walks("44649")
    assert offices(anna)[0] == "PLANB Ruhr"
    assert len(set(offices(anna))) == 5
    assert words(anna.now).startswith("🏠 These offices are near you, the nearest first.")


async def test_each_office_says_whether_the_language_is_spoken(world: World) -> None:
    anna = await asked(world)
    await anna.walks("44649")
    assert "• PLANB Ruhr, Wanne – English: not known" in words(anna.now)
    assert "• Stadt Herne, Herne-Mitte – English: yes" in words(anna.now)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Wanne", "PLANB Ruhr"),
        ("44628", "AWO Ruhr-Mitte"),
        ("I live in Horsthausen", "AWO Ruhr-Mitte"),
        ("Зодинген", "AWO Ruhr-Mitte"),
        ("فانه", "PLANB Ruhr"),
    ],
)
async def test_a_typed_place_is_understood(world: World, text: str, first: str) -> None:
    anna = await asked(world)
    await anna.says_and_waits(text)
    await anna.settles()
    assert offices(anna)[0] == first


async def test_the_answer_to_text_stands_below_it_and_the_old_screen_loses_its_buttons(
    world: World,
) -> None:
    anna = await asked(world)
    old = anna.now["message_id"]
    await anna.says("Wanne")
    await anna.sees("These offices are near you")
    await anna.settles()
    assert anna.chat["messages"][-1]["message_id"] == anna.now["message_id"] > old
    assert [m["message_id"] for m in anna.messages if m["buttons"]] == [anna.now["message_id"]]


async def test_a_street_in_two_districts_is_asked_about(world: World) -> None:
    anna = await asked(world)
    await anna.says_and_waits("Hauptstr. 5")
    await anna.settles()
    assert words(anna.now) == "Which one do you mean?"
    assert anna.labels[:2] == ["Wanne", "Eickel"]
    await anna.walks("Eickel")
    assert offices(anna)[0] == "DRK Herne"
    await anna.walks("Back")
    assert words(anna.now) == "Which one do you mean?"


async def test_an_unknown_place_is_said_kindly_and_asked_again(world: World) -> None:
    anna = await asked(world)
    await anna.says_and_waits("Timbuktu")
    await anna.settles()
    assert words(anna.now).startswith("Sorry, we do not know this place.")
    assert "44649" in anna.labels


@pytest.mark.parametrize("text", ["Eickeler Markt", "Айкелер Маркт"])
async def test_a_stop_is_typed_as_it_is_heard(world: World, text: str) -> None:
    anna = await asked(world)
    await anna.walks("🚌 My bus or tram stop")
    assert words(anna.now).startswith("🚌 Which stop do you get off at?")
    await anna.says_and_waits(text)
    await anna.settles()
    assert words(anna.now).startswith("🚏 We looked near the stop Eickeler Markt for you.")
    assert offices(anna)[0] == "DRK Herne"
    await anna.walks("Earliest free time", "Confirm")
    assert words(anna.now).startswith("✅ Your appointment is booked.")


async def test_a_stop_in_arabic_is_offered_and_pressed(world: World) -> None:
    anna = await asked(world)
    await anna.walks("🚌 My bus or tram stop")
    await anna.says_and_waits("ايكلر ماركت")
    await anna.settles()
    assert "Do you mean one of these?" in words(anna.now)
    await anna.walks("🚏 Eickeler Markt")
    assert offices(anna)[0] == "DRK Herne"


async def test_who_gets_off_between_two_offices_hears_of_both(world: World) -> None:
    anna = await asked(world)
    await anna.says_and_waits("Schmiedes Hof")
    await anna.settles()
    assert "are about the same distance away." in words(anna.now)


async def test_who_is_not_understood_twice_reads_something_else_and_finds_a_way(
    world: World,
) -> None:
    anna = await asked(world)
    told = []
    for text in ("Timbuktu", "Ouagadougou", "Antananarivo"):
        await anna.says_and_waits(text)
        await anna.settles()
        told.append(words(anna.now))
    assert (told[0] == told[1], told[1] == told[2]) == (False, False)
    await anna.walks("44652")
    assert offices(anna)[0] == "DRK Herne"


async def test_whoever_does_not_know_sees_all_offices(world: World) -> None:
    anna = await asked(world)
    await anna.walks("I don’t know, show all offices")
    assert words(anna.now).startswith("🏠 You can go to any of these offices.")
    assert offices(anna)[-1] == "Stadt Herne"


async def test_a_shared_location_orders_the_offices_and_leaves_nothing_behind(
    world: World,
) -> None:
    anna = await asked(world)
    await anna.presses("Share my location once")
    await anna.sees_anywhere("We use your location once, and we do not keep it.")
    await anna.settles()
    assert anna.chat["reply_keyboard"] is not None
    await anna.sends(location=IN_WANNE)
    await anna.sees("These offices are near you")
    await anna.settles()
    assert offices(anna)[0] == "PLANB Ruhr"
    assert anna.chat["reply_keyboard"] is None
    assert not [m for m in anna.chat["messages"] if "location" in m]
    assert await world.sql("SELECT session FROM chats WHERE session LIKE '%51.5%'") == []
    await anna.walks("Earliest free time", "Confirm")
    assert "👤 Ali Mohammad" in words(anna.now)


async def test_somebody_outside_the_city_is_told_and_served_all_the_same(world: World) -> None:
    anna = await asked(world)
    await anna.presses("Share my location once")
    await anna.sees_anywhere("We use your location once")
    await anna.sends(location=IN_BERLIN)
    await anna.sees("This place is not in Herne. You are still welcome here.")
    await anna.settles()
    await anna.walks("Earliest free time", "Confirm")
    assert words(anna.now).startswith("✅ Your appointment is booked.")


@pytest.mark.parametrize("way", ["44649", "Main menu", "typed"])
async def test_the_location_key_goes_away_whatever_else_is_chosen(world: World, way: str) -> None:
    anna = await asked(world)
    await anna.presses("Share my location once")
    await anna.sees_anywhere("We use your location once")
    await anna.settles()
    await (anna.says("Wanne") if way == "typed" else anna.presses(way))
    await anna.sees_anywhere("The location button is gone.")
    await anna.settles()
    assert anna.chat["reply_keyboard"] is None
    assert anna.messages[-1] == anna.now


async def test_distances_are_shown_only_where_the_door_is_known(smallville: World) -> None:
    anna = await asked(smallville)
    await anna.walks("99002")
    assert "km" not in words(anna.now)
    await anna.walks("Back")
    await anna.sends(location=(47.9951, 11.0051))
    await anna.sees("Rathaus: about 1.5 km away")


async def test_areas_are_shown_with_how_to_say_them(world: World) -> None:
    amal = await world.person(9, "ar", "Amal")
    await amal.says_and_waits("/start")
    assert amal.labels[0] == "العربية"
    await amal.walks("العربية")
    await amal.takes("agree")
    await amal.takes("book")
    shown = next(label for label in amal.labels if "فانه" in label)
    assert "Wanne" in shown
