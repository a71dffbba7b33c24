"""A table of days as its reader wrote it, turned into phrases and what each stands for."""

from collections.abc import Iterator, Mapping

from bot.understanding import day_tokens as tokens
from bot.understanding.day_lexicon import Prepared
from bot.understanding.day_tokens import Token, TokenKind, Value
from bot.understanding.tokenizer import words

Table = Mapping[str, tuple[str, ...]]
Sections = Mapping[str, Table]
Phrase = tuple[str, ...]

_UMLAUTS = str.maketrans("äöüÄÖÜ", "aouAOU")
_NAMED = (TokenKind.WEEKDAY, TokenKind.NUMBER)
"""Of two meanings, those whose value counts."""
_BY_KEY = {
    "clock": tokens.CLOCK,
    "which": tokens.WHICH,
    "bound": tokens.BOUND,
    "unless": tokens.UNLESS,
    "beside": tokens.BESIDE,
}


class TwoMeaningsError(Exception):
    """Phrases that stand in two places of a table and cannot be both: key and phrase of each."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{key}: {phrase}" for key, phrase in found))
        self.found = found


def prepared(sections: Sections, prefixes: Mapping[str, str]) -> Prepared:
    """The phrases of a table; raises TwoMeaningsError."""
    entries: dict[Phrase, tuple[Token, ...]] = {}
    twice: list[tuple[str, str]] = []
    for key, phrase, token in _single(sections):
        known = entries.get(words(phrase))
        both = token if known is None else _both(known[0], token)
        if both is None:
            twice.append((key, phrase))
        else:
            entries[words(phrase)] = (both,)
    if twice:
        raise TwoMeaningsError(twice)
    for _, phrase, token in _single(sections):
        entries.setdefault(words(phrase.translate(_UMLAUTS)), (token,))
    return Prepared(
        entries=dict(_with_parts(sections, entries)) | entries,
        endings=frozenset(_endings(sections)),
        address_endings=tuple(
            ending
            for word in sections["beside"].get("address", ())
            if word.startswith("-")
            for ending in words(word)
        ),
        prefixes=tuple(
            (words(prefix)[0], instead)
            for prefix, instead in sorted(prefixes.items(), key=lambda each: -len(each[0]))
        ),
    )


def _endings(sections: Sections) -> Iterator[str]:
    for ending in sections["ordinal"].get("endings", ()):
        yield from words(ending)


def _single(sections: Sections) -> Iterator[tuple[str, str, Token]]:
    """Key, phrase and token of everything that stands for one thing."""
    for section, table in sections.items():
        for key, phrases in table.items():
            if section != "part_after_a_day" and (section, key) != ("ordinal", "endings"):
                token = _token(section, key)
                for phrase in phrases:
                    if not phrase.startswith("-"):
                        yield f"{section}.{key}", phrase, token


def _token(section: str, key: str) -> Token:
    if section in _BY_KEY:
        return Token(_BY_KEY[section][key])
    if section == "length":
        return tokens.LENGTHS[key]
    return Token(TokenKind[section.upper()], _value(section, key))


def _value(section: str, key: str) -> Value:
    match section:
        case "weekday" | "weekday_short":
            return tokens.WEEKDAYS.index(key)
        case "month" | "month_short":
            return tokens.MONTHS.index(key) + 1
        case "day":
            return tokens.DAYS.index(key)
        case "part":
            return _part(key)
        case "time":
            return tuple(map(int, key.split(":")))
        case "ahead":
            return tuple(map(int, key.split(" or ")))
        case _:
            return int(key)


def _part(key: str) -> int:
    return tokens.PARTS.index(tokens.Part(key))


def _spellings(phrase: str) -> set[Phrase]:
    """A phrase as it is written, and on a keyboard without umlauts."""
    return {words(phrase), words(phrase.translate(_UMLAUTS))}


def _both(known: Token, more: Token) -> Token | None:
    """Two meanings of one phrase as one, None where nothing is there for both."""
    if known == more:
        return known
    kind = tokens.BOTH.get(frozenset((known.kind, more.kind)))
    if kind is None:
        return None
    return Token(kind, more.value if more.kind in _NAMED else known.value)


def _with_parts(
    sections: Sections, entries: Mapping[Phrase, tuple[Token, ...]]
) -> Iterator[tuple[Phrase, tuple[Token, ...]]]:
    """ "Freitagvormittag" and "Freitag Morgen": a day with a part that alone is something else."""
    days = [
        (phrase, said)
        for phrase, said in entries.items()
        if said[0].kind in (TokenKind.WEEKDAY, TokenKind.DAY)
    ]
    for key, parts in sections["part_after_a_day"].items():
        for part in {spelling for each in parts for spelling in _spellings(each)}:
            said = Token(TokenKind.PART, _part(key))
            for phrase, day in days:
                yield (*phrase, *part), (*day, said)
                if len(phrase) == len(part) == 1:
                    yield (phrase[0] + part[0],), (*day, said)
