"""Sentences about ranges, costs and comparisons, made once."""
