"""The rules of the house as detectors: each reads one module and says where it breaks the rule."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

LAYERS = (
    {"__main__"},
    {"cli"},
    {"commands"},
    {"app"},
    {"runtime"},
    {"chat", "mail", "web", "delivery", "simulator", "preview"},
    {"services"},
    {"storage", "rendering"},
    {"messages"},
    {"conversation"},
    {"understanding"},
    {"city"},
    {"domain"},
    {"observability", "settings"},
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
SEEN_BY_CHANNELS = "bot.delivery.channel"
"""What a channel must be: the one module that may be imported from beside."""

PURE = {"domain", "city", "understanding", "conversation", "messages", "rendering"}
LIBRARIES_WITHOUT_IO = {
    *("babel", "icalendar", "segno", "holidays", "rapidfuzz", "anyascii"),
    *("fpdf", "jinja2", "pydantic_core"),
}
IO_OF_THE_STANDARD_LIBRARY = {
    *("asyncio", "concurrent", "multiprocessing", "threading", "subprocess", "signal", "sched"),
    *("socket", "ssl", "http", "smtplib", "urllib.request", "select", "selectors", "sqlite3"),
    *("os", "shutil", "tempfile", "logging", "random", "secrets", "time", "getpass"),
}
DATABASE_DRIVERS = {"aiosqlite", "sqlite3", "asyncpg", "psycopg", "sqlalchemy"}
CLOCK = PurePosixPath("bot/runtime/clock.py")
CLOCKS = {
    *(f"time.{name}{unit}" for unit in ("", "_ns") for name in ("time", "monotonic")),
    *(f"time.{name}" for name in ("perf_counter", "perf_counter_ns", "localtime", "gmtime")),
    *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
    "datetime.date.today",
}
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA)\s+[\w*(]")
TELEGRAMS = re.compile(
    r"t\.me/|callback_data|inline_keyboard|reply_markup|parse_mode"
    r"|[Tt]elegram( still)? (allows|takes|holds|deletes|limits)"
)
"""What only Telegram has, in code and in comments."""

KIND_IN_SQL = re.compile(r"\bkind\s*(=|<>|!=|IN|LIKE)\s*\(?\s*'")
SECURITY_EXCEPTION = re.compile(r"# (noqa: [A-Z0-9, ]*\bS\d+|nosec\b)")
VAGUE = re.compile(r"(util|helper|common|misc|core|manager)s?")
MOST_LINES_OF_A_FILE = 250
MOST_LINES_OF_A_FUNCTION = 40

Finding = tuple[int, str]
"""A line and what is wrong there."""


@dataclass(frozen=True)
class Module:
    """One file of the program, by its path from the root of the repository."""

    path: PurePosixPath
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.source)

    @property
    def part(self) -> str:
        """The package or module right under `bot`: what layers are made of."""
        return PurePosixPath(self.path.parts[1]).stem

    @cached_property
    def imports(self) -> list[tuple[int, str, str]]:
        """Line, full dotted name and local name of everything imported."""
        return list(_imports(self))


@cache
def program() -> tuple[Module, ...]:
    """Every module of the program, read and parsed once."""
    files = sorted(Path("bot").rglob("*.py"))
    return tuple(Module(PurePosixPath(f.as_posix()), f.read_text(encoding="utf-8")) for f in files)


def _imports(module: Module) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, alias.asname or alias.name
        elif isinstance(node, ast.ImportFrom):
            parents = module.path.parts[: -node.level] if node.level else ()
            base = ".".join((*parents, *([node.module] if node.module else [])))
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}", alias.asname or alias.name


def is_within(name: str, packages: set[str]) -> bool:
    """Whether a dotted name is one of these, or of something in one of them."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def upward_imports(module: Module) -> Iterator[Finding]:
    """Imports from a higher layer, or from beside."""
    if module.path.parts[1] == "__init__.py":
        return
    if module.part not in RANK:
        yield 1, f"bot.{module.part} belongs to no layer"
        return
    for line, name, _ in module.imports:
        other = name.split(".")[1] if name.startswith("bot.") else module.part
        beside = RANK.get(other, -1) <= RANK[module.part] and other != module.part
        if beside and not is_within(name, {SEEN_BY_CHANNELS}):
            yield line, f"bot.{module.part} imports {name}"


def settings_imports(module: Module) -> Iterator[Finding]:
    """Settings read by anything but the modules that put the program together."""
    if module.part not in {"cli", "commands", "app", "runtime"}:
        for line, name, _ in module.imports:
            if is_within(name, {"bot.settings"}):
                yield line, f"imports {name}"


def telegram_imports(module: Module) -> Iterator[Finding]:
    """The Telegram library outside the one package that knows it."""
    if module.part != "chat":
        for line, name, _ in module.imports:
            if is_within(name, {"telegram"}):
                yield line, f"imports {name}"


def simulator_imports(module: Module) -> Iterator[Finding]:
    """Anything of the bot within the simulator: it must not share the bot's mistakes."""
    if module.part == "simulator":
        for line, name, _ in module.imports:
            if is_within(name, {"bot"}) and not is_within(name, {"bot.simulator"}):
                yield line, f"imports {name}"


def database_use(module: Module) -> Iterator[Finding]:
    """SQL or a database driver outside storage."""
    if module.part == "storage":
        return
    for line, name, _ in module.imports:
        if is_within(name, DATABASE_DRIVERS):
            yield line, f"imports {name}"
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and SQL.search(node.value)
        ):
            yield node.lineno, "contains SQL"


def limits_of_telegram(module: Module) -> Iterator[Finding]:
    """What only Telegram has, outside the packages that know Telegram or write for it."""
    if module.part not in {"chat", "rendering", "simulator"}:
        for line, text in enumerate(module.source.splitlines(), 1):
            if found := TELEGRAMS.search(text):
                yield line, f"says {found[0]}"


def untyped_payloads(module: Module) -> Iterator[Finding]:
    """Kinds of payloads as literals, or stored JSON taken apart, past the codec in messages."""
    if module.part in {"messages", "chat", "simulator"}:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if KIND_IN_SQL.search(node.value):
                yield node.lineno, "compares a kind with a literal"
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Call):
            if ast.unparse(node.value.func) in {"json.loads", "loads"}:
                yield node.lineno, "takes stored JSON apart"
        elif isinstance(node, ast.Compare) and ast.unparse(node.left).endswith("kind"):
            against = node.comparators[0]
            if isinstance(against, ast.Constant) and isinstance(against.value, str):
                yield node.lineno, "compares a kind with a literal"


def impure_imports(module: Module) -> Iterator[Finding]:
    """Libraries that reach the outside world, within the pure packages."""
    if module.part not in PURE:
        return
    allowed = LIBRARIES_WITHOUT_IO | {"bot"}
    allowed |= {"pydantic"} if module.part in ("city", "understanding", "messages") else set()
    for line, name, _ in module.imports:
        known = name.split(".")[0] in sys.stdlib_module_names | allowed
        if not known or is_within(name, IO_OF_THE_STANDARD_LIBRARY):
            yield line, f"imports {name}"


def clock_reads(module: Module) -> Iterator[Finding]:
    """The time taken from anywhere but an argument; only clock owns one.

    The simulator stands for Telegram and for people: its waits are the loop's, not the clock's.
    """
    if module.path == CLOCK:
        return
    full = {local: name for _, name, local in module.imports}
    for line, name, _ in module.imports:
        if name in CLOCKS:
            yield line, f"imports {name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            owner, _, rest = ast.unparse(node).partition(".")
            name = f"{full.get(owner, owner)}.{rest}"
            of_loop = node.attr == "time" and "loop" in ast.unparse(node.value)
            if name in CLOCKS or (of_loop and module.part != "simulator"):
                yield node.lineno, f"reads {ast.unparse(node)}"


def loose_tasks(module: Module) -> Iterator[Finding]:
    """Tasks that no group waits for: their errors would be lost."""
    groups = _task_groups(module.tree)
    for line, name, _ in module.imports:
        if name in {"asyncio.create_task", "asyncio.ensure_future"}:
            yield line, f"imports {name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"create_task", "ensure_future"}:
            owner = ast.unparse(node.value)
            if node.attr == "ensure_future" or owner not in groups:
                yield node.lineno, f"uses {ast.unparse(node)}"


def counts_nobody_asks_for(module: Module) -> Iterator[Finding]:
    """A write whose count is waited for, a trip to the server, and then thrown away."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = ast.unparse(node.value.func)
            if re.fullmatch(r"(.*[._])?tx\.run", called):
                yield node.lineno, f"calls {called} for nothing but its effect"


def _task_groups(tree: ast.AST) -> set[str]:
    """Names that a module binds to an asyncio.TaskGroup, by `async with` or by annotation."""
    groups = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.withitem) and node.optional_vars is not None:
            bound, kind = ast.unparse(node.optional_vars), ast.unparse(node.context_expr)
        elif isinstance(node, ast.arg) and node.annotation is not None:
            bound, kind = node.arg, ast.unparse(node.annotation)
        elif isinstance(node, ast.AnnAssign):
            bound, kind = ast.unparse(node.target), ast.unparse(node.annotation)
        else:
            continue
        if re.fullmatch(r"(asyncio\.)?TaskGroup(\(\)| \| None)?", kind):
            groups.add(bound)
    return groups


def long_files(module: Module) -> Iterator[Finding]:
    """Files that hold more than one idea can need."""
    lines = len(module.source.splitlines())
    if lines > MOST_LINES_OF_A_FILE:
        yield 1, f"has {lines} lines"


def long_functions(module: Module) -> Iterator[Finding]:
    """Functions that nobody takes in at a glance."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield node.lineno, f"{node.name} has {lines} lines"


def vague_names(module: Module) -> Iterator[Finding]:
    """Modules and packages named after nothing in particular."""
    for name in (*module.path.parts[:-1], module.path.stem.replace("case_manager", "")):
        if any(VAGUE.fullmatch(word) for word in name.split("_")):
            yield 1, f"is named {name}"


def unexplained_exceptions(module: Module) -> Iterator[Finding]:
    """Exceptions to the security rules of ruff and bandit that do not say why, in brackets."""
    for line, text in enumerate(module.source.splitlines(), 1):
        found = SECURITY_EXCEPTION.search(text)
        if found and "(" not in text[found.end() :]:
            yield line, f"does not say why: {found[0]}"


def prints(module: Module) -> Iterator[Finding]:
    """Output past click and the log."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
            yield node.lineno, "prints"
