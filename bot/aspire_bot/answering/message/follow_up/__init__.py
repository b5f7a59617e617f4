"""A follow-up and what was asked before it, as one question that stands alone."""
