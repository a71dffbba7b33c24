"""A screen written down in one form: keys and values, in no language."""

from town_in_memory import ZONE

from bot.conversation.content import (
    Button,
    CityText,
    Code,
    Count,
    Day,
    Emphasis,
    Fold,
    Kilometres,
    Language,
    Languages,
    Name,
    OfficeCalled,
    OfficePlace,
    OnPhone,
    OwnName,
    Passage,
    Phone,
    Say,
    Screen,
    ShortDay,
    Times,
)
from bot.conversation.presses import decode
from bot.domain import local_time

Offer = tuple[str, str]
"""An action and its value, or an empty action and a link."""


def written(screen: Screen) -> str:
    """Paragraphs apart, a line each; then the rows of buttons, `[label -> action:value]`."""
    paragraphs = ["\n".join(map(word, paragraph)) for paragraph in screen.paragraphs]
    rows = [" ".join(map(_button, row)) for row in screen.rows]
    return "\n\n".join([*paragraphs, *(["\n".join(rows)] if rows else [])])


def offers(screen: Screen) -> tuple[Offer, ...]:
    """What can be pressed, in order."""
    return tuple(_offer(button) for row in screen.rows for button in row)


def word(value: Passage) -> str:
    """A value so that each kind looks unlike every other."""
    match value:
        case Fold(lines):
            return "fold(" + "\n".join(map(word, lines)) + ")"
        case Say(key, values, language):
            said = ", ".join(f"{name}={word(inner)}" for name, inner in values.items())
            fixed = f"@{language}" if language else ""
            return f"{key}{fixed}({said})" if said else f"{key}{fixed}"
        case Name(text):
            return f"'{text}'"
        case Code(text):
            return f"#{text}"
        case Phone(text):
            return f"tel {text}"
        case CityText(key):
            return f"<{key}>"
        case OfficeCalled(id):
            return f"office {id}"
        case OfficePlace(id):
            return f"place of {id}"
        case OnPhone((language, code, spoken)):
            return f"on phone in {spoken}: {language}, {code}"
        case Language(code):
            return f"in {code}"
        case Languages(codes):
            return f"in {' '.join(codes)}"
        case OwnName(code):
            return f"own name of {code}"
        case Times(moments):
            return " ".join(f"{local_time.local(each, ZONE):%H:%M}" for each in moments)
        case Count(number):
            return f"{number}x"
        case Kilometres(distance):
            return f"{distance}km"
        case _:
            form = {Day: "%Y-%m-%d", ShortDay: "%d.%m."}.get(type(value), "%H:%M")
            return f"{local_time.local(value.value, ZONE):{form}}"


def _offer(button: Button) -> Offer:
    press = decode(button.data)
    if press is None:
        return ("", f"copies {button.copies}" if button.copies else button.url)
    return (press.action, press.value)


def _button(button: Button) -> str:
    action, value = _offer(button)
    means = f"{action}:{value}" if value and action else action or value
    mark = {Emphasis.DOES: "+ ", Emphasis.ENDS: "! "}.get(button.emphasis, "")
    return f"[{mark}{word(button.label)} -> {means}]"
