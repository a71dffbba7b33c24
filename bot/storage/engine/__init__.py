"""The engines: SQLite and PostgreSQL behind one small interface, locks, leadership, migrations.

Of storage they import nothing but each other; only `opening` knows all of them.
"""
