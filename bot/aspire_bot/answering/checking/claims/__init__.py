"""What a sentence states: its words, values, names, and what turns it."""
