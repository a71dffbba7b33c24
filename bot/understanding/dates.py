"""The days a clause names: patterns of signs, longer ones first, and what each means."""

import re
from datetime import date
from typing import Final

from bot.understanding import day_mentions as read
from bot.understanding.day_mentions import DayClause, Mention
from bot.understanding.day_signs import FILLING as F
from bot.understanding.day_signs import NUMBER as N
from bot.understanding.day_signs import Token

_NAMING: Final = re.compile(r"[DWyXJRSMmjdzQEKLkOo*=+]")
"""Signs without which no pattern below fits."""
_R = "(?P<r>[>v=}<])"
_W = "(?P<w>W|(?<![NOnop])y)"
_NEXT = "(?=$|[^xuH#0Mm])"


_PATTERNS: Final = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (rf"b{F}(?:{N}[dzQKLyU]|[dKL](?!{F}[>v=<}}]))", read.over),
        (rf"[IZ]{F}{N}?U", read.silent),
        (rf"[IZ]?{F}>{F}(?P<n>{N})(?P<u>[dzKL])", read.within),
        (rf"[IZ]?{F}(?P<n>{N}){F}>{F}(?P<u>[dzKL])", read.within),
        (rf"(?P<base>[DWy]){F}(?P<j>j)", read.jump_from_day),
        (r"j", read.jump),
        (
            rf"(?P<base>D|W|(?<![NOnop])y){F}[IZa]{F}(?P<n>{N})?(?P<u>[dzQKLy])(?!{F}{_R})",
            read.ahead_of_day,
        ),
        (rf"[IZa]{F}(?P<n>{N})?(?P<u>K){F}(?P<w>[Wy])", read.weekday_ahead),
        (rf"(?P<n>{N})(?P<u>[dzK])[f*]{F}(?P<base>[DW])", read.ahead_of_day),
        (rf"[IZa][ec*Q^EC]*(?P<n>{N})(?P<u>[dzQKLy])", read.ahead),
        (r"[IZa][Cc]?(?P<u>[dzQKL])(?![e*QE]*[>v=<}WNOnoXMm])", read.ahead),
        (rf"[abf]{F}[kK](?!{F}[>v=<}}])", read.over),
        (r"(?<![Cc^])[oS]W", read.over),
        (rf"d{F}a{F}(?P<d>D)", read.day_after),
        (rf"{_W}{F}{_R}{F}K", read.in_week),
        (rf"{_W}{F}K{F}{_R}", read.in_week),
        (rf"{_R}{F}K{F}(?P<w>[Wy])", read.in_week),
        (rf"K{F}{_R}{F}(?P<w>[Wy])", read.in_week),
        (rf"{_R}{F}K", read.week),
        (rf"K{F}{_R}", read.week),
        (rf"{_R}{F}k", read.weekend),
        (rf"k{F}{_R}", read.weekend),
        (r"(?P<r>)(?:^|[*eIcE^])k", read.weekend),
        (rf"{_R}{F}L(?!{F}M)", read.in_month),
        (rf"L{F}{_R}", read.in_month),
        (rf"{_R}{F}(?P<w>[Wy])", read.weekday),
        (rf"{_W}{_R}(?!{F}[WPLkdQ])", read.weekday),
        (r"=(?=P)", read.today),
        (rf"R{F}(?P<m>[Mm])", read.dashed_span),
        (rf"[XJ]{F}[Mm]", read.over),
        (
            rf"(?<![Cc^])(?P<d>[NOnoS])[ec*Q^E]*[tYb^]{F}(?P<l>[NOnoS]){F}(?P<m>[Mm])",
            read.span_of_month,
        ),
        (rf"(?P<d>[NOoSp]|n)[ec*Q^EL+]*(?P<m>[Mm])(?:{F}(?P<y>0))?", read.with_month),
        (rf"(?P<d>[NOS]){F}(?P<m>p)(?:{F}(?P<y>0))?(?![U37])", read.with_month),
        (rf"(?P<m>[Mm])[e*]*(?P<d>[NOSo])(?![U&uHi'378AB])(?:{F}(?P<y>0))?", read.with_month),
        (r"X", read.numeric),
        (r"(?<!C)J", read.numeric),
        (r"^[*e]*R$", read.numeric),
        (r"(?P<d>D)", read.relative),
        (rf"{_W}[*QE]*(?P<d>[NO])(?![NnUAB'378zid])", read.numbered_weekday),
        (rf"{_W}", read.weekday),
        (rf"(?P<d>S){_NEXT}", read.day_of_month),
        (r"(?<![CcUabft])(?P<d>[NOoS])[+]", read.day_of_month),
        (r"[*QE]e*(?P<d>[Oo])(?![UAB'378])", read.day_of_month),
        (rf"[*QE]e*(?P<d>N)(?![UAB'378]){_NEXT}", read.day_of_month),
        (rf"[*QE]e*(?P<d>n)(?![UAB'378n]){_NEXT}", read.day_said),
        (r"[Icr]e*L?(?P<m>M)", read.named_month),
        (r"^(?P<m>M)$", read.named_month),
    )
)


def days_of(signs: str, tokens: list[Token], today: date) -> list[Mention]:
    """Everything in a clause that names a day, in order."""
    if not _NAMING.search(signs):
        return []
    clause, taken = DayClause(tokens, today), [False] * len(signs)
    found: list[Mention] = []
    for pattern, reading in _PATTERNS:
        for match in pattern.finditer(signs):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(match[0])
                found.append(reading(clause, match))
    return sorted(found, key=lambda mention: mention.start)
