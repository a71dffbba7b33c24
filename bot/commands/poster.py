"""`python -m bot poster`: what to hang up or hand out where people are sent from.

A poster of A4 and a card of A6, each with the QR code of a link that says who sends, and where to.
"""

import re
from pathlib import Path

from bot.app import LOCALES
from bot.chat.connecting import connect, start_link
from bot.city.load import load
from bot.domain.city import City
from bot.domain.referral import Referral
from bot.rendering import catalogues
from bot.rendering.poster_sheet import A4, A6
from bot.rendering.poster_text import Poster
from bot.settings import Settings

USERNAME = re.compile(r"@?([A-Za-z0-9_]{5,32})")
NO_SOURCE = "{source}: not among the sources of the city file; add it to [city], there are: {known}"
NO_OFFICE = "{office}: no office of the city file; there are: {known}"
NO_BOT = "{bot}: not the user name of a bot, such as SomeTownBot"


class NoPoster(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """What was asked for does not exist."""


async def make(settings: Settings, named: Referral, bot: str | None, folder: Path, now: int) -> str:
    """Write both files into `folder`; which they are, and the link. Raises NoPoster.

    `bot` is the user name, without it the Bot API is asked; `now` is UTC epoch seconds.
    """
    city = load(settings.city, catalogues.available(LOCALES), live=False)
    _check(city, named)
    username = await _ask(settings) if bot is None else _username(bot)
    link = start_link(username, named.argument)
    texts = catalogues.load(LOCALES, city.languages, city.staff_languages)
    poster = Poster(city, texts, link, city.office.get(named.office_id or ""))
    return "\n".join([*_written(poster, _name(named), folder, now), link])


def _check(city: City, named: Referral) -> None:
    if named.source is not None and named.source not in city.sources:
        known = ", ".join(city.sources) or "none"
        raise NoPoster(NO_SOURCE.format(source=named.source, known=known))
    if named.office_id is not None and named.office_id not in city.office:
        raise NoPoster(NO_OFFICE.format(office=named.office_id, known=", ".join(city.office)))


async def _ask(settings: Settings) -> str:
    async with connect(settings.api_url, settings.required_token()) as connection:
        return await connection.identity.username()


def _username(bot: str) -> str:
    found = USERNAME.fullmatch(bot)
    if found is None:
        raise NoPoster(NO_BOT.format(bot=bot))
    return found[1]


def _name(named: Referral) -> str:
    return "-".join(filter(None, ("poster", named.source, named.office_id)))


def _written(poster: Poster, name: str, folder: Path, now: int) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / f"{name}-{size.name}.pdf": size for size in (A4, A6)}
    for file, size in files.items():
        file.write_bytes(poster.pdf(size, now))
    return [str(file) for file in files]
