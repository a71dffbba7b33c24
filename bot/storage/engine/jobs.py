"""What a database is given to do, and what came of it."""

from collections.abc import Callable, Mapping
from typing import Any

# The function, what it gets after the transaction, and that by name.
Job = tuple[Callable[..., Any], tuple[Any, ...], Mapping[str, Any]]
# What the job returned, and what it raised instead.
Outcome = tuple[Any, BaseException | None]
