"""What the documentation tells people to touch, to make and to run is there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from bot.cli import main
from bot.conversation.history_lines import TOLD
from bot.domain.changes import Change
from bot.domain.staff_changes import OfStaff
from bot.services.reactions import FOLLOWS

ROOT = Path(__file__).parents[2]
PAGES = (
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
)
HISTORY = ROOT / "docs/decisions"
"""Says what was decided then; a path of that time may be gone."""
TEST_PATHS = ROOT / "tests"


def told(pattern: str, pages: tuple[Path, ...] = PAGES) -> Iterator[tuple[str, str]]:
    """Page and match of everything of this form."""
    for page in pages:
        for found in re.findall(pattern, page.read_text(encoding="utf-8")):
            yield str(page.relative_to(ROOT)), found


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    """Every command as it is typed."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name


def test_every_path_that_is_named_leads_somewhere() -> None:
    named = told(r"`((?:bot|tests|locales|docs|deploy|requirements)/[^`\s]*)`")
    lost = [
        (page, path)
        for page, path in named
        if HISTORY.name not in page
        and "<" not in path
        and not list(ROOT.glob(path.partition("::")[0]))
    ]
    assert lost == []


def test_every_test_that_is_said_to_fail_is_there() -> None:
    names = {name for _, name in told(r"`(test_[a-z_]+\.py)`", (ROOT / "CONTRIBUTING.md",))}
    assert sorted(names - {path.name for path in TEST_PATHS.rglob("test_*.py")}) == []
    assert len(names) > 5


def test_everything_that_can_be_made_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    made = {target for _, target in told(r"(?:`|^|\s)make ([a-z-]+)`")}
    made |= {target for _, target in told(r"(?m)^make ([a-z-]+)")}
    assert sorted(made - targets) == []
    assert {"test", "demo", "docs", "soak"} <= made


def test_every_command_that_is_named_is_one_of_the_command_line() -> None:
    known = {command.split(" ")[0] for command in commands(main)}
    assert {name for _, name in told(r"python -m bot ([a-z-]+)")} - known == set()
    handbook = (ROOT / "docs/operating.md",)
    assert {name for _, name in told(r"(?:^|`|\n)lotse ([a-z-]+)", handbook)} - known == set()


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text().partition("## Commands")[2].partition("\n## ")[0]
    cells = " ".join(line.split(" | ")[0] for line in text.splitlines() if line.startswith("|"))
    words = set(re.findall(r"[a-z-]+", cells))
    assert [name for name in commands(main) if not set(name.split(" ")) <= words] == []


def test_every_change_has_its_row_of_what_follows_and_its_line_in_the_history() -> None:
    changes = set(get_args(Change))
    assert set(FOLLOWS) == changes
    assert {change.name for change in changes - set(get_args(OfStaff))} == TOLD


def test_the_page_on_privacy_names_everything_the_audit_trail_holds() -> None:
    page = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
    trail = page.partition("**Verlauf.**")[2].partition("\n\n")[0]
    kept = set(re.findall(r"`([a-z_]+)`", trail))
    assert kept == {change.name for change in get_args(Change)}
