"""The days a clause names: patterns of signs, and which days each means."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.understanding import calendar_days as calendar
from bot.understanding.calendar_days import Days
from bot.understanding.day_signs import FILLING as F
from bot.understanding.day_signs import NUMBER as N
from bot.understanding.day_signs import Token

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """Days named at a place of a clause; neither days nor a span where none can be meant."""

    start: int
    end: int
    days: Days = ()
    span: tuple[date, date] | None = None
    weekday: int | None = None
    """Of a weekday without a date: a date beside it says which."""
    silent: bool = False
    """It only looked like a day: "in two hours"."""

    @property
    def over(self) -> bool:
        """Whether it names a day on which nobody can come."""
        return not (self.days or self.span or self.silent)


Read = Callable[["_Clause", Match], Mention]


@dataclass(frozen=True, slots=True)
class _Clause:
    tokens: list[Token]
    today: date

    def value(self, match: Match, group: str, default: int = 1) -> int:
        """What the word at a group of the pattern counts; the default where there is none."""
        at = match.start(group) if group in match.re.groupindex else -1
        value = self.tokens[at].value if at >= 0 else default
        return value if isinstance(value, int) else default

    def count(self, match: Match) -> tuple[int, str]:
        """How many of which unit; "two weeks" may be one word."""
        unit = self.tokens[match.start("u")]
        each = unit.value if isinstance(unit.value, int) and unit.sign in "dKL" else 1
        letter = {"z": "d", "Q": "d", "y": "L"}.get(unit.sign, unit.sign)
        return self.value(match, "n") * each, letter


def days_of(signs: str, tokens: list[Token], today: date) -> list[Mention]:
    """Everything in a clause that names a day, in order."""
    if not _NAMING.search(signs):
        return []
    clause, taken = _Clause(tokens, today), [False] * len(signs)
    found: list[Mention] = []
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(signs):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(match[0])
                found.append(read(clause, match))
    return sorted(found, key=lambda mention: mention.start)


def _days(match: Match, days: Days, weekday: int | None = None) -> Mention:
    return Mention(match.start(), match.end(), days, weekday=weekday)


def _span(match: Match, first: date, last: date) -> Mention:
    return Mention(match.start(), match.end(), span=(first, last))


def _silent(_: _Clause, match: Match) -> Mention:
    return Mention(match.start(), match.end(), silent=True)


def _over(_: _Clause, match: Match) -> Mention:
    return Mention(match.start(), match.end())


def _within(clause: _Clause, match: Match) -> Mention:
    last = calendar.ahead(clause.today, *clause.count(match))
    return _span(match, clause.today, last) if last else _over(clause, match)


def _jump(clause: _Clause, match: Match) -> Mention:
    value = clause.tokens[match.start()].value
    counts = value if isinstance(value, tuple) else (value,)
    return _days(match, tuple(clause.today + timedelta(count) for count in counts))


def _ahead(clause: _Clause, match: Match) -> Mention:
    day = calendar.ahead(clause.today, *clause.count(match))
    return _days(match, (day,) if day else ())


def _ahead_of_day(clause: _Clause, match: Match) -> Mention:
    """ "Monday in a week", "two weeks from tomorrow"."""
    value = clause.value(match, "base")
    relative = clause.tokens[match.start("base")].sign == "D"
    base = clause.today + timedelta(value) if relative else calendar.coming(clause.today, value)
    day = calendar.ahead(base, *clause.count(match))
    return _days(match, (day,) if day else ())


def _weekday_ahead(clause: _Clause, match: Match) -> Mention:
    """ "In two weeks on Monday": of the week then, or counted from the coming Monday."""
    count, unit = clause.count(match)
    weekday = clause.value(match, "w")
    then = calendar.ahead(clause.today, count, unit)
    counted = calendar.ahead(calendar.coming(clause.today, weekday), count, unit)
    if unit != "K" or then is None or counted is None:
        return _over(clause, match)
    return _days(match, tuple(sorted({calendar.in_week(then, weekday, 0), counted})))


def _which(match: Match) -> str:
    return match["r"] if "r" in match.re.groupindex else ""


def _in_week(clause: _Clause, match: Match) -> Mention:
    weeks = {">": 1, "v": 1, "=": 0, "}": 2}.get(match["r"])
    if weeks is None:
        return _over(clause, match)
    day = calendar.in_week(clause.today, clause.value(match, "w"), weeks)
    if day < clause.today:
        return _over(clause, match)
    week = calendar.monday(day), calendar.monday(day) + timedelta(6)
    return Mention(match.start(), match.end(), (day,), week)


def _week(clause: _Clause, match: Match) -> Mention:
    weeks = {">": 1, "v": 1, "=": 0, "}": 2}.get(match["r"])
    if weeks is None:
        return _over(clause, match)
    first = calendar.in_week(clause.today, 0, weeks)
    return _span(match, max(first, clause.today), first + timedelta(6))


def _weekend(clause: _Clause, match: Match) -> Mention:
    weeks = {">": 1, "}": 2, "<": -1}.get(match["r"] or "", 0)
    saturday = calendar.in_week(clause.today, 5, weeks)
    if saturday + timedelta(1) < clause.today:
        return _over(clause, match)
    return _span(match, max(saturday, clause.today), saturday + timedelta(1))


def _month(clause: _Clause, match: Match) -> Mention:
    months = {">": 1, "v": 1, "=": 0, "}": 2}.get(match["r"])
    then = None if months is None else calendar.ahead(clause.today.replace(day=1), months, "L")
    if then is None:
        return _over(clause, match)
    return _span(match, *calendar.month_span(max(then, clause.today), then.month))


def _weekday(clause: _Clause, match: Match) -> Mention:
    weekday, today = clause.value(match, "w"), clause.today
    days: Callable[[date, int], Days] = {
        ">": calendar.next_named,
        "v": lambda day, named: (calendar.coming(day, named),),
        "=": calendar.this_named,
        "}": calendar.after_next,
        "<": lambda _, __: (),
        "": calendar.named,
    }[_which(match)]
    return _days(match, days(today, weekday), weekday)


def _numbered_weekday(clause: _Clause, match: Match) -> Mention:
    """ "Friday 4" may be the fourth or four o'clock: if the fourth is a Friday, both are offered."""
    weekday, figure = clause.value(match, "w"), clause.tokens[match.start("d")]
    dated = calendar.day_of_month(clause.today, clause.value(match, "d"))
    if not dated or dated[0].weekday() != weekday:
        named = calendar.named(clause.today, weekday)
        return Mention(match.start(), match.start("w") + 1, named, weekday=weekday)
    if figure.sign != "N" or re.match(f"{F}C?{F}[TNnP1-9]", match.string[match.end() :]):
        return _days(match, dated)
    return _days(match, tuple(sorted({*calendar.named(clause.today, weekday), *dated})))


def _relative(clause: _Clause, match: Match) -> Mention:
    return _days(match, (clause.today + timedelta(clause.value(match, "d")),))


def _today(clause: _Clause, match: Match) -> Mention:
    return _days(match, (clause.today,))


def _with_month(clause: _Clause, match: Match) -> Mention:
    year = clause.value(match, "y", 0)
    month = clause.value(match, "m")
    return _days(match, calendar.dated(clause.today, clause.value(match, "d"), month, year))


def _span_of_month(clause: _Clause, match: Match) -> Mention:
    month = clause.value(match, "m")
    first = calendar.dated(clause.today, clause.value(match, "d"), month, 0)
    last = calendar.dated(clause.today, clause.value(match, "l"), month, 0)
    if not first or not last or first > last:
        return _over(clause, match)
    return _span(match, first[0], last[0])


def _numeric(clause: _Clause, match: Match) -> Mention:
    value = clause.tokens[match.start()].value
    day, month, *year = value if isinstance(value, tuple) else (0, 0)
    return _days(match, calendar.dated(clause.today, day, month, year[0] if year else 0))


def _day_of_month(clause: _Clause, match: Match) -> Mention:
    return _days(match, calendar.day_of_month(clause.today, clause.value(match, "d")))


def _named_month(clause: _Clause, match: Match) -> Mention:
    return _span(match, *calendar.month_span(clause.today, clause.value(match, "m")))


_NAMING: Final = re.compile(r"[DWyXJRSMmjdzQKLkOo*=]")
"""Signs without which no pattern below fits."""
_R = "(?P<r>[>v=}<])"
_W = "(?P<w>W|(?<![NOnop])y)"
_NEXT = "(?=$|[^xuH#0Mm])"


def _patterns() -> Iterator[tuple[re.Pattern[str], Read]]:
    for pattern, read in (
        (rf"b{F}(?:{N}[dzQKLyU]|[dKL](?!{F}[>v=<}}]))", _over),
        (rf"[IZ]{F}{N}?U", _silent),
        (rf"[IZ]?{F}>{F}(?P<n>{N})(?P<u>[dzKL])", _within),
        (rf"[IZ]?{F}(?P<n>{N}){F}>{F}(?P<u>[dzKL])", _within),
        (r"j", _jump),
        (
            rf"(?P<base>D|W|(?<![NOnop])y){F}[IZa]{F}(?P<n>{N})?(?P<u>[dzQKLy])(?!{F}{_R})",
            _ahead_of_day,
        ),
        (rf"[IZa]{F}(?P<n>{N})?(?P<u>K){F}(?P<w>[Wy])", _weekday_ahead),
        (rf"(?P<n>{N})(?P<u>[dzK])[f*]{F}(?P<base>[DW])", _ahead_of_day),
        (rf"[IZa][ec*Q^EC]*(?P<n>{N})(?P<u>[dzQKLy])", _ahead),
        (rf"[IZa][Cc]?(?P<u>[dzQKL])(?!{F}[>v=<}}WNOnoXMm])", _ahead),
        (rf"[abf]{F}[kK](?!{F}[>v=<}}])", _over),
        (rf"{_W}{F}{_R}{F}K", _in_week),
        (rf"{_W}{F}K{F}{_R}", _in_week),
        (rf"{_R}{F}K{F}(?P<w>[Wy])", _in_week),
        (rf"K{F}{_R}{F}(?P<w>[Wy])", _in_week),
        (rf"{_R}{F}K", _week),
        (rf"K{F}{_R}", _week),
        (rf"{_R}{F}k", _weekend),
        (rf"k{F}{_R}", _weekend),
        (r"(?P<r>)(?:^|[*eIcE^])k", _weekend),
        (rf"{_R}{F}L(?!{F}M)", _month),
        (rf"L{F}{_R}", _month),
        (rf"{_R}{F}(?P<w>[Wy])", _weekday),
        (rf"{_W}{_R}(?!{F}[WPLkdQ])", _weekday),
        (r"=(?=P)", _today),
        (rf"[RXJ]{F}[Mm]", _over),
        (
            rf"(?<![Cc^])(?P<d>[NOnoS])[ec*Q^E]*[tYb^]{F}(?P<l>[NOnoS]){F}(?P<m>[Mm])",
            _span_of_month,
        ),
        (rf"(?P<d>[NOoSp]|n)[ec*Q^EL]*(?P<m>[Mm])(?:{F}(?P<y>0))?", _with_month),
        (rf"(?P<d>[NOS]){F}(?P<m>p)(?:{F}(?P<y>0))?(?![U37])", _with_month),
        (rf"(?P<m>[Mm])[e*]*(?P<d>[NOSo])(?![U&uHi'378AB])(?:{F}(?P<y>0))?", _with_month),
        (r"X", _numeric),
        (r"(?<!C)J", _numeric),
        (r"^[*e]*R$", _numeric),
        (r"(?P<d>D)", _relative),
        (rf"{_W}[*eQE]*(?P<d>[NOS])(?![NnUAB'378zid])", _numbered_weekday),
        (rf"{_W}", _weekday),
        (rf"(?P<d>S){_NEXT}", _day_of_month),
        (r"(?<![CcUabft])(?P<d>[NOoS])[*](?![WyNOSXoMeQ])", _day_of_month),
        (r"[*QE]e*(?P<d>[Oo])(?![UAB'378])", _day_of_month),
        (rf"[*QE]e*(?P<d>N)(?![UAB'378]){_NEXT}", _day_of_month),
        (r"[Icr]e*L?(?P<m>M)", _named_month),
        (r"^(?P<m>M)$", _named_month),
    ):
        yield re.compile(pattern), read


_PATTERNS: Final = tuple(_patterns())
