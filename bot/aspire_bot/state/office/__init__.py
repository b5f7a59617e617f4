"""What staff's work keeps: who waits, drafts, clusters, offers, test questions."""
