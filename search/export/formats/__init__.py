"""A module a format; `search.export.service` picks by the name of the format."""
