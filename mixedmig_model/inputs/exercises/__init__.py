"""Exercises: rounds, roles, injects and references, as files."""
