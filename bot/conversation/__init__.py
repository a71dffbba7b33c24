"""What the bot says to what it is told: events in, screens and orders out. No I/O, no clock."""
