"""A Slack on loopback: a strict stand-in for the tests and for the playground."""
