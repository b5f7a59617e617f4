"""The office's work in Slack: who waits for an answer, drafts, reminders, what waits for staff."""
