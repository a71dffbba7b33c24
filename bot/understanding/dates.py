"""The days a clause names: patterns of tokens, longer ones first, and what each means."""

from datetime import date
from typing import Final

from bot.understanding import counted_days as counted
from bot.understanding import named_days as named
from bot.understanding import written_dates as written
from bot.understanding.day_mentions import DayClause, Mention, over, silent
from bot.understanding.day_tokens import Token
from bot.understanding.token_patterns import pattern

_NAMING: Final = pattern(
    "[day WEEKDAY MONTH LENGTH weekend ahead date date_or_time from_to"
    " figure_dot figure_ending ordinal on_day onto_day of_the_month this]"
)
"""Kinds without which no pattern below fits."""
_WHICH = "<which:WHICH>"
_WEEKDAY = "<weekday:weekday | (?<!NUMBER) weekday_or_months>"
_DAY_OR_WEEKDAY = "<base:day | weekday | (?<!NUMBER) weekday_or_months>"
_COUNT = "<count:NUMBER>"
_UNIT = "<unit:[days days_or_pm weeks months]>"
_MONTH = "<month:MONTH>"
_YEAR = "(FILLING* <year:year>)?"
_ALONE = "(?![THING MONTH])"
"""Behind a number that counts or numbers nothing else, and has no month."""
_HOUR = "oclock am pm and_third and_half and_quarter less_quarter"
"""What behind a number says that it is an hour."""

_PATTERNS: Final = tuple(
    (pattern(text), reading)
    for text, reading in (
        (  # "Two weeks ago", as Arabic and Romanian say it.
            "before FILLING* (NUMBER [LENGTH oclock] | [days weeks months] (?! FILLING* WHICH))",
            over,
        ),
        ("IN FILLING* NUMBER? oclock", silent),  # "In two hours"
        (f"IN? FILLING* next FILLING* {_COUNT} {_UNIT}", counted.within),
        (f"IN? FILLING* {_COUNT} FILLING* next FILLING* {_UNIT}", counted.within),
        ("<base:[day WEEKDAY]> FILLING* <ahead:ahead>", counted.jump_from_day),
        ("ahead", counted.jump),
        (
            f"{_DAY_OR_WEEKDAY} FILLING* [IN after] FILLING* {_COUNT}? <unit:LENGTH>"
            " (?! FILLING* WHICH)",
            counted.ahead_of_day,
        ),
        (
            f"[IN after] FILLING* {_COUNT}? <unit:weeks> FILLING* <weekday:WEEKDAY>",
            counted.weekday_ahead,
        ),
        (
            f"{_COUNT} <unit:[days days_or_pm weeks]> [from on_day] FILLING* <base:[day weekday]>",
            counted.ahead_of_day,
        ),
        (f"[IN after] [FILLING at]* {_COUNT} <unit:LENGTH>", counted.ahead),
        (
            "[IN after] AT? <unit:[days days_or_pm days_or_on_day weeks months]>"
            " (?! [filler ON_DAY]* [WHICH weekday MONTH date figure figure_dot number ordinal])",
            counted.ahead,
        ),
        ("[after before from] FILLING* [weekend weeks] (?! FILLING* WHICH)", over),
        ("(?<![AT onto]) [ordinal figure_ending] weekday", over),  # "The first Monday"
        ("days FILLING* after FILLING* <day:day>", counted.day_after),
        (f"{_WEEKDAY} FILLING* {_WHICH} FILLING* weeks", named.in_week),
        (f"{_WEEKDAY} FILLING* weeks FILLING* {_WHICH}", named.in_week),
        (f"{_WHICH} FILLING* weeks FILLING* <weekday:WEEKDAY>", named.in_week),
        (f"weeks FILLING* {_WHICH} FILLING* <weekday:WEEKDAY>", named.in_week),
        (f"{_WHICH} FILLING* weeks", named.week),
        (f"weeks FILLING* {_WHICH}", named.week),
        (f"{_WHICH} FILLING* weekend", named.weekend),
        (f"weekend FILLING* {_WHICH}", named.weekend),
        ("(^ | [in at_or_in on_day onto onto_day filler]) weekend", named.weekend),
        (f"{_WHICH} FILLING* months (?! FILLING* month)", named.in_month),
        (f"months FILLING* {_WHICH}", named.in_month),
        (f"{_WHICH} FILLING* <weekday:WEEKDAY>", named.weekday),
        (
            f"{_WEEKDAY} {_WHICH} (?! FILLING* [weekday part days days_or_on_day months weekend])",
            named.weekday,
        ),
        ("this (?=part)", counted.today),
        (f"from_to FILLING* {_MONTH}", written.dashed_span),
        ("[date date_or_time] FILLING* MONTH", over),  # "3.4. May"
        (
            "(?<![AT onto]) <day:[DAY_OF_MONTH number]> FILLING*"
            " [until until_or_past before onto] FILLING*"
            f" <last:[DAY_OF_MONTH number]> FILLING* {_MONTH}",
            written.span_of_month,
        ),
        (
            "<day:[DAY_OF_MONTH number number_or_month]> [FILLING months of_the_month]*"
            f" {_MONTH} {_YEAR}",
            written.with_month,
        ),
        (  # "Le 3 sept", but not "le 3, sept heures".
            f"<day:FIGURE> FILLING* <month:number_or_month> {_YEAR}"
            " (?![oclock and_half and_quarter])",
            written.with_month,
        ),
        (
            f"{_MONTH} [filler on_day]* <day:DAY_OF_MONTH>"
            f" (?![{_HOUR} and minutes counted counted_or_label]) {_YEAR}",
            written.with_month,
        ),
        ("date", written.numeric),
        ("(?<!at) date_or_time", written.numeric),
        ("^ [on_day filler]* from_to $", written.numeric),
        ("<day:day>", counted.relative),
        (
            f"{_WEEKDAY} ON_DAY* <day:[figure figure_dot]>"
            f" (?![{_HOUR} figure number days days_or_pm minutes])",
            written.numbered_weekday,
        ),
        (_WEEKDAY, named.weekday),
        (f"<day:figure_ending> {_ALONE}", written.day_of_month),
        (
            "(?<![AT oclock after before from until]) <day:DAY_OF_MONTH> of_the_month",
            written.day_of_month,
        ),
        (f"ON_DAY filler* <day:[figure_dot ordinal]> (?![{_HOUR}])", written.day_of_month),
        (f"ON_DAY filler* <day:figure> (?![{_HOUR}]) {_ALONE}", written.day_of_month),
        (f"ON_DAY filler* <day:number> (?![{_HOUR} number]) {_ALONE}", written.day_said),
        ("[in at_or_in part_of_month] filler* months? <month:month>", named.named_month),
        ("^ <month:month> $", named.named_month),
    )
)


def days_of(kinds: str, tokens: list[Token], today: date) -> list[Mention]:
    """Everything in a clause that names a day, in order."""
    if not _NAMING.search(kinds):
        return []
    clause, taken = DayClause(tokens, today), [False] * len(kinds)
    found: list[Mention] = []
    for known, reading in _PATTERNS:
        for match in known.finditer(kinds):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(match[0])
                found.append(reading(clause, match))
    return sorted(found, key=lambda mention: mention.start)
