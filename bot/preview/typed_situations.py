"""What a client may type in their own words, and what they see then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.conversation.events import Pressed, Wrote
from bot.conversation.presses import Press
from bot.conversation.wanted import Wanted
from bot.domain import local_time
from bot.domain.city import City
from bot.domain.halves import Half
from bot.preview import played_people
from bot.preview.played_people import NONSENSE, Begins, Clients, then
from bot.preview.stage import PreviewStage, StageVisitor
from bot.preview.typed_samples import sample
from bot.preview.walk import Scene
from bot.understanding.intent_kinds import Danger, Intent


@dataclass(frozen=True)
class Typed:
    """All of it, of who reads one language in a city."""

    city: City
    language: str

    @property
    def clients(self) -> Clients:
        """Who types."""
        return Clients(self.language)

    def all(self) -> Iterator[Scene]:
        """Wishes, dangers, days and times, names, and what nobody understands."""
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
        yield Scene("types what nobody understands", then(who.agreed, Wrote(NONSENSE)))
        yield Scene("again", then(who.agreed, Wrote(NONSENSE), Wrote(NONSENSE)))
        yield Scene("types somebody's name", then(who.agreed, Wrote(self._longest_name)))
        yield Scene("types a language", self._says(who.agreed, "languages", self.language))
        choosing = then(who.placed, Pressed(Press("anywhere", 1, "")))
        yield Scene("types while choosing", then(choosing, Wrote(NONSENSE)))
        yield Scene("types: yes, while choosing", self._says(choosing, "alone", Intent.YES))
        yield Scene("types: book, while choosing", self._says(choosing, "wants", Intent.BOOK))

    @property
    def _longest_name(self) -> str:
        return max((each.name for each in self.city.case_managers), key=len)

    def _says(self, begins: Begins, section: str, key: str) -> Begins:
        def then(stage: PreviewStage) -> StageVisitor:
            text = sample(stage.unit.words.locales, self.language, section, key)
            return begins(stage).does(Wrote(text or NONSENSE))

        return then

    def _says_otherwise(self, stage: PreviewStage) -> StageVisitor:
        words = stage.unit.words
        other = next((each for each in words.languages if each != self.language), self.language)
        text = sample(words.locales, other, "wants", Intent.CANCEL)
        return self.clients.agreed(stage).does(Wrote(text))

    def _span(self, half: Half | None, first: int | None, last: int | None) -> Begins:
        def then(stage: PreviewStage) -> StageVisitor:
            days = [None if each is None else _day(stage, each) for each in (first, last)]
            return self._suggested(stage, Wanted(first=days[0], last=days[1], half=half))

        return then

    def _half(self, half: Half) -> Begins:
        return lambda stage: self._suggested(stage, Wanted(days=(_day(stage, 8),), half=half))

    def _suggested(self, stage: PreviewStage, wanted: Wanted) -> StageVisitor:
        here = self.clients.agreed(stage)
        return replace(here, session=here.session.choosing(wanted=wanted).to("suggested"))

    def _wants(self, begins: Begins, days: int, time: str) -> Begins:
        def then(stage: PreviewStage) -> StageVisitor:
            moment = stage.unit.now + days * played_people.DAY
            day = local_time.local(moment, stage.unit.zone)
            return begins(stage).does(Wrote(f"{day:%d.%m.%Y}{time}"))

        return then


def _day(stage: PreviewStage, ahead: int) -> str:
    """The day so many days after today."""
    return (stage.unit.today + timedelta(days=ahead)).isoformat()
