"""The inbox of updates and the outbox of messages: what waits, and what came of it."""
