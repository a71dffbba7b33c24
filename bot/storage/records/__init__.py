"""What is known: one module writes a table, or tables that only make sense together.

They know of the engine what `engine.database` says, and nothing of queues and upkeep.
"""
