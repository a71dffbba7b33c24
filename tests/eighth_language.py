"""Turkish, as somebody adds it who writes files and no code: what is here is all there is of it."""

import re
import shutil
from pathlib import Path

from seven_languages import LOCALES

SMALLVILLE = Path(__file__).parent / "cities" / "smallville.toml"

LANGUAGE = """
own_name = "Türkçe"
locale = "tr"
read_by = ["tur", "az", "aze"]

[day]
written_out = "d MMMM EEEE"
short = "d MMM EEE"

[letters]
script = "Latin"
own = "ğışç"
"""

DAYS = """
[weekday]
monday = ["Pazartesi"]
tuesday = ["Salı"]
wednesday = ["Çarşamba"]
thursday = ["Perşembe"]
friday = ["Cuma"]
saturday = ["Cumartesi"]
sunday = ["Pazar"]

[day]
today = ["bugün"]
tomorrow = ["yarın", "yarin"]
after_tomorrow = ["öbür gün", "yarından sonra"]

[clock]
at = ["saat"]

[unless]
not = ["değil", "olmaz"]
"""

INTENTS = """
[wants]
book = ["randevu al*|istiyorum"]

[alone]
yes = ["evet"]
no = ["hayır"]

[languages]
tr = ["türkçe*"]

[little]
frequent = ["ve", "bir", "bu", "için", "ile", "çok", "ben", "var", "değil", "mı", "saat", "yarın"]
"""

WORDS = {
    "notice.agree": "Kabul ediyorum",
    "menu.book": "Randevu al",
    "suggested.question": "Bunu mu demek istediniz?",
    "typed.language": "Dili değiştir: {language}",
}

TEXTS = """
[texts.tr]
city = "Smallville"
organisation = "Smallville Belediyesi"
topic.housing = "Konut"
topic.other = "Başka bir şey"
office.hall.note = "Giriş pazar meydanında."
"""


def locales_with_turkish(folder: Path, **instead: str | None) -> Path:
    """A copy of all languages with Turkish beside them, some of its messages written otherwise.

    A key is written with two underscores for its dot. A message of None is left out.
    """
    locales = folder / "locales"
    shutil.copytree(LOCALES, locales)
    english = (LOCALES / "en" / "LC_MESSAGES" / "lotse.po").read_text(encoding="utf-8")
    changed = {key.replace("__", "."): text for key, text in instead.items()}
    turkish = english.replace("Language: en\\n", "Language: tr\\n")
    for key, text in {**WORDS, **changed}.items():
        entry = re.compile(rf'msgid "{re.escape(key)}"\nmsgstr "[^\n]*"\n')
        new = "" if text is None else f'msgid "{key}"\nmsgstr "{text}"\n'
        turkish, found = entry.subn(new.replace("\\", r"\\"), turkish)
        assert found == 1, key
    (locales / "tr" / "LC_MESSAGES").mkdir(parents=True)
    (locales / "tr" / "LC_MESSAGES" / "lotse.po").write_text(turkish, encoding="utf-8")
    for name, text in (("language", LANGUAGE), ("days", DAYS), ("intents", INTENTS)):
        (locales / "tr" / f"{name}.toml").write_text(text, encoding="utf-8")
    return locales


def town_with_turkish(folder: Path) -> Path:
    """The invented town, which also offers Turkish."""
    town = SMALLVILLE.read_text(encoding="utf-8")
    offered = town.replace('languages = ["de", "en"]', 'languages = ["de", "en", "tr"]', 1)
    assert offered != town
    file = folder / "smallville.toml"
    file.write_text(offered + TEXTS, encoding="utf-8")
    return file
