"""Buttons that copy or stand out, and texts that unfold, as they are sent."""

from dataclasses import replace

import pytest
from beginnings import client
from town_in_memory import CITY

from bot.app import LOCALES
from bot.chat.telegram_channel import _request
from bot.conversation.content import Button, CityText, Emphasis, Fold, Name, Screen, say
from bot.delivery.channel import NewMessage
from bot.rendering import catalogues
from bot.rendering.chat_message import Message, Renderer
from bot.rendering.text import Writer

TEXTS = catalogues.load(LOCALES, ["en", "ar"], ["de"])
LABEL = say("menu.book")


def sent(*row: Button, language: str = "en") -> Message:
    return Renderer(TEXTS, CITY).message(Screen(((say("menu.title"),),), (row,)), language)


def keyboard(*row: Button) -> object:
    """The buttons in the form of the Bot API."""
    _, parameters = _request(NewMessage(sent(*row)))
    return parameters.get("reply_markup", {}).get("inline_keyboard")


def test_a_button_copies_and_one_stands_out() -> None:
    text = "Book an appointment"
    assert keyboard(Button(LABEL, copies="K7PM")) == [
        [{"text": text, "copy_text": {"text": "K7PM"}}]
    ]
    assert keyboard(Button(LABEL, "a:1:", emphasis=Emphasis.DOES)) == [
        [{"text": text, "style": "primary", "callback_data": "a:1:"}]
    ]
    assert keyboard(Button(LABEL, url="https://a.de", emphasis=Emphasis.ENDS)) == [
        [{"text": text, "style": "danger", "url": "https://a.de"}]
    ]


@pytest.mark.parametrize(("length", "rows"), [(256, 1), (257, 0)])
def test_what_is_too_long_to_be_copied_has_no_button(length: int, rows: int) -> None:
    assert len(sent(Button(LABEL, copies="x" * length)).rows) == rows


def test_a_folded_text_is_escaped_and_in_arabic_each_of_its_lines_runs_from_the_right() -> None:
    fold = Fold((Name("<a> & b"), say("menu.title")))
    renderer = Renderer(TEXTS, CITY)
    (english, arabic) = (renderer.message(Screen(((fold,),)), code).text for code in ("en", "ar"))
    assert english.startswith("<blockquote expandable>&lt;a&gt; &amp; b\n")
    lines = arabic.removeprefix("<blockquote expandable>").split("\n")
    assert [line[0] == "\u200f" or "\u0590" <= line[0] <= "\u08ff" for line in lines] == [
        True,
        True,
    ]


def test_where_there_is_no_html_a_folded_text_is_all_there() -> None:
    plain = Writer(TEXTS, CITY, "en", html=False)
    assert plain.line(Fold((Name("a"), Name("b")))) == "a\nb"


@pytest.mark.parametrize(("length", "folded"), [(200, False), (201, True)])
def test_a_note_of_the_city_unfolds_where_it_is_long(length: int, folded: bool) -> None:
    chat, key = client(), "office.hall.note"
    first = CITY.languages[0]
    texts = {**CITY.texts, first: {**CITY.texts[first], key: "x" * length}}
    chat.town.city = replace(CITY, texts=texts)
    shown = chat.walks("directory card:hall").shown.paragraphs
    assert ((Fold((CityText(key),)),) in shown, (CityText(key),) in shown) == (folded, not folded)
