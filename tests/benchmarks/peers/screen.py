"""What the peers show after each press: a text of usual length and eight buttons."""

TEXT = (
    "<b>When would you like to come?</b>\n\n"
    "Ada Abendroth has room on these days. A talk takes about three quarters of an hour, is free, "
    "and you need no papers to come. Choose a day, or go back and choose somebody else."
)
BUTTONS = tuple((f"Monday {day} November", f"day:{day:x}:2026-11-{day:02}") for day in range(2, 10))
