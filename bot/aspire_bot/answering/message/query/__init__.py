"""What is searched for: a question in the words of the documents."""
