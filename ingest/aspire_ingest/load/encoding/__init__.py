"""From bytes to text, whatever encoding they are in."""
