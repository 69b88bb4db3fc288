"""What stands around a document: its family, what it cites and is cited by, its application and the legal status of that."""
