"""The tables of typed words, read once for all tests."""

from pathlib import Path

from bot.understanding.heard import tables_of

LANGUAGES = ("de", "en", "ru", "uk", "fr", "ro", "ar")
WORDS = tables_of(Path(__file__).parent.parent / "locales", LANGUAGES)
