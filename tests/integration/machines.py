"""Runs a state machine of hypothesis against new databases, of either engine."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

NewDatabase = Callable[[], AbstractContextManager[str]]


@contextmanager
def new_file() -> Iterator[str]:
    """The URL of a new SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/lotse.db"


def run(
    machine: Callable[[NewDatabase], RuleBasedStateMachine],
    new_database: NewDatabase,
    *,
    examples: int,
    steps: int,
) -> None:
    """Run it, always the same way.

    Without shrinking: dozens of steps over a real database take minutes to shrink.
    """
    wanted = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
    )
    run_state_machine_as_test(partial(machine, new_database), settings=wanted)  # type: ignore[arg-type]
