"""Patent statistics: questions over the documents of a query, each answered by an exact table that says how it was counted."""
