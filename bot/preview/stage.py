"""A town of nobody in which everything can be tried: the real services over a database of its own.

Nothing of it reaches anybody, and nothing stays: the database is gone when this is left.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bot.conversation import dialog
from bot.conversation.content import Screen
from bot.conversation.events import Event, Pressed
from bot.conversation.outcome import Outcome
from bot.conversation.presses import Press
from bot.conversation.session import Session
from bot.domain import local_time
from bot.domain.actors import Actor
from bot.domain.city import City
from bot.domain.deletion_limits import DeletionLimits
from bot.domain.staffing import Reach, Staffing
from bot.preview.sights import presses_of
from bot.services.transaction_port import TransactionPort
from bot.services.turn import AT_FIRST
from bot.services.unit import Outbound, Unit
from bot.storage.engine.database import Tx
from bot.storage.engine.migrations import open_newest
from bot.storage.records import case_managers, chats, persons
from bot.storage.records.chats import Chat
from bot.storage.upkeep import staff_ties
from bot.storage.vault import KEY_BYTES, Vault
from bot.understanding.heard import Tables

T = TypeVar("T")
NOTHING_DELETED = DeletionLimits(deletable_seconds=0, deleted_at_once=1)
NINE = time(9)
STRIDE = 7
"""Signs from one of a code to the next, so that codes differ."""


@dataclass
class PreviewStage:
    """One transaction at one moment, and whoever comes to it; `revert` makes undone what is done
    meanwhile."""

    unit: Unit
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def comes(self, language: str | None, *, agreed: bool) -> "StageVisitor":
        """Somebody new, who has chosen a language, if they have, and agreed to the notice."""
        unit = self.unit
        chat = chats.add(unit.tx, unit.vault, next(self.numbers), AT_FIRST, unit.now)
        persons.set_language(unit.tx, chat.person.id, language)
        version = unit.city.notice_version if agreed else None
        if version is not None:
            persons.agree(unit.tx, chat.person.id, version, unit.now)
        session = Session(language, version, ("menu",) if agreed else ())
        return StageVisitor(self.unit, chat, session)

    def works(self, actor: Actor, language: str) -> "StageVisitor":
        """One of the staff, on their first screen."""
        made = self.comes(language, agreed=False)
        staff_ties.tie(self.unit.tx, actor, made.chat.person.id, self.unit.now)
        return replace(made, session=Session(language, None, ("staff_menu",)))

    @contextmanager
    def revert(self) -> Iterator[None]:
        """A block of which nothing stays."""
        with self.unit.tx.savepoint() as before:
            yield
            before.undo()


@dataclass(frozen=True)
class StageVisitor:
    """One person's chat: where they are, and what the last step said."""

    unit: Unit
    chat: Chat
    session: Session
    outcome: Outcome | None = None

    @property
    def port(self) -> TransactionPort:
        """What is done for them."""
        return TransactionPort(self.unit, self.chat, self.session.language or self.languages[0])

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of the city."""
        return self.unit.city.languages

    @property
    def shown(self) -> Screen:
        """What is in front of them."""
        notice = () if self.outcome is None else self.outcome.notice
        return dialog.show(self.session, self.port, notice)

    def does(self, event: Event) -> "StageVisitor":
        """Something is sent to the bot."""
        outcome = dialog.step(self.session, event, self.port)
        return replace(self, session=outcome.session, outcome=outcome)

    def walks(self, path: str) -> "StageVisitor":
        """One button after the other, by action and value (`book office:hall`).

        Raises LookupError where one is not in front of them.
        """
        here = self
        for step in path.split():
            action, _, value = step.partition(":")
            here = here.does(Pressed(here.button(action, value)))
        return here

    def button(self, action: str, value: str = "") -> Press:
        """The first button in front of them that does this. Raises LookupError."""
        for press in presses_of(self.shown):
            if press.action == action and value in ("", press.value):
                return press
        raise LookupError(f"no {action}:{value} on {self.session.screen}")


def at_work(city: City, now: int) -> int:
    """Nine o'clock on the first Monday after a moment (UTC epoch seconds, both)."""
    day = local_time.local_day(now, city.rules.time_zone)
    monday = day + timedelta(days=7 - day.weekday())
    return int(datetime.combine(monday, NINE, city.rules.time_zone).timestamp())


async def play(city: City, words: Tables, now: int, act: Callable[[PreviewStage], T]) -> T:
    """What `act` finds on an empty stage. Everybody is told by mail."""
    staffing = Staffing(
        {each.id: Reach(f"{each.id}@office.example", by_mail=True) for each in city.case_managers},
        {},
    )
    signs = count(0, STRIDE)

    def work(tx: Tx) -> T:
        case_managers.enlist(tx, [each.id for each in city.case_managers])
        vault = Vault(bytes(KEY_BYTES))
        return act(
            PreviewStage(
                Unit(
                    *(tx, city, words, staffing, now, vault),
                    *(lambda of: of[(next(signs) // 3) % len(of)], NOTHING_DELETED, Outbound()),
                )
            )
        )

    with TemporaryDirectory() as folder:
        async with open_newest(f"sqlite:///{Path(folder) / 'stage.db'}") as database:
            return await database.run(work)
