"""Ratios against anchors, ours and the anchor alternately in one run: `python -m loadtests.bench NAME --rounds 9`."""
