"""python-telegram-bot's own Bot, on its default transport, works with the simulator."""

from collections.abc import AsyncIterator

import pytest
from simulator_sides import ANNA, Sides, running_simulator
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReactionTypeEmoji,
)
from telegram.error import BadRequest, Forbidden, RetryAfter

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    async with running_simulator() as both:
        yield both


@pytest.fixture
async def bot(sides: Sides) -> AsyncIterator[Bot]:
    async with Bot("1:x", base_url=f"{sides.url}/bot") as bot:
        yield bot


async def test_it_knows_itself(bot: Bot) -> None:
    assert (bot.id, bot.username) == (1, "lotse_demo_bot")


async def test_it_sends_and_edits(bot: Bot) -> None:
    message = await bot.send_message(
        ANNA,
        "<b>Hello</b>",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    edited = await message.edit_text("Bye", reply_markup=KEYBOARD)
    bare = await message.edit_reply_markup(None)

    assert (message.text_html, message.reply_markup) == ("<b>Hello</b>", KEYBOARD)
    assert isinstance(edited, type(message))
    assert isinstance(bare, type(message))
    assert (edited.text, bare.reply_markup) == ("Bye", None)
    assert edited.edit_date is not None


async def test_it_answers_a_press(sides: Sides, bot: Bot) -> None:
    message = await bot.send_message(ANNA, "a", reply_markup=KEYBOARD)
    press = {"message_id": message.message_id, "data": "go"}
    await sides.people(f"/people/{ANNA}/presses", **press)
    (update,) = await bot.get_updates()

    assert update.callback_query is not None
    assert update.callback_query.message == message
    assert await update.callback_query.answer("Done")


async def test_it_reads_all_that_people_do(sides: Sides, bot: Bot) -> None:
    path = f"/people/{ANNA}"
    await sides.people(f"{path}/messages", location={"latitude": 51.5, "longitude": 7.2})
    kinds = ("sticker", "voice", "photo", "document", "contact", "video", "video_note", "poll")
    for kind in kinds:
        await sides.people(f"{path}/messages", **{kind: True}, forwarded=True)
    await sides.people(f"{path}/edits", message_id=1, text="hallo")
    await sides.people(f"{path}/presses", message_id=99, data="x")
    await sides.people(f"{path}/block")
    updates = await bot.get_updates()

    messages = [update.message for update in updates if update.message]
    assert len(updates) == 12
    assert messages[0].location is not None
    assert all(message.forward_origin for message in messages[1:])
    assert updates[-2].callback_query is not None
    assert updates[-2].callback_query.message is not None
    assert not updates[-2].callback_query.message.is_accessible
    assert updates[-1].my_chat_member is not None


async def test_it_sends_files_and_places(bot: Bot) -> None:
    document = await bot.send_document(ANNA, b"BEGIN", filename="termin.ics", caption="<b>x</b>",
                                       parse_mode="HTML", reply_markup=KEYBOARD)  # fmt: skip
    again = await bot.send_document(ANNA, document.document.file_id) if document.document else None
    photo = await bot.send_photo(ANNA, b"png")
    venue = await bot.send_venue(ANNA, 51.5, 7.2, "Office", "Hauptstr. 1")
    location = await bot.send_location(ANNA, 51.5, 7.2)

    assert document.document is not None
    assert (document.document.file_name, document.document.file_size) == ("termin.ics", 5)
    assert (document.caption, document.reply_markup) == ("x", KEYBOARD)
    assert again is not None and again.document == document.document
    assert len(photo.photo) == 1
    assert venue.venue is not None and venue.venue.title == "Office"
    assert location.location is not None


async def test_it_introduces_itself(bot: Bot) -> None:
    assert await bot.set_my_commands([("start", "Begin")], language_code="de")
    assert await bot.set_my_name("Lotse", language_code="de")
    assert await bot.set_webhook("http://127.0.0.1:9/", secret_token="s", max_connections=5)

    assert (await bot.get_my_commands(language_code="de"))[0].description == "Begin"
    assert (await bot.get_webhook_info()).max_connections == 5
    assert (await bot.get_chat(ANNA)).first_name == "Anna"
    assert await bot.delete_webhook()


async def test_it_raises_what_it_raises_at_telegram(
    sides: Sides, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else RetryAfter warns of its own future
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("a", ANNA, 99)
    await sides.people(f"/people/{ANNA}/block")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ANNA, "a")
    await sides.faults(script=[{"method": "sendMessage", "times": 1, "retry_after": 3}])
    with pytest.raises(RetryAfter):
        await bot.send_message(ANNA, "a")


async def test_it_reads_a_reaction_where_it_asks_for_them(sides: Sides, bot: Bot) -> None:
    message = await bot.send_message(ANNA, "a")
    path, reacts = f"/people/{ANNA}/reactions", {"message_id": message.message_id}
    await sides.people(path, **reacts, emoji="👍")
    assert await bot.get_updates(allowed_updates=["message_reaction"]) == ()

    await sides.people(path, **reacts, emoji="❤")
    await sides.people(path, **reacts, emoji="")
    first, second = (each.message_reaction for each in await bot.get_updates())
    assert first is not None
    assert second is not None
    assert (first.message_id, first.old_reaction, first.new_reaction) == (
        message.message_id,
        (ReactionTypeEmoji("👍"),),
        (ReactionTypeEmoji("❤"),),
    )
    assert second.new_reaction == ()


async def test_it_sends_buttons_that_copy_and_stand_out(bot: Bot) -> None:
    buttons = [
        InlineKeyboardButton("Code", copy_text=CopyTextButton("K7PM")),
        InlineKeyboardButton("Delete", callback_data="x", style="danger"),
    ]
    sent = await bot.send_message(ANNA, "a", reply_markup=InlineKeyboardMarkup([buttons]))
    assert sent.reply_markup == InlineKeyboardMarkup([buttons])
