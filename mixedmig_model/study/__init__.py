"""Many runs: scenarios, ensembles, attribution, planning.

Published figures and batches are here too.
"""
