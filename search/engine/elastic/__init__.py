"""Elasticsearch behind the port: compile, mapping, generations behind an alias, and the translation of errors; nothing else."""
