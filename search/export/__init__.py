"""What is taken away: lists of documents and tables as files, reports."""
