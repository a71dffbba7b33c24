"""A case manager acts in chat, and clients hear of it in their own languages."""

from datetime import datetime
from zoneinfo import ZoneInfo

from phone import Client
from stage import World, agree, book_at

from bot.simulator.person import words

BERLIN = ZoneInfo("Europe/Berlin")
LANGUAGES = ("en", "uk", "ar")
CALLED_OFF = {
    "en": "Your appointment is cancelled",
    "uk": "Вашу зустріч скасовано",
    "ar": "أُلغي موعدكم",
}


async def test_who_falls_ill_with_three_clients_of_three_languages_has_each_told_and_rebooked(
    world: World,
) -> None:
    ali = await world.case_manager("mohammad")
    clients = []
    for number, language in enumerate(LANGUAGES):
        client = await world.person(10 + number, language, language)
        await client.says_and_waits("/start")
        await client.takes("language", language)
        for step in ("agree", "book", "anywhere", "office:planb", "person:mohammad", "day", "time"):
            action, _, value = step.partition(":")
            await client.takes(action, value or None)
        for step in ("wish", "wish_language", "wish_done", "confirm"):
            await client.takes(step)
        clients.append(client)
    await world.taken()
    for action in ("week", "menu", "away"):
        await ali.takes(action)
    await ali.takes("away_from", "2026-11-23")
    await ali.takes("close", until(ali, datetime(2026, 11, 28, tzinfo=BERLIN)))
    assert "Termine darin: 3." in words(ali.now)
    await ali.takes("close_yes")
    assert "Abgesagte Termine: 3." in words(ali.now)
    for client, language in zip(clients, LANGUAGES, strict=True):
        await client.sees(CALLED_OFF[language])
        await client.takes("rebook")
        await client.takes("confirm")
    await world.taken()
    assert await world.sql(
        "SELECT status, COUNT(*), SUM(wishes LIKE '%\"language_help\": true%')"
        " FROM appointments GROUP BY status ORDER BY status"
    ) == [("booked", 3, 3), ("cancelled", 3, 3)]


def until(person: Client, moment: datetime) -> str:
    """The value of the button that closes until this moment."""
    buttons = [button["data"] for row in person.now["buttons"] for button in row]
    (data,) = [data for data in buttons if data.endswith(f".{moment.timestamp():.0f}")]
    return str(data.rpartition(":")[2])


async def test_a_notice_is_seen_and_answered_where_it_stands(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    await ali.sees("Neuer Termin")
    await ali.walks("Gesehen")
    assert "👁️ Gesehen" in words(await ali.sees("Die Person weiß es seit"))
    await ali.walks("Ich kann nicht: andere Zeiten", "Nein, es bleibt dabei")
    await ali.walks("Ich kann nicht: andere Zeiten", "Absagen, Zeiten anbieten")
    assert "❌ Vom Büro abgesagt" in words(await ali.sees("Abgesagt. Die Person erfährt es"))
    await anna.sees("Your appointment is cancelled")
    await anna.walks("Other times")
    assert "Wednesday 25 November" in anna.labels


async def test_came_and_did_not_come_with_undo(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    await world.to(datetime(2026, 11, 25, 10, 50, tzinfo=BERLIN))
    await world.taken()
    await ali.takes("today")
    await ali.takes("visit")
    await ali.walks("Kam nicht")
    assert "✖️ kam nicht" in words(ali.now)
    await ali.walks("Rückgängig", "War da", "Heute")
    assert "✔️ war da" in words(await ali.sees("Ihre Termine heute"))


async def test_language_help_that_is_arranged_is_told_to_the_client(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await anna.walks("Wednesday 25 November", "10:00", "Add a wish", "Someone to translate")
    await anna.walks("Done", "Confirm")
    await ali.sees("Neuer Termin")
    await ali.walks("Öffnen", "Sprachhilfe kommt")
    await ali.sees("Hilfe mit der Sprache: kommt")
    await anna.sees("Somebody will translate for you")


async def calls_off_in_vain(world: World, ali: Client) -> None:
    """Ali calls off the talk of a client who has blocked the bot."""
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    await world.taken()
    await anna.blocks()
    await ali.sees("Neuer Termin")
    await ali.walks("Öffnen", "Ich kann nicht: absagen", "Ja, absagen")
    await world.taken()
    await world.passes(minutes=1)


async def test_a_client_who_blocks_the_bot_is_shown_as_not_reached(world: World) -> None:
    ali = await world.case_manager("mohammad")
    await calls_off_in_vain(world, ali)
    await ali.sees_anywhere("Im Chat nicht erreicht")


async def test_an_hour_is_blocked_and_opened_again(world: World) -> None:
    ali = await world.case_manager("mohammad")
    await ali.walks("Eine Stunde sperren")
    await ali.takes("block_day", "2026-11-25")
    await ali.walks("10:00", "Ja, sperren")
    await ali.sees("Gesperrt.")
    anna = await world.person()
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await anna.walks("Wednesday 25 November")
    assert "10:00" not in anna.labels
    await ali.walks("Nicht da von … bis …")
    await ali.takes("present")
    await ali.sees("Wieder offen")
    await anna.walks("Back", "Wednesday 25 November")
    assert "10:00" in anna.labels
