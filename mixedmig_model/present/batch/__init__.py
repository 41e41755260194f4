"""The index of a batch."""
