"""Dates in texts: how they are written, which days they are, and what of."""
