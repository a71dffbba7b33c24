"""Lotse: appointments with case managers for people who have just arrived."""
