"""Which of a city's languages is nearest to the one a phone is set to.

Phones name languages by IETF tags, with script and country or without, joined by "-" or "_", in
either case, by two letters or by the three of ISO 639, and some by names long withdrawn.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

FALLBACK = "en"
_READ_BY = {
    "ar": "ara arb apc apd acm acw acq aec aeb afb ajp arq ary arz ayl ckb syr",
    "de": "deu ger gsw bar nds ksh pfl hsb dsb lb ltz",
    "en": "eng",
    "fr": "fra fre wa br oc co kab ber zgh ln wo bm ff sg rn mg ht",
    "ro": "ron rum mo mol rup rom",
    "ru": "rus be bel kk kaz ky kir uz uzb tg tgk tk tuk hy hye arm tt tat ba bak ce che os oss",
    "uk": "ukr rue",
}
"""Codes whose speakers mostly read another language, as they learn it at school or it is the same
by another name: `mo` is Romanian as Moldova called it, `rom` Romani, here mostly from Romania."""
_NEAREST = {code: language for language, codes in _READ_BY.items() for code in codes.split()}


def nearest(code: str | None, offered: Sequence[str]) -> str:
    """One of the languages `offered`, of which there is one at least; English for a code that
    says nothing, and the first where English is not among them."""
    spoken = (code or "").strip().lower().replace("_", "-").partition("-")[0]
    wanted = (spoken, _NEAREST.get(spoken, FALLBACK), FALLBACK, offered[0])
    return next(each for each in wanted if each in offered)


@dataclass(frozen=True, slots=True)
class Written:
    """The languages in which there are texts: for clients, and for the staff."""

    clients: Collection[str]
    staff: Collection[str]
