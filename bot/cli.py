"""The command line: arguments in, one clear line out, exit code 2 for what cannot start."""

import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot import app
from bot.commands import (
    backup,
    block,
    check,
    demo,
    restore,
    rotate_key,
    staff_access,
    staff_leaving,
    staff_links,
    stats,
    street_import,
    written_commands,
)
from bot.commands.running import finish, tell
from bot.observability import logs
from bot.runtime.clock import Clock
from bot.settings import Settings


@click.group(help="Lotse: appointments with case managers, in seven languages, on Telegram.")
def main() -> None:
    """The group of all commands."""
    logs.start()


@main.command(name="run", help="Serve Telegram (needs BOT_TOKEN).")
def run_command() -> None:
    """`run`."""
    finish(app.run)


@main.command(name="check", help="Check the city file, the settings and the catalogues.")
def check_command() -> None:
    """`check`: every problem a line; exit code 1 if any is more than a warning."""
    found = check.of_this_process(Clock().now())
    for problem in found:
        click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in found)
    click.echo(f"{errors} errors, {len(found) - errors} warnings")
    sys.exit(1 if errors else 0)


@main.command(name="invite", help="The same as `staff invite`.")
@click.argument("id")
def invite_command(id: str) -> None:
    """`invite`: valid for a day, and once."""
    tell(lambda known: staff_access.invite(known, id))


@main.group(name="staff", help="Who of the staff is let in, by chat, page and calendar.")
def staff_group() -> None:
    """The group of what concerns case managers and front desks."""


ABOUT_ONE = (
    ("invite", staff_access.invite, "A one-time link that ties a chat; for an operator too."),
    ("page", staff_links.page, "A link to the lists of a case manager or front desk, for 30 days."),
    ("feed", staff_links.feed, "A new address of a case manager's calendar; an earlier one ends."),
    ("links", staff_links.listed, "The links to somebody's lists that are out."),
    (
        "revoke",
        staff_access.revoke,
        "End chat, invitations, calendar and links; for an operator too.",
    ),
)
"""The commands about a case manager, an office's front desk, or (`operator`) who runs this."""


@staff_group.command(name="list", help="Everybody by office, and how they are let in.")
def list_staff() -> None:
    """`staff list`."""
    tell(staff_access.listed)


def _about_one(
    command: Callable[[Settings, str], Coroutine[Any, Any, str]],
) -> Callable[[str], None]:
    def run(id: str) -> None:
        tell(lambda known: command(known, id))

    return run


for _name, _command, _help in ABOUT_ONE:
    staff_group.command(name=_name, help=_help)(click.argument("id")(_about_one(_command)))


@staff_group.command(name="end-link", help="End a link: by its number, or an appointment's code.")
@click.argument("id")
@click.argument("link")
def end_link_command(id: str, link: str) -> None:
    """`staff end-link`."""
    tell(lambda known: staff_links.end(known, id, link))


MEANT = click.option("--yes", is_flag=True, help="Do it; without this it is only shown.")


@staff_group.command(name="leave", help="Hand over or call off what is booked, and end the rest.")
@click.argument("id")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The first day without them.")
@click.option("--to", help="A colleague, or an office: whoever is free at the same time.")
@MEANT
def leave_command(id: str, on: datetime | None, to: str | None, yes: bool) -> None:
    """`staff leave`."""
    day = None if on is None else on.date()
    tell(lambda known: staff_leaving.leave(known, Clock(), id, day, to, yes=yes))


@staff_group.command(name="moved", help="Let bookings go along to somebody's new office.")
@click.argument("id")
@MEANT
def moved_command(id: str, yes: bool) -> None:
    """`staff moved`."""
    tell(lambda known: staff_leaving.moved(known, Clock(), id, yes=yes))


@staff_group.command(name="stay", help="Take back that somebody leaves.")
@click.argument("id")
def stay_command(id: str) -> None:
    """`staff stay`."""
    tell(lambda known: staff_leaving.stay(known, Clock(), id))


@main.command(name="demo", help="Simulator, bot and a page of phones; no token needed.")
@click.option("--port", default=8080, show_default=True, help="Where the page is served.")
def run_demo(port: int) -> None:
    """`demo`."""

    def ready(url: str) -> None:
        click.echo(f"Lotse is here: {url}  (Ctrl+C ends it)")

    finish(lambda known: demo.run(known, port, ready))


@main.command(name="simulator", help="The simulator alone: a local Bot API server for any token.")
@click.option("--port", default=8081, show_default=True, help="Where it listens.")
def simulator_command(port: int) -> None:
    """`simulator`."""

    def ready(url: str) -> None:
        click.echo(f"Bot API at {url}")

    finish(lambda known: demo.run_simulator(port, ready))


FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@main.command(name="backup", help="Copy the database to a new SQLite FILE; the bot may be running.")
@FILE
def backup_command(file: Path) -> None:
    """`backup`."""
    tell(lambda known: backup.backup(known, file, Clock().now()))


@main.command(name="restore", help="Fill the empty database of the settings from a backup FILE.")
@FILE
@click.option("--keep-chats/--end-chats", "chats", default=None, help="Who speaks for the staff.")
@click.option("--keep-slips/--end-slips", "slips", default=None, help="Slips nobody had used.")
@click.option("--keep-blocks/--end-blocks", "blocks", default=None, help="Who may not book.")
def restore_command(file: Path, **said: bool | None) -> None:
    """`restore`: at a terminal it asks about what was not said."""
    now, kept = Clock().now(), restore.decided(said)
    if None in said.values() and sys.stdin.isatty():
        if (found := finish(lambda known: restore.look(known, file, now))) is None:
            sys.exit(1)
        kept = restore.decided(said, found, click.confirm)
    tell(lambda known: restore.restore(known, file, now, kept))


@main.command(
    name="move-database",
    help="Copy the database of the settings to the empty one at URL; stop the bot first.",
)
@click.argument("url")
def move_database_command(url: str) -> None:
    """`move-database`."""
    tell(lambda known: backup.move(known, url))


@main.command(name="rotate-key", help="Give the database a new key; stop the bot first.")
def rotate_key_command() -> None:
    """`rotate-key`."""
    tell(rotate_key.rotate)


@main.command(name="stats", help="The report on a quarter or a year; small numbers are hidden.")
@click.argument("period", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="For a spreadsheet.")
@click.option("--to", "folder", type=Path, help="Write a page, a PDF and a CSV into this folder.")
@click.option("--sources", is_flag=True, help="New chats and bookings by who sent people.")
def show_stats(**asked: Any) -> None:
    """`stats`."""
    tell(lambda known: stats.told(known, stats.Asked(**asked), Clock().now()))


main.add_command(written_commands.poster_command)
main.add_command(written_commands.preview_command)

CODE = click.argument("code")


@main.command(
    name="block", help="Let the client of an appointment phone instead of booking, for 90 days."
)
@CODE
def block_command(code: str) -> None:
    """`block`."""
    tell(lambda known: block.block(known, code, Clock().now()))


@main.command(name="unblock", help="Let the client blocked by this CODE book again.")
@CODE
def unblock_command(code: str) -> None:
    """`unblock`."""
    tell(lambda known: block.unblock(known, code))


@main.group(name="streets", help="The streets of the city, found when a client types one.")
def streets_group() -> None:
    """The group of what concerns streets."""


@streets_group.command(name="import", help="Take the city's from a register, OpenPLZ or gebref.")
@FILE
def import_streets_command(file: Path) -> None:
    """`streets import`."""
    tell(lambda known: street_import.import_(known, file))
