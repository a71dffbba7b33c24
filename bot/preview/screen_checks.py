"""What is wrong with a screen in one language, that shows only where all its texts meet."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from bot.conversation.content import Button, CityText, Line, Say, Screen
from bot.preview.sights import Sight, buttons, keys_of
from bot.preview.widest import Widest
from bot.rendering.chat_message import Message, Renderer
from bot.rendering.direction import INVISIBLE, visible_length
from bot.rendering.text import Writer

MOST_UNITS, MOST_WITH_AN_ANSWER = 500, 750
"""More is not read at a glance, nor with an answer above it that is gone with the next press.

Units of UTF-16; what unfolds is not counted."""
LONGEST_LABEL = 40
"""More does not fit on a button of a small phone."""
_FOLDED = re.compile(r"<blockquote expandable>.*?</blockquote>|<[^>]*>", re.DOTALL)


@dataclass(frozen=True, order=True)
class ScreenFault:
    """What is wrong on a screen, by the screen's name and the key of the text."""

    screen: str
    key: str
    reason: str


@dataclass(frozen=True)
class ScreenChecks:
    """Looks at screens in one language, as they are and as wide as they can become."""

    renderer: Renderer
    language: str

    def twins(self, name: str, screen: Screen) -> Iterator[ScreenFault]:
        """Buttons that look alike."""
        labels = [(self._writer.value(each.label), each) for each in buttons(screen)]
        times = Counter(text for text, _ in labels)
        for text, button in labels:
            if times[text] > 1:
                reason = f"labels two buttons of this screen alike: {text}"
                yield ScreenFault(name, label_key(button), reason)

    def sizes(self, sight: Sight, widest: Widest) -> Iterator[ScreenFault]:
        """Labels and texts that do not fit with the longest names and days."""
        wide = widest.screen(sight.screen)
        for button in buttons(wide):
            length = visible_length(label := self._writer.value(button.label))
            if not 0 < length <= LONGEST_LABEL:
                reason = f"is {length} characters long, at most {LONGEST_LABEL} fit: {label}"
                yield ScreenFault(sight.name, label_key(button), reason)
        bare = replace(wide, paragraphs=wide.paragraphs[sight.answered :])
        measured = ((bare, MOST_UNITS), (wide, MOST_WITH_AN_ANSWER))
        for shown, most in measured if sight.answered else measured[:1]:
            if (length := units(self.renderer.message(shown, self.language))) >= most:
                reason = f"the screen is {length} units long, under {most} are read"
                yield ScreenFault(sight.name, next(iter(keys_of(shown)), ""), reason)

    @property
    def _writer(self) -> Writer:
        return Writer(self.renderer.catalogues, self.renderer.city, self.language, html=False)


def units(message: Message) -> int:
    """The length of what can be seen without unfolding anything."""
    text = unescape(_FOLDED.sub("", message.text))
    return len("".join(sign for sign in text if sign not in INVISIBLE).encode("utf-16-le")) // 2


def label_key(button: Button) -> str:
    """The key of a label, as far as it has one."""
    return _key(button.label)


def _key(label: Line) -> str:
    if isinstance(label, Say | CityText):
        return label.key if isinstance(label, Say) else label.value
    return type(label).__name__
