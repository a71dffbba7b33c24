"""One function a screen: what it says and what can be pressed on it."""

from bot.conversation.screens import choosing, confirming, entry, mine, rights, staff

__all__ = ["choosing", "confirming", "entry", "mine", "rights", "staff"]
