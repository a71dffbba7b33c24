"""The state diagram of docs/architecture.md, drawn from the transition table."""

import sys

from bot.conversation.table import ROWS

BEGIN, END = "<!-- diagram -->", "<!-- /diagram -->"


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


def redrawn(page: str) -> str:
    """A Markdown page with the diagram between its two `diagram` marks drawn anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n```mermaid\n{mermaid()}\n```\n{END}{after}"


if __name__ == "__main__":
    sys.stdout.write(redrawn(sys.stdin.read()))
