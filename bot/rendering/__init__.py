"""Screens and notices become text and buttons in one of the languages. Pure."""
