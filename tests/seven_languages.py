"""The languages that are shipped, and how they are written."""

from pathlib import Path

from bot.city import language_file

LOCALES = Path(__file__).parent.parent / "locales"
LANGUAGES = ("ar", "de", "en", "fr", "ro", "ru", "uk")
WRITTEN = language_file.load(LOCALES, LANGUAGES)
