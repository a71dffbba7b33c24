"""How each language writes days: all weekdays, all months, the first, the second, the tenth."""

from datetime import date, timedelta

import pytest
from seven_languages import LANGUAGES, WRITTEN

from bot.rendering import languages

MONDAY = date(2026, 11, 30)
FIRST, SECOND, TENTH = (date(2026, 12, number) for number in (1, 2, 10))

WRITTEN_OUT = {
    "de": ("Dienstag, 1. Dezember", "Mittwoch, 2. Dezember", "Donnerstag, 10. Dezember"),
    "en": ("Tuesday 1 December", "Wednesday 2 December", "Thursday 10 December"),
    "uk": ("вівторок, 1 грудня", "середа, 2 грудня", "четвер, 10 грудня"),
    "ru": ("вторник, 1 декабря", "среда, 2 декабря", "четверг, 10 декабря"),
    "fr": ("mardi 1er décembre", "mercredi 2 décembre", "jeudi 10 décembre"),
    "ro": ("marți, 1 decembrie", "miercuri, 2 decembrie", "joi, 10 decembrie"),
    "ar": ("الثلاثاء 1 شهر 12", "الأربعاء 2 شهر 12", "الخميس 10 شهر 12"),
}
SHORT = {
    "de": ("Di. 1. Dez.", "Mi. 2. Dez.", "Do. 10. Dez."),
    "en": ("Tue 1 Dec", "Wed 2 Dec", "Thu 10 Dec"),
    "uk": ("вт, 01.12", "ср, 02.12", "чт, 10.12"),
    "ru": ("вт, 01.12", "ср, 02.12", "чт, 10.12"),
    "fr": ("mar. 1er déc.", "mer. 2 déc.", "jeu. 10 déc."),
    "ro": ("marți, 01.12", "miercuri, 02.12", "joi, 10.12"),
    "ar": ("الثلاثاء 1 شهر 12", "الأربعاء 2 شهر 12", "الخميس 10 شهر 12"),
}
WEEK = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "uk": "понеділок вівторок середа четвер п’ятниця субота неділя",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "ro": "luni marți miercuri joi vineri sâmbătă duminică",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
SHORT_WEEK = {
    "de": "Mo. Di. Mi. Do. Fr. Sa. So.",
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "uk": "пн вт ср чт пт сб нд",
    "ru": "пн вт ср чт пт сб вс",
    "fr": "lun. mar. mer. jeu. ven. sam. dim.",
    "ro": WEEK["ro"],
    "ar": WEEK["ar"],
}
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie"
    " decembrie",
    "ar": "1 2 3 4 5 6 7 8 9 10 11 12",
}
IN_NUMBERS = "01 02 03 04 05 06 07 08 09 10 11 12"
SHORT_MONTHS = {
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "uk": IN_NUMBERS,
    "ru": IN_NUMBERS,
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "ro": IN_NUMBERS,
    "ar": MONTHS["ar"],
}

NAMES = {
    "ar": "العربية الألمانية الإنجليزية الفرنسية الرومانية الروسية الأوكرانية",
    "de": "Arabisch Deutsch Englisch Französisch Rumänisch Russisch Ukrainisch",
    "en": "Arabic German English French Romanian Russian Ukrainian",
    "fr": "arabe allemand anglais français roumain russe ukrainien",
    "ro": "arabă germană engleză franceză română rusă ucraineană",
    "ru": "арабский немецкий английский французский румынский русский украинский",
    "uk": "арабська німецька англійська французька румунська російська українська",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_the_second_and_the_tenth(language: str) -> None:
    written = WRITTEN[language]
    days = (FIRST, SECOND, TENTH)
    assert tuple(languages.written_out(day, written) for day in days) == WRITTEN_OUT[language]
    assert tuple(languages.short(day, written) for day in days) == SHORT[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_weekdays(language: str) -> None:
    written = WRITTEN[language]
    week = [MONDAY + timedelta(days=number) for number in range(7)]
    assert [languages.written_out(day, written).split()[0].strip(",") for day in week] == (
        WEEK[language].split()
    )
    assert [languages.short(day, written).split()[0].strip(",") for day in week] == (
        SHORT_WEEK[language].split()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_months_in_a_date(language: str) -> None:
    written = WRITTEN[language]
    days = [date(2026, month, 2) for month in range(1, 13)]
    assert [languages.written_out(day, written).split()[-1] for day in days] == (
        MONTHS[language].split()
    )
    short = [languages.short(day, written).split()[-1] for day in days]
    assert [text.removeprefix("02.") for text in short] == SHORT_MONTHS[language].split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_language_calls_the_seven(language: str) -> None:
    assert [languages.name_of(code, WRITTEN[language]) for code in LANGUAGES] == (
        NAMES[language].split()
    )
