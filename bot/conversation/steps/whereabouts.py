"""Where a client lives: pressed, typed, or shared; it leads to the order of the offices."""

from dataclasses import replace

from bot.conversation.content import Kilometres, Line, Name, say
from bot.conversation.outcome import AskForLocation, DeleteTheirMessage, Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.domain import routing
from bot.domain.city import Area, PostalCode
from bot.domain.geography import Position, Stop, Street
from bot.domain.place_index import Spot, key_of, spot_of
from bot.domain.places import Found
from bot.domain.routing import Place

ASKED = ("place", "which_place", "stop", "unknown_place", "offices")
"""Screens on which typed text is the name of a place."""


def postal_code(session: Session, value: str, port: Port) -> Outcome:
    """A postal code was pressed."""
    found = port.city.postal_code.get(value)
    return Outcome(session, stale=True) if found is None else _at(session, port, found)


def area(session: Session, value: str, port: Port) -> Outcome:
    """The name of an area was pressed, or of one of the places that a typed text may mean."""
    found = spot_of(port.city, value)
    return Outcome(session, stale=True) if found is None else _at(session, port, found)


def district(session: Session, value: str, port: Port) -> Outcome:
    """One of the districts a long street runs through was pressed."""
    if value not in port.city.district:
        return Outcome(session, stale=True)
    return _offices(session, port, routing.place_of_district(port.city, value))


def stop(session: Session, value: str, port: Port) -> Outcome:
    """The client would rather say where they get off."""
    return Outcome(session.to("stop"))


def anywhere(session: Session, value: str, port: Port) -> Outcome:
    """The client does not know or does not say: every office, in the city's order."""
    order = tuple(office.id for office in port.city.offices)
    choices = {"order": order, "place_known": False, "outside": False}
    return Outcome(session.choosing(**choices, ambiguous=(), misses=0).to("offices"))


def locate(session: Session, value: str, port: Port) -> Outcome:
    """Offer the phone's own button for the location."""
    return Outcome(replace(session, keyboard=True), orders=(AskForLocation(),))


def located(session: Session, latitude: float, longitude: float, port: Port) -> Outcome:
    """A location came: the order of the offices is kept, the location is not."""
    position = Position(latitude, longitude, exact=True)
    outcome = _offices(session, port, routing.place_of_position(port.city, position))
    return replace(outcome, orders=(DeleteTheirMessage(),))


def typed(session: Session, found: Found, port: Port) -> Outcome:
    """A typed text, by the places it may mean; what only looks like one is left to them."""
    if found.elsewhere:
        return _offices(session, port, Place(outside=True))
    if len(found.places) == 1:
        return _at(session, port, found.places[0])
    if found.places:
        return Outcome(session.choosing(ambiguous=_keys(found.places)).to("which_place"))
    misses = session.draft.misses + 1
    session = session.choosing(ambiguous=_keys(found.guesses), misses=misses)
    return Outcome(session.to("unknown_place"))


def _keys(spots: tuple[Spot, ...]) -> tuple[str, ...]:
    return tuple(map(key_of, spots))


def _at(session: Session, port: Port, found: Spot) -> Outcome:
    match found:
        case PostalCode(code):
            return _offices(session, port, routing.place_of_postal_code(port.city, code))
        case Stop():
            near = (say("place.near_stop", stop=Name(found.name)),)
            return _offices(session, port, routing.place_of_stop(found), near)
        case Street():
            return _offices(session, port, routing.place_of_street(port.city, found))
        case Area(district_ids=ids, position=None) if len(ids) > 1:
            return Outcome(session.choosing(ambiguous=ids).to("which_place"))
        case _:
            return _offices(session, port, routing.place_of_area(port.city, found))


def _offices(session: Session, port: Port, place: Place, near: tuple[Line, ...] = ()) -> Outcome:
    ranked = routing.rank(place, port.city.offices)
    session = session.choosing(
        order=tuple(one.office_id for one in ranked),
        place_known=not place.outside,
        outside=place.outside,
        ambiguous=(),
        misses=0,
        office_id=None,
        case_manager_id=None,
    )
    distances = tuple(
        say(
            "offices.distance",
            name=Name(port.city.office[one.office_id].provider),
            distance=Kilometres(one.distance_km),
        )
        for one in ranked
        if one.distance_km is not None
    )
    return Outcome(session.to("offices"), notice=(*near, *_as_near(place, port), *distances))


def _as_near(place: Place, port: Port) -> tuple[Line, ...]:
    """That two offices are about as near, of which the list can only name one first."""
    names = [Name(office.provider) for office in routing.about_as_near(place, port.city.offices)]
    return (say("offices.as_near", first=names[0], second=names[1]),) if names else ()
