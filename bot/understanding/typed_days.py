"""When somebody wants to come, from what they typed in any of the languages: days, time, part.

What is denied, in doubt, over or not meant for coming is not understood, and what can be two days
is both: nobody is sent to a wrong day.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.understanding.day_bounds import DayLimits, bounded
from bot.understanding.day_clauses import Clause, said
from bot.understanding.day_lexicon import Lexicon
from bot.understanding.day_tables import DayTables
from bot.understanding.day_tokens import Part, TokenKind
from bot.understanding.tokenizer import Piece, pieces

_MOST_DAYS = 5
_MOST_WORDS = 120
_HOURS_ALONE = range(7, 19)
_FIGURES = (TokenKind.FIGURE, TokenKind.FIGURE_DOT)
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class TypedWhen:
    """The days that may be meant, or the span they lie in; a time, a part of the day. Or nothing.

    Both ends of a span belong to it; where one is None it is open.
    """

    days: tuple[date, ...] = ()
    day_from: date | None = None
    day_to: date | None = None
    at: time | None = None
    part: Part | None = None

    def __bool__(self) -> bool:
        return self != NOT_UNDERSTOOD


NOT_UNDERSTOOD = TypedWhen()


def when(text: str, today: date, tables: DayTables, first: str) -> TypedWhen:
    """What a message says of days and times, `first` being the language of whoever wrote it."""
    found = pieces(text)
    if len(found) > _MOST_WORDS:
        return NOT_UNDERSTOOD
    if len(found) == 1 and found[0].token is not None and found[0].token.kind in _FIGURES:
        return _hour_alone(found[0])
    read = {_read(found, today, lexicon) for lexicon in _spoken(found, tables, first)}
    return read.pop() if len(read) == 1 else NOT_UNDERSTOOD


def _read(found: list[Piece], today: date, lexicon: Lexicon) -> TypedWhen:
    meant = said(lexicon.read(found), today)
    days = _days(meant.clauses, today)
    if days == NOT_UNDERSTOOD and (meant.taken_back or _in_doubt(meant.clauses)):
        return NOT_UNDERSTOOD
    return _with_clock(days, meant.clauses)


def _hour_alone(piece: Piece) -> TypedWhen:
    """A number that is all of a message is an hour if people are received then."""
    hour = piece.token.value if piece.token else None
    return (
        TypedWhen(at=time(hour)) if isinstance(hour, int) and hour in _HOURS_ALONE else TypedWhen()
    )


def _spoken(found: list[Piece], tables: DayTables, first: str) -> list[Lexicon]:
    """The table that knows most of the words; of equals that of the chat, or else all of them."""
    typed = {piece.text for piece in found if piece.token is None}
    known = {language: len(typed & each.own) for language, each in tables.items()}
    most = max(known.values())
    if known.get(first) == most:
        return [tables[first]]
    return [tables[language] for language in tables if known[language] == most]


def _in_doubt(clauses: tuple[Clause, ...]) -> bool:
    """Whether a day was named that cannot be: it is over, or there is none such."""
    return any(mention.over for each in clauses for mention in each.mentions)


def _with_clock(days: TypedWhen, clauses: tuple[Clause, ...]) -> TypedWhen:
    times = {each for clause in clauses for each in clause.clocked.times}
    parts = {each for clause in clauses for each in clause.clocked.parts}
    return TypedWhen(
        days.days,
        days.day_from,
        days.day_to,
        times.pop() if len(times) == 1 else None,
        parts.pop() if len(parts) == 1 else None,
    )


def _days(clauses: tuple[Clause, ...], today: date) -> TypedWhen:
    read = [each for clause in clauses for each in bounded(clause, today)]
    exact = {day for each in read if each.weekday is None for day in each.days}
    spans = [each for each in read if each.first or each.last]
    for each in read:
        if each.weekday is not None and each.weekday not in {day.weekday() for day in exact}:
            exact |= set(_within(spans, each.days, each.weekday))
    if exact:
        return TypedWhen(tuple(sorted(exact))) if len(exact) <= _MOST_DAYS else NOT_UNDERSTOOD
    return TypedWhen((), spans[0].first, spans[0].last) if len(spans) == 1 else NOT_UNDERSTOOD


def _within(spans: list[DayLimits], days: tuple[date, ...], weekday: int) -> tuple[date, ...]:
    """A weekday beside "next week" is that of the week; beside a month it may be any of four."""
    if not spans:
        return days
    first, last = spans[0].first, spans[0].last
    inside = first + (weekday - first.weekday()) % 7 * _DAY if first else None
    return (inside,) if inside and last and inside <= last < inside + 7 * _DAY else ()
