"""A screen becomes a message: text in Telegram's HTML, and rows of buttons."""

from dataclasses import dataclass

from bot.conversation.content import Button, Emphasis, Say, Screen
from bot.domain.city import City
from bot.rendering import button_labels
from bot.rendering.catalogues import Catalogues
from bot.rendering.direction import visible_length
from bot.rendering.text import Writer

LONG_LABEL = 14
MOST_COPIED = 256
"""Characters that a button may copy (CopyTextButton); what is longer can be read above it."""


@dataclass(frozen=True, slots=True)
class MessageButton:
    """A button as it is sent: its text and either callback data, a link or what it copies."""

    text: str
    data: str
    url: str
    copies: str = ""
    emphasis: Emphasis = Emphasis.NONE


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is sent. A traceless one must not stay in the chat once it is left."""

    text: str
    rows: tuple[tuple[MessageButton, ...], ...]
    traceless: bool = False


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns screens into messages of one city's bot."""

    catalogues: Catalogues
    city: City

    def message(self, screen: Screen, language: str | None) -> Message:
        """The screen in the reader's language; in the city's first where none is known.

        What begins with words for the staff is all of it in a language of theirs.
        """
        code = language or self.city.languages[0]
        if (begins := _begins(screen)) is not None:
            code = self.catalogues.read_in(code, begins.key)
        writer = Writer(self.catalogues, self.city, code)
        labels = Writer(self.catalogues, self.city, code, html=False)
        text = "\n\n".join(
            "\n".join(writer.line(line) for line in paragraph)
            for paragraph in screen.paragraphs
            if paragraph
        )
        return Message(text, _laid_out(screen.rows, labels), screen.traceless)


def _begins(screen: Screen) -> Say | None:
    """The message a screen begins with."""
    lines = (line for paragraph in screen.paragraphs for line in paragraph)
    return next((line for line in lines if isinstance(line, Say)), None)


def _laid_out(
    rows: tuple[tuple[Button, ...], ...], writer: Writer
) -> tuple[tuple[MessageButton, ...], ...]:
    """Rows as asked for, but one button a row where a label would not fit beside another."""
    shown = [button for row in rows for button in row if len(button.copies) <= MOST_COPIED]
    texts = iter(button_labels.fitting([button.label for button in shown], writer))
    laid_out: list[tuple[MessageButton, ...]] = []
    for row in rows:
        made = tuple(_made(b, next(texts)) for b in row if len(b.copies) <= MOST_COPIED)
        if len(made) > 1 and any(visible_length(each.text) > LONG_LABEL for each in made):
            laid_out.extend((button,) for button in made)
        elif made:
            laid_out.append(made)
    return tuple(laid_out)


def _made(button: Button, label: str) -> MessageButton:
    return MessageButton(label, button.data, button.url, button.copies, button.emphasis)
