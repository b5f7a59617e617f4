"""The bot under faults and under load, in a process of its own: `python -m tests.soak`."""
