"""Costs of a run: quantities, prices, lines, plans and tables."""
