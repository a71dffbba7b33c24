"""How what was typed is answered, whatever it was: not twice the same, and in their language."""

from dataclasses import replace

from bot.conversation import whom_to_call
from bot.conversation.content import Language, Say, say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.understanding.heard import Heard

ONCE = {"typed.press", "typed.hello", "typed.go_on", "typed.which_one", "typed.not_cancelled"}
"""What is not said twice in a row."""


def not_again(before: Session, outcome: Outcome, port: Port) -> Outcome:
    """What was said last is not said again, but to go on here, and whom to call."""
    key = next((line.key for line in outcome.notice if isinstance(line, Say)), "")
    if key not in ONCE or key != before.said:
        return replace(outcome, said=key) if key in ONCE else outcome
    other = "typed.press" if key == "typed.go_on" else "typed.go_on"
    return replace(
        outcome, notice=(say(other), *whom_to_call.number(before.draft, port)), said=other
    )


def in_their_language(outcome: Outcome, heard: Heard) -> Outcome:
    """Another language typed than chosen is offered once, in it, and not switched to."""
    session, typed_in = outcome.session, heard.language
    if typed_in in (None, session.language) or outcome.silent or session.screen == "language":
        return outcome
    offer = Say("typed.language", {"language": Language(typed_in)}, typed_in)
    if session.screen == "guessed":
        guesses = (*session.draft.guesses, f"language:{typed_in}")
        session = session.choosing(guesses=tuple(dict.fromkeys(guesses)))
    if typed_in in session.proposed:
        return replace(outcome, session=session)
    session = replace(session, proposed=(*session.proposed, typed_in))
    return replace(outcome, session=session, notice=(*outcome.notice, offer))
