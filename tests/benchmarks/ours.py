"""Prepares a database for the bot: an invitation for every case manager, a token a line.

So bookings and cancellations bring the notices they bring in real life. The bot itself is then
started as it is shipped, by `python -m bot run`.
"""

import asyncio

import click

from bot import app, settings
from bot.clock import Clock
from bot.domain.actors import Actor


async def invitations() -> list[str]:
    """The tokens of new invitations, one for each case manager of the city."""
    async with app.open_house(settings.read(), Clock()) as house:
        everybody = map(Actor.of, house.city.case_managers)
        links = [await app.make_invitation(house, each, "bench_bot") for each in everybody]
    return [link.partition("=")[2] for link in links]


if __name__ == "__main__":
    for token in asyncio.run(invitations()):
        click.echo(token)
