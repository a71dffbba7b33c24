"""What can happen to the staff of an office, and to whoever runs the program."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.conversation.events import Event, Located, Wrote
from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.appointment import Answer, Appointment
from bot.domain.city import CaseManager, City
from bot.domain.lifecycle import Act
from bot.preview import played_people
from bot.preview.played_people import Clients
from bot.preview.stage import PreviewStage, StageVisitor
from bot.preview.walk import Scene
from bot.storage.records import appointments

NO_CODE = "B2C4"
Prepares = Callable[[PreviewStage], StageVisitor]
Changes = Callable[[PreviewStage, Appointment], None]


@dataclass(frozen=True)
class SituationsOfStaff:
    """All of them, of who reads one language in a city; clients read `clients_language`."""

    city: City
    language: str
    clients_language: str

    def all(self) -> Iterator[Scene]:
        """A case manager's, a front desk's, an operator's."""
        who = Clients(self.clients_language)
        yield Scene("nothing is booked", self._works(who.agreed))
        yield Scene("whoever runs it", lambda stage: stage.works(OPERATOR, self.language))
        for of, begins in (("a visit", who.with_visit), ("by phone", who.with_call)):
            yield from self._about(of, begins)
        yield Scene("every wish", self._works(lambda stage: _confirmed(who, stage)))
        desk = self._works(who.agreed, at_the_desk=True)
        yield Scene("a front desk closes days", lambda stage: desk(stage).walks("away"))
        yield Scene("types something", self._sends(who.agreed, Wrote("?")))
        yield Scene("types a code that nobody has", self._sends(who.agreed, Wrote(NO_CODE)))
        yield Scene("sends a place", self._sends(who.agreed, Located(0, 0)))

    def _sends(self, begins: Prepares, sent: Event) -> Prepares:
        return lambda stage: self._works(begins)(stage).does(sent)

    def _about(self, of: str, begins: Prepares) -> Iterator[Scene]:
        yield Scene(f"case manager, {of}", self._sees(begins))
        yield Scene(f"front desk, {of}", self._sees(begins, at_the_desk=True))
        for act in (Act.SEE, Act.CALL_OFF, Act.CANCEL_FOR_CLIENT):
            yield Scene(f"{of}: {act}", self._sees(begins, _doing(act)))
        for answer in Answer:
            yield Scene(f"{of}: client, {answer}", self._sees(begins, _answering(answer)))
        for seconds, when in ((-played_people.HOUR // 6, "soon"), (played_people.HOUR // 6, "now")):
            yield Scene(f"{of}, {when}", self._sees(begins, later=seconds))
        yield Scene(f"{of}, over", self._sees(begins, later=3 * played_people.HOUR))

    def _works(self, begins: Prepares, *, at_the_desk: bool = False) -> Prepares:
        """On the menu, after what a client did."""

        def then(stage: PreviewStage) -> StageVisitor:
            booked = played_people.booked(begins(stage))
            person = self.city.case_managers[0]
            if booked:
                person = self.city.case_manager[booked[0].case_manager_id]
            return stage.works(_actor(person, at_the_desk=at_the_desk), self.language)

        return then

    def _sees(
        self,
        begins: Prepares,
        changes: Changes | None = None,
        *,
        later: int | None = None,
        at_the_desk: bool = False,
    ) -> Prepares:
        """Finds the appointment by its code, perhaps so long after its beginning."""

        def then(stage: PreviewStage) -> StageVisitor:
            client = begins(stage)
            about = played_people.booked(client)[0]
            if changes is not None:
                changes(stage, about)
            person = self.city.case_manager[about.case_manager_id]
            here = stage.works(_actor(person, at_the_desk=at_the_desk), self.language)
            if later is not None:
                here = played_people.at(here, about.start + later)
            return here.does(Wrote(about.code))

        return then


def _actor(person: CaseManager, *, at_the_desk: bool) -> Actor:
    return Actor(Role.FRONT_DESK, office_id=person.office_id) if at_the_desk else Actor.of(person)


def _confirmed(who: Clients, stage: PreviewStage) -> StageVisitor:
    return who.with_every_wish(stage).walks("confirm")


def _doing(act: Act) -> Changes:
    return lambda stage, about: played_people.does(stage, about, act)


def _answering(answer: Answer) -> Changes:
    return lambda stage, about: appointments.set_answer(stage.unit.tx, about.id, answer)
