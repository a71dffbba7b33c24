"""A case manager's chat: tied by a one-time link, told of everything, with lists on request."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from phone import Client
from stage import World, agree, book_at, book_earliest

from bot.simulator.person import words

BERLIN = ZoneInfo("Europe/Berlin")


async def test_an_invitation_ties_a_chat_and_greets_by_name(world: World) -> None:
    safaa = await world.case_manager("bouchara")
    assert words(safaa.now).startswith("✅ Ihre Termine kommen ab jetzt in diesem Chat an.")
    assert "Guten Tag, Safaa Bouchara." in words(safaa.now)
    assert safaa.labels == [
        "Heute",
        "Nächste 7 Tage",
        "Offene Punkte",
        "Für jemanden buchen",
        "Eine Stunde sperren",
        "Nicht da von … bis …",
    ]


@pytest.mark.parametrize("what", ["used", "expired", "wrong", "odd"])
async def test_16_an_invitation_that_is_no_good_gets_one_sentence_and_the_phone_numbers(
    world: World, what: str
) -> None:
    link = await world.invitation("bouchara")
    if what == "used":
        safaa = await world.person(900, "de", "Safaa")
        await safaa.says_and_waits(link)
    if what == "expired":
        await world.passes(hours=24, seconds=1)
    guessing, stranger = await world.person(8), await world.person(9)
    await guessing.says_and_waits("/start " + "B" * 22)
    sent = {"wrong": "/start " + "A" * 22, "odd": "/start '; DROP TABLE invites"}
    await stranger.says_and_waits(sent.get(what, link))
    assert stranger.view == guessing.view
    assert words(stranger.now).startswith("This link is no longer valid.")
    assert "☎️ 02323" in words(stranger.now)
    assert await world.sql("SELECT COUNT(*) FROM staff_chats") == [(int(what == "used"),)]


async def test_a_link_for_somebody_who_is_a_client_already_works_too(world: World) -> None:
    safaa = await world.person(900, "de", "Safaa")
    await agree(safaa)
    await safaa.says_and_waits(await world.invitation("bouchara"))
    await safaa.sees("Safaa Bouchara")


async def test_a_new_phone_takes_over_and_the_old_one_hears_nothing_more(world: World) -> None:
    old = await world.case_manager("mohammad", 900)
    new = await world.case_manager("mohammad", 901)
    anna = await world.person()
    await book_earliest(anna)
    await new.sees("Neuer Termin")
    await old.settles()
    assert len(old.messages) == 1


async def test_what_happened_before_a_chat_was_tied_is_kept_for_it(world: World) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await anna.walks("Change the time", "Wednesday 25 November", "10:00", "Confirm")
    await world.taken()
    ali = await world.case_manager("mohammad")
    await world.taken()
    await ali.settles()
    told = [words(message).partition("\n")[0] for message in ali.messages]
    assert "🆕 Neuer Termin" in told
    assert "🔁 Neue Zeit" in told
    assert told.index("🆕 Neuer Termin") < told.index("🔁 Neue Zeit")


async def test_the_lists_show_time_code_language_and_wishes_but_no_name(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna, berta = await world.person(), await world.person(8, "de", "Berta")
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await anna.walks("Wednesday 25 November", "10:00", "Add a wish", "Someone to translate")
    await anna.walks("What it is about", "Debts", "Done", "Confirm")
    first = await world.code()
    await agree(berta)
    await book_at(berta, "09:00", "Friday 27 November")
    second = await world.code()
    await world.taken()
    await ali.walks("Heute")
    await ali.sees("Heute keine Termine.")
    await ali.walks("Nächste 7 Tage")
    assert words(await ali.sees("nächsten 7 Tagen")) == (
        "Ihre Termine in den nächsten 7 Tagen\n\n"
        f"🗓️ Mittwoch, 25. November\n⏰ 10:00 Uhr · {first} · Englisch\n"
        "💬 Hilfe mit der Sprache\n🔔 Noch nicht gesehen\n\n"
        f"🗓️ Freitag, 27. November\n⏰ 09:00 Uhr · {second} · Englisch\n🔔 Noch nicht gesehen"
    )
    await world.to(datetime(2026, 11, 25, 7, 0, tzinfo=BERLIN))
    await ali.walks("Heute")
    assert words(await ali.sees("Ihre Termine heute")) == (
        f"Ihre Termine heute\n\n⏰ 10:00 Uhr · {first} · Englisch\n💬 Hilfe mit der Sprache"
        "\n🔔 Noch nicht gesehen"
    )


async def test_the_list_shows_who_has_said_they_come(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    await world.to(datetime(2026, 11, 24, 10, 1, tzinfo=BERLIN))
    await world.taken()
    await anna.walks("Yes, I'm coming")
    await ali.sees("ratsuchende Person kommt")
    await ali.walks("Nächste 7 Tage")
    assert "👍 hat zugesagt" in words(await ali.sees("nächsten 7 Tagen"))


async def test_a_notice_stays_as_it_is_when_a_list_is_asked_for_on_it(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await book_earliest(anna)
    notice = await ali.sees("Neuer Termin")
    await ali.walks("Nächste 7 Tage")
    await ali.sees("nächsten 7 Tagen")
    await ali.settles()
    kept = next(m for m in ali.messages if m["message_id"] == notice["message_id"])
    assert words(kept) == words(notice)


async def forges(world: World, anna: Client, data: str) -> None:
    """A client presses a button of staff; nothing but their own screen is the answer."""
    before = anna.view
    message_id, own = anna.data("Show at the door")
    await anna.presses_data(message_id, data.format(now=own.split(":")[1]))
    await world.taken()
    await anna.settles()
    assert words(anna.now).endswith(before[0].partition("\n\n")[2])


@pytest.mark.parametrize("data", ["today::", "week::", "today:{now}:", "week:{now}:"])
async def test_a_client_cannot_use_the_buttons_of_staff(world: World, data: str) -> None:
    await world.case_manager("mohammad")
    anna = await world.person()
    await book_earliest(anna)
    await forges(world, anna, data)
    assert "nächsten 7 Tagen" not in "".join(map(words, anna.messages))


async def test_a_case_manager_sees_only_their_own_list(world: World) -> None:
    firdevs = await world.case_manager("koekluoglu")
    anna = await world.person()
    await book_earliest(anna)
    await firdevs.walks("Nächste 7 Tage")
    assert words(await firdevs.sees("7 Tagen")) == "Keine Termine in den nächsten 7 Tagen."


FULL_DAY = (8, 9, 10, 11, 13.5, 14.5)
ALL_WISHES = '{"language_help":true,"adults":5,"children":5,"step_free":true,"by_phone":true}'


async def test_a_full_week_with_every_wish_arrives(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await book_earliest(anna)
    codes = [f"W{day}{hour}" for day in range(5) for hour in FULL_DAY]
    for day in range(5):
        for hour in FULL_DAY:
            start = int(datetime(2026, 11, 23 + day, tzinfo=BERLIN).timestamp() + hour * 3600)
            await world.sql(
                "INSERT INTO appointments (code, person_id, case_manager_id, office_id, start_at,"
                " end_at, free_at, status, language, wishes, answer)"
                f" VALUES ('W{day}{hour}', 1, 'mohammad', 'planb', {start}, {start + 2700},"
                f" {start + 3600}, 'booked', 'ar', '{ALL_WISHES}', 'coming')"
            )
    await ali.walks("Nächste 7 Tage")
    await ali.sees("Ihre Termine in den nächsten 7 Tagen")
    seen: list[str] = []
    while "Spätere Tage" in ali.labels:
        seen += words(await ali.sees("🗓️")).split()
        await ali.walks("Spätere Tage")
    seen += words(ali.now).split()
    assert [code for code in codes if code not in seen] == []


async def test_the_topic_is_shown_on_opening_an_appointment_and_in_no_list(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "PLANB Ruhr", "Ali Mohammad")
    await anna.walks("Wednesday 25 November", "10:00", "Add a wish")
    await anna.walks("What it is about", "Debts", "Done", "Confirm")
    code = await world.code()
    await ali.walks("Nächste 7 Tage")
    assert "Schulden" not in words(await ali.sees("nächsten 7 Tagen"))
    await ali.walks(f"10:00 · {code}")
    assert words(await ali.sees("Schulden")) == (
        f"🗓️ Mittwoch, 25. November\n⏰ 10:00 Uhr · {code} · Englisch\n🗂️ Schulden\n\n"
        "🔔 Noch nicht gesehen\n📨 Die Person weiß es seit Montag, 23. November, 09:00 Uhr"
    )


async def test_what_is_booked_while_the_bot_is_blocked_is_told_afterwards(world: World) -> None:
    ali = await world.case_manager("mohammad")
    await ali.blocks()
    anna = await world.person()
    await book_earliest(anna)
    await world.taken()
    await ali.unblocks()
    await ali.sees("Neuer Termin")
