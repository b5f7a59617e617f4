"""How much of a table or a nested thing is read: the bounds that several formats share."""

MAX_CELLS = 500_000
"""Of all tables of one document together; a document with more is refused."""
MAX_COLUMNS = 200
"""Of one table; what stands further right is left out and told."""
MAX_GROUP_DEPTH = 20
"""Groups inside groups, boxes inside boxes and tables inside tables that are looked into."""
