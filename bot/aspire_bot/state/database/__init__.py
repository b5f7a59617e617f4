"""The database of the state: its engine, its tables, its migrations."""
