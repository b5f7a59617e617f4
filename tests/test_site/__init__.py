"""A site on loopback for the tests of sync: pages in two languages that change and misbehave."""
