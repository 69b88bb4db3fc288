"""Reports: what was counted and found, as a document to hand over: DOCX, PDF, and a page."""
