"""Storage: the only SQL. Everything above hands a plain function to a database and awaits it.

Four packages, each of which may import those before it: engine, records, queues, upkeep. Records
and queues know of the engine what `engine.database` says. Each table is written by one module.
"""
