"""The tables of days: what is wrong in a file is named by its key, and what is missing too."""

from datetime import date
from pathlib import Path

import pytest

from bot.understanding.day_tables import gaps, load
from bot.understanding.typed_days import TypedWhen, when
from bot.understanding.word_file import WordFilesError

LOCALES = Path(__file__).parents[2] / "locales"
TODAY = date(2026, 12, 2)
LANGUAGES = ("ar", "de", "en", "fr", "ro", "ru", "uk")


def told(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx/days.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WordFilesError) as raised:
        load(tmp_path, ["xx"])
    return [f"{problem.key}: {problem.reason}" for problem in raised.value.problems]


def test_the_shipped_tables_have_no_gaps() -> None:
    assert gaps(LOCALES, LANGUAGES) == ()


def test_a_month_a_weekday_or_a_number_without_a_word_is_a_gap(tmp_path: Path) -> None:
    shipped = (LOCALES / "de/days.toml").read_text(encoding="utf-8")
    (tmp_path / "de").mkdir()
    cut = "\n".join(
        line
        for line in shipped.splitlines()
        if not line.startswith(("may =", "friday =", "7 =", "busy ="))
    )
    (tmp_path / "de/days.toml").write_text(cut, encoding="utf-8")
    assert [str(gap) for gap in gaps(tmp_path, ["de"])] == [
        "warning: locales/de/days.toml: weekday.friday: has no words",
        "warning: locales/de/days.toml: month.may: has no words",
        "warning: locales/de/days.toml: number.7: has no words",
        "warning: locales/de/days.toml: unless.busy: has no words",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[weekday]\nmoonday = ["Mo"]', 'weekday: "moonday" is not a known key: known are monday,'),
        ('[time]\n"25:00" = ["nie"]', 'time: "25:00" is not a known key: must be written as'),
        ('[ahead]\nbald = ["bald"]', 'ahead: "bald" is not a known key: must be written as "7"'),
        ('[weekday]\nmonday = "Mo"', "weekday.monday: must be a list in square brackets"),
        ('[weekday]\nmonday = [""]', "weekday.monday.1: must not be empty"),
        ("[wekday]\n", "wekday: is not a known key"),
        ("[weekday", "file: cannot be read: "),
        (
            '[day]\ntoday = ["morgen"]\ntomorrow = ["Morgen"]',
            'day.tomorrow: "Morgen" already stands for something else',
        ),
        (
            '[day]\ntoday = ["nein"]\n[unless]\nno = ["nein"]',
            'unless.no: "nein" already stands for something else',
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_key(tmp_path: Path, text: str, problem: str) -> None:
    found = told(tmp_path, text)
    assert [each[: len(problem)] for each in found] == [problem]


def test_a_language_without_a_table_lacks_all_and_hinders_no_other(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de/days.toml").write_text('[day]\ntoday = ["heute"]', encoding="utf-8")
    tables = load(tmp_path, ["de", "xx"])
    assert when("heute", TODAY, tables, "xx") == TypedWhen((TODAY,))
    lacking = [gap.key for gap in gaps(tmp_path, ["de", "xx"]) if "xx" in gap.file]
    assert lacking[:2] == ["weekday.monday", "weekday.tuesday"]


def test_everything_wrong_in_every_table_is_named_at_once(tmp_path: Path) -> None:
    for language in ("xx", "yy"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "days.toml").write_text("[which]\nnoo = []\n[bound]\nnoo = []")
    with pytest.raises(WordFilesError) as raised:
        load(tmp_path, ["xx", "yy"])
    assert len(raised.value.problems) == 4


def test_errors_are_named_and_where_there_are_none_gaps(tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    file = tmp_path / "xx/days.toml"
    file.write_text('[day]\ntoday = ["hodie"]', encoding="utf-8")
    assert {problem.severity for problem in gaps(tmp_path, ["xx"])} == {"warning"}
    file.write_text('[day]\ntoday = "hodie"', encoding="utf-8")
    assert [problem.severity for problem in gaps(tmp_path, ["xx"])] == ["error"]
