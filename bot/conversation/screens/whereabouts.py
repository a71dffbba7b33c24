"""The screens that ask where a client lives, in every way they may know it."""

from bot.conversation.content import Line, Name, say
from bot.conversation.port import Port
from bot.conversation.screens.view import Key, View, column, grid
from bot.conversation.session import Session
from bot.domain.city import Area, City, PostalCode
from bot.domain.geography import Stop, Street
from bot.domain.place_index import Spot, spot_of

Rows = tuple[tuple[Key, ...], ...]


def place(session: Session, port: Port) -> View:
    """Where do you live: postal codes, names of areas, a stop, location, or all offices."""
    areas = [
        Key(_area_label(area, session.language), "area", area.id)
        for area in port.city.areas
        if area.button
    ]
    return View(
        ((say("place.question"),), (say("place.hint"),)),
        (*_codes(port), *grid(areas, 2), *_by_stop(port), *_other_ways()),
    )


def which_place(session: Session, port: Port) -> View:
    """The typed name fits several places, or one in several districts: which is it?"""
    keys = (*_offered(session, port), *_districts(session, port))
    unknown = (Key(say("place.unknown"), "anywhere"),)
    return View(((say("which_place.question"),),), (*column(*keys), unknown))


def stop(session: Session, port: Port) -> View:
    """Where do you get off: to be typed."""
    return View(((say("stop.question"),), (say("stop.hint"),)), _other_ways())


def unknown_place(session: Session, port: Port) -> View:
    """What was typed is no place we know: what it is most like, and the ways that always work.

    Who is not understood twice in a row does not read the same twice.
    """
    offered = _offered(session, port)
    first = session.draft.misses % 2 == 1
    said = say("unknown_place.first" if first else "unknown_place.again")
    hint = say("unknown_place.like" if offered else "unknown_place.ways")
    return View(
        ((said,), (hint,)),
        (*column(*offered), *_codes(port), *_by_stop(port), *_other_ways()),
    )


def _codes(port: Port) -> Rows:
    return grid([Key(Name(p.code), "postal", p.code) for p in port.city.postal_codes], 3)


def _by_stop(port: Port) -> Rows:
    return column(Key(say("place.stop"), "stop")) if port.city.stops else ()


def _other_ways() -> Rows:
    return column(Key(say("place.location"), "locate"), Key(say("place.unknown"), "anywhere"))


def _offered(session: Session, port: Port) -> tuple[Key, ...]:
    """The places that a typed text may mean, as far as they are still there."""
    found = ((key, label_of(port.city, key)) for key in session.draft.ambiguous)
    return tuple(Key(label, "area", key) for key, label in found if label is not None)


def label_of(city: City, key: str) -> Line | None:
    """How a place is called on a button; None where the city has no such place."""
    spot = spot_of(city, key)
    return None if spot is None else _label(spot)


def _districts(session: Session, port: Port) -> tuple[Key, ...]:
    """The districts of a long street, of which none is named like an area."""
    known = (port.city.district.get(key) for key in session.draft.ambiguous)
    return tuple(
        Key(Name(each.name), "district", each.id)
        for each in known
        if each is not None and each.id not in port.city.area
    )


def _label(spot: Spot) -> Line:
    match spot:
        case PostalCode(code):
            return Name(code)
        case Stop(_, name):
            return say("which_place.stop", name=Name(name))
        case Street():
            return say("which_place.street", name=Name(spot.name), code=Name(spot.postal_code))
        case _:
            return Name(spot.name)


def _area_label(area: Area, language: str | None) -> Line:
    aloud = area.spoken.get(language or "")
    if not aloud:
        return Name(area.name)
    return say("place.area", name=Name(area.name), spoken=Name(aloud))
