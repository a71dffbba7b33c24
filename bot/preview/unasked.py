"""What a client is sent without having pressed anything."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from bot.conversation import coming_question
from bot.conversation.content import Code, Screen, say
from bot.conversation.port import Search
from bot.conversation.screens.entry import slow_down
from bot.conversation.steps.unopened import NO_ANSWER, STILL_NO_ANSWER
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Status
from bot.domain.city import City
from bot.domain.lifecycle import Act
from bot.domain.slots import Slot
from bot.messages import client_news, confirmations, free_time, reminders
from bot.messages.client_news import (
    AskedNews,
    CalledOffNews,
    CancelledNews,
    HandedOverNews,
    HelpNews,
    NewTimeNews,
    PossibleAgainNews,
)
from bot.messages.confirmations import Outdated
from bot.messages.free_time import FreeTimeNews
from bot.preview import played_people
from bot.preview.letters import KEPT, QUESTION, Letter, Told
from bot.preview.played_people import DAY, Clients
from bot.preview.stage import PreviewStage, StageVisitor
from bot.services.staff_service import StaffService

MOST_OFFERED = 3
Begins = Callable[[PreviewStage], StageVisitor]
Writes = Callable[[Appointment, City], Screen]


@dataclass(frozen=True)
class Unasked:
    """All of them, to who reads one language."""

    language: str

    def all(self) -> Iterator[Letter]:
        """In the order of an appointment's life."""
        who = Clients(self.language)
        for kind, begins in (("a visit", who.with_visit), ("by phone", who.with_call)):
            yield from _reminders(kind, begins)
            yield from _news(kind, begins)
            for key in (NO_ANSWER, STILL_NO_ANSWER):
                asks = _told(begins, partial(_asked_again, key))
                yield Letter(QUESTION, f"a thumb for an answer, {kind}", asks)
        yield Letter("free_time", "waited", _told(who.waiting, _free))
        yield Letter("limited", "presses very fast", _told(who.agreed, _slow_down))
        yield Letter("went_wrong", "the bot has a fault", _told(who.agreed, _went_wrong))
        for key in ("place.share", "place.keyboard_gone"):
            yield Letter("location", key, _told(who.agreed, partial(_of_key, key)))


def _reminders(kind: str, begins: Begins) -> Iterator[Letter]:
    for days in (0, 1, 2):
        for details in (False, True):
            way = f"{kind}, {days} days before" + ", with details" * details
            yield Letter("reminder", way, _reminder(begins, days, with_details=details))


def _reminder(begins: Begins, days: int, *, with_details: bool) -> Callable[[PreviewStage], Told]:
    def arrives(stage: PreviewStage) -> Told:
        here = begins(stage)
        about = played_people.booked(here)[0]
        now = about.start - days * DAY - played_people.HOUR
        screen = reminders.screen(about, stage.unit.city, now, with_details=with_details)
        return played_people.at(here, now), screen

    return arrives


def _asked_again(key: str, stage: PreviewStage, here: StageVisitor) -> Screen:
    return coming_question.asked_again(here.unit.city, played_people.booked(here)[0], key)


def _news(kind: str, begins: Begins) -> Iterator[Letter]:
    yield Letter("called_off", kind, _told(begins, _called_off))
    yield Letter("called_off", f"{kind}, nothing else is free", _told(begins, _called_off_for_good))
    yield Letter("possible_again", kind, _told(begins, _possible_again))
    yield Letter("time_asked", kind, _told(begins, _asked))
    for name, writes in NEWS.items():
        yield Letter(name, kind, _about(begins, writes))


NEWS: dict[str, Writes] = {
    "handed_over": lambda about, city: client_news.screen(HandedOverNews(about), city),
    "help": lambda about, city: client_news.screen(HelpNews(about, arranged=True), city),
    "help_not": lambda about, city: client_news.screen(HelpNews(about, arranged=False), city),
    "new_time": lambda about, city: client_news.screen(NewTimeNews(about, about.start - DAY), city),
    "cancelled_for": lambda about, city: client_news.screen(CancelledNews(about), city),
    KEPT: confirmations.screen,
    "cancelled": lambda about, city: confirmations.screen(
        replace(about, status=Status.CANCELLED), city
    ),
    "outdated": lambda about, city: confirmations.outdated(Outdated(1, about.start, about.code)),
}
"""What needs no more than the appointment, by name."""


def _told(
    begins: Begins, tells: Callable[[PreviewStage, StageVisitor], Screen]
) -> Callable[[PreviewStage], Told]:
    def arrives(stage: PreviewStage) -> Told:
        here = begins(stage)
        return here, tells(stage, here)

    return arrives


def _about(begins: Begins, writes: Writes) -> Callable[[PreviewStage], Told]:
    return _told(begins, lambda stage, here: writes(played_people.booked(here)[0], stage.unit.city))


def _called_off(stage: PreviewStage, here: StageVisitor) -> Screen:
    about = played_people.booked(here)[0]
    played_people.does(stage, about, Act.CALL_OFF)
    return client_news.screen(CalledOffNews(about, _others(here, about)), stage.unit.city)


def _called_off_for_good(stage: PreviewStage, here: StageVisitor) -> Screen:
    about = played_people.booked(here)[0]
    played_people.does(stage, about, Act.CALL_OFF)
    played_people.close_everything(stage)
    return client_news.screen(CalledOffNews(about), stage.unit.city)


def _possible_again(stage: PreviewStage, here: StageVisitor) -> Screen:
    about = played_people.booked(here)[0]
    played_people.does(stage, about, Act.CALL_OFF)
    return client_news.screen(PossibleAgainNews(about), stage.unit.city)


def _asked(stage: PreviewStage, here: StageVisitor) -> Screen:
    about = played_people.booked(here)[0]
    person = stage.unit.city.case_manager[about.case_manager_id]
    service = StaffService(stage.unit, Actor.of(person))
    others = service.other_times(about.id)
    service.ask_time(about.version, others)
    return client_news.screen(AskedNews(played_people.booked(here)[0], others), stage.unit.city)


def _others(here: StageVisitor, about: Appointment) -> tuple[Slot, ...]:
    offices = tuple(each.id for each in here.unit.city.offices)
    return here.port.nearest(Search(offices), about.start, MOST_OFFERED)


def _free(stage: PreviewStage, here: StageVisitor) -> Screen:
    return free_time.screen(FreeTimeNews(""))


def _slow_down(stage: PreviewStage, here: StageVisitor) -> Screen:
    return slow_down(stage.unit.city)


def _went_wrong(stage: PreviewStage, here: StageVisitor) -> Screen:
    return _only("anything.went_wrong", command=Code("/start"))


def _of_key(key: str, stage: PreviewStage, here: StageVisitor) -> Screen:
    return _only(key)


def _only(key: str, **values: Code) -> Screen:
    return Screen(((say(key, **values),),))
