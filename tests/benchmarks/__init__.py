"""Presses handled per second: the bot beside two bare bots, on one minimal stub server.

`make bench`. Imports within are relative: `tests` is no package, for pytest's sake.
"""
