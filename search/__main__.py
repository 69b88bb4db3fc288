"""`python -m search` is the command `patentry`."""

from search.cli import main

main()
