"""Days counted from another: today, three weeks from Monday."""

from datetime import date, timedelta

from bot.understanding import calendar_days as calendar
from bot.understanding.day_mentions import DayClause, Match, Mention, naming, over, spanning
from bot.understanding.day_tokens import TokenKind


def within(clause: DayClause, match: Match) -> Mention:
    last = calendar.ahead(clause.today, *clause.count(match))
    return spanning(match, clause.today, last) if last else over(clause, match)


def ahead(clause: DayClause, match: Match) -> Mention:
    day = calendar.ahead(clause.today, *clause.count(match))
    return naming(match, (day,) if day else ())


def ahead_of_day(clause: DayClause, match: Match) -> Mention:
    """ "Monday in a week", "two weeks from tomorrow"."""
    day = calendar.ahead(_base(clause, match), *clause.count(match))
    return naming(match, (day,) if day else ())


def weekday_ahead(clause: DayClause, match: Match) -> Mention:
    """ "In two weeks on Monday": of the week then, or counted from the coming Monday."""
    count, unit = clause.count(match)
    weekday = clause.value(match, "weekday")
    then = calendar.ahead(clause.today, count, unit)
    counted = calendar.ahead(calendar.coming(clause.today, weekday), count, unit)
    if then is None or counted is None:
        return over(clause, match)
    return naming(match, tuple(sorted({calendar.in_week(then, weekday, 0), counted})))


def jump(clause: DayClause, match: Match) -> Mention:
    value = clause.tokens[match.start()].value
    counts = value if isinstance(value, tuple) else (value,)
    return naming(match, tuple(clause.today + timedelta(count) for count in counts))


def jump_from_day(clause: DayClause, match: Match) -> Mention:
    """ "Lundi dans quinze jours": whole weeks from a day."""
    value = clause.tokens[match.start("ahead")].value
    weeks = (value[0] if isinstance(value, tuple) else value) // 7
    return naming(match, (_base(clause, match) + timedelta(weeks * 7),))


def relative(clause: DayClause, match: Match) -> Mention:
    return naming(match, (clause.today + timedelta(clause.value(match, "day")),))


def day_after(clause: DayClause, match: Match) -> Mention:
    """ "The day after tomorow", with a slip in it."""
    return naming(match, (clause.today + timedelta(clause.value(match, "day") + 1),))


def today(clause: DayClause, match: Match) -> Mention:
    return naming(match, (clause.today,))


def _base(clause: DayClause, match: Match) -> date:
    value = clause.value(match, "base")
    relative = clause.tokens[match.start("base")].kind is TokenKind.DAY
    return clause.today + timedelta(value) if relative else calendar.coming(clause.today, value)
