"""Workspace files: strict reading, units, scenarios, digest."""
