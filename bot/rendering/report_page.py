"""The report as a page to look at and to print: tables with bars above them, no script."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.rendering.report_words import ReportInWords, ReportTable

BAR_WIDTH, BAR_HEIGHT, LONGEST_NAME = 320, 24, 34
PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=select_autoescape(["html.j2"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: how far down it begins and how wide it is, in the units of the drawing."""

    name: str
    talks: int
    top: int
    width: int


def html(report: ReportInWords) -> str:
    """The page."""
    filled = {
        "language": report.language,
        "title": report.title,
        "standing": report.standing,
        "hidden": report.hidden,
        "nothing": report.nothing,
        "tables": [_filled(table) for table in report.tables],
    }
    return PAGES.get_template("report.html.j2").render(filled)


def _filled(table: ReportTable) -> dict[str, Any]:
    most = max(row.talks for row in table.rows)
    bars = [
        Bar(_short(row.name), row.talks, number * BAR_HEIGHT, round(row.talks / most * BAR_WIDTH))
        for number, row in enumerate(table.rows)
    ]
    spoken = ", ".join(f"{row.name} {row.talks}" for row in table.rows)
    return {
        "title": table.title,
        "head": table.head,
        "rows": table.rows,
        "total": table.total,
        "bars": bars,
        "spoken": spoken,
    }


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
