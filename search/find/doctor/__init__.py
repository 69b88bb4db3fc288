"""The number doctor: up to 10,000 numbers in any spelling, a verdict a line."""
