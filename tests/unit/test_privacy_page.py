"""The page for data protection officers says what the code does: every field and every term."""

import re
from pathlib import Path

from bot.commands import backup
from bot.storage.engine.database import Tx
from bot.storage.engine.migrations import migrate
from bot.storage.engine.opening import open_database
from bot.storage.upkeep.retention import RULES

PAGE = (Path(__file__).parents[2] / "docs/privacy.md").read_text(encoding="utf-8")
FIELD = re.compile(r"`([a-z_]+\.[a-z_]+)`")
RULE = re.compile(r"`([a-z]+(?: [a-z]+)*)`")
SECONDS = {"Minute": 60, "Stunde": 3600, "Stunden": 3600, "Tag": 86_400, "Tage": 86_400}


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of a table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def seconds(term: str) -> int:
    if term == "sofort":
        return 0
    number, unit = term.split(" ")
    return int(number) * SECONDS[unit]


def columns(tx: Tx) -> set[str]:
    tables = tx.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sql%'")
    return {
        f"{table['name']}.{column['name']}"
        for table in tables
        for column in tx.all(f"PRAGMA table_info({table['name']})")
    }


async def test_every_stored_field_is_in_one_of_the_two_lists(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/lotse.db")
    try:
        await database.run(migrate, database.dialect)
        stored = await database.run(columns)
    finally:
        await database.close()
    text = section("Welche Daten")
    told = FIELD.findall("\n".join(row[4] for row in rows(text)))
    free = FIELD.findall(text.partition("Ohne Bezug zu einer Person:")[2])
    assert sorted([*told, *free]) == sorted(stored)


def test_every_term_is_the_one_rows_are_deleted_by() -> None:
    told = {RULE.fullmatch(row[2])[1]: seconds(row[1]) for row in rows(section("Wie lange"))}  # type: ignore[index]
    assert told == {rule.what: rule.seconds for rule in RULES}


def test_the_term_of_backups_is_the_one_restore_refuses_by() -> None:
    assert f"Sicherungen gelten {backup.DAYS} Tage" in section("Wie lange")


def test_every_kind_of_data_names_a_rule_there_is() -> None:
    named = {name for row in rows(section("Welche Daten")) for name in RULE.findall(row[3])}
    assert named <= {rule.what for rule in RULES}
    assert {"persons", "appointments", "settled messages"} <= named
