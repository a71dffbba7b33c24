"""What is nothing but pictures, and what has a word in it."""

import pytest

from bot.understanding.emoji import is_only_emoji


@pytest.mark.parametrize(
    "text", ["👍", "👍🏽", "👌 👌", "❤️", "✅", "👨‍👩‍👧", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇺🇦", " 🙏\n", "☑"]
)
def test_pictures_alone_are_seen_as_such(text: str) -> None:
    assert is_only_emoji(text)


@pytest.mark.parametrize(
    "text", ["", " ", "ok 👍", "👍 10", "да👍", "نعم", ":)", "?", "\ufe0f", "1️⃣"]
)
def test_words_numbers_and_signs_are_not(text: str) -> None:
    assert not is_only_emoji(text)
