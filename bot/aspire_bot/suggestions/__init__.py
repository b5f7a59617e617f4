"""Which of the questions that the bot proposes the index answers: asked, kept, looked up."""
