"""`python -m bot streets import FILE`: a register of streets becomes the file the bot reads."""

from pathlib import Path

from bot import app
from bot.city import street_registers, streets
from bot.city.street_registers import Imported
from bot.settings import Settings, SettingsError

SHOWN = 20
"""So many of what could not be placed are named."""


class CannotImport(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """The file cannot be read, or holds nothing of the city."""


async def import_(settings: Settings, file: Path) -> str:
    """Write the city's streets to the file of the settings; what to tell.

    Raises SettingsError, CityError, UnknownRegister and CannotImport.
    """
    target = settings.streets
    if target is None:
        raise SettingsError(("BOT_STREETS: not set; it says where the streets are written",))
    city = app.load_city(settings.model_copy(update={"streets": None}))
    if not city.regional_key:
        raise CannotImport("the city file has no city.regional_key: nobody knows what is ours")
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            found = street_registers.read(lines, city)
    except (OSError, UnicodeDecodeError) as error:
        raise CannotImport(f"{file}: cannot be read: {error}") from None
    if not found.streets:
        raise CannotImport(f"{file}: no line has the regional key {city.regional_key}")
    target.write_text(streets.to_text(found.streets, found.about), encoding="utf-8")
    return _told(found, target)


def _told(found: Imported, target: Path) -> str:
    names = {street.name for street in found.streets}
    lines = [f"{len(names)} streets in {target}; by postal code {len(found.streets)}"]
    if lost := found.not_placed:
        more = f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else ""
        lines.append(f"not placed, {len(lost)}: {', '.join(lost[:SHOWN])}{more}")
    return "\n".join((*lines, "The bot reads them when it starts next."))
