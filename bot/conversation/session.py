"""Where a person's conversation stands: the screens behind them, and what they chose so far."""

import json
from dataclasses import dataclass, replace
from typing import Any

import pydantic_core

from bot.conversation.wanted import Wanted
from bot.domain import referral
from bot.domain.appointment import Version, Wishes
from bot.domain.referral import NOTHING_NAMED, Referral

NO_WISHES, NOTHING_WANTED = Wishes(), Wanted()
FIRST_SCREENS = ("language", "notice", "menu", "staff_menu")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a client has chosen on the way to an appointment.

    Of where they live only the order of the offices is kept; `ambiguous` are the places a typed
    text may mean, `misses` how often in a row nothing was understood. `moving` is the appointment
    whose time is being changed, `wishing` the one whose wishes are, and `sequence` is that one's as
    they began; `looking_at` is the one whose details are shown; `stretch` is the time a case
    manager is about to close; `walk-in` is the language of somebody without Telegram for whom the
    staff is booking. `speaking` is the language that must be spoken, `half` the half of the day;
    `spoken` is the soonest time with somebody who speaks the client's language, where `slot` is the
    soonest of all. `offered` are the times about which somebody of the staff is about to ask a
    client. `guesses` are buttons that may do what was typed, by action and value; `wanted` is the
    time that was typed.
    """

    order: tuple[str, ...] = ()
    place_known: bool = False
    outside: bool = False
    ambiguous: tuple[str, ...] = ()
    misses: int = 0
    office_id: str | None = None
    case_manager_id: str | None = None
    day: str | None = None
    days_from: str | None = None
    slot: str | None = None
    wishes: Wishes = NO_WISHES
    moving: int | None = None
    wishing: int | None = None
    sequence: int = 0
    looking_at: int | None = None
    stretch: str | None = None
    walk_in: str | None = None
    speaking: str | None = None
    half: str | None = None
    spoken: str | None = None
    offered: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    wanted: Wanted = NOTHING_WANTED

    @property
    def moving_version(self) -> Version | None:
        """The appointment whose time is being changed, as they saw it."""
        return None if self.moving is None else Version(self.moving, self.sequence)


NOTHING_CHOSEN = Draft()


@dataclass(frozen=True, slots=True)
class Session:
    """The trail of screens, the current one last; the revision its buttons carry.

    `keyboard` says that the one-time keyboard that asks for a location is still in the chat;
    `album` is the one that was answered last, of which more pieces may come; `said` is what was
    said last, of what is not to be said twice in a row. `referral` is where a link said they come
    from and go to; it outlasts the choices and ends with a booking. `proposed` are the languages
    that were offered because they were typed; that is not done again.
    """

    language: str | None = None
    consent: str | None = None
    trail: tuple[str, ...] = ()
    draft: Draft = NOTHING_CHOSEN
    revision: int = 0
    keyboard: bool = False
    album: str = ""
    referral: Referral = NOTHING_NAMED
    said: str = ""
    proposed: tuple[str, ...] = ()

    @property
    def screen(self) -> str:
        """The screen the person is on; empty before the first."""
        return self.trail[-1] if self.trail else ""

    @property
    def clients_language(self) -> str | None:
        """The language to be spoken: theirs, or that of whom the staff is booking for."""
        return self.draft.walk_in or self.language

    def to(self, screen: str) -> "Session":
        """Go to a screen: forward, or back to where it already is in the trail."""
        behind = self.trail[: self.trail.index(screen)] if screen in self.trail else self.trail
        return replace(self, trail=(*behind, screen))

    def back(self) -> "Session":
        """One screen back; the first screen has nothing behind it."""
        return replace(self, trail=self.trail[:-1] or self.trail)

    def only(self, *trail: str) -> "Session":
        """Start anew on these screens, the choices forgotten."""
        return replace(self, trail=trail, draft=NOTHING_CHOSEN)

    def choosing(self, **choices: Any) -> "Session":
        """The same place with other choices."""
        return replace(self, draft=replace(self.draft, **choices))


def is_midway(session: Session) -> bool:
    """Whether there are choices, or screens behind this one: what `rested` lets go."""
    return session.draft != NOTHING_CHOSEN or len(session.trail) > 1


def rested(session: Session) -> Session:
    """The session of somebody who has been away: nothing chosen, nowhere but at the beginning.

    The revision stays, so that an old button does not come to mean something else.
    """
    if session.trail and session.trail[0] not in FIRST_SCREENS:
        return session.only("menu")
    return session.only(*session.trail[:1])


def to_json(session: Session) -> str:
    """What is kept between turns; language and consent have columns of their own."""
    draft = _chosen(session.draft, NOTHING_CHOSEN)
    if "wishes" in draft:
        draft["wishes"] = _chosen(session.draft.wishes, NO_WISHES)
    if "wanted" in draft:
        draft["wanted"] = _chosen(session.draft.wanted, NOTHING_WANTED)
    kept = {
        "trail": session.trail,
        "draft": draft,
        "revision": session.revision,
        "keyboard": session.keyboard,
        **({"album": session.album} if session.album else {}),
        **({"referral": session.referral.argument} if session.referral else {}),
        **({"said": session.said} if session.said else {}),
        **({"proposed": session.proposed} if session.proposed else {}),
    }
    return pydantic_core.to_json(kept).decode()


def from_json(text: str, language: str | None, consent: str | None) -> Session:
    """The session that `to_json` wrote; names it does not know are passed over.

    Raises ValueError for what cannot be read.
    """
    try:
        kept = json.loads(text)
        return Session(
            language=language,
            consent=consent,
            trail=tuple(kept["trail"]),
            draft=_draft(kept["draft"]),
            revision=kept["revision"],
            keyboard=kept["keyboard"],
            album=kept.get("album", ""),
            referral=referral.read(kept.get("referral", "")) or NOTHING_NAMED,
            said=kept.get("said", ""),
            proposed=tuple(kept.get("proposed", ())),
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("no session") from error


def _draft(kept: dict[str, Any]) -> Draft:
    draft: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in kept.items()
        if name in Draft.__slots__
    }
    if "wishes" in draft:
        draft["wishes"] = Wishes.of(draft["wishes"])
    if "wanted" in draft:
        draft["wanted"] = Wanted.of(draft["wanted"])
    return Draft(**draft)


def _chosen(made: Draft | Wishes | Wanted, default: Draft | Wishes | Wanted) -> dict[str, Any]:
    """The fields that are not as they were at the beginning."""
    return {
        name: value
        for name in type(made).__slots__
        if (value := getattr(made, name)) != getattr(default, name)
    }
