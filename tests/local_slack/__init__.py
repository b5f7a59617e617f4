"""A local Slack for tests: a strict Web API on loopback, and events signed as Slack signs."""
