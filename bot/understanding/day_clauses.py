"""What a message says of days clause by clause, without what is denied, in doubt, over or put off.

A wrong day is worse than none. So a "not" takes with it what its clause names, and where its
clause names nothing, what the rest of the sentence names; a "but" or a plain wish ends that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.understanding.clause_splitting import split
from bot.understanding.clock_times import Clocked, times_of
from bot.understanding.dates import days_of
from bot.understanding.day_mentions import Mention
from bot.understanding.day_tokens import Token, TokenKind
from bot.understanding.token_patterns import kinds_of, pattern

_DENIED: Final = pattern("[not doubt no] | not_or_less (?! FILLING* [figure figure_dot number])")
_ELSEWHERE: Final = pattern("[over busy every]")
"""It tells of a day that is over, taken, or any: "I work on Mondays"."""
_LIFTED: Final = pattern("^ [no clause_end filler]* but | wish")
_REFUSED: Final = pattern("[filler wish]* no [filler wish no]*")
_REPLACED: Final = pattern("instead FILLING* $")
"""What is named behind it is not wanted any more."""
_GOAL: Final = pattern("[onto onto_day until] filler* $")
"""Where an appointment is moved to is named behind it."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause names, and the kinds of its tokens, where no day is named."""

    kinds: str
    sentence: int
    mentions: tuple[Mention, ...]
    clocked: Clocked

    @property
    def names(self) -> bool:
        """Whether it names any day or time."""
        return bool(self.mentions or self.clocked.times or self.clocked.parts)

    @property
    def denies(self) -> bool:
        """Whether it says no, or is not sure."""
        return _DENIED.search(self.kinds) is not None

    @property
    def refuses(self) -> bool:
        """Whether it is a "no" by itself, an answer to what was said before."""
        return _REFUSED.fullmatch(self.kinds) is not None

    @property
    def lifts(self) -> bool:
        """Whether it says for itself what is wanted."""
        return _LIFTED.search(self.kinds) is not None


@dataclass(frozen=True, slots=True)
class Said:
    """The clauses that hold, and whether anything that was named does not."""

    clauses: tuple[Clause, ...]
    taken_back: bool


def said(tokens: list[Token], today: date) -> Said:
    """The clauses of a message in which days and times are wished for."""
    clauses = [_clause(part, sentence, today) for sentence, part in split(tokens)]
    held = [clause for at, clause in enumerate(clauses) if _holds(clauses, at)]
    back = any(each.names and each not in held for each in clauses)
    return Said(tuple(held), back)


def _holds(clauses: list[Clause], at: int) -> bool:
    clause = clauses[at]
    if clause.denies or _ELSEWHERE.search(clause.kinds):
        return False
    if any(later.refuses for later in clauses[at + 1 :]) or _tells(clauses, at):
        return False
    beside = [
        (place, other)
        for place, other in enumerate(clauses)
        if other.sentence == clause.sentence and other.denies and not other.names
    ]
    return not any(place > at or not (clause.lifts or other.refuses) for place, other in beside)


def _tells(clauses: list[Clause], at: int) -> bool:
    """Whether a clause may tell of something else: a word is not known, and nothing is asked."""
    if TokenKind.UNKNOWN not in clauses[at].kinds:
        return False
    return not any(TokenKind.WISH in clause.kinds for clause in clauses)


def _clause(tokens: list[Token], sentence: int, today: date) -> Clause:
    kinds = kinds_of(tokens)
    mentions = days_of(kinds, tokens, today)
    for each in mentions:
        named = TokenKind.NAMED_DAY * (each.end - each.start)
        kinds = kinds[: each.start] + named + kinds[each.end :]
    wanted = tuple(_wanted(kinds, mentions))
    return Clause(kinds, sentence, wanted, times_of(kinds, tokens))


def _wanted(kinds: str, mentions: list[Mention]) -> Iterator[Mention]:
    """The days without those that others are to replace, and of a move only where it goes."""
    for mention in mentions:
        if mention.silent or _REPLACED.search(kinds, 0, mention.start):
            continue
        if TokenKind.MOVING in kinds and not _GOAL.search(kinds, 0, mention.start):
            continue
        yield mention
