"""What the simulator refuses because of the parameters alone."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import FormData
from simulator_sides import ANNA, Sides, running_simulator


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    async with running_simulator() as both:
        yield both


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str = "Go", **action: Any) -> dict[str, Any]:
    return {"text": text, **(action or {"callback_data": "go"})}


async def test_an_unknown_method_is_not_found(sides: Sides) -> None:
    assert await sides.refused("sendPaidMedia") == (404, "Not Found")


async def test_method_names_are_matched_without_case(sides: Sides) -> None:
    assert (await sides.done("GETME"))["username"] == "lotse_demo_bot"


async def test_a_token_that_is_none_is_not_found(sides: Sides) -> None:
    async with sides.session.get(f"{sides.url}/botnonsense/getMe") as answer:
        assert answer.status == 404


async def test_the_bot_has_the_id_of_the_first_token(sides: Sides) -> None:
    async with sides.session.get(f"{sides.url}/bot77:y/getMe") as answer:
        assert (await answer.json())["result"]["id"] == 1


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": ANNA}, "message text is empty"),
        ({"chat_id": ANNA, "text": ""}, "message text is empty"),
        ({"chat_id": ANNA, "text": " \n "}, "message text is empty"),
        ({"chat_id": ANNA, "text": 5}, "text must be String"),
        ({"chat_id": True, "text": "a"}, "chat_id must be Integer or String"),
        ({"chat_id": ANNA, "text": "a", "colour": "red"}, 'unknown parameter "colour"'),
        ({"chat_id": ANNA, "text": "a", "disable_notification": "yes"},
         "disable_notification must be Boolean"),
        ({"chat_id": ANNA, "text": "a", "reply_parameters": {}},
         'field "reply_parameters.message_id" is required'),
        ({"chat_id": ANNA, "text": "a", "reply_parameters": {"message_id": 99}},
         "message to be replied not found"),
        ({"chat_id": ANNA, "text": "a", "link_preview_options": {"disabled": True}},
         'unknown field "link_preview_options.disabled"'),
        ({"chat_id": ANNA, "text": "a", "reply_markup": "none"},
         "reply_markup must be InlineKeyboardMarkup or ReplyKeyboardMarkup or "
         "ReplyKeyboardRemove or ForceReply"),
        ({"chat_id": ANNA, "text": "a", "reply_markup": inline([{"callback_data": "x"}])},
         'field "reply_markup.inline_keyboard[0][0].text" is required'),
        ({"chat_id": ANNA, "text": "a", "parse_mode": "Markdown"},
         "unsupported parse_mode (this server knows HTML only)"),
    ],
)  # fmt: skip
async def test_a_message_with_wrong_parameters_is_refused(
    sides: Sides, params: dict[str, Any], reason: str
) -> None:
    assert await sides.refused("sendMessage", **params) == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<b>bold", "Can't find end tag corresponding to start tag \"b\""),
        ("ä<b>x</i>",
         'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("1 <2> 3", 'Unsupported start tag "2" at byte offset 2'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<blockquote expandable>x<b><blockquote>y</blockquote></b></blockquote>",
         'Tag "blockquote" can\'t be nested at byte offset 27'),
    ],
)  # fmt: skip
async def test_bad_html_is_refused(sides: Sides, html: str, reason: str) -> None:
    refused = await sides.refused("sendMessage", chat_id=ANNA, text=html, parse_mode="HTML")

    assert refused == (400, f"Bad Request: can't parse entities: {reason}")


async def test_html_becomes_text_with_entities_in_utf_16_units(sides: Sides) -> None:
    html = (
        ' 😀 <b>Fish &amp; <i>chips</i></b> <a href="https://a.de/?x=1&amp;y">&#8364; &nbsp;</a>\n'
    )
    message = await sides.done("sendMessage", chat_id=ANNA, text=html, parse_mode="HTML")

    assert message["text"] == "😀 Fish & chips € &nbsp;"
    assert message["entities"] == [
        {"type": "bold", "offset": 3, "length": 12},
        {"type": "italic", "offset": 10, "length": 5},
        {"type": "text_link", "offset": 16, "length": 8, "url": "https://a.de/?x=1&y"},
    ]


async def test_the_phone_gets_html_that_is_safe(sides: Sides) -> None:
    html = (
        '<b>a &lt;script&gt;</b> <a href="javascript:alert(1)">x</a> '
        '<a href="https://a.de">y</a> <tg-spoiler>z</tg-spoiler>'
    )
    await sides.done("sendMessage", chat_id=ANNA, text=html, parse_mode="HTML")

    shown = (await sides.look(f"/people/{ANNA}/chat"))["messages"][-1]
    assert shown["html"] == (
        "<b>a &lt;script&gt;</b> x "
        '<a href="https://a.de" target="_blank" rel="noopener noreferrer">y</a> '
        '<span class="tg-spoiler">z</span>'
    )
    assert shown["text"] == "a <script> x y z"


@pytest.mark.parametrize("text", ["x" * 4096, "<b>" + "😀" * 2048 + "</b>", "&amp;" * 4096])
async def test_the_longest_text_is_counted_after_entities(sides: Sides, text: str) -> None:
    await sides.done("sendMessage", chat_id=ANNA, text=text, parse_mode="HTML")


@pytest.mark.parametrize("text", ["x" * 4097, "😀" * 2048 + "x"])
async def test_a_longer_text_is_refused(sides: Sides, text: str) -> None:
    refused = await sides.refused("sendMessage", chat_id=ANNA, text=text)

    assert refused == (400, "Bad Request: message is too long")


async def test_a_caption_is_shorter(sides: Sides) -> None:
    form = FormData({"chat_id": str(ANNA), "caption": "x" * 1025})
    form.add_field("document", b"x", filename="a.txt")
    async with sides.session.post(f"{sides.url}/bot1:x/sendDocument", data=form) as answer:
        body = await answer.json()

    assert body["description"] == "Bad Request: message caption is too long"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (inline([button(callback_data="")]), "BUTTON_DATA_INVALID"),
        (inline([button(callback_data="x" * 65)]), "BUTTON_DATA_INVALID"),
        (inline([button(callback_data="ж" * 33)]), "BUTTON_DATA_INVALID"),
        (inline([button(text=" ", callback_data="x")]), "BUTTON_TEXT_INVALID"),
        (inline([{"text": "x"}]),
         "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (inline([button(callback_data="x", url="https://a.de")]),
         "can't parse inline keyboard button: more than one action"),
        (inline([button()] * 9), "reply markup has more than 8 buttons in a row"),
        (inline(*[[button()] * 8] * 13), "reply markup is too long"),
        (inline([button(url="tel:+492323")]),
         "inline keyboard button URL 'tel:+492323' is invalid: Unsupported URL protocol"),
        (inline([button(url="https://no host")]),
         "inline keyboard button URL 'https://no host' is invalid: Wrong HTTP URL"),
        (inline([button(url="https://[a")]),
         "inline keyboard button URL 'https://[a' is invalid: Wrong HTTP URL"),
        (inline([button(url="https://t.me/lotse_demo_bot?start=a.b")]), "START_PARAM_INVALID"),
        (inline([button(url="https://t.me/lotse_demo_bot?start=" + "a" * 65)]),
         "START_PARAM_INVALID"),
        (inline([button(callback_data="x", style="link")]),
         "can't parse keyboard button: invalid button style specified"),
        (inline([button(url="https://a.de", style="")]),
         "can't parse keyboard button: invalid button style specified"),
        ({"keyboard": [[{"text": "x", "style": "warning"}]]},
         "can't parse keyboard button: invalid button style specified"),
        (inline([button(copy_text={"text": ""})]), "BUTTON_COPY_TEXT_INVALID"),
        (inline([button(copy_text={"text": "x" * 257})]), "BUTTON_COPY_TEXT_INVALID"),
        (inline([button(copy_text="x")]),
         "reply_markup.inline_keyboard[0][0].copy_text must be CopyTextButton"),
        (inline([button(copy_text={"text": "x"}, callback_data="x")]),
         "can't parse inline keyboard button: more than one action"),
        ({"keyboard": [[]]}, "reply keyboard must have at least one button"),
    ],
)  # fmt: skip
async def test_a_bad_keyboard_is_refused(sides: Sides, markup: dict[str, Any], reason: str) -> None:
    refused = await sides.refused("sendMessage", chat_id=ANNA, text="a", reply_markup=markup)

    assert refused == (400, f"Bad Request: {reason}")


async def test_the_largest_keyboard_is_shown(sides: Sides) -> None:
    data = "ж" * 32
    rows = [[button(callback_data=data)] * 8] * 12 + [[button(url="http://127.0.0.1:80/a")] * 4]
    await sides.done("sendMessage", chat_id=ANNA, text="a", reply_markup=inline(*rows))

    shown = (await sides.look(f"/people/{ANNA}/chat"))["messages"][-1]
    assert shown["buttons"][0][0] == {"text": "Go", "data": data}
    assert shown["buttons"][12][3] == {"text": "Go", "url": "http://127.0.0.1:80/a"}


async def test_a_button_that_copies_and_one_that_stands_out_are_shown(sides: Sides) -> None:
    copies = button("Code", copy_text={"text": "😀" * 256})
    ends = button("Delete", callback_data="x", style="danger")
    await sides.done("sendMessage", chat_id=ANNA, text="a", reply_markup=inline([copies, ends]))

    shown = (await sides.look(f"/people/{ANNA}/chat"))["messages"][-1]
    assert shown["buttons"] == [
        [
            {"text": "Code", "copies": "😀" * 256},
            {"text": "Delete", "data": "x", "style": "danger"},
        ]
    ]


async def test_a_quote_that_unfolds_is_told_from_one_that_does_not(sides: Sides) -> None:
    html = "<blockquote expandable>a</blockquote>\n<blockquote>b</blockquote>"
    await sides.done("sendMessage", chat_id=ANNA, text=html, parse_mode="HTML")

    shown = (await sides.look(f"/people/{ANNA}/chat"))["messages"][-1]
    assert shown["html"] == html


async def test_form_values_are_decoded(sides: Sides) -> None:
    form = {
        "chat_id": str(ANNA),
        "text": "5",
        "disable_notification": "true",
        "reply_markup": json.dumps(inline([button()])),
    }
    async with sides.session.post(f"{sides.url}/bot1:x/sendMessage", data=form) as answer:
        message = (await answer.json())["result"]
    async with sides.session.get(
        f"{sides.url}/bot1:x/getUpdates", params={"timeout": "soon"}
    ) as answer:
        refused = (await answer.json())["description"]

    assert (message["text"], message["reply_markup"]) == ("5", inline([button()]))
    assert refused == "Bad Request: timeout must be Integer"


async def test_a_body_that_is_no_json_is_refused(sides: Sides) -> None:
    async with sides.session.post(
        f"{sides.url}/bot1:x/getMe", data=b"{", headers={"Content-Type": "application/json"}
    ) as answer:
        assert (await answer.json())["description"] == "Bad Request: can't parse JSON object"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "eng"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "moon"}},
         'scope.type must be "default"'),
    ],
)  # fmt: skip
async def test_bad_commands_are_refused(sides: Sides, params: dict[str, Any], reason: str) -> None:
    assert await sides.refused("setMyCommands", **params) == (400, f"Bad Request: {reason}")


async def test_commands_are_kept_per_scope_and_language(sides: Sides) -> None:
    english, german = (
        [{"command": "start", "description": text}] for text in ("Begin", "Anfangen")
    )
    private = {"type": "all_private_chats"}
    await sides.done("setMyCommands", commands=english)
    await sides.done("setMyCommands", commands=german, language_code="de", scope=private)
    await sides.people("/people", id=2, first_name="Uwe", language_code="de")

    assert await sides.done("getMyCommands", language_code="de") == []
    assert await sides.look(f"/people/{ANNA}/commands") == english
    assert await sides.look("/people/2/commands") == german


async def test_the_longest_texts_about_the_bot(sides: Sides) -> None:
    await sides.done("setMyName", name="x" * 64, language_code="ar")
    await sides.done("setMyDescription", description="x" * 512)
    await sides.done("setMyShortDescription", short_description="x" * 120)
    await sides.done("setChatMenuButton", menu_button={"type": "commands"})

    assert (await sides.refused("setMyName", name="x" * 65))[0] == 400
    assert (await sides.refused("setMyDescription", description="x" * 513))[0] == 400
    assert (await sides.refused("setMyShortDescription", short_description="x" * 121))[0] == 400
