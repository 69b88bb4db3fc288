"""Languages a question can be written in; each module has ``read(text)``, which gives the tree and the offsets of its leaves."""
