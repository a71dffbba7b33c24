"""German names as people write them in other scripts, and with one slip of the pen."""

import re
from random import Random
from string import ascii_lowercase

CYRILLIC = dict(zip("abdefgiklmnoprstuvz", "абдефгиклмнопрстувз", strict=True))
ARABIC = dict(zip("abdfghiklmnoqrstuyz", "ابدفغهيكلمنوقرستويز", strict=True))
_ALIKE = (("ß", "сс"), ("w", "в"), ("j", "й"), ("qu", "кв"), ("c", "к"), ("x", "кс"))
RUSSIAN = (
    *(("sch", "ш"), ("ch", "х"), ("ck", "к"), ("tz", "ц"), ("z", "ц"), ("ei", "ай"), ("eu", "ой")),
    *(("ie", "и"), ("ä", "э"), ("ö", "ё"), ("ü", "ю"), ("v", "ф"), ("h", "х"), ("y", "и")),
    *_ALIKE,
)
UKRAINIAN = (
    *(("sch", "ш"), ("ch", "х"), ("ck", "к"), ("tz", "ц"), ("z", "ц"), ("ei", "ай"), ("eu", "ой")),
    *(("ie", "і"), ("ä", "е"), ("ö", "е"), ("ü", "ю"), ("v", "ф"), ("h", "г"), ("y", "і")),
    *_ALIKE,
)
LETTERS = (
    *(("ch", "ч"), ("sh", "ш"), ("h", "х"), ("ä", "а"), ("ö", "о"), ("ü", "у"), ("y", "ы")),
    *_ALIKE,
)
"""Letter by letter, as a library writes Cyrillic in Latin, backwards."""
_AS_HEARD = (("w", "ف"), ("v", "ف"), ("j", "ي"), ("c", "ك"), ("x", "كس"), ("p", "ب"))
HEARD = (
    *(
        ("sch", "ش"),
        ("ch", "خ"),
        ("ck", "ك"),
        ("tz", "تس"),
        ("z", "تس"),
        ("ei", "اي"),
        ("eu", "وي"),
    ),
    *(("ie", "ي"), ("ä", "ي"), ("ö", "و"), ("ü", "و"), ("ß", "س"), ("st", "شت"), ("e", "")),
    *_AS_HEARD,
)
WRITTEN = (
    *(("kh", "خ"), ("sh", "ش"), ("ch", "چ"), ("th", "ث"), ("dh", "ذ"), ("gh", "غ"), ("w", "و")),
    *(("ä", "ا"), ("ö", "و"), ("ü", "و"), ("ß", "س"), ("e", "ي"), ("c", "ك"), ("x", "كس")),
    *(("p", "ب"), ("v", "ف"), ("j", "ج")),
)


def written(name: str, sounds: tuple[tuple[str, str], ...], letters: dict[str, str]) -> str:
    """A German name in another script."""
    name = re.sub(r"[Ss]tr(\.|\b)", "straße", name).lower()
    for german, other in sounds:
        name = name.replace(german, other)
    return "".join(letters.get(char, char) for char in name)


def with_one_slip(name: str, dice: Random) -> str:
    """One letter lost, doubled, changed or swapped with the next."""
    at = dice.choice([place for place, char in enumerate(name) if char.isalpha()])
    before, here, after = name[:at], name[at], name[at + 1 :]
    return dice.choice(
        (
            *(before + after, before + here + here + after),
            before + dice.choice(ascii_lowercase) + after,
            before + after[:1] + here + after[1:],
        )
    )
