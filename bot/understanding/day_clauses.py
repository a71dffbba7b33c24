"""What a message says of days clause by clause, without what is denied, in doubt, over or put off.

A wrong day is worse than none. So a "not" takes with it what its clause names, and where its
clause names nothing, what the rest of the sentence names; a "but" or a plain wish ends that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.understanding.clock_times import Clocked, times_of
from bot.understanding.dates import days_of
from bot.understanding.day_mentions import Mention
from bot.understanding.day_signs import FILLING as F
from bot.understanding.day_signs import SENTENCE_END, UNKNOWN, Token

_DENIED: Final = re.compile(rf"[!?-]|G(?!{F}[NOn])")
_ELSEWHERE: Final = re.compile(r"[%$q]")
_LIFTED: Final = re.compile(r"^[-,e]*@|g")
_REFUSED: Final = re.compile(r"[eg]*-[-eg]*")
_APPOSED: Final = re.compile(
    rf"(?<=[WDy]),(?={F}(?:X|J|[NOoS]{F}[Mm]|[Mm]{F}[NOS]))"
    rf"|(?<=[XMm0]),(?={F}[Wy])|(?<=[WDyXMmP0SNO]),(?={F}C?{F}(?:T|{F}[NOn]U?(?:$|[|,])))"
)
"""Commas within one naming of a day: "Monday, 30 November, 10:00"."""
_NO_HOURS: Final = (
    re.compile(r"(?P<n>[NOnoXJTR])(?=e?[uH])"),
    re.compile(r"[lH]e?(?P<n>[NO])"),
    re.compile(r"#[ex]?(?P<n>[NO])"),
    re.compile(r"(?P<n>[NO])(?=x{0,2}#)"),
    re.compile(r"(?P<n>[NO]{3,})"),
)
_ONLY_A_DAY: Final = re.compile(r"[wWDXJTNOMm0UCcPABeh*^,|>v=}KLk&]+")
_SHORT: Final = re.compile(rf"w(?=X|J|T|S|[NOS]{F}[MmU]|P|C{F}[NOnT])")


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause names, and the signs of what it says about it; "_" where a day is named."""

    signs: str
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
        return _DENIED.search(self.signs) is not None

    @property
    def refuses(self) -> bool:
        """Whether it is a "no" by itself, an answer to what was said before."""
        return _REFUSED.fullmatch(self.signs) is not None

    @property
    def lifts(self) -> bool:
        """Whether it says for itself what is wanted."""
        return _LIFTED.search(self.signs) is not None


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
    if clause.denies or _ELSEWHERE.search(clause.signs):
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
    return UNKNOWN in clauses[at].signs and not any("g" in clause.signs for clause in clauses)


def _cleared(tokens: list[Token]) -> list[Token]:
    """The tokens with short weekdays decided, and without numbers that count something."""
    tokens = _without_dots(tokens)
    signs = "".join(token.sign for token in tokens)
    short = [
        m.start()
        for m in (
            re.finditer("w", signs) if _ONLY_A_DAY.fullmatch(signs) else _SHORT.finditer(signs)
        )
    ]
    counting = {
        place
        for pattern in _NO_HOURS
        for match in pattern.finditer(signs)
        for place in range(*match.span("n"))
    }
    return [
        Token("W", token.value)
        if token.sign == "w" and at in short
        else Token(UNKNOWN)
        if token.sign == "w"
        else Token("u")
        if at in counting
        else token
        for at, token in enumerate(tokens)
    ]


def _without_dots(tokens: list[Token]) -> list[Token]:
    """The tokens without full stops that only end a short form: "Mo.", "Str."."""
    return [
        token
        for at, token in enumerate(tokens)
        if token.sign != SENTENCE_END or at == 0 or tokens[at - 1].sign not in "wml#"
    ]


def _split(tokens: list[Token]) -> Iterator[tuple[int, list[Token]]]:
    """The clauses with the number of their sentence; a "but" begins one too."""
    signs = "".join(token.sign for token in tokens)
    signs = _APPOSED.sub("_", signs)
    tokens = [
        Token(sign) if sign == "_" else token for sign, token in zip(signs, tokens, strict=True)
    ]
    sentence = 0
    for border in re.finditer(r"([|,]?)((?:@[^|,@]*)|[^|,@]+)?", signs):
        sentence += border[1] == SENTENCE_END
        if border[2]:
            yield sentence, tokens[slice(*border.span(2))]


def _clause(tokens: list[Token], sentence: int, today: date) -> Clause:
    signs = "".join(token.sign for token in tokens)
    mentions = days_of(signs, tokens, today)
    for each in mentions:
        signs = signs[: each.start] + "_" * (each.end - each.start) + signs[each.end :]
    wanted = tuple(_wanted(signs, mentions))
    return Clause(signs, sentence, wanted, times_of(signs, tokens))


def _wanted(signs: str, mentions: list[Mention]) -> Iterator[Mention]:
    """The days without those that others are to replace, and of a move only where it goes."""
    for mention in mentions:
        before = signs[: mention.start]
        if mention.silent or re.search(rf"~{F}$", before):
            continue
        if "V" in signs and not re.search(r"[\^Et]e*$", before):
            continue
        yield mention
