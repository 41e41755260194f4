"""What a run means: ledger, breaches, harms, indicators.

Outcomes and the comparison with published totals are here too.
"""
