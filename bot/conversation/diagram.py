"""The state diagram of docs/architecture.md, drawn from the transition table."""

import sys

from bot.conversation.table import ROWS


def mermaid() -> str:
    """The screens as states and the buttons between them, in Mermaid's notation.

    Left out are buttons that stand on every screen and those that stay where they are.
    """
    edges: dict[tuple[str, str], list[str]] = {}
    for row in ROWS:
        for start in row.at:
            for end in row.leads_to:
                edges.setdefault((start, end), []).append(row.action)
    lines = [f"    {start} --> {end}: {', '.join(by)}" for (start, end), by in edges.items()]
    return "\n".join(["stateDiagram-v2", "    [*] --> language", *lines])


if __name__ == "__main__":
    sys.stdout.write(mermaid() + "\n")
