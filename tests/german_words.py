"""Finds German in what the staff read where they read another language."""

import re
from functools import cache

from bot.app import LOCALES
from bot.rendering import catalogues

WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
TAG = re.compile(r"<style>.*?</style>|<[^>]*>", re.DOTALL)


def catalogued(language: str, domain: str) -> dict[str, str]:
    """The messages of a catalogue by key, all forms of one together."""
    found = catalogues.read(LOCALES, language, domain)
    return {catalogues.key_of(each): " ".join(_forms(each.string)) for each in found if each.id}


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


@cache
def german_only() -> frozenset[str]:
    """Words the German staff read and the English do not."""
    german, english = (
        frozenset(WORD.findall(" ".join(catalogued(code, catalogues.STAFF).values()).lower()))
        for code in ("de", "en")
    )
    return german - english


def german_in(text: str) -> set[str]:
    """The German words of a text or a page."""
    return {*WORD.findall(TAG.sub(" ", text).lower())} & german_only()
