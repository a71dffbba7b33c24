"""A list of values in a statement."""

from collections.abc import Sequence

from bot.storage.engine.database import Value


def numbered(values: Sequence[Value]) -> dict[str, Value]:
    """The values by the names of their placeholders."""
    return {f"v{n}": value for n, value in enumerate(values)}


def placeholders(number: int) -> str:
    """The placeholders of so many values, as they stand between the brackets of IN ()."""
    return ", ".join(f":v{n}" for n in range(number))
