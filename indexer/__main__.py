"""`python -m indexer`: the commands that load."""

from indexer.cli import app

app()
