"""Parameters of a call checked against the specification, compiled once.

Stricter than Telegram on purpose: an unknown parameter or field is refused, not ignored, and a
JSON body must use JSON types. Values of forms and query strings are text and decoded first.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.simulator.refusal import NOT_FOUND, Refusal, bad_request

Check = Callable[[Any, str], str | None]
Decode = Callable[[str], Any]

SPECIFICATION = Path(__file__).with_name("bot_api.json")
MISSING = {"chat_id": "chat_id is empty", "text": "message text is empty"}
ARRAY = "Array of "


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a multipart request."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class _Parameter:
    check: Check
    decode: Decode
    takes_file: bool


@dataclass(frozen=True, slots=True)
class _Method:
    name: str
    parameters: Mapping[str, _Parameter]
    required: tuple[str, ...]


class Checker:
    """All methods this server knows; names are matched without case, as Telegram does."""

    def __init__(self, specification: Path = SPECIFICATION) -> None:
        source = json.loads(specification.read_text("utf-8"))
        self._types: Mapping[str, Any] = source["types"]
        self._checks: dict[str, Check] = {}
        self._methods = {
            name.lower(): self._method(name, fields) for name, fields in source["methods"].items()
        }

    def method(self, name: str) -> str | Refusal:
        """The name as the specification writes it."""
        method = self._methods.get(name.lower())
        return method.name if method else NOT_FOUND

    def check(
        self, method: str, given: Mapping[str, Any], uploads: Mapping[str, Upload], *, text: bool
    ) -> dict[str, Any] | Refusal:
        """The decoded parameters; text says that the values came from a form or a query."""
        known = self._methods[method.lower()]
        # A file part is either named like its parameter or pointed to by attach://.
        direct = {name: file for name, file in uploads.items() if name in known.parameters}
        checked: dict[str, Any] = {}
        for name, value in {**given, **direct}.items():
            parameter = known.parameters.get(name)
            if parameter is None:
                return bad_request(f'unknown parameter "{name}"')
            value = parameter.decode(value) if text and isinstance(value, str) else value
            if value is None:
                continue
            if parameter.takes_file and isinstance(value, str) and value.startswith("attach://"):
                value = uploads.get(value.removeprefix("attach://"), value)
            if problem := parameter.check(value, name):
                return bad_request(problem)
            checked[name] = value
        return _missing(known, checked) or checked

    def _method(self, name: str, fields: Mapping[str, Any]) -> _Method:
        required = fields.get("required", {})
        return _Method(
            name,
            {
                parameter: _Parameter(self._any_of(types), _decoder(types), "InputFile" in types)
                for parameter, types in (required | fields.get("optional", {})).items()
            },
            tuple(required),
        )

    def _any_of(self, types: list[str]) -> Check:
        checks = [self._check(name) for name in types]
        if len(checks) == 1:
            return checks[0]

        def check(value: Any, path: str) -> str | None:
            problems = [problem for one in checks if (problem := one(value, path))]
            if len(problems) < len(checks):
                return None
            closest = self._closest(types, value)
            return problems[closest] if closest is not None else f"{path} must be {_list(types)}"

        return check

    def _closest(self, types: list[str], value: Any) -> int | None:
        """The object type that the value was meant to be, judged by its required fields."""
        for index, name in enumerate(types):
            required = self._types.get(name, {}).get("required")
            if required and isinstance(value, dict) and required.keys() <= value.keys():
                return index
        return None

    def _check(self, name: str) -> Check:
        if name not in self._checks:
            self._checks[name] = self._compile(name)
        return self._checks[name]

    def _compile(self, name: str) -> Check:
        if name in _BASIC:
            return _BASIC[name]
        if name.startswith('"'):
            return _literal(json.loads(name))
        if name.startswith(ARRAY):
            return _array(self._check(name.removeprefix(ARRAY)))
        if subtypes := self._types[name].get("subtypes"):
            return self._any_of(subtypes)
        return self._object(name)

    def _object(self, name: str) -> Check:
        required = self._types[name].get("required", {})
        fields = {
            field: self._any_of(types)
            for field, types in (required | self._types[name].get("optional", {})).items()
        }

        def check(value: Any, path: str) -> str | None:
            if not isinstance(value, dict):
                return f"{path} must be {name}"
            for field, content in value.items():
                if field not in fields:
                    return f'unknown field "{path}.{field}"'
                if problem := fields[field](content, f"{path}.{field}"):
                    return problem
            absent = [field for field in required if field not in value]
            return f'field "{path}.{absent[0]}" is required' if absent else None

        return check


def _missing(method: _Method, given: Mapping[str, Any]) -> Refusal | None:
    for name in method.required:
        if name not in given:
            return bad_request(MISSING.get(name, f'parameter "{name}" is required'))
    return None


def _basic(name: str, *kinds: type) -> Check:
    def check(value: Any, path: str) -> str | None:
        fits = isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
        return None if fits else f"{path} must be {name}"

    return check


def _true(value: Any, path: str) -> str | None:
    return None if value is True else f"{path} must be True"


_BASIC: Mapping[str, Check] = {
    "Integer": _basic("Integer", int),
    "Float": _basic("Float", int, float),
    "Boolean": _basic("Boolean", bool),
    "String": _basic("String", str),
    "InputFile": _basic("a file", Upload),
    "True": _true,
}


def _literal(expected: str) -> Check:
    def check(value: Any, path: str) -> str | None:
        return None if value == expected else f'{path} must be "{expected}"'

    return check


def _array(item: Check) -> Check:
    def check(value: Any, path: str) -> str | None:
        if not isinstance(value, list):
            return f"{path} must be an Array"
        for index, content in enumerate(value):
            if problem := item(content, f"{path}[{index}]"):
                return problem
        return None

    return check


def _decoder(types: list[str]) -> Decode:
    readers = [_READERS.get(name, json.loads) for name in types]

    def decode(text: str) -> Any:
        for read in readers:
            try:
                return read(text)
            except (ValueError, KeyError):
                continue
        return text

    return decode


_READERS: Mapping[str, Decode] = {
    "Integer": int,
    "Float": float,
    "Boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}[text.lower()],
    "String": str,
    "InputFile": str,
}


def _list(types: list[str]) -> str:
    return " or ".join(types)
