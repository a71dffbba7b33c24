"""What is known: one module for each table, or for tables that only make sense together."""
