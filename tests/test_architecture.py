"""The architecture, kept by tests; each rule is also shown to catch what it forbids."""

from collections.abc import Callable, Iterator
from inspect import isfunction, signature
from pathlib import Path, PurePosixPath

import architecture_rules as rules
import pytest
from architecture_rules import Finding, Module, program

Rule = Callable[[Module], Iterator[Finding]]


def broken(rule: Rule) -> list[str]:
    """Every place in the program that breaks the rule."""
    return [f"{m.path}:{line}: {what}" for m in program() for line, what in rule(m)]


def test_the_whole_program_is_looked_at() -> None:
    assert len(program()) > 80
    assert {module.part for module in program()} >= rules.PURE | {
        "simulator",
        "storage",
        "services",
    }


def test_modules_import_downward_only() -> None:
    assert broken(rules.upward_imports) == []


def test_only_what_puts_the_program_together_reads_the_settings() -> None:
    assert broken(rules.settings_imports) == []


def test_only_chat_knows_the_telegram_library() -> None:
    assert broken(rules.telegram_imports) == []


def test_the_simulator_knows_nothing_of_the_bot() -> None:
    assert broken(rules.simulator_imports) == []


def test_only_storage_knows_sql_and_its_drivers() -> None:
    assert broken(rules.database_use) == []


def test_no_sql_file_lies_outside_storage() -> None:
    files = sorted(Path("bot").rglob("*.sql"))
    assert [str(file) for file in files if file.parts[1] != "storage"] == []
    assert files != []


def test_what_only_telegram_has_stands_where_telegram_is_known() -> None:
    assert broken(rules.limits_of_telegram) == []


def test_payloads_are_read_by_their_codec_alone() -> None:
    assert broken(rules.untyped_payloads) == []


def test_pure_packages_import_no_library_that_does_input_or_output() -> None:
    assert broken(rules.impure_imports) == []


def test_only_clock_reads_the_clock() -> None:
    assert broken(rules.clock_reads) == []


def test_every_task_belongs_to_a_group() -> None:
    assert broken(rules.loose_tasks) == []


def test_no_count_is_waited_for_that_nobody_asks_for() -> None:
    assert broken(rules.counts_nobody_asks_for) == []


def test_no_file_has_more_than_250_lines() -> None:
    assert broken(rules.long_files) == []


def test_no_style_or_script_of_a_page_has_more_than_250_lines() -> None:
    pages = [file for end in ("css", "js", "html") for file in Path("bot").rglob(f"*.{end}")]
    lines = {str(page): len(page.read_text(encoding="utf-8").splitlines()) for page in pages}
    assert {page for page in lines if lines[page] > rules.MOST_LINES_OF_A_FILE} == set()


def test_no_function_has_more_than_40_lines() -> None:
    assert broken(rules.long_functions) == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert broken(rules.vague_names) == []


def test_nothing_prints() -> None:
    assert broken(rules.prints) == []


def test_every_exception_to_a_security_rule_says_why() -> None:
    assert broken(rules.unexplained_exceptions) == []


def test_every_package_says_what_it_is_for() -> None:
    folders = {file.parent for file in Path("bot").rglob("*.py")}
    assert sorted(str(f) for f in folders if not (f / "__init__.py").exists()) == []


LONG = "def f():\n" + "    x = 1\n" * 40
BAD: list[tuple[Rule, str, str, Finding]] = [
    (rules.upward_imports, "domain/a.py", "import bot.city", (1, "bot.domain imports bot.city")),
    (
        rules.upward_imports,
        "storage/a.py",
        "from bot.rendering import text",
        (1, "bot.storage imports bot.rendering.text"),
    ),
    (
        rules.upward_imports,
        "services/a.py",
        "from .. import app",
        (1, "bot.services imports bot.app"),
    ),
    (
        rules.upward_imports,
        "chat/a.py",
        "from bot.delivery import limits",
        (1, "bot.chat imports bot.delivery.limits"),
    ),
    (
        rules.upward_imports,
        "city/a.py",
        "def f():\n    from bot.nowhere import x",
        (2, "bot.city imports bot.nowhere.x"),
    ),
    (rules.upward_imports, "extra/a.py", "", (1, "bot.extra belongs to no layer")),
    (rules.settings_imports, "web/a.py", "from bot import settings", (1, "imports bot.settings")),
    (rules.telegram_imports, "app.py", "import telegram.ext", (1, "imports telegram.ext")),
    (
        rules.simulator_imports,
        "simulator/a.py",
        "from bot.domain import local_time",
        (1, "imports bot.domain.local_time"),
    ),
    (rules.database_use, "services/a.py", "import aiosqlite", (1, "imports aiosqlite")),
    (rules.database_use, "services/a.py", 'x = "SELECT id FROM a"', (1, "contains SQL")),
    (rules.database_use, "services/a.py", 'x = f"INSERT INTO {a}"', (1, "contains SQL")),
    (rules.limits_of_telegram, "app.py", 'x = "https://t.me/bot"', (1, "says t.me/")),
    (
        rules.limits_of_telegram,
        "services/a.py",
        "x = 1\n# as many as Telegram takes",
        (2, "says Telegram takes"),
    ),
    (
        rules.untyped_payloads,
        "storage/a.py",
        """x = "DELETE FROM outbox WHERE kind = 'pin'\"""",
        (1, "compares a kind with a literal"),
    ),
    (
        rules.untyped_payloads,
        "delivery/a.py",
        'row.kind == "pin"',
        (1, "compares a kind with a literal"),
    ),
    (
        rules.untyped_payloads,
        "delivery/a.py",
        "json.loads(row.content)['appointment']",
        (1, "takes stored JSON apart"),
    ),
    (rules.impure_imports, "domain/a.py", "import asyncio", (1, "imports asyncio")),
    (rules.impure_imports, "city/a.py", "from aiohttp import web", (1, "imports aiohttp.web")),
    (rules.impure_imports, "domain/a.py", "import pydantic", (1, "imports pydantic")),
    (
        rules.impure_imports,
        "rendering/a.py",
        "from urllib import request",
        (1, "imports urllib.request"),
    ),
    (rules.clock_reads, "services/a.py", "import time\ntime.time()", (2, "reads time.time")),
    (
        rules.clock_reads,
        "services/a.py",
        "import time as t\nf(t.monotonic)",
        (2, "reads t.monotonic"),
    ),
    (
        rules.clock_reads,
        "services/a.py",
        "from time import monotonic",
        (1, "imports time.monotonic"),
    ),
    (
        rules.clock_reads,
        "services/a.py",
        "from datetime import datetime\ndatetime.now(UTC)",
        (2, "reads datetime.now"),
    ),
    (
        rules.clock_reads,
        "services/a.py",
        "import datetime\ndatetime.date.today()",
        (2, "reads datetime.date.today"),
    ),
    (
        rules.clock_reads,
        "delivery/a.py",
        "asyncio.get_running_loop().time()",
        (1, "reads asyncio.get_running_loop().time"),
    ),
    (rules.loose_tasks, "app.py", "asyncio.create_task(f())", (1, "uses asyncio.create_task")),
    (rules.loose_tasks, "app.py", "loop.create_task(f())", (1, "uses loop.create_task")),
    (rules.loose_tasks, "app.py", "asyncio.ensure_future(f)", (1, "uses asyncio.ensure_future")),
    (
        rules.loose_tasks,
        "app.py",
        "from asyncio import create_task",
        (1, "imports asyncio.create_task"),
    ),
    (
        rules.counts_nobody_asks_for,
        "storage/a.py",
        "unit.tx.run(sql)",
        (1, "calls unit.tx.run for nothing but its effect"),
    ),
    (rules.long_files, "app.py", "x = 1\n" * 251, (1, "has 251 lines")),
    (rules.long_functions, "app.py", LONG, (1, "f has 41 lines")),
    (rules.long_functions, "app.py", f"async {LONG}", (1, "f has 41 lines")),
    (rules.vague_names, "services/utils.py", "", (1, "is named utils")),
    (rules.vague_names, "services/date_helpers.py", "", (1, "is named date_helpers")),
    (rules.vague_names, "core/a.py", "", (1, "is named core")),
    (rules.prints, "cli.py", "def f():\n    print(1)", (2, "prints")),
    (
        rules.unexplained_exceptions,
        "storage/a.py",
        'x = f"SELECT {y}"  # noqa: SIM1, S608',
        (1, "does not say why: # noqa: SIM1, S608"),
    ),
]
GOOD: list[tuple[Rule, str, str]] = [
    (rules.upward_imports, "chat/a.py", "from bot.delivery.channel import Channel"),
    (rules.upward_imports, "app.py", "from bot import settings, runtime\nimport botany.app"),
    (rules.upward_imports, "services/a.py", "from . import b\nfrom bot.domain import local_time"),
    (rules.settings_imports, "app.py", "from bot.settings import Settings"),
    (rules.telegram_imports, "chat/a.py", "import telegram"),
    (rules.simulator_imports, "simulator/a.py", "from bot.simulator import call\nimport aiohttp"),
    (rules.database_use, "storage/a.py", 'import aiosqlite\nx = "SELECT 1"'),
    (rules.database_use, "services/a.py", 'x = "Please select a day. UPDATE"'),
    (rules.limits_of_telegram, "chat/a.py", 'x = "https://t.me/bot"  # Telegram takes it'),
    (rules.limits_of_telegram, "services/a.py", '"""Somebody who is not on Telegram."""'),
    (rules.untyped_payloads, "messages/a.py", 'json.loads(text)["about"], kind == "mail"'),
    (
        rules.untyped_payloads,
        "storage/a.py",
        'x = "kind = :kind"\nrow.kind == Kind.PIN\njson.loads(row)',
    ),
    (rules.impure_imports, "city/a.py", "import pydantic, tomllib, holidays\nimport bot.domain"),
    (rules.clock_reads, "runtime/clock.py", "import time\ntime.time()"),
    (
        rules.clock_reads,
        "services/a.py",
        "from datetime import datetime\nmoment.time()\ntime(9, 0)",
    ),
    (
        rules.loose_tasks,
        "app.py",
        "async def f():\n  async with asyncio.TaskGroup() as group:\n    group.create_task(g())",
    ),
    (rules.loose_tasks, "app.py", "def f(g: TaskGroup):\n    g.create_task(h())"),
    (rules.loose_tasks, "app.py", "s.g: TaskGroup | None = None\ns.g.create_task(h())"),
    (rules.counts_nobody_asks_for, "storage/a.py", "written = tx.run(sql)\ntx.write(sql)"),
    (rules.long_files, "app.py", "x = 1\n" * 250),
    (rules.long_functions, "app.py", LONG.removesuffix("    x = 1\n")),
    (rules.vague_names, "services/score.py", ""),
    (rules.prints, "cli.py", "click.echo('print(1)')"),
    (rules.unexplained_exceptions, "a.py", "x  # noqa: S608  (names of ours)\ny  # noqa: SIM118"),
]


@pytest.mark.parametrize(("rule", "path", "source", "finding"), BAD)
def test_a_rule_catches_what_it_forbids(
    rule: Rule, path: str, source: str, finding: Finding
) -> None:
    assert list(rule(Module(PurePosixPath("bot", path), source))) == [finding]


@pytest.mark.parametrize(("rule", "path", "source"), GOOD)
def test_a_rule_lets_through_what_it_does_not_mean(rule: Rule, path: str, source: str) -> None:
    assert list(rule(Module(PurePosixPath("bot", path), source))) == []


def test_every_rule_is_shown_to_catch_something_and_to_let_something_through() -> None:
    every = {
        value
        for name, value in vars(rules).items()
        if isfunction(value)
        and not name.startswith("_")
        and value.__module__ == rules.__name__
        and [*signature(value).parameters] == ["module"]
    }
    assert {rule for rule, *_ in BAD} == {rule for rule, *_ in GOOD} == every
