"""A case and a scenario resolved to numbers."""
