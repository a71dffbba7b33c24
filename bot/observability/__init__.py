"""What a running process tells of itself: log lines and numbers, and nothing of any person."""
