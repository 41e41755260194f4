"""What a run means: the ledger, breaches and harms, indicators, outcomes, comparison with published totals."""
