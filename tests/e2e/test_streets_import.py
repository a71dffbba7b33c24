"""`python -m bot streets import`: a register becomes what the bot finds when it is typed."""

from pathlib import Path
from typing import Any

import pytest

from bot.city.load import load
from bot.city.street_registers import UnknownRegister
from bot.commands import check, street_import
from bot.commands.street_import import CannotImport
from bot.settings import Settings, SettingsError

HEADING = "Name,PostalCode,Locality,RegionalKey,Borough,Suburb\n"
OURS = "".join(
    f"{name},{code},Herne,05916000,,\n"
    for name, code in (("Gabelweg", "44652"), ("Am Beispiel", "44649"), ("Am Beispiel", "44628"))
)


def settings(folder: Path, **said: Any) -> Settings:
    url = f"sqlite:///{folder / 'lotse.db'}"
    made: dict[str, Any] = {
        "database_url": url,
        "streets": folder / "streets.tsv",
        "api_url": "http://localhost",
    }
    return Settings(**(made | said))


def register(folder: Path, text: str) -> Path:
    file = folder / "register.csv"
    file.write_text(text, encoding="utf-8")
    return file


async def test_the_citys_streets_are_kept_and_what_is_lost_is_told(tmp_path: Path) -> None:
    lost = "".join(f"Weg {n},99999,Herne,05916000,,\n" for n in range(25))
    text = f"{HEADING}{OURS}Fern,99999,Elsewhere,05913000,,\n{lost}"
    known = settings(tmp_path)
    told = (await street_import.import_(known, register(tmp_path, text))).splitlines()
    assert told[0] == f"2 streets in {known.streets}; by postal code 3"
    assert told[1].startswith("not placed, 25: Weg 0 (99999), Weg 1 (99999)")
    assert told[1].endswith("Weg 19 (99999) and 5 more")
    assert told[2] == "The bot reads them when it starts next."
    city = load("herne", streets=known.streets)
    assert {street.name for street in city.streets} == {"Gabelweg", "Am Beispiel"}


async def test_what_cannot_be_imported_is_told_and_writes_nothing(tmp_path: Path) -> None:
    known = settings(tmp_path)
    with pytest.raises(SettingsError, match="BOT_STREETS: not set"):
        await street_import.import_(settings(tmp_path, streets=None), tmp_path)
    with pytest.raises(CannotImport, match="cannot be read"):
        await street_import.import_(known, tmp_path / "nowhere.csv")
    with pytest.raises(CannotImport, match="no line has the regional key 05916000"):
        await street_import.import_(known, register(tmp_path, HEADING))
    with pytest.raises(UnknownRegister):
        await street_import.import_(known, register(tmp_path, "a,b\n"))
    smallville = settings(tmp_path, city="tests/cities/smallville.toml")
    with pytest.raises(CannotImport, match=r"no city\.regional_key"):
        await street_import.import_(smallville, register(tmp_path, HEADING))
    assert not (tmp_path / "streets.tsv").exists()


async def test_check_names_a_line_of_the_streets_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "streets.tsv").write_text("name\tpostal_code\tlat\tlon\nX\t1\n", encoding="utf-8")
    found = await check.whole(settings(tmp_path), now=1_795_420_800)
    assert [str(problem) for problem in found if problem.severity == "error"] == [
        'error: BOT_STREETS: streets.tsv, line 2: "1" is not a postal code of the city'
    ]
