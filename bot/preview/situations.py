"""What can happen to a client besides pressing one button after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.conversation import slot_values
from bot.conversation.content import say
from bot.conversation.events import (
    Commanded,
    Located,
    Pressed,
    SentKind,
    SentSomethingElse,
    Started,
    Wrote,
)
from bot.conversation.outcome import Outcome
from bot.domain.city import City, Office, StepFree
from bot.domain.lifecycle import Act
from bot.domain.place_index import Spot, key_of
from bot.preview import played_people
from bot.preview.phone_situations import PhoneSituations
from bot.preview.played_people import NONSENSE, Begins, Clients, then, walks
from bot.preview.stage import PreviewStage, StageVisitor
from bot.preview.typed_situations import Typed
from bot.preview.walk import Scene

WITHOUT_STEPS = "book anywhere earliest wish wish_step wish_done other_times others earliest"
ANOTHER = 99
"""The sequence of an appointment that has changed since somebody looked."""
LOOKS = "menu mine details"
"""To the appointment that comes first."""
UNUSABLE = "i" + "x" * 20
"""What a link carries that opens nothing."""


@dataclass(frozen=True)
class Situations:
    """All of them, of who reads one language in a city."""

    city: City
    language: str

    @property
    def clients(self) -> Clients:
        """Who gets into them."""
        return Clients(self.language)

    def all(self) -> Iterator[Scene]:
        """In the order of a life with the bot."""
        yield from self.beginnings()
        yield from self._places()
        yield from self._refusals()
        yield from self._afterwards()
        yield from Typed(self.city, self.language).all()
        yield from self._sent()

    def beginnings(self) -> Iterator[Scene]:
        """How somebody comes to the bot, and all that can be pressed from there."""
        who, office = self.clients, self.city.offices[0].id
        someone = self.city.case_managers[0].id
        yield Scene("", who.stranger)
        yield Scene("comes back", who.agreed)
        yield Scene("opens a link that is not usable", then(who.stranger, Started(UNUSABLE)))
        yield Scene("the same, known", then(who.agreed, Started(UNUSABLE)))
        for argument in (f"o_{office}", f"p_{someone}"):
            yield Scene("was sent here", walks(then(who.agreed, Started(argument)), "book"))
        yield Scene("/help", then(who.agreed, Commanded("help")))
        yield Scene("types before a language is chosen", then(who.stranger, Wrote(NONSENSE)))
        yield Scene("types before agreeing", then(who.newcomer, Wrote(NONSENSE)))
        yield Scene("types again", then(who.newcomer, Wrote(NONSENSE), Wrote(NONSENSE)))
        yield Scene("the notice has changed", self._older)

    def _older(self, stage: PreviewStage) -> StageVisitor:
        here = self.clients.agreed(stage)
        return replace(here, session=replace(here.session, consent="an older one")).walks("book")

    def _places(self) -> Iterator[Scene]:
        place, door = self.clients.placed, self.city.offices[0].position
        yield Scene("types no place", then(place, Wrote(NONSENSE)))
        yield Scene("again", then(place, Wrote(NONSENSE), Wrote(NONSENSE)))
        yield Scene("types a place elsewhere", then(place, Wrote("99999")))
        yield Scene("shares where they are", then(place, Located(door.latitude, door.longitude)))
        yield Scene("shares a place far away", then(place, Located(0, 0)))
        yield Scene("types what may be several", self._ambiguous("which_place", 0))
        yield Scene("types what is like a place", self._ambiguous("unknown_place", 1))
        for stop in self.city.stops[:1]:
            yield Scene("types a stop", then(place, Wrote(stop.name)))

    def _ambiguous(self, screen: str, misses: int) -> Begins:
        longest = sorted(self.city.areas, key=lambda each: -len(each.name))[:2]
        stops = sorted(self.city.stops, key=lambda each: -len(each.name))[:1]
        streets = sorted(self.city.streets, key=lambda each: -len(each.name))[:1]
        found: tuple[Spot, ...] = (*longest, *stops, *streets)
        spots = tuple(map(key_of, found))
        districts = tuple(each.id for each in self.city.districts) if not misses else ()

        def begins(stage: PreviewStage) -> StageVisitor:
            here = self.clients.placed(stage)
            asked = here.session.choosing(ambiguous=(*spots, *districts), misses=misses)
            return replace(here, session=asked.to(screen))

        return begins

    def _refusals(self) -> Iterator[Scene]:
        who = self.clients
        yield Scene("has as many as one may", who.with_enough)
        yield Scene("has cancelled often", who.paused)
        yield Scene("may not book", who.blocked)
        yield Scene("has changed much today", who.restless)
        yield Scene("somebody was quicker", self._snatched)
        yield Scene("nothing is free", who.too_late)
        yield Scene("waits for a time", who.waiting)
        yield Scene("the last time was taken", self._last_snatched)

    def _snatched(self, stage: PreviewStage) -> StageVisitor:
        before = self.clients.placed(stage).walks("anywhere office person day")
        wanted = before.button("time")
        self.clients.placed(stage).walks("anywhere office person day time confirm")
        return before.does(Pressed(wanted))

    def _last_snatched(self, stage: PreviewStage) -> StageVisitor:
        before = self.clients.placed(stage).walks("anywhere office person day")
        wanted = before.button("time")
        played_people.close_everything(stage)
        return before.does(Pressed(wanted))

    def _afterwards(self) -> Iterator[Scene]:
        who = self.clients
        yield Scene("has every wish", who.with_every_wish)
        yield Scene("a talk by phone", who.with_call)
        yield from PhoneSituations(self.city, self.language).all()
        yield from self._helped()
        yield Scene("it begins soon", self._later(who.with_visit, -played_people.HOUR // 4))
        yield Scene("it has begun", self._later(who.with_visit, played_people.HOUR // 12))
        yield Scene(
            "a talk by phone has begun", self._later(who.with_call, played_people.HOUR // 12)
        )
        yield Scene("books once more", self._again)
        yield Scene("moves it", walks(who.with_visit, "change day time"))
        yield Scene("wishes for more", walks(who.with_visit, "wishes wish_language wish_done"))
        yield Scene("wants all deleted", walks(who.with_visit, "settings privacy delete"))
        yield Scene("withdraws", walks(who.with_visit, "settings privacy withdraw"))
        yield Scene("cancels what is gone", self._gone)
        yield Scene("cancels what has changed", self._changed)
        yield Scene("earliest, without steps", walks(who.agreed, WITHOUT_STEPS))
        yield Scene("was given a slip", self._claimed)
        for door in StepFree:
            for office in [each for each in self.city.offices if each.step_free is door][:1]:
                yield Scene(f"a way in without steps: {door}", walks(who.agreed, _steps(office)))

    def _helped(self) -> Iterator[Scene]:
        """Asked for somebody to translate: nobody knows yet, somebody will, nobody will."""
        for way, begins in (("a visit", played_people.VISIT), ("by phone", played_people.CALL)):
            asks = walks(self.clients.agreed, _translated(begins))
            yield Scene(f"asked for help, {way}", walks(asks, LOOKS))
            for act in (Act.ARRANGE_HELP, Act.REFUSE_HELP):
                yield Scene(f"asked for help, {way}: {act}", walks(_after(asks, act), LOOKS))

    def _gone(self, stage: PreviewStage) -> StageVisitor:
        here = self.clients.with_visit(stage).walks("cancel")
        wanted = here.button("cancel_yes")
        played_people.does(stage, played_people.booked(here)[0], Act.CALL_OFF)
        return here.does(Pressed(wanted))

    def _changed(self, stage: PreviewStage) -> StageVisitor:
        here = self.clients.with_visit(stage).walks("cancel")
        seen = replace(played_people.booked(here)[0].version, sequence=ANOTHER)
        wanted = replace(here.button("cancel_yes"), value=slot_values.of_version(seen))
        return here.does(Pressed(wanted))

    def _claimed(self, stage: PreviewStage) -> StageVisitor:
        here = self.clients.with_visit(stage)
        return replace(here, outcome=Outcome(here.session, (say("claim.tied"),)))

    def _again(self, stage: PreviewStage) -> StageVisitor:
        here = self.clients.with_visit(stage)
        office = played_people.booked(here)[0].office_id
        return here.walks(f"menu book anywhere office:{office}")

    def _later(self, begins: Begins, seconds: int) -> Begins:
        """Looks at the appointment, so many seconds after its beginning."""

        def then(stage: PreviewStage) -> StageVisitor:
            here = begins(stage)
            about = played_people.booked(here)[0]
            return played_people.at(here, about.start + seconds).walks(LOOKS)

        return then

    def _sent(self) -> Iterator[Scene]:
        who = self.clients
        for kind in SentKind:
            sent = SentSomethingElse(what=kind)
            yield Scene(f"sends: {kind}", then(who.agreed, sent))
            yield Scene(f"sends: {kind}, again", then(who.agreed, sent, sent))
        yield Scene("sends a place", then(who.newcomer, Located(0, 0)))
        yield Scene("again", then(who.agreed, Located(0, 0)))


def _steps(office: Office) -> str:
    """To an appointment there of who needs a way in without steps."""
    return f"book anywhere office:{office.id} earliest wish wish_step wish_done"


def _translated(path: str) -> str:
    """To the same appointment, with somebody to translate."""
    return path.replace("confirm", "wish wish_language wish_done confirm")


def _after(begins: Begins, act: Act) -> Begins:
    """The same, about whose appointment its case manager has done something since."""

    def then(stage: PreviewStage) -> StageVisitor:
        here = begins(stage)
        played_people.does(stage, played_people.booked(here)[0], act)
        return here

    return then
