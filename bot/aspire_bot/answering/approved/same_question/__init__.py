"""Whether two questions ask the same: taken apart, compared, and judged by trained weights."""
