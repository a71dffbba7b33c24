"""The town with one talk a day, and versions of it in which that talk is another."""

from pathlib import Path

CITY = "tests/chaos/racetown.toml"
HOURS, MINUTES = "09:00-10:00", "talk_minutes = 60"


def with_other_talks(folder: Path, wanted: dict[int, str]) -> list[str]:
    """City files in which the one talk of a day has so many minutes, and these hours."""
    made = []
    for minutes, hours in wanted.items():
        text = Path(CITY).read_text(encoding="utf-8").replace(HOURS, hours)
        file = folder / f"racetown-{minutes}.toml"
        file.write_text(text.replace(MINUTES, f"talk_minutes = {minutes}"), "utf-8")
        made.append(str(file))
    return made
