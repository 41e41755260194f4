"""mixedmig: policy scenarios and costing for the response to mixed migration.

Six rooms on one path: inputs, equations, solve, results, study, present; ``cli`` at the door. Import what you need
from its room; importing the package itself loads nothing heavy.
"""
