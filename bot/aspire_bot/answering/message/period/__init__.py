"""Which days a message is about, and whether it asks for what lies in them."""
