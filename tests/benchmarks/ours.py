"""Prepares a database for the bot: an invitation for every case manager, a token a line.

So bookings and cancellations bring the notices they bring in real life. The bot itself is then
started as it is shipped, by `python -m bot run`.
"""

import asyncio

import click

from bot import app, settings
from bot.domain.actors import Actor
from bot.runtime.clock import Clock


async def invitations() -> list[str]:
    """The tokens of new invitations, one for each case manager of the city."""
    async with app.open_resources(settings.read(), Clock()) as resources:
        everybody = map(Actor.of, resources.city.case_managers)
        links = [await app.make_invitation(resources, each, "bench_bot") for each in everybody]
    return [link.partition("=")[2] for link in links]


if __name__ == "__main__":
    for token in asyncio.run(invitations()):
        click.echo(token)
