"""A strict local Telegram: it refuses what Telegram refuses, and people can be played on it."""
