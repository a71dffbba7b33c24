"""The engines: SQLite and PostgreSQL behind one small interface, locks, leadership, migrations."""
