"""Commands that write files for people to read: posters, and the preview of a language."""

from pathlib import Path

import click

from bot.commands import poster, preview
from bot.commands.running import tell
from bot.domain.referral import Referral
from bot.runtime.clock import Clock


@click.command(name="poster", help="Posters of A4 and A6 with a QR code, in all languages.")
@click.option("--from", "source", help="Who sends people: a source of the city file.")
@click.option("--office", help="The office people are led to first, by its id.")
@click.option("--bot", help="The bot's user name; without it Telegram is asked.")
@click.option("--to", "folder", default=".", type=Path, help="Where the files are written.")
def poster_command(source: str | None, office: str | None, bot: str | None, folder: Path) -> None:
    """`poster`."""
    wanted = Referral(source, office)
    tell(lambda known: poster.make(known, wanted, bot, folder, Clock().now()))


@click.command(name="preview", help="All screens and messages in a language, as a page of HTML.")
@click.argument("language")
@click.option("--staff", is_flag=True, help="What the staff read in chat, instead of clients.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def preview_command(language: str, staff: bool, out: Path | None) -> None:
    """`preview`."""
    file = out or Path(f"preview-{'staff-' if staff else ''}{language}.html")
    tell(lambda known: preview.make(known, language, file, Clock().now(), staff=staff))
