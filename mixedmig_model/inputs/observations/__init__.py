"""Published figures, to compare with and to recompute."""
