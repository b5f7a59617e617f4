"""How the setting names a model of this machine, and how long it may take to load."""

LOCAL = "local/"
"""How a setting begins that names a file in the place of a provider's model."""
LONGEST_LOAD_S = 600.0
"""Of such a file, from a slow disk; questions do not wait for it beyond their own deadlines."""
