"""`python -m bot stats`: how many appointments there were, for whoever must report on the work.

With `--sources`, how many chats began and how many appointments were booked by who sent people.

A number from one to four could point at a person: it is shown as "<5". Nothing is added up: from a
total and its other cells, a hidden one could be worked out.

The CSV is what Excel opens as it is where numbers have a comma: UTF-8 that says so, semicolons.
"""

import csv
import io
from itertools import groupby
from operator import attrgetter

from bot.settings import Settings
from bot.storage.engine.migrations import open_newest
from bot.storage.records import referral_counts, statistics
from bot.storage.records.referral_counts import MonthlyReferrals
from bot.storage.records.statistics import OUTCOMES, MonthlyCount

FEWEST = 5
BYTE_ORDER_MARK = "\ufeff"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEAD = ("month", "office", "language", *OUTCOMES)
KIND = attrgetter("month", "office_id", "language")
HEAD_OF_SOURCES = ("month", "source", "new chats", "booked")
NO_SOURCES = "Nobody has come by a link that says where from."
NOTHING = "No appointments to count yet: they are counted when they are deleted, after their term."


async def told(settings: Settings, *, as_csv: bool) -> str:
    """The counts of the database of the settings, as a table or as CSV."""
    async with open_newest(settings.database_url) as database:
        found = await database.run(statistics.everything)
    if as_csv:
        return _as_csv(lines(found))
    return _as_table(lines(found)) if found else NOTHING


async def sources_told(settings: Settings, *, as_csv: bool) -> str:
    """The same of who sent people here."""
    async with open_newest(settings.database_url) as database:
        found = await database.run(referral_counts.everything)
    if as_csv:
        return _as_csv(lines_of_sources(found))
    return _as_table(lines_of_sources(found)) if found else NO_SOURCES


def lines(found: list[MonthlyCount]) -> list[tuple[str, ...]]:
    """The head, then a line for each month, office and language, its outcomes side by side."""
    return [HEAD, *(_line(kind, list(same)) for kind, same in groupby(found, KIND))]


def lines_of_sources(found: list[MonthlyReferrals]) -> list[tuple[str, ...]]:
    """The head, then a line for each month and source."""
    return [
        HEAD_OF_SOURCES,
        *((one.month, one.source, _shown(one.started), _shown(one.booked)) for one in found),
    ]


def _line(kind: tuple[str, str, str], same: list[MonthlyCount]) -> tuple[str, ...]:
    numbers = {each.outcome: each.number for each in same}
    return (*kind, *(_shown(numbers.get(outcome, 0)) for outcome in OUTCOMES))


def _shown(number: int) -> str:
    return f"<{FEWEST}" if 0 < number < FEWEST else str(number)


def _as_table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = (zip(row, widths, strict=True) for row in rows)
    return "\n".join("  ".join(cell.ljust(width) for cell, width in row).rstrip() for row in padded)


def _as_csv(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([_cell(cell) for cell in row] for row in rows)
    # The line break at the very end is the command line's own.
    return BYTE_ORDER_MARK + text.getvalue().removesuffix("\n")


def _cell(text: str) -> str:
    """A text that a spreadsheet would calculate stays a text behind an apostrophe."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
