"""The table of edge cases names tests there are, and leaves no case out."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (\d+) \| (.+) \| (.+) \|$", (ROOT / "docs/edge-cases.md").read_text(), re.MULTILINE
)


def test_each_edge_case_stands_there_once_and_in_order() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 42))


def test_each_edge_case_is_shown_by_a_test_or_says_why_it_cannot_occur() -> None:
    assert [
        number for number, _, shown in ROWS if "::" not in shown and "cannot" not in shown
    ] == []


def test_every_test_it_names_is_there() -> None:
    named = [
        (number, path, name)
        for number, _, shown in ROWS
        for path, name in re.findall(r"`([^`]+)::([^`]+)`", shown)
    ]
    assert [
        (number, path, name)
        for number, path, name in named
        if not re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text(), re.MULTILINE)
    ] == []


def test_each_case_people_met_in_the_demo_has_a_test_end_to_end() -> None:
    code = "".join(path.read_text() for path in (ROOT / "tests/e2e").glob("test_*.py"))
    numbers = re.findall(r"^(?:async )?def test_(\d\d)_", code, re.MULTILINE)
    assert sorted({*numbers}) == [f"{number:02}" for number in range(1, 20)]
