"""A new case of a workspace: checked, with its files."""
