"""A client books, from the first hello to the code in hand."""

import asyncio

from stage import World, agree, book_at, book_earliest

from bot.simulator.person import words

CITY = "Stadt Herne, Herne-Mitte", "Safaa Bouchara"
ALL_OFFICES = "I don’t know, show all offices"


async def test_the_earliest_time_is_booked_in_seven_presses_at_most(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    assert anna.pressed <= 7
    assert words(anna.now).startswith("✅ Your appointment is booked.\n\n🔑 Code ")
    assert await world.sql("SELECT status, case_manager_id FROM appointments") == [
        ("booked", "mohammad")
    ]


async def test_the_earliest_time_at_an_office_is_booked_in_seven_presses(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne")
    await anna.walks("Earliest free time", "Confirm")
    assert words(anna.now).startswith("✅ Your appointment is booked.")
    assert anna.pressed == 7


async def test_person_day_and_time_are_chosen_in_nine_presses(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    assert words(anna.now).startswith("✅ Your appointment is booked.")
    assert anna.pressed == 9


async def test_the_case_manager_hears_of_it_at_once_without_name_or_topic(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await book_earliest(anna)
    notice = await ali.sees("Neuer Termin")
    assert words(notice) == (
        "🆕 Neuer Termin\n\n"
        f"🗓️ Dienstag, 24. November, 08:00 Uhr\nCode {await world.code()} · Englisch"
    )
    assert notice["protected"]


async def test_the_done_screen_says_all_there_is_to_know(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    assert words(anna.now) == (
        "✅ Your appointment is booked.\n\n"
        f"🔑 Code {await world.code()}\n\n"
        "🗓️ Tuesday 24 November\n⏰ 08:00\n👤 Ali Mohammad\n"
        "🏠 PLANB Ruhr, Wanne\n📍 Hauptstraße 221, 44649 Herne\n\n"
        "💬 English: we do not know if it is spoken here. "
        "You can bring someone who speaks it.\n\n"
        "You do not need any papers. If it is about a letter, bring it.\n\n"
        "This appointment is free. Nobody may ask you for money.\n"
        "This is only an example: nothing is really booked."
    )


async def test_wishes_and_companions_reach_the_case_manager_but_the_topic_does_not(
    world: World,
) -> None:
    safaa = await world.case_manager("bouchara")
    anna = await world.person(name="Anna Example")
    await agree(anna)
    await anna.walks("Book an appointment", ALL_OFFICES, *CITY, "Wednesday 25 November", "10:00")
    await anna.walks(
        "Tell us what you need", "I need someone to translate", "I need an entrance without steps"
    )
    await anna.walks("An adult is coming with me", "2", "I’m bringing children", "1")
    await anna.walks("Say what it is about", "Debts", "Done")
    assert (
        "💬 Needed: someone to translate\n👥 2 adults are coming too\n🧒 1 child is coming too\n"
        in words(anna.now)
    )
    await anna.walks("Confirm")
    notice = await safaa.sees("Neuer Termin")
    assert words(notice) == (
        "🆕 Neuer Termin\n\n"
        "🗓️ Mittwoch, 25. November, 10:00 Uhr\n"
        f"Code {await world.code()} · Englisch\n"
        "💬 Braucht Sprachhilfe\n👥 2 erwachsene Personen kommen mit\n🧒 1 Kind kommt mit\n"
        "♿ Braucht einen Eingang ohne Stufen"
    )
    assert "debts" in str(await world.sql("SELECT wishes FROM appointments"))


async def test_nobody_but_the_case_manager_of_the_appointment_hears_of_it(world: World) -> None:
    firdevs = await world.case_manager("koekluoglu")
    anna = await world.person()
    await book_earliest(anna)
    await world.taken()
    await firdevs.settles()
    assert len(firdevs.messages) == 1


async def test_a_wish_can_be_taken_back(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "Earliest free time")
    plain = anna.view
    await anna.walks(
        "Tell us what you need",
        "I need someone to translate",
        "✓ I need someone to translate",
        "Done",
    )
    assert anna.view == plain


async def test_somebody_who_would_rather_phone_learns_when_where_and_what_to_say(
    world: World,
) -> None:
    safaa = await world.case_manager("bouchara")
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", ALL_OFFICES, *CITY, "Wednesday 25 November", "10:00")
    await anna.walks("Tell us what you need", "I’d rather call than come", "Done", "Confirm")
    code = await world.code()
    assert "☎️ 02323 16-4705 – number of Safaa Bouchara" in words(anna.now)
    assert f"Call at 10:00. You can say: “Englisch, Code {code}”." in words(anna.now)
    assert "☎️ Die Person ruft an" in words(await safaa.sees("Neuer Termin"))


async def test_no_phone_call_is_offered_where_no_number_is_known(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "Earliest free time", "Tell us what you need")
    assert "I’d rather call than come" not in anna.labels


async def test_the_door_is_told_in_german_and_in_the_clients_language(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.walks("Show at the door")
    code = await world.code()
    assert words(anna.now) == (
        "Guten Tag. Ich habe einen Termin.\n👤 Ali Mohammad\n"
        f"⏰ Dienstag, 24. November, 08:00 Uhr\n🔑 Code {code}\n💬 Ich spreche: Englisch\n\n"
        "Hello. I have an appointment.\n👤 Ali Mohammad\n"
        f"⏰ Tuesday 24 November, 08:00\n🔑 Code {code}\n💬 I speak: English"
    )
    assert f"<b>Code {code}</b>" in anna.now["html"]


async def test_a_second_appointment_is_booked_with_the_same_person_again(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.walks("Main menu", "Book an appointment", "44649", "PLANB Ruhr, Wanne")
    assert anna.labels[:3] == ["Earliest free time", "Again with Ali Mohammad", "Firdevs Köklüoglu"]
    await anna.walks("Again with Ali Mohammad", "Tuesday 24 November")
    assert "08:00" not in anna.labels


async def test_two_appointments_are_enough_for_one_client(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.walks("Main menu")
    await book_at(anna)
    await anna.walks("Main menu", "Book an appointment")
    assert words(anna.now).startswith("You already have 2 appointments.")
    await anna.walks("Main menu", "Offices and phone numbers", "DRK Herne, Eickel")
    await anna.walks("Book an appointment here", "Earliest free time", "Confirm")
    assert words(anna.now).startswith("You already have 2 appointments.")
    assert await world.sql("SELECT COUNT(*) FROM appointments WHERE status = 'booked'") == [(2,)]


async def test_my_appointments_lists_what_is_booked_and_opens_it(world: World) -> None:
    anna = await world.person()
    await agree(anna)
    assert words(await anna.walks("My appointments")) == "You have no appointments."
    await anna.walks("Main menu")
    await book_at(anna)
    await anna.walks("Main menu", "My appointments")
    code = await world.code()
    assert anna.labels[0] == f"Wed 25 Nov, 10:00 · {code}"
    await anna.walks(anna.labels[0])
    assert words(anna.now).startswith(f"🔑 Code {code}\n\n🗓️ Wednesday 25 November")


async def test_confirm_pressed_twice_books_once(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "Earliest free time")
    button = anna.data("Confirm")
    await asyncio.gather(*(anna.presses_data(*button) for _ in range(3)))
    await anna.sees("Code ")
    await world.taken()
    await ali.settles()
    assert await world.sql("SELECT status FROM appointments") == [("booked",)]
    assert [words(m)[:14] for m in ali.messages[1:]] == ["🆕 Neuer Termin"[:14]]


async def test_a_second_city_needs_only_its_file(smallville: World) -> None:
    ada = await smallville.case_manager("adler")
    anna = await smallville.person()
    await agree(anna)
    await anna.walks("Book an appointment", "99001", "Earliest free time", "Confirm")
    assert "📍 Marktplatz 1, 99001 Smallville" in words(anna.now)
    assert "👤 Bela Busch" in words(anna.now)
    await smallville.taken()
    assert len(ada.messages) == 1
    await anna.walks("Show the entrance on a map")
    venue = await anna.sees_anywhere("Marktplatz 1, 99001 Smallville")
    assert venue["message_id"] > 0
