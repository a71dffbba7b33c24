"""Everything that is said outside the live screen: notices, news for clients, reminders, digests."""
