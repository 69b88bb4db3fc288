"""Applicants under all their names: which belong together, on what evidence, merged and undone by people."""
