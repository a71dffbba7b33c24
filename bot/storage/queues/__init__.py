"""The inbox of updates and the outbox of messages: what waits, and what came of it.

They may ask records; an act that changes both stands in upkeep, or above storage.
"""
