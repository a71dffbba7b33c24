"""What can happen to a client besides pressing one button after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.conversation.content import say
from bot.conversation.events import (
    Commanded,
    Event,
    Located,
    Pressed,
    SentKind,
    SentSomethingElse,
    Started,
    Wrote,
)
from bot.conversation.outcome import Outcome
from bot.conversation.presses import Press
from bot.conversation.wanted import Wanted
from bot.domain import local_time
from bot.domain.city import City, Office, StepFree
from bot.domain.halves import Half
from bot.domain.lifecycle import Act
from bot.domain.place_index import Spot, key_of
from bot.preview import people
from bot.preview.people import Clients
from bot.preview.stage import Stage, Visitor
from bot.preview.typed_samples import sample
from bot.preview.walk import Scene
from bot.understanding.wishes import Danger, Intent

NONSENSE = "qwrtz plmk"
UNUSABLE = "i" + "x" * 20
"""What a link carries that opens nothing."""
Begins = Callable[[Stage], Visitor]


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
        yield from self._typed()
        yield from self._sent()

    def beginnings(self) -> Iterator[Scene]:
        """How somebody comes to the bot, and all that can be pressed from there."""
        who, office = self.clients, self.city.offices[0].id
        someone = self.city.case_managers[0].id
        yield Scene("", who.stranger)
        yield Scene("comes back", who.agreed)
        yield Scene("opens a link that is not usable", _then(who.stranger, Started(UNUSABLE)))
        yield Scene("the same, known", _then(who.agreed, Started(UNUSABLE)))
        for argument in (f"o_{office}", f"p_{someone}"):
            yield Scene("was sent here", _walks(_then(who.agreed, Started(argument)), "book"))
        yield Scene("/help", _then(who.agreed, Commanded("help")))
        yield Scene("types before a language is chosen", _then(who.stranger, Wrote(NONSENSE)))
        yield Scene("types before agreeing", _then(who.newcomer, Wrote(NONSENSE)))
        yield Scene("types again", _then(who.newcomer, Wrote(NONSENSE), Wrote(NONSENSE)))
        yield Scene("the notice has changed", self._older)

    def _older(self, stage: Stage) -> Visitor:
        here = self.clients.agreed(stage)
        return replace(here, session=replace(here.session, consent="an older one")).walks("book")

    def _places(self) -> Iterator[Scene]:
        place, door = self.clients.placed, self.city.offices[0].position
        yield Scene("types no place", _then(place, Wrote(NONSENSE)))
        yield Scene("again", _then(place, Wrote(NONSENSE), Wrote(NONSENSE)))
        yield Scene("types a place elsewhere", _then(place, Wrote("99999")))
        yield Scene("shares where they are", _then(place, Located(door.latitude, door.longitude)))
        yield Scene("shares a place far away", _then(place, Located(0, 0)))
        yield Scene("types what may be several", self._ambiguous("which_place", 0))
        yield Scene("types what is like a place", self._ambiguous("unknown_place", 1))
        for stop in self.city.stops[:1]:
            yield Scene("types a stop", _then(place, Wrote(stop.name)))

    def _ambiguous(self, screen: str, misses: int) -> Begins:
        longest = sorted(self.city.areas, key=lambda each: -len(each.name))[:2]
        stops = sorted(self.city.stops, key=lambda each: -len(each.name))[:1]
        streets = sorted(self.city.streets, key=lambda each: -len(each.name))[:1]
        found: tuple[Spot, ...] = (*longest, *stops, *streets)
        spots = tuple(map(key_of, found))
        districts = tuple(each.id for each in self.city.districts) if not misses else ()

        def begins(stage: Stage) -> Visitor:
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

    def _snatched(self, stage: Stage) -> Visitor:
        before = self.clients.placed(stage).walks("anywhere office person day")
        wanted = before.button("time")
        self.clients.placed(stage).walks("anywhere office person day time confirm")
        return before.does(Pressed(wanted))

    def _last_snatched(self, stage: Stage) -> Visitor:
        before = self.clients.placed(stage).walks("anywhere office person day")
        wanted = before.button("time")
        people.close_everything(stage)
        return before.does(Pressed(wanted))

    def _afterwards(self) -> Iterator[Scene]:
        who = self.clients
        yield Scene("has every wish", who.with_every_wish)
        yield Scene("a talk by phone", who.with_call)
        yield Scene("it begins soon", self._later(who.with_visit, -people.HOUR // 4))
        yield Scene("it has begun", self._later(who.with_visit, people.HOUR // 12))
        yield Scene("a talk by phone has begun", self._later(who.with_call, people.HOUR // 12))
        yield Scene("books once more", self._again)
        yield Scene("moves it", _walks(who.with_visit, "change day time"))
        yield Scene("moves a talk by phone", _walks(who.with_call, "change day time confirm"))
        yield Scene("wishes for more", _walks(who.with_visit, "wishes wish_language wish_done"))
        yield Scene("wants all deleted", _walks(who.with_visit, "settings privacy delete"))
        yield Scene("cancels what is gone", self._gone)
        yield Scene("was given a slip", self._claimed)
        for door in StepFree:
            for office in [each for each in self.city.offices if each.step_free is door][:1]:
                yield Scene(f"a way in without steps: {door}", _walks(who.agreed, _steps(office)))

    def _gone(self, stage: Stage) -> Visitor:
        here = self.clients.with_visit(stage).walks("cancel")
        people.does(stage, people.booked(here)[0], Act.CALL_OFF)
        return here.walks("cancel_yes")

    def _claimed(self, stage: Stage) -> Visitor:
        here = self.clients.with_visit(stage)
        return replace(here, outcome=Outcome(here.session, (say("claim.tied"),)))

    def _again(self, stage: Stage) -> Visitor:
        here = self.clients.with_visit(stage)
        office = people.booked(here)[0].office_id
        return here.walks(f"menu book anywhere office:{office}")

    def _later(self, begins: Begins, seconds: int) -> Begins:
        """Looks at the appointment, so many seconds after its beginning."""

        def then(stage: Stage) -> Visitor:
            here = begins(stage)
            about = people.booked(here)[0]
            return people.at(here, about.start + seconds).walks("menu mine details")

        return then

    def _typed(self) -> Iterator[Scene]:
        who = self.clients
        for intent in Intent:
            section = "alone" if intent in (Intent.YES, Intent.NO, Intent.OK) else "wants"
            for with_one, begins in (("", who.agreed), (" with one booked", who.with_visit)):
                yield Scene(f"types: {intent}{with_one}", self._says(begins, section, intent))
        yield Scene("types: cancel, with several", self._says(who.with_enough, "wants", "cancel"))
        yield Scene("types: change, with several", self._says(who.with_enough, "wants", "change"))
        for danger in Danger:
            yield Scene(f"types: {danger}", self._says(who.agreed, "danger", danger))
        for begins in (who.agreed, who.with_visit, who.with_enough, who.too_late):
            yield Scene("types a day and a time", self._wants(begins, 8, " 10:00"))
        for half, first, last in ((Half.MORNING, 1, 8), (Half.AFTERNOON, 1, None), (None, None, 8)):
            yield Scene("types a span of days", self._span(half, first, last))
        yield Scene("types a half of a day", self._half(Half.MORNING))
        yield Scene("types a half of a day", self._half(Half.AFTERNOON))
        yield Scene("types another language", self._says_otherwise)
        yield Scene("types a day on which nobody works", self._wants(who.agreed, 6, ""))
        yield Scene("types what nobody understands", _then(who.agreed, Wrote(NONSENSE)))
        yield Scene("again", _then(who.agreed, Wrote(NONSENSE), Wrote(NONSENSE)))
        yield Scene("types somebody's name", _then(who.agreed, Wrote(self._longest_name)))
        yield Scene("types a language", self._says(who.agreed, "languages", self.language))
        choosing = _then(who.placed, Pressed(Press("anywhere", 1, "")))
        yield Scene("types while choosing", _then(choosing, Wrote(NONSENSE)))
        yield Scene("types: yes, while choosing", self._says(choosing, "alone", Intent.YES))
        yield Scene("types: book, while choosing", self._says(choosing, "wants", Intent.BOOK))

    @property
    def _longest_name(self) -> str:
        return max((each.name for each in self.city.case_managers), key=len)

    def _says(self, begins: Begins, section: str, key: str) -> Begins:
        def then(stage: Stage) -> Visitor:
            text = sample(stage.unit.words.locales, self.language, section, key)
            return begins(stage).does(Wrote(text or NONSENSE))

        return then

    def _says_otherwise(self, stage: Stage) -> Visitor:
        words = stage.unit.words
        other = next((each for each in words.languages if each != self.language), self.language)
        text = sample(words.locales, other, "wants", Intent.CANCEL)
        return self.clients.agreed(stage).does(Wrote(text))

    def _span(self, half: Half | None, first: int | None, last: int | None) -> Begins:
        def then(stage: Stage) -> Visitor:
            days = [None if each is None else _day(stage, each) for each in (first, last)]
            return self._suggested(stage, Wanted(first=days[0], last=days[1], half=half))

        return then

    def _half(self, half: Half) -> Begins:
        return lambda stage: self._suggested(stage, Wanted(days=(_day(stage, 8),), half=half))

    def _suggested(self, stage: Stage, wanted: Wanted) -> Visitor:
        here = self.clients.agreed(stage)
        return replace(here, session=here.session.choosing(wanted=wanted).to("suggested"))

    def _wants(self, begins: Begins, days: int, time: str) -> Begins:
        def then(stage: Stage) -> Visitor:
            moment = stage.unit.now + days * people.DAY
            day = local_time.local(moment, stage.unit.zone)
            return begins(stage).does(Wrote(f"{day:%d.%m.%Y}{time}"))

        return then

    def _sent(self) -> Iterator[Scene]:
        who = self.clients
        for kind in SentKind:
            sent = SentSomethingElse(what=kind)
            yield Scene(f"sends: {kind}", _then(who.agreed, sent))
            yield Scene(f"sends: {kind}, again", _then(who.agreed, sent, sent))
        yield Scene("sends a place", _then(who.newcomer, Located(0, 0)))
        yield Scene("again", _then(who.agreed, Located(0, 0)))


def _day(stage: Stage, ahead: int) -> str:
    """The day so many days after today."""
    return (stage.unit.today + timedelta(days=ahead)).isoformat()


def _steps(office: Office) -> str:
    """To an appointment there of who needs a way in without steps."""
    return f"book anywhere office:{office.id} earliest wish wish_step wish_done"


def _walks(begins: Begins, path: str) -> Begins:
    """The same, who then presses these buttons."""
    return lambda stage: begins(stage).walks(path)


def _then(begins: Begins, *events: Event) -> Begins:
    """The same, who then does this."""

    def then(stage: Stage) -> Visitor:
        here = begins(stage)
        for event in events:
            here = here.does(event)
        return here

    return then
