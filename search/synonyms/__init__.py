"""Lists of words that mean the same: the operator's for everybody, and each person's own."""
