"""Everything said outside the live screen: notices, client news, reminders, digests.

A message is a typed payload. It is kept in the outbox as JSON by one codec, says only facts that
hold however late it is sent, and becomes a screen, and then text, at the moment of sending.
"""
