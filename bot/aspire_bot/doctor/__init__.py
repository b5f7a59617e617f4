"""`aspire-bot doctor`: what is set, what works, and what to do about what does not."""
