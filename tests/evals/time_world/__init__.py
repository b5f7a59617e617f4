"""Questions about time over made-up articles whose occasions are known."""
