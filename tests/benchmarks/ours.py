"""Prepares a database for the bot: an invitation for every case manager, a token a line.

So bookings and cancellations bring the notices they bring in real life. The bot itself is then
started as it is shipped, by `python -m bot run`.
"""

import asyncio

import click

from bot import app, settings
from bot.clock import Clock


async def invitations() -> list[str]:
    """The tokens of new invitations, one for each case manager of the city."""
    async with app.open_house(settings.read(), Clock()) as house:
        everybody = house.city.case_manager
        links = [await app.make_invitation(house, id, "bench_bot") for id in everybody]
    return [link.partition("=")[2] for link in links]


if __name__ == "__main__":
    for token in asyncio.run(invitations()):
        click.echo(token)
