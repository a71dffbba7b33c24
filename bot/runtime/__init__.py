"""What a running process consists of, and how it begins and ends."""
