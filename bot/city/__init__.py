"""The city file: what a town has to say for itself, checked before anybody meets it."""
