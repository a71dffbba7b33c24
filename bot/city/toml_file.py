"""A file in TOML as a table of ours, or what is wrong with it."""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.city.model import TomlTable
from bot.city.problems import Finding, plainly

Table = TypeVar("Table", bound=TomlTable)

_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def read(path: Path, model: type[Table]) -> tuple[Table | None, list[Finding]]:
    """The table, or none and all faults by their keys. Raises OSError."""
    raw: dict[str, Any] = {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return model.model_validate(raw), []
    except UnicodeDecodeError:
        return None, [("file", "is not UTF-8 text")]
    except tomllib.TOMLDecodeError as error:
        return None, [_syntax(str(error))]
    except ValidationError as error:
        return None, list(plainly(error, raw))


def _syntax(message: str) -> Finding:
    at = _LINE.search(message)
    place = f"line {at[1]}" if at else "end of file"
    return place, f"not TOML: {re.sub(r' [(]at .*[)]$', '', message)}"
