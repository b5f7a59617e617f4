"""Which pieces of a message are one thing asked, and in which words."""
