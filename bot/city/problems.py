"""What is wrong with a city file, in words for the person who wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError
from pydantic_core import ErrorDetails

Severity = Literal["error", "warning"]
Finding = tuple[str, str]
"""A key of the file and what is wrong with it."""

_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "string_type": "must be text in quotation marks",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "date_type": "must be a date, written as 2026-12-24 without quotation marks",
    "tuple_type": "must be a list in square brackets",
    "model_type": "must be a table",
    "dict_type": "must be a table",
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "string_pattern_mismatch": "must be 8 digits",
    "too_long": "must have at most {max_length}",
    "value_error": "{error}",
}
_MISPLACED = {"case_manager": "belongs to an office: write [[office.case_manager]] below it"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend (error) or to know (warning); the key is dotted, entries by their id."""

    file: str
    key: str
    reason: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.severity}: {self.file}: {self.key}: {self.reason}"


class CityError(Exception):
    """A city file that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def plainly(error: ValidationError, raw: Mapping[str, Any]) -> Iterator[Finding]:
    """What pydantic found, key by key."""
    for details in error.errors():
        yield _dotted(details["loc"], raw), _reason(details)


def _reason(details: ErrorDetails) -> str:
    first, *inside = details["loc"]
    if details["type"] == "extra_forbidden" and first in _MISPLACED and not inside:
        return _MISPLACED[str(first)]
    return _REASONS.get(details["type"], details["msg"]).format(**details.get("ctx", {}))


def _dotted(loc: tuple[int | str, ...], raw: Any) -> str:
    """The path to a key; a list entry by its id, else by its place counted from one."""
    steps = []
    for step in loc:
        raw = _inside(raw, step)
        steps.append(_entry_name(raw, step) if isinstance(step, int) else step)
    return ".".join(step for step in steps if step != "[key]")


def _inside(raw: Any, step: int | str) -> Any:
    try:
        return raw[step]
    except (KeyError, IndexError, TypeError):
        return None


def _entry_name(entry: Any, position: int) -> str:
    named = entry if isinstance(entry, Mapping) else {}
    name = named.get("id", named.get("code"))
    return name if isinstance(name, str) else str(position + 1)
