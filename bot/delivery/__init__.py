"""Takes due outbox rows to their recipients, again and again until it is done or too late."""
