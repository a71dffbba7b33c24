"""The preview as one page of HTML: no script, nothing loaded, to be read offline and printed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.preview.sights import Sight
from bot.preview.tasks import CHAPTERS, task_of
from bot.preview.texts import CatalogueText, Texts
from bot.preview.widest import Widest
from bot.rendering.chat_message import Message, MessageButton, Renderer
from bot.rendering.slip_sheet import Sheet

_FOLD, _END_OF_FOLD = "<blockquote expandable>", "</blockquote>"
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class ShownMessage:
    """A message as a phone shows it."""

    text: Markup
    rows: tuple[tuple[MessageButton, ...], ...]


@dataclass(frozen=True)
class Card:
    """A sight as it usually is and, where that is another, as wide as it can become."""

    name: str
    way: str
    usual: ShownMessage
    wide: ShownMessage | None
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """What people see who do one thing."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Preview:
    """Everything one language says to one kind of reader."""

    renderer: Renderer
    texts: Texts
    widest: Widest
    sights: tuple[Sight, ...]
    slips: tuple[Sheet, ...] = ()
    poster: tuple[str, ...] = ()

    def html(self) -> str:
        """The page."""
        return _TEMPLATES.get_template("preview.html").render(
            language=self.texts.language,
            domain=self.texts.domain,
            right_to_left=self.widest.writer.style.right_to_left,
            chapters=tuple(self._chapters()),
            slips=self.slips,
            poster=self.poster,
            texts=self.texts.all,
            missing=self.texts.missing,
            unseen=tuple(self._unseen()),
        )

    def _chapters(self) -> Iterator[Chapter]:
        for title in CHAPTERS:
            here = [each for each in self.sights if task_of(each.name) == title]
            if here:
                in_order = sorted(here, key=lambda each: _first(self.sights, each.name))
                yield Chapter(title, tuple(map(self._card, in_order)))

    def _card(self, sight: Sight) -> Card:
        usual, wide = (
            self.renderer.message(each, self.texts.language)
            for each in (sight.screen, self.widest.screen(sight.screen))
        )
        return Card(
            *(sight.name, sight.way, _phone(usual), None if wide == usual else _phone(wide)),
            sight.keys,
        )

    def _unseen(self) -> Iterable[CatalogueText]:
        """Texts that stand on no screen: of files, papers, the profile, or of rare moments."""
        seen = {key for sight in self.sights for key in sight.keys}
        return (each for each in self.texts.all if each.key not in seen)


def _first(sights: tuple[Sight, ...], name: str) -> int:
    """Where the first of this name stands: all of one name stand together."""
    return next(number for number, each in enumerate(sights) if each.name == name)


def _phone(message: Message) -> ShownMessage:
    # It is the HTML that is sent to the chat: all values in it are escaped already.
    return ShownMessage(Markup("\n".join(map(_line, message.text.split("\n")))), message.rows)  # noqa: S704  (ours)


def _line(text: str) -> str:
    """A paragraph of its own, with a direction of its own, as a phone lays it out."""
    begins = "<blockquote>" * text.startswith(_FOLD)
    ends = _END_OF_FOLD * text.endswith(_END_OF_FOLD)
    bare = text.removeprefix(_FOLD).removesuffix(_END_OF_FOLD)
    return f'{begins}<p dir="auto">{bare}</p>{ends}'
