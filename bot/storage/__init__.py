"""Storage: the only SQL. Everything above hands a plain function to a database and awaits it."""
