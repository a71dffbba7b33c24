"""The rules of the house that no module breaks alone: each reads the whole program."""

import ast
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from architecture_rules import Module, is_within

Finding = tuple[str, str]
"""A module's path, and what is wrong there."""

WINGS = ("engine", "records", "queues", "upkeep")
"""The packages of storage, each of which may import those before it."""

SEEN_OF_THE_ENGINE = "bot.storage.engine.database"
"""What rows and queues need to know of a database: no driver, no URL."""

WRITES = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?!SET\b)([a-z_]+|\{\})")
A_VARIABLE = "{}"
BY_NAME = {
    "bot/storage/records/cells.py": ("case_manager_cells", "client_cells"),
    "bot/storage/upkeep/copier.py": (),
    "bot/storage/upkeep/rekeying.py": (),
}
"""Who writes tables whose names are variables, and which are its own: a copy and a new key touch
whatever there is."""


def storage_wings(program: Iterable[Module]) -> Iterator[Finding]:
    """Imports between the packages of storage that go the wrong way, or too deep."""
    for module in program:
        wing = _wing(module.path.parts)
        for _, name, _ in module.imports:
            other = _wing(name.split("."))
            if wing in WINGS and other in WINGS and not _may_import(wing, other, name):
                yield str(module.path), f"imports {name}"


def _wing(parts: Sequence[str]) -> str:
    return parts[2] if tuple(parts[:2]) == ("bot", "storage") and len(parts) > 2 else ""


def _may_import(wing: str, other: str, name: str) -> bool:
    if wing in ("records", "queues") and other == "engine":
        return is_within(name, {SEEN_OF_THE_ENGINE})
    return WINGS.index(other) <= WINGS.index(wing)


def import_cycles(program: Iterable[Module]) -> Iterator[Finding]:
    """Modules that import each other, directly or by others, imports in functions counted."""
    modules = {_name(module): module for module in program}
    graph = {name: _imported(module, modules) for name, module in modules.items()}
    seen: set[str] = set()
    for name in sorted(graph):
        if name not in seen and (cycle := _cycle(graph, name)):
            seen |= cycle
            yield str(modules[name].path), f"is in a cycle: {', '.join(sorted(cycle))}"


def shared_tables(program: Iterable[Module]) -> Iterator[Finding]:
    """Tables that more than one module writes, and writes of tables nobody can read the name of."""
    writers: dict[str, set[str]] = defaultdict(set)
    for module in program:
        path = str(module.path)
        for table in sorted(written_tables(module)):
            if table == A_VARIABLE and path not in BY_NAME:
                yield path, "writes a table by a variable's name"
            writers[table].add(path)
        for table in BY_NAME.get(path, ()):
            writers[table].add(path)
    for table, paths in sorted(writers.items()):
        if table != A_VARIABLE and len(paths) > 1:
            for path in sorted(paths):
                yield path, f"writes {table}, as do others"


def shared_names(program: Iterable[Module]) -> Iterator[Finding]:
    """Classes and modules of which there are two of one name.

    The simulator is left out: it stands for Telegram, and its names are Telegram's. A screen and
    the steps taken on it bear one name on purpose.
    """
    bearers: dict[str, list[str]] = defaultdict(list)
    for module in program:
        path = str(module.path)
        if module.part == "simulator":
            continue
        if module.path.stem not in ("__init__", "__main__") and path not in _steps(program):
            bearers[module.path.stem].append(path)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                bearers[node.name].append(path)
    for name, paths in sorted(bearers.items()):
        if len(paths) > 1:
            for path in paths:
                yield path, f"has another {name}"


def _steps(program: Iterable[Module]) -> set[str]:
    """The steps that belong to a screen of the same name."""
    paths = {str(module.path) for module in program}
    return {
        path for path in paths if "/steps/" in path and path.replace("steps", "screens") in paths
    }


def written_tables(module: Module) -> set[str]:
    """The tables a module's SQL inserts into, updates or deletes from."""
    texts = map(_text, ast.walk(module.tree))
    return {found for text in texts for found in WRITES.findall(text)}


def _text(node: ast.AST) -> str:
    """A string as it stands, `{}` for what is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or A_VARIABLE for part in node.values)
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else ""


def _name(module: Module) -> str:
    parts = module.path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(module: Module, known: Container[str]) -> set[str]:
    """The modules of the program it imports, whole or something of them."""
    names = (name if name in known else name.rpartition(".")[0] for _, name, _ in module.imports)
    return {name for name in names if name in known and name != _name(module)}


def _cycle(graph: Mapping[str, set[str]], start: str) -> set[str]:
    """All that `start` reaches and that reaches it; empty where it does not reach itself."""
    reached = _reached(graph, start)
    back = {name for name in reached if start in _reached(graph, name)}
    return back if start in reached else set()


def _reached(graph: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [*graph[start]]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name]
    return found
