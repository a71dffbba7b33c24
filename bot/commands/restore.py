"""`python -m bot restore`: the database as a backup holds it, and a word on what this brings back.

A backup knows nothing of what was revoked, used, lifted or deleted after it was made. What lets
somebody in, or keeps somebody out, is therefore ended or asked about, and never back in silence.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from bot.city.load import load
from bot.commands.backup import DAY_SECONDS, DAYS, MADE, copied, of_the_key
from bot.domain.city import City
from bot.settings import Settings
from bot.storage.engine.database import DatabaseUnavailable, Tx
from bot.storage.engine.opening import SQLITE, runner_of
from bot.storage.records import key_values
from bot.storage.upkeep import brought_back, housekeeping
from bot.storage.upkeep.after_restore import KEYS_LEFT_OUT, leave_the_past
from bot.storage.upkeep.brought_back import BroughtBack, Kept

HOUR_SECONDS = 3600
LATE = "Reminders whose time has passed are not sent again."
PAST = "Left out: what had passed its term {now}, by this machine's clock."
CHATS = {
    True: "Came back: the chats of {what}. `staff revoke ID` for each that was revoked since then,"
    " before the bot starts.",
    False: "Ended: the chats of {what}. `staff invite ID` for each that is to have one.",
}
SLIPS = {
    True: "Came back: slips nobody had used ({what}). One used since then can be used once more, by"
    " whoever holds it.",
    False: "Ended: slips nobody had used ({what}). Their codes open nothing; the talks stay.",
}
BLOCKS = {
    True: "Came back: the blocks {what}. `unblock CODE` for each that was lifted since then.",
    False: "Ended: the blocks {what}.",
}
"""What to tell of what was kept, and of what was not."""
QUESTIONS = {
    "chats": "These speak for the staff again, also who was revoked since then: {what}. Keep them?",
    "slips": "Slips nobody had used can be used, also where somebody has since then: {what}."
    " Keep them?",
    "blocks": "These are blocked again, also who was unblocked since then: {what}. Keep them?",
}
CALENDARS = "Ended: the calendars of {what}. `staff feed ID` makes a new address."
INVITATIONS = "Ended: all open invitations, and all links to lists."
UNKNOWN = (
    "Came back, for nothing tells of it: what was deleted, withdrawn, cancelled or moved since"
    " then, and links to single appointments that were ended. Who has deleted everything is in it"
    " until its term, or until they do so again. Closed days, and who leaves, are as they were."
)


class Expired(DatabaseUnavailable):
    """The backup holds what should have been forgotten long ago."""


class TooEarly(DatabaseUnavailable):
    """By this machine's clock the backup is not made yet."""


class _OnlyLooked(Exception):  # noqa: N818  (it ends a copy that is not to stay)
    """All was seen that there was to see."""


async def look(settings: Settings, file: Path, now: int) -> BroughtBack:
    """What a restore would bring back. Nothing is kept of it. Raises as `restore` does."""
    seen = list[BroughtBack]()

    def only_look(tx: Tx, city: City) -> None:
        seen.append(_take_up(tx, city, now)[1])
        raise _OnlyLooked

    try:
        await _fill(settings, file, only_look)
    except* _OnlyLooked:
        pass
    return seen[0]


async def restore(settings: Settings, file: Path, now: int, kept: Kept) -> str:
    """Fill the empty database of the settings from a backup; what to tell.

    `now` is UTC epoch seconds: what was due before is not sent again, what has passed its term
    is forgotten at once; of what cannot be, the bot tells when it starts. A backup past its own
    term is refused.
    """
    told = list[str]()

    def take_up(tx: Tx, city: City) -> None:
        made, found = _take_up(tx, city, now)
        brought_back.end(tx, found, kept)
        as_it_was = f"It is all as it was {made}. {LATE}"
        told[:] = [as_it_was, PAST.format(now=_moment(str(now))), *_of(found, kept), UNKNOWN]

    rows = await _fill(settings, file, take_up)
    return "\n".join([f"{rows} rows restored.", *told, of_the_key(settings)])


def decided(
    said: Mapping[str, bool | None],
    found: BroughtBack | None = None,
    ask: Callable[[str, bool], bool] = lambda question, default: default,
) -> Kept:
    """What is to be kept: as `said`, else as `ask` answers about what is `found`, else by default.

    `ask` is given a question and what holds without an answer.
    """
    usual, named = Kept(), {} if found is None else _named(found)

    def answer(name: str) -> bool:
        known, default = said.get(name), bool(getattr(usual, name))
        if known is not None:
            return known
        what = named.get(name)
        return ask(QUESTIONS[name].format(what=what), default) if what else default

    return Kept(**{field.name: answer(field.name) for field in fields(Kept)})


async def _fill(settings: Settings, file: Path, afterwards: Callable[[Tx, City], None]) -> int:
    source, target, city = f"{SQLITE}{file}", settings.database_url, load(settings.city)
    with runner_of(target):
        return await copied(source, target, lambda tx: afterwards(tx, city), ahead=KEYS_LEFT_OUT)


def _take_up(tx: Tx, city: City, now: int) -> tuple[str, BroughtBack]:
    """When the backup was made, and what it brings back that has not passed its term."""
    made = key_values.take(tx, MADE)
    if made is not None and int(made) + DAYS * DAY_SECONDS < now:
        day = f"{datetime.fromtimestamp(int(made), UTC):%Y-%m-%d}"
        raise Expired(f"the backup is of {day}: it expired after {DAYS} days; nothing was restored")
    if made is not None and int(made) > now + HOUR_SECONDS:
        raise TooEarly(
            f"the backup was made {_moment(made)}, and this machine says it is"
            f" {_moment(str(now))}: set its clock right; nothing was restored"
        )
    leave_the_past(tx, now)
    housekeeping.tidy(tx, now, city.rules.time_zone)
    return _moment(made), brought_back.look(tx)


def _moment(made: str | None) -> str:
    if made is None:
        return "when the file was made"
    return f"on {datetime.fromtimestamp(int(made), UTC):%Y-%m-%d at %H:%M} UTC"


def _of(found: BroughtBack, kept: Kept) -> Iterator[str]:
    named = _named(found)
    for name, told in (("chats", CHATS), ("slips", SLIPS), ("blocks", BLOCKS)):
        if named[name]:
            yield told[getattr(kept, name)].format(what=named[name])
    if found.calendars:
        yield CALENDARS.format(what=", ".join(found.calendars))
    yield INVITATIONS


def _named(found: BroughtBack) -> dict[str, str]:
    """What there is of each kind, with the day since when; empty for nothing."""
    chats = {actor.id or actor.role: at for actor, at in found.chats.items()}
    return {
        "chats": _dated(chats),
        "slips": str(found.slips or ""),
        "blocks": _dated(found.blocks),
    }


def _dated(moments: Mapping[str, int]) -> str:
    days = {name: datetime.fromtimestamp(at, UTC) for name, at in moments.items()}
    return ", ".join(f"{name} (since {day:%Y-%m-%d})" for name, day in days.items())
