"""Words of text, cut once in Python for every engine: `fold`, `tokens`, `stems`, `sentences`."""
