"""Mail: out to case managers, over SMTP."""
