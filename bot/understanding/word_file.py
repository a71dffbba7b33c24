"""A file of words in `locales/<language>/`: how it is written, what is wrong or missing in it."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, ValidationError

from bot.city.fields import Many
from bot.city.model import TomlTable
from bot.city.problems import Problem, plainly

Entry = TypeVar("Entry")
Lists = dict[str, Many[Entry]]
"""A section: words or phrases by what they mean."""
File = TypeVar("File", bound=TomlTable)


def _with_words(text: str) -> str:
    if not re.search(r"\w", text):
        raise ValueError(f'"{text}" has no words')
    return text


Phrase = Annotated[str, AfterValidator(_with_words)]


class WordFilesError(Exception):
    """Files of words that cannot be used, with everything that is wrong with them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def keys(*known: str) -> AfterValidator:
    """Of a section: it has these keys and no others."""
    return _checked(lambda key: key in known, f"known are {', '.join(known)}")


def shaped(pattern: str, example: str) -> AfterValidator:
    """Of a section: its keys are written like the example."""
    return _checked(lambda key: bool(re.fullmatch(pattern, key)), f"must be written as {example}")


def _checked(good: Callable[[str], bool], hint: str) -> AfterValidator:
    def check(lists: Mapping[str, object]) -> Mapping[str, object]:
        for key in lists:
            if not good(key):
                raise ValueError(f'"{key}" is not a known key: {hint}')
        return lists

    return AfterValidator(check)


def shown(language: str, name: str) -> str:
    """A file as problems name it."""
    return f"locales/{language}/{name}"


def read(
    locales: Path, language: str, name: str, model: type[File]
) -> tuple[File, tuple[Problem, ...]]:
    """The file, empty where there is none or it has faults, and its faults."""
    raw: dict[str, Any] = {}
    try:
        raw = tomllib.loads((locales / language / name).read_text(encoding="utf-8"))
        return model.model_validate(raw), ()
    except FileNotFoundError:
        faults = []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults = [("file", f"cannot be read: {error}")]
    except ValidationError as error:
        faults = list(plainly(error, raw))
    return model(), tuple(Problem(shown(language, name), key, reason) for key, reason in faults)


def gaps(
    load: Callable[[Path, Collection[str]], object],
    missing: Callable[[Path, str], Iterable[Problem]],
    locales: Path,
    languages: Collection[str],
) -> tuple[Problem, ...]:
    """Faults of the files as `load` finds them; where there are none, what each language lacks."""
    try:
        load(locales, languages)
    except WordFilesError as error:
        return error.problems
    return tuple(problem for language in languages for problem in missing(locales, language))


def missing(
    file: TomlTable, label: str, needed: Mapping[str, tuple[str, ...]]
) -> Iterator[Problem]:
    """A warning for each list that is needed and has no words."""
    for section, needed_keys in needed.items():
        for key in needed_keys:
            if not getattr(file, section).get(key):
                yield Problem(label, f"{section}.{key}", "has no words", "warning")
