"""What the staff are sent in chat without having pressed anything."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.conversation.content import Screen
from bot.domain.actors import OPERATOR, Actor
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.open_matters import Matter
from bot.domain.staffing import CASE_MANAGER, StandIn
from bot.messages import access_news, digests, notices, operator_news
from bot.messages.access_news import AccessMade, WayIn
from bot.messages.digests import Digest, DigestEntry
from bot.messages.notices import Notice, NoticeKind
from bot.messages.operator_news import (
    ClockWrong,
    OperatorNews,
    Orphaned,
    Unattended,
    Undelivered,
    UpdatesKept,
    WebhookFault,
)
from bot.preview import played_people
from bot.preview.letters import Letter, Told
from bot.preview.played_people import DAY, Clients
from bot.preview.stage import PreviewStage, StageVisitor

Begins = Callable[[PreviewStage], StageVisitor]


@dataclass(frozen=True)
class NoticesOfStaff:
    """All of them, to who reads one language; clients read `clients_language`."""

    city: City
    language: str
    clients_language: str

    def all(self) -> Iterator[Letter]:
        """Notices, the morning's list, news of access, what whoever runs it is told."""
        who = Clients(self.clients_language)
        for of, begins in (("a visit", who.with_visit), ("by phone", who.with_call)):
            for kind in NoticeKind:
                yield Letter(f"notice {kind}", of, self._told(begins, _notice(kind)))
            yield Letter("digest", of, self._told(begins, _digest))
        yield Letter("digest", "nothing today", self._told(who.with_visit, _no_digest))
        for way in WayIn:
            yield Letter("access", way, self._told(who.with_visit, _access(way)))
        for news in self._operator_news():
            yield Letter("operator", type(news).__name__, self._to_operator(news))

    def _told(
        self, begins: Begins, tells: Callable[[Appointment, City], Screen]
    ) -> Callable[[PreviewStage], Told]:
        def arrives(stage: PreviewStage) -> Told:
            about = played_people.booked(begins(stage))[0]
            person = self.city.case_manager[about.case_manager_id]
            here = stage.works(Actor.of(person), self.language)
            return here, tells(about, self.city)

        return arrives

    def _to_operator(self, news: OperatorNews) -> Callable[[PreviewStage], Told]:
        def arrives(stage: PreviewStage) -> Told:
            return stage.works(OPERATOR, self.language), operator_news.screen(news, self.city)

        return arrives

    def _operator_news(self) -> Iterator[OperatorNews]:
        person = self.city.case_managers[0]
        yield Undelivered(f"{CASE_MANAGER}:{person.id}")
        yield Unattended(person.id)
        yield Orphaned((person.id, person.office_id))
        yield from map(UpdatesKept, WebhookFault)
        yield ClockWrong()


def _notice(kind: NoticeKind) -> Callable[[Appointment, City], Screen]:
    def tells(about: Appointment, city: City) -> Screen:
        whose = city.case_manager[about.case_manager_id].name
        told = Notice(
            *(kind, notices.frozen(about), about.start - DAY, whose),
            first_talk=True,
            if_unseen=StandIn.DEPUTY,
        )
        return notices.screen(told, city)

    return tells


def _digest(about: Appointment, city: City) -> Screen:
    entry = DigestEntry(about, city.case_manager[about.case_manager_id].name, tuple(Matter)[:2])
    return digests.screen(Digest((entry,), of_office=True, left_to_do=(entry,)), city)


def _no_digest(about: Appointment, city: City) -> Screen:
    return digests.screen(Digest(()), city)


def _access(way: WayIn) -> Callable[[Appointment, City], Screen]:
    return lambda about, city: access_news.screen(AccessMade(way))
