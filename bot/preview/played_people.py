"""Clients at the beginning of a situation."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversation.events import Event, Started
from bot.domain import fair_use
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment
from bot.domain.lifecycle import Act
from bot.preview.stage import PreviewStage, StageVisitor
from bot.services.staff_service import StaffService
from bot.storage.records import absences, blocked_clients, tallies
from bot.storage.records.tallies import Tally

DAY, HOUR = 86_400, 3600
FAR = 500 * DAY
"""Longer than anybody may book ahead."""
NONSENSE = "qwrtz plmk"
"""What is no word in any language."""
VISIT = "book anywhere earliest confirm"
CALL = "book anywhere way:phone earliest confirm"

Begins = Callable[[PreviewStage], StageVisitor]
"""How somebody gets into a situation."""


@dataclass(frozen=True)
class Clients:
    """Those who read one language."""

    language: str

    def stranger(self, stage: PreviewStage) -> StageVisitor:
        """Who has just found the bot."""
        return stage.comes(None, agreed=False).does(Started())

    def newcomer(self, stage: PreviewStage) -> StageVisitor:
        """Who reads the notice."""
        return self.stranger(stage).walks(f"language:{self.language}")

    def agreed(self, stage: PreviewStage) -> StageVisitor:
        """Who is on the menu, with nothing booked."""
        return stage.comes(self.language, agreed=True)

    def placed(self, stage: PreviewStage) -> StageVisitor:
        """Who is asked where they live."""
        return self.agreed(stage).walks("book")

    def with_visit(self, stage: PreviewStage) -> StageVisitor:
        """Who has just booked."""
        return self.agreed(stage).walks(VISIT)

    def with_call(self, stage: PreviewStage) -> StageVisitor:
        """Who has just booked a talk by phone."""
        return self.agreed(stage).walks(CALL)

    def with_every_wish(self, stage: PreviewStage) -> StageVisitor:
        """Who has booked and wished for all there is."""
        wishes = "wish_language wish_adults adults:5 wish_children children:5 wish_step"
        topic = "wish_topic topic " * bool(stage.unit.city.topics)
        path = f"menu book anywhere earliest family wish {wishes} {topic} wish_done"
        return self.with_visit(stage).walks(path)

    def with_enough(self, stage: PreviewStage) -> StageVisitor:
        """Who has as many appointments as anybody may have."""
        here = self.agreed(stage)
        for _ in range(stage.unit.city.rules.appointments_per_client):
            here = here.walks(f"{VISIT} menu")
        return here.walks("book")

    def waiting(self, stage: PreviewStage) -> StageVisitor:
        """Who waits until something is free."""
        here = self.agreed(stage)
        here.port.wait("")
        return here

    def paused(self, stage: PreviewStage) -> StageVisitor:
        """Who has cancelled often."""
        here = self.agreed(stage)
        for _ in range(fair_use.CANCELLATIONS_A_WEEK):
            here = here.walks(f"{VISIT} cancel cancel_yes")
        return here.walks("book")

    def blocked(self, stage: PreviewStage) -> StageVisitor:
        """Who may not book for a while."""
        here = self.with_visit(stage)
        blocked_clients.block(stage.unit.tx, booked(here)[0].code, stage.unit.now)
        return here.walks("menu book")

    def restless(self, stage: PreviewStage) -> StageVisitor:
        """Who has changed much today."""
        here = self.with_visit(stage)
        for number in range(fair_use.CHANGES_A_DAY):
            tallies.count(
                stage.unit.tx, here.chat.person.id, Tally.CHANGED, stage.unit.now - number
            )
        return here.walks("change")

    def too_late(self, stage: PreviewStage) -> StageVisitor:
        """Who finds that nothing is free."""
        here = self.placed(stage).walks("anywhere")
        close_everything(stage)
        return here


def booked(visitor: StageVisitor) -> tuple[Appointment, ...]:
    """What they have booked."""
    return visitor.port.coming_appointments()


def at(visitor: StageVisitor, moment: int) -> StageVisitor:
    """The same at another time (UTC epoch seconds)."""
    return replace(visitor, unit=replace(visitor.unit, now=moment))


def does(stage: PreviewStage, about: Appointment, act: Act) -> None:
    """Its case manager does something about an appointment."""
    person = stage.unit.city.case_manager[about.case_manager_id]
    StaffService(stage.unit, Actor.of(person)).do(act, about.version)


def close_everything(stage: PreviewStage) -> None:
    """Nobody has time for as far as anybody may book."""
    now = stage.unit.now
    for person in stage.unit.city.case_managers:
        absences.add(stage.unit.tx, person.id, now - DAY, now + FAR)


def walks(begins: Begins, path: str) -> Begins:
    """The same, who then presses these buttons."""
    return lambda stage: begins(stage).walks(path)


def then(begins: Begins, *events: Event) -> Begins:
    """The same, who then does this."""

    def further(stage: PreviewStage) -> StageVisitor:
        here = begins(stage)
        for event in events:
            here = here.does(event)
        return here

    return further
