"""Tests of the science: an independent model, closed formulas, properties, the ledger, directions."""
