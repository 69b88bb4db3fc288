"""Targets: what the notices ask for, as data (`notices/*.toml`), and what the facts say of it on any day.

`evaluate` is pure: rules, facts, contract and a day in, a `Standing` out, the same bytes everywhere. No number of a notice
stands in code.
"""
