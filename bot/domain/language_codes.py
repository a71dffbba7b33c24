"""Which of a city's languages is nearest to the one a phone is set to.

Phones name languages by IETF tags, with script and country or without, joined by "-" or "_", in
either case, by two letters or by the three of ISO 639, and some by names long withdrawn.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

FALLBACK = "en"


def nearest(code: str | None, offered: Sequence[str], readers: Mapping[str, str]) -> str:
    """One of the languages `offered`, of which there is one at least; English for a code that
    says nothing, and the first where English is not among them.

    `readers` names for codes of other languages the one that their speakers mostly read.
    """
    spoken = (code or "").strip().lower().replace("_", "-").partition("-")[0]
    wanted = (spoken, readers.get(spoken, FALLBACK), FALLBACK, offered[0])
    return next(each for each in wanted if each in offered)


@dataclass(frozen=True, slots=True)
class Written:
    """The languages in which there are texts: for clients, and for the staff.

    What clients read in the `unfinished` ones is not complete: they are offered to nobody.
    """

    clients: Collection[str]
    staff: Collection[str]
    unfinished: Collection[str] = ()
