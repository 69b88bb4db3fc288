"""What a searcher keeps: the numbered history of searches, and searches saved under a name."""
