"""The documentation says what the code says."""

import re
from pathlib import Path

from bot.commands.drawings import DRAWINGS, redrawn
from bot.settings import Settings

ROOT = Path(__file__).parents[2]


def test_every_diagram_and_table_is_the_one_drawn_from_what_the_program_runs_on() -> None:
    page = (ROOT / "docs/architecture.md").read_text()
    assert [name for name in DRAWINGS if f"<!-- {name} -->" not in page] == []
    assert page == redrawn(page)


def test_the_readme_tells_of_every_setting() -> None:
    told = set(re.findall(r"`(BOT_[A-Z_]+)`", (ROOT / "README.md").read_text()))
    assert told == {f"BOT_{name.upper()}" for name in Settings.model_fields}


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text())
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert broken == []
