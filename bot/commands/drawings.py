"""The diagrams and tables of docs/architecture.md, drawn from what the program runs on.

`make docs` writes the page anew; a test compares it with what stands here.
"""

import sys
from collections.abc import Callable, Iterable, Mapping

from bot.conversation import table
from bot.domain import lifecycle
from bot.domain.lifecycle import When
from bot.services import reactions
from bot.storage.queues import outbox_states

Edges = Iterable[tuple[str, str, str]]
"""From where, to where, by what."""
NOTHING = "[*]"


def conversation() -> str:
    """The screens as states and the buttons between them.

    Left out are buttons that stand on every screen and those that stay where they are.
    """
    edges = (
        (start, end, row.action)
        for row in table.TRANSITIONS
        for start in row.at
        for end in row.leads_to
    )
    return _diagram([(NOTHING, "language", ""), *edges])


def appointment() -> str:
    """The states of an appointment and what leads from one to another."""
    edges = [
        (start, rule.to or NOTHING, f"{rule.act} ({rule.party})")
        for rule in lifecycle.RULES
        for start in ([str(each) for each in sorted(rule.at)] or [NOTHING])
        if rule.to is not None or rule.act is lifecycle.Act.LET_GO
    ]
    return _diagram(edges)


def acts() -> str:
    """Who may do what about an appointment, in which states and when."""
    rows = (
        (
            f"`{rule.act}`",
            rule.party,
            ", ".join(sorted(rule.at)) or "there is none yet",
            "" if rule.when is When.ALWAYS else rule.when,
            rule.to or "",
        )
        for rule in lifecycle.RULES
    )
    return _table(("act", "by", "in", "when", "leads to"), rows)


def outbox() -> str:
    """The states of a message and what leads from one to another."""
    return _diagram(
        (each.start or NOTHING, each.end, ", ".join(each.by)) for each in outbox_states.STEPS
    )


def follows() -> str:
    """What follows from what has happened."""
    rows = (
        (f"`{change.__name__}`", ", ".join(each.__name__.replace("_", " ") for each in found))
        for change, found in reactions.FOLLOWS.items()
    )
    return _table(("what has happened", "what follows, besides the audit trail"), rows)


DRAWINGS: Mapping[str, Callable[[], str]] = {
    "conversation": conversation,
    "appointment": appointment,
    "acts": acts,
    "outbox": outbox,
    "follows": follows,
}


def redrawn(page: str) -> str:
    """A Markdown page with what stands between the marks of each drawing drawn anew."""
    for name, draw in DRAWINGS.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        page = f"{before}{begin}\n{draw()}\n{end}{after}"
    return page


def _diagram(edges: Edges) -> str:
    by: dict[tuple[str, str], list[str]] = {}
    for start, end, label in edges:
        by.setdefault((start, end), []).append(label)
    lines = [
        f"    {start} --> {end}" + (f": {', '.join(labels)}" if any(labels) else "")
        for (start, end), labels in by.items()
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    every = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in every)


if __name__ == "__main__":
    sys.stdout.write(redrawn(sys.stdin.read()))
