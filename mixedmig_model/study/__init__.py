"""Many runs: scenarios, ensembles, attribution, planning, published figures and batches."""
