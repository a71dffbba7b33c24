"""Text of nothing but little pictures: as much of an answer as a sticker is."""

import unicodedata

PICTURES = {"So", "Sk"}
JOINED = {*PICTURES, "Cf", "Mn", "Me"}
"""What pictures are made of: joiners, selectors and frames too (Unicode, UTS 51)."""


def is_only_emoji(text: str) -> bool:
    """Whether there are pictures in it and no words, numbers or punctuation."""
    kinds = {unicodedata.category(sign) for sign in text if not sign.isspace()}
    return bool(kinds & PICTURES) and kinds <= JOINED
