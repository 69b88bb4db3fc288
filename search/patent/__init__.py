"""The record: what a patent publication is, its numbers, kinds, classes, dates and parties."""
