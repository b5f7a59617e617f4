"""The playground under test, and a browser before it."""
