"""What a message says of days clause by clause, without what is denied, in doubt, over or put off.

A wrong day is worse than none. So a "not" takes with it what its clause names, and where its
clause names nothing, what the rest of the sentence names; a "but" or a plain wish ends that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.understanding.clock_times import Clocked, times_of
from bot.understanding.dates import days_of
from bot.understanding.day_mentions import Mention
from bot.understanding.day_tokens import Token, TokenKind
from bot.understanding.token_patterns import kinds_of, pattern

_DENIED: Final = pattern("[not doubt no] | not_or_less (?! FILLING* [figure figure_dot number])")
_ELSEWHERE: Final = pattern("[over busy every]")
_LIFTED: Final = pattern("^ [no clause_end filler]* but | wish")
_REFUSED: Final = pattern("[filler wish]* no [filler wish no]*")
_APPOSED: Final = pattern(
    """
    (?<=[WEEKDAY day]) clause_end
        (?= FILLING* (date | date_or_time | DAY_OF_MONTH FILLING* MONTH | MONTH FILLING* FIGURE))
    | (?<=[date MONTH year]) clause_end
        (?= FILLING* WEEKDAY)
    | (?<=[WEEKDAY day date MONTH part year FIGURE]) clause_end
        (?= FILLING* at? FILLING* time)
    | (?<=[WEEKDAY day date MONTH part year FIGURE]) clause_end
        (?= FILLING* at? FILLING* [figure figure_dot number] oclock?
            ($ | [sentence_end clause_end]))
    """
)
"""Commas within one naming of a day: "Monday, 30 November, 10:00"."""
_NO_HOURS: Final = (
    pattern(
        "<number:[figure figure_dot number ordinal date date_or_time time from_to]>"
        " (?= filler? [counted counted_or_label])"
    ),
    pattern("[label counted_or_label] filler? <number:[figure figure_dot]>"),
    pattern("address [filler unknown]? <number:[figure figure_dot]>"),
    pattern("<number:[figure figure_dot]> (?= unknown{0,2} address)"),
    pattern("<number:[figure figure_dot]{3,}>"),
)
_ONLY_A_DAY: Final = pattern(
    "[weekday weekday_short day month month_short date date_or_time time figure figure_dot year"
    " oclock at at_or_in am pm part filler greeting on_day onto clause_end sentence_end"
    " next coming this after_next weeks months weekend and]+"
)
_SHORT: Final = pattern(
    "weekday_short (?= date | date_or_time | time | figure_ending | FIGURE FILLING* [MONTH oclock]"
    " | part | at FILLING* [figure figure_dot number time])"
)
_SHORT_WEEKDAY: Final = pattern("weekday_short")
_SHORTENED: Final = (
    *(TokenKind.WEEKDAY_SHORT, TokenKind.MONTH_SHORT, TokenKind.LABEL, TokenKind.ADDRESS),
)
_BORDER: Final = pattern(
    "<border:[sentence_end clause_end]?>"
    " <clause:but [^sentence_end clause_end but]* | [^sentence_end clause_end but]+>?"
)
_REPLACED: Final = pattern("instead FILLING* $")
_GOAL: Final = pattern("[onto onto_day until] filler* $")


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
    clauses = [_clause(part, sentence, today) for sentence, part in _split(_cleared(tokens))]
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


def _cleared(tokens: list[Token]) -> list[Token]:
    """The tokens with short weekdays decided, and without numbers that count something."""
    tokens = _without_dots(tokens)
    kinds = kinds_of(tokens)
    short = _SHORT_WEEKDAY if _ONLY_A_DAY.fullmatch(kinds) else _SHORT
    weekdays = {match.start() for match in short.finditer(kinds)}
    counting = {
        place
        for known in _NO_HOURS
        for match in known.finditer(kinds)
        for place in range(*match.span("number"))
    }
    return [
        _decided(token, is_weekday=at in weekdays, counts=at in counting)
        for at, token in enumerate(tokens)
    ]


def _decided(token: Token, *, is_weekday: bool, counts: bool) -> Token:
    if token.kind is TokenKind.WEEKDAY_SHORT:
        return Token(TokenKind.WEEKDAY, token.value) if is_weekday else Token(TokenKind.UNKNOWN)
    return Token(TokenKind.COUNTED) if counts else token


def _without_dots(tokens: list[Token]) -> list[Token]:
    """The tokens without full stops that only end a short form: "Mo.", "Str."."""
    return [
        token
        for at, token in enumerate(tokens)
        if token.kind is not TokenKind.SENTENCE_END
        or at == 0
        or tokens[at - 1].kind not in _SHORTENED
    ]


def _split(tokens: list[Token]) -> Iterator[tuple[int, list[Token]]]:
    """The clauses with the number of their sentence; a "but" begins one too."""
    tokens = list(tokens)
    for comma in _APPOSED.finditer(kinds_of(tokens)):
        tokens[comma.start()] = Token(TokenKind.NAMED_DAY)
    sentence = 0
    for match in _BORDER.finditer(kinds_of(tokens)):
        sentence += match["border"] == TokenKind.SENTENCE_END
        if match["clause"]:
            yield sentence, tokens[slice(*match.span("clause"))]


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
