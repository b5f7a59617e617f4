"""Whether what a statement states is what its sources state."""
