"""One update, one transaction: what came is read, answered, and its effects are stored."""
