"""Number formats of spreadsheets: a value as its cell shows it."""
