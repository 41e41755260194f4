"""A new case of a workspace: what it is to be, checked, and its files."""
