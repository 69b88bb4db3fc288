"""Ranking on judged sets: `python -m loadtests.relevance` prints the table of docs/relevance.md."""
