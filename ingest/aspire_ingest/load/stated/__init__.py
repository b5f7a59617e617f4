"""What a document says of itself: dates, audience, marks, language."""
