"""PDF: letters as they are painted, put in the order in which they are read."""
