"""The tables of typed words, read once for all tests."""

from pathlib import Path

from bot.understanding.heard import Tables

LANGUAGES = ("de", "en", "ru", "uk", "fr", "ro", "ar")
WORDS = Tables.load(Path(__file__).parent.parent / "locales", LANGUAGES)
