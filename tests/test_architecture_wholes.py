"""What no module breaks alone: cycles, the wings of storage, who writes which table."""

import re
from collections.abc import Callable, Iterable, Iterator
from inspect import isfunction, signature
from pathlib import Path, PurePosixPath

import architecture_wholes as wholes
import pytest
from architecture_rules import Module, program

WholeRule = Callable[[Iterable[Module]], Iterator[wholes.Finding]]
Files = dict[str, str]
"""The sources of some modules by path."""

BAD_WHOLES: list[tuple[WholeRule, Files, list[wholes.Finding]]] = [
    (
        wholes.import_cycles,
        {
            "domain/a.py": "def f():\n    from bot.domain.b import x",
            "domain/b.py": "import bot.domain.c",
            "domain/c.py": "from bot.domain import a",
            "domain/d.py": "from bot.domain import a",
        },
        [("bot/domain/a.py", "is in a cycle: bot.domain.a, bot.domain.b, bot.domain.c")],
    ),
    (
        wholes.storage_wings,
        {"storage/records/a.py": "from bot.storage.queues import outbox"},
        [("bot/storage/records/a.py", "imports bot.storage.queues.outbox")],
    ),
    (
        wholes.storage_wings,
        {"storage/queues/a.py": "from bot.storage.engine.opening import open_database"},
        [("bot/storage/queues/a.py", "imports bot.storage.engine.opening.open_database")],
    ),
    (
        wholes.storage_wings,
        {"storage/engine/a.py": "from bot.storage.upkeep import copier"},
        [("bot/storage/engine/a.py", "imports bot.storage.upkeep.copier")],
    ),
    (
        wholes.shared_tables,
        {
            "storage/records/a.py": 'x = f"UPDATE notes SET {y}"',
            "storage/records/b.py": 'x = "DELETE FROM notes"',
            "storage/records/c.py": 'x = "INSERT INTO notes (a)" f" SELECT {y}"',
            "storage/records/d.py": 'x = "SELECT * FROM notes"',
        },
        [(f"bot/storage/records/{n}.py", "writes notes, as do others") for n in "abc"],
    ),
    (
        wholes.shared_tables,
        {"storage/upkeep/a.py": 'x = f"DELETE FROM {table} WHERE id = 1"'},
        [("bot/storage/upkeep/a.py", "writes a table by a variable's name")],
    ),
    (
        wholes.shared_tables,
        {
            "storage/records/cells.py": 'x = f"INSERT INTO {table} VALUES (1)"',
            "storage/records/a.py": 'x = "DELETE FROM client_cells"',
        },
        [
            ("bot/storage/records/a.py", "writes client_cells, as do others"),
            ("bot/storage/records/cells.py", "writes client_cells, as do others"),
        ],
    ),
]
BAD_WHOLES += [
    (
        wholes.shared_names,
        {
            "city/a.py": "class Table:\n    pass",
            "domain/b.py": "def f():\n    class Table:\n        pass",
        },
        [("bot/city/a.py", "has another Table"), ("bot/domain/b.py", "has another Table")],
    ),
    (
        wholes.shared_names,
        {"city/a.py": "", "web/a.py": "", "conversation/steps/b.py": "", "mail/b.py": ""},
        [
            ("bot/city/a.py", "has another a"),
            ("bot/web/a.py", "has another a"),
            ("bot/conversation/steps/b.py", "has another b"),
            ("bot/mail/b.py", "has another b"),
        ],
    ),
]
GOOD_WHOLES: list[tuple[WholeRule, Files]] = [
    (
        wholes.shared_names,
        {
            "conversation/steps/a.py": "class Step:\n    pass",
            "conversation/screens/a.py": "class Key:\n    pass",
            "simulator/a.py": "class Key:\n    pass",
            "domain/__init__.py": "",
            "city/__init__.py": "",
        },
    ),
    (
        wholes.import_cycles,
        {
            "domain/__init__.py": "",
            "domain/a.py": "from bot.domain import b, c\nimport bot.domain.a",
            "domain/b.py": "from bot.domain.c import x",
            "domain/c.py": "import json",
        },
    ),
    (
        wholes.storage_wings,
        {
            "storage/records/a.py": "from bot.storage.engine.database import Tx\n"
            "from bot.storage.vault import Vault\nfrom bot.storage.records import b",
            "storage/queues/a.py": "from bot.storage.records import a",
            "storage/upkeep/a.py": "from bot.storage.queues import a\n"
            "from bot.storage.engine.savepoints import tried",
            "services/a.py": "from bot.storage.upkeep import a",
        },
    ),
    (
        wholes.shared_tables,
        {
            "storage/records/a.py": 'x = "UPDATE notes SET a = 1"\ny = "DELETE FROM notes"\n'
            'z = "INSERT INTO notes (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2"',
            "storage/records/b.py": 'x = "SELECT a FROM notes FOR UPDATE"',
            "storage/upkeep/copier.py": 'x = f"INSERT INTO {table} VALUES (1)"',
        },
    ),
]


def test_no_modules_import_each_other() -> None:
    assert list(wholes.import_cycles(program())) == []


def test_the_wings_of_storage_import_one_way_only() -> None:
    assert list(wholes.storage_wings(program())) == []


def test_no_two_classes_or_modules_have_one_name() -> None:
    assert list(wholes.shared_names(program())) == []


def test_each_table_is_written_by_one_module() -> None:
    assert list(wholes.shared_tables(program())) == []
    written = {table for module in program() for table in wholes.written_tables(module)}
    by_name = {table for tables in wholes.BY_NAME.values() for table in tables}
    schema = " ".join(file.read_text() for file in Path("bot").rglob("*.sql"))
    made = set(re.findall(r"CREATE TABLE (\w+)", schema))
    assert (written | by_name) - {wholes.A_VARIABLE, "migrations", "sqlite_sequence"} <= made


def _program_of(files: Files) -> list[Module]:
    return [Module(PurePosixPath("bot", path), source) for path, source in files.items()]


@pytest.mark.parametrize(("rule", "files", "findings"), BAD_WHOLES)
def test_a_rule_for_the_whole_catches_what_it_forbids(
    rule: WholeRule, files: Files, findings: list[wholes.Finding]
) -> None:
    assert list(rule(_program_of(files))) == findings


@pytest.mark.parametrize(("rule", "files"), GOOD_WHOLES)
def test_a_rule_for_the_whole_lets_through_what_it_does_not_mean(
    rule: WholeRule, files: Files
) -> None:
    assert list(rule(_program_of(files))) == []


def test_every_rule_is_shown_to_catch_something_and_to_let_something_through() -> None:
    every = {
        value
        for name, value in vars(wholes).items()
        if isfunction(value)
        and not name.startswith("_")
        and value.__module__ == wholes.__name__
        and [*signature(value).parameters] == ["program"]
    }
    assert {rule for rule, *_ in BAD_WHOLES} == {rule for rule, *_ in GOOD_WHOLES} == every
