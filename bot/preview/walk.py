"""From where somebody stands to every screen there is, by pressing what there is to press."""

from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.conversation.content import Screen
from bot.conversation.events import Pressed
from bot.conversation.outcome import Ask
from bot.conversation.presses import Press
from bot.messages import confirmations
from bot.preview.letters import KEPT, QUESTION, Letter
from bot.preview.sights import Gallery, Sight, presses_of
from bot.preview.stage import PreviewStage, StageVisitor

MOST_ALIKE = 6
"""So many buttons of one screen that do the same are pressed: days, times, streets."""
NAMED = {"office", "card", "person"}
"""Of these all are: what stands on their screens differs from one to the next."""
See = Callable[[str, Screen], None]
"""Told of every screen that is seen, with its name, however much it is like another."""


@dataclass(frozen=True)
class Scene:
    """A situation: in words, how somebody gets into it, and the steps from there."""

    way: str
    begins: Callable[[PreviewStage], StageVisitor]
    path: tuple[Press, ...] = ()

    def stands(self, stage: PreviewStage) -> StageVisitor:
        """The person in it, after all steps."""
        here = self.begins(stage)
        for press in self.path:
            here = here.does(Pressed(press))
        return here

    def after(self, press: Press) -> "Scene":
        """One step further."""
        way = " → ".join(filter(None, (self.way, press.action)))
        return Scene(way, self.begins, (*self.path, press))


class Walk:
    """Goes breadth first, and presses a button again only where it may mean something else.

    Of the languages to choose it takes that of its readers: what stands on a screen may name it.
    """

    def __init__(self, stage: PreviewStage, gallery: Gallery, see: See, language: str) -> None:
        self._stage, self._gallery, self._see, self._language = stage, gallery, see, language
        self._pressed: set[tuple[object, ...]] = set()
        self._alike: Counter[tuple[object, ...]] = Counter()

    def explores(self, scene: Scene) -> None:
        """Everything that can be reached from a scene and shows something new.

        Nothing where this city has not what the scene takes, such as a number to call.
        """
        is_new = False
        with self._stage.revert(), suppress(LookupError):
            is_new = self._arrives(scene.stands(self._stage), scene.way)
        ahead = deque([scene] if is_new else [])
        while ahead:
            ahead.extend(self._further(ahead.popleft()))

    def reads(self, letter: Letter) -> None:
        """A message, and all that its buttons lead to."""
        screen = Screen(())
        with self._stage.revert(), suppress(LookupError):
            _, screen = letter.arrives(self._stage)
        self._shows(Sight(letter.name, screen, letter.way))
        for press in presses_of(screen):

            def begins(stage: PreviewStage, press: Press = press) -> StageVisitor:
                return letter.arrives(stage)[0].does(Pressed(press))

            self.explores(Scene(f"{letter.name}, {letter.way} → {press.action}", begins))

    def _further(self, scene: Scene) -> list[Scene]:
        """One step from a scene: what shows something new."""
        found = []
        with self._stage.revert():
            here = scene.stands(self._stage)
            for press in presses_of(here.shown):
                step = scene.after(press)
                if self._is_new(here, press) and self._leads_on(here, press, step.way):
                    found.append(step)
        return found

    def _leads_on(self, here: StageVisitor, press: Press, way: str) -> bool:
        with self._stage.revert():
            return self._arrives(here.does(Pressed(press)), way)

    def _arrives(self, here: StageVisitor, way: str) -> bool:
        self._besides(here, way)
        name, answered = here.session.screen, bool(here.outcome and here.outcome.notice)
        return bool(name) and self._shows(Sight(name, here.shown, way, answered))

    def _besides(self, here: StageVisitor, way: str) -> None:
        """What is sent beside the screen."""
        if (outcome := here.outcome) is None:
            return
        for order in outcome.orders:
            if isinstance(order, Ask):
                self._shows(Sight(QUESTION, order.question, way))
        if outcome.kept is not None:
            kept = confirmations.screen(outcome.kept, here.unit.city)
            self._shows(Sight(KEPT, kept, way))

    def _shows(self, sight: Sight) -> bool:
        self._see(sight.name, sight.screen)
        return self._gallery.takes(sight)

    def _is_new(self, here: StageVisitor, press: Press) -> bool:
        if press.action == "language" and press.value != self._language:
            return False
        draft = here.session.draft
        place = (
            *(here.session.screen, press.action, draft.wishes.by_phone),
            *(draft.moving is None, draft.wishing is None, draft.walk_in is None),
        )
        if (*place, press.value) in self._pressed:
            return False
        self._pressed.add((*place, press.value))
        self._alike[place] += 1
        return press.action in NAMED or self._alike[place] <= MOST_ALIKE
