"""A report recomputed from the inputs that it keeps.

The result is equal, or has what differs.
"""
